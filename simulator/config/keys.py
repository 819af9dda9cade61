"""What every key of a config means, with an example in YAML."""

from simulator.config.system_keys import GROUNDS, SYSTEM_KEYS, Meanings

_LOW_HIGH: Meanings = {
    "low": ("The least value", "10/h"),
    "high": ("The largest value", "20/h"),
}
_PUT: Meanings = {
    "sets": ("Paths into the system whose values it replaces; * for any name", "plants.roles.works.rate"),
    "scales": (
        "Paths into the system whose values it multiplies; * for any name",
        "[suppliers.mill.quantity]",
    ),
}

KEYS: dict[str, Meanings] = {
    "Experiment": {
        "title": ("The question, in a sentence", "Can one plant make 2,000 shells in a month?"),
        "system": (
            "What exists: a mapping, or a path from this file to a system file",
            "systems/one_country.yaml",
        ),
        "evidence": (
            "The evidence: a path from this file to a register in CSV, or its rows by id",
            "evidence/register.csv",
        ),
        "horizon": ("The time that a run covers", "{start: 2024-01-01, end: 2024-02-01}"),
        "factors": (
            "What is not known, by name: each drawn once a replication",
            "{steel: {distribution: {uniform: {low: 0.6, high: 1.1}}, scales: suppliers.mill.quantity}}",
        ),
        "derived": (
            "Numbers computed from factors, by name, in this order",
            "{scrap: {one_minus: [good], sets: plants.roles.works.reject}}",
        ),
        "correlations": (
            "Rank correlations between pairs of factors",
            "[{factors: [speed, scrap], rank: 0.3}]",
        ),
        "scenarios": (
            "Named differences from the system: a value by path, or by factor; one without any when absent",
            "{as_is: {}, more_power: {regions.north.grid.allotment: 3 MW}}",
        ),
        "claims": (
            "Reported figures that replications are compared with, by id",
            "{two_thousand: {quantity: made, materials: [shell], at_least: 2_000, from: 2024-01-01, by: 2024-01-31}}",
        ),
        "assumptions": (
            "Rules that a response keeps in every replication, by name; simulator check --assumptions tries them",
            "{more_steel_never_hurts: {response: made.shell, increases_in: steel}}",
        ),
        "sweep": (
            "Levels of factors, by name, for the question threshold",
            "{plants: {from: 4, to: 20, step: 4}}",
        ),
        "design": ("How factors are sampled", "{kind: sobol, scrambles: 32}"),
        "precision": ("When a run has replications enough", "{half_width: 0.05, at_most: 512}"),
        "failures": ("How many replications may fail; none when absent", "{at_most: 0.02}"),
        "seed": ("Which luck: the same seed gives the same rows", "20231108"),
    },
    "Horizon": {
        "start": ("The first day, from its 00:00", "2024-01-01"),
        "end": ("The day at whose 00:00 the run ends", "2024-02-01"),
        "warm_up": ("Time before the start that is simulated and not counted; none when absent", "14 d"),
    },
    "Factor": {
        "distribution": (
            "The law of its value, or one value for certain",
            "{triangular: {low: 10/h, mode: 16/h, high: 20/h}}",
        ),
        "dirichlet": (
            "Shares that add up to one, by name, instead of a distribution: the larger the weights, the less they vary",
            "{forging: 8, filling: 4}",
        ),
        **_PUT,
        **GROUNDS,
    },
    "Derived": {
        "product": ("Factors, derived numbers before it and plain numbers, multiplied", "[speed, 0.9]"),
        "sum": ("Factors, derived numbers before it and plain numbers, added", "[scrap, 0.01]"),
        "ratio": ("The first divided by the second", "[1, speed]"),
        "min": ("The least of them", "[scrap, 0.5]"),
        "max": ("The largest of them", "[scrap, 0.02]"),
        "one_minus": ("One less it", "[good]"),
        **_PUT,
    },
    "Correlation": {
        "factors": ("Two factors", "[speed, scrap]"),
        "rank": ("Their rank correlation, between -1 and 1", "0.3"),
    },
    "Levels": {
        "from": ("The first level, in the unit of the factor", "4"),
        "to": ("The last level, if a step falls on it", "20"),
        "step": ("The distance of two levels", "4"),
    },
    "Design": {
        "kind": ("At random, by a Latin hypercube, or by scrambled Sobol points", "sobol"),
        "scrambles": (
            "Independent scrambles of Sobol points, with sobol only; 20 or more for a good interval",
            "32",
        ),
    },
    "Precision": {
        "claims": ("The claims that half_width is for: all, or a list of ids", "[two_thousand]"),
        "half_width": (
            "Half the width that the interval of a claim's probability may have: for all claims, or by claim",
            "0.02",
        ),
        "quantiles": (
            "By claim or response, how well its quantiles are to be known",
            "{two_thousand: {at: [0.05, 0.5, 0.95], within: 0.1}}",
        ),
        "at_most": ("Replications of a scenario at which a run ends all the same", "4096"),
    },
    "QuantilePrecision": {
        "at": ("The probabilities of the quantiles", "[0.05, 0.5, 0.95]"),
        "within": ("Half the width of a quantile's interval, as a share of the quantile", "0.1"),
        "half_width": ("Half the width of a quantile's interval, in the unit of the response", "200"),
    },
    "Failures": {"at_most": ("The share of each scenario's replications that may fail", "0.02")},
    "Claim": {
        "quantity": (
            "What is counted: made, available or delivered of materials, departures or loads of links",
            "made",
        ),
        "materials": ("The materials that are counted together", "[shell]"),
        "links": ("The links that are counted together, for departures and loads", "[sea]"),
        "at_least": ("The figure that was reported, in items, kilograms, departures or loads", "2_000"),
        "from": ("The first day of the window", "2024-01-01"),
        "by": ("The last day of the window", "2024-01-31"),
        "observed": (
            "What was observed, with its error, for the question belief",
            "{uniform_integer: {low: 6, high: 9}}",
        ),
        **GROUNDS,
    },
    "Assumption": {
        "response": ("The column of a claim or a response", "made.shell"),
        "increases_in": ("A factor with which it never falls", "steel"),
        "decreases_in": ("A factor with which it never rises", "scrap"),
        "unaffected_by": ("A factor with which it stays the same", "voyage"),
        "at_least": ("The least that it ever is, in its unit", "0"),
        "at_most": ("The most that it ever is, in its unit", "10_000"),
        "scenarios": ("Where it is to hold; everywhere when absent", "[as_is]"),
    },
    "Evidence": {
        "id": ("The id that is cited, a capital letter with a number; inline, the key of the row", "S01"),
        "quantity": ("What the figure is of", "steel in a body"),
        "value_low": ("The least it may be, as text", '"40"'),
        "value_central": ("The figure, as text", '"45"'),
        "value_high": ("The most it may be, as text", '"54"'),
        "unit": ("The unit of the figure", "kg"),
        "period": ("When it held", '"2023"'),
        "place": ("Where it held", "the north"),
        "source": ("Who says so, and where", "the drawing"),
        "source_date": ("When it was said, as text", '"2023-11-30"'),
        "url": ("Where it can be read", "https://example.org/report"),
        "status": ("Whether a copy of the page was read", "read"),
        "admiralty_grade": ("NATO Admiralty code: the source A to F, what it says 1 to 6", "B2"),
        "note": ("What else is to be known of it", "two readings of one drawing"),
    },
    **SYSTEM_KEYS,
    "Uniform": _LOW_HIGH,
    "UniformInteger": {
        "low": ("The least whole number or day", "6"),
        "high": ("The largest whole number or day", "9"),
    },
    "Triangular": _LOW_HIGH | {"mode": ("The likeliest value", "16/h")},
    "Exponential": {"mean": ("The mean", "6 h")},
    "Lognormal": {
        "median": ("The value that half of the draws fall below; or give the mean", "6 h"),
        "mean": ("The mean; or give the median", "16/h"),
        "gsd": (
            "The geometric standard deviation: two thirds of the draws lie within the median over it and times it",
            "1.4",
        ),
    },
    "Normal": {"mean": ("The mean", "2 d"), "sd": ("The standard deviation", "3 h")},
    "Beta": {"a": ("As if from so many successes", "45"), "b": ("As if from so many failures", "5")},
    "Gamma": {"mean": ("The mean", "1"), "shape": ("The larger, the narrower", "9")},
    "Erlang": {
        "mean": ("The mean of the sum", "8 h"),
        "phases": ("How many exponential times are added", "2"),
    },
    "Weibull": {
        "scale": ("The value that 63 % of the draws fall below", "20 d"),
        "shape": ("Above 1 for what wears out, below 1 for what fails early", "2"),
    },
    "Quantiles": {
        "p05": ("The value that 1 in 20 fall below", "1 t"),
        "p50": ("The value that half fall below", "2 t"),
        "p95": ("The value that 19 in 20 fall below", "5 t"),
        "low": ("What it never falls below; no bound when absent", "0 t"),
        "high": ("What it never exceeds, with low; no bound when absent", "9 t"),
    },
    "Empirical": {"values": ("What was observed", "[5.5 kg, 6 kg, 6.2 kg, 7 kg]")},
    "Column": {
        "file": ("A CSV file with a header: a path from this file", "steel_2019.csv"),
        "column": ("The heading of the column", "share"),
        "unit": ("The unit of the numbers; bare when absent", "d"),
    },
}
"""By the name of a part of the schema, the meanings of its keys."""

LAW_EXAMPLES = {
    "uniform": "{low: 10/h, high: 20/h}",
    "uniform_integer": "{low: 6, high: 9}",
    "triangular": "{low: 10/h, mode: 16/h, high: 20/h}",
    "exponential": "{mean: 6 h}",
    "lognormal": "{median: 6 h, gsd: 1.4}",
    "normal": "{mean: 2 d, sd: 3 h}",
    "beta": "{a: 45, b: 5}",
    "gamma": "{mean: 1, shape: 9}",
    "erlang": "{mean: 8 h, phases: 2}",
    "weibull": "{scale: 20 d, shape: 2}",
    "quantiles": "{p05: 1 t, p50: 2 t, p95: 5 t, low: 0 t}",
    "empirical": "{values: [5.5 kg, 6 kg, 6.2 kg, 7 kg]}",
    "csv": "{file: steel_2019.csv, column: share}",
}
"""By law, its parameters."""
