"""What every key of a config means, with an example in YAML."""

Meanings = dict[str, tuple[str, str]]
"""By key: its meaning, to which its unit is added, and an example."""

_GROUNDS: Meanings = {
    "evidence": ("Ids of the rows of evidence that it rests on; one alone needs no list", "[S01, S02]"),
    "assumption": ("The reason for it where there is no evidence, or beside it", "as drawn"),
}
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
_MONTHLY = "Twelve factors, January to December"

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
        **_GROUNDS,
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
        **_GROUNDS,
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
    "SystemDescription": {
        "materials": ("What is stored, made and moved, by name", "{billet: {unit: kg}, shell: {unit: item}}"),
        "regions": ("Parts of the country, by name", "{north: {grid: {allotment: 40 MW}, crews: 4}}"),
        "stores": (
            "Places that keep materials, by name",
            "{yard: {region: north, holds: {billet: {initial: 20 t}, shell: {}}}}",
        ),
        "recipes": ("What is made of what, by name", "{forge: {inputs: {billet: 50 kg}, output: shell}}"),
        "calendars": (
            "When plants are open, by name",
            "{day: {changes: [{from: 2024-01-01, shifts: 1, days: 6}]}}",
        ),
        "plants": (
            "All plants",
            "{total: 1, roles: {works: {share: 1, recipe: fuze, regions: {north: 1}, rate: 16/h, to: yard}}}",
        ),
        "suppliers": (
            "What brings materials in, by name",
            "{mill: {material: billet, to: yard, quantity: 25 t, every: 7 d}}",
        ),
        "links": (
            "What carries materials to another store or away, by name",
            "{road: {from: yard, to: delivered, materials: [shell], load: 500, every: 1 d, transit: 4 h}}",
        ),
    },
    "Material": {
        "unit": ("Counted in whole items, or weighed in whole kilograms", "item"),
        "counts_as": ("The material whose claims also count this one", "shell"),
    },
    "Region": {
        "grid": ("Its electric supply; no limit on power when absent", "{allotment: 40 MW, policy: slow}"),
        "crews": ("Lines that can be under repair at once; no limit when absent", "4"),
    },
    "Grid": {
        "allotment": ("What it supplies", "40 MW"),
        "monthly": (f"{_MONTHLY}, on the allotment", "[0.8, 0.8, 0.9, 1, 1, 1, 1.1, 1.1, 1, 1, 0.9, 0.8]"),
        "policy": (
            "When it is short: shed disconnects lines by rank, slow slows all, rotate darkens feeders, then sheds",
            "shed",
        ),
        "rotation": (
            "How feeders are darkened, with policy rotate",
            "{feeders: 8, period: 4 h, powered: 18 h}",
        ),
        "curtailment": (
            "Times at which it gives less",
            "{every: {exponential: {mean: 5 d}}, lasting: 8 h, depth: {uniform: {low: 0.2, high: 0.6}}}",
        ),
        **_GROUNDS,
    },
    "Rotation": {
        "feeders": ("Feeders that the lines of the region hang on", "8"),
        "period": ("How long a feeder is dark or lit before lots are drawn again", "4 h"),
        "powered": ("Hours of a day that a feeder is lit on average, 0 h to 24 h", "18 h"),
    },
    "Curtailment": {
        "every": ("Normal supply between two curtailments", "{exponential: {mean: 5 d}}"),
        "lasting": ("How long one lasts", "{uniform: {low: 4 h, high: 12 h}}"),
        "depth": ("The share of the supply that is lost", "{triangular: {low: 0.2, mode: 0.5, high: 0.9}}"),
    },
    "Store": {
        "region": ("The region that it lies in", "north"),
        "holds": ("What it keeps, by material", "{billet: {initial: 20 t}, shell: {}}"),
    },
    "Holding": {
        "capacity": ("The most that fits; no limit when absent", "400 t"),
        "initial": ("The stock at the start", "20 t"),
        "added": (
            "Dated additions; what does not fit is lost, and counted",
            "[{at: 2024-01-20, amount: 300}]",
        ),
        "floor": ("The stock that links leave in place", "200"),
        "releasable": ("The share of the initial stock that links may take, instead of a floor", "0.4"),
        **_GROUNDS,
    },
    "Addition": {
        "at": ("The date at whose 00:00 it comes", "2024-01-20"),
        "amount": ("How much comes", "300"),
    },
    "Recipe": {
        "inputs": ("The amount of each material for one item", "{billet: 50 kg}"),
        "output": ("The material that is made", "shell"),
        "energy": ("Electricity for one item", "60 kWh"),
        **_GROUNDS,
    },
    "Calendar": {
        "changes": (
            "The working week, from each date on; the first also holds before its date",
            "[{from: 2024-01-01, shifts: 2, days: 6}]",
        ),
        "closed": ("Days on which all is closed", "[2024-05-01]"),
        **_GROUNDS,
    },
    "Change": {
        "from": ("The date from whose 00:00 it holds", "2024-01-01"),
        "shifts": ("Shifts of eight hours: 0 closed, 1 from 08:00, 2 from 08:00, 3 from 00:00", "2"),
        "days": ("The first so many days of the week, from Monday", "6"),
    },
    "Plants": {
        "total": ("How many plants there are", "12"),
        "new": ("Plants that start during the run", "{count: 2, from: 2024-03-01, commissioned_after: 30 d}"),
        "roles": (
            "Kinds of plants, by name; their shares add up to 1",
            "{works: {share: 1, recipe: forge, regions: {north: 1}, rate: 16/h, from: yard, to: yard}}",
        ),
    },
    "NewPlants": {
        "count": ("The first so many plants, in the order in which plants are dealt to roles", "2"),
        "from": ("The date from which the time to their commissioning counts", "2024-03-01"),
        "commissioned_after": ("Time until one is commissioned", "{weibull: {scale: 20 d, shape: 2}}"),
        "ramp": ("Speeds of a new plant, by age", "[{until: 10 d, speed: 0.4}, {until: 30 d, speed: 0.8}]"),
        **_GROUNDS,
    },
    "RampStep": {
        "until": ("The age until which it holds", "10 d"),
        "speed": ("The share of full speed", "0.4"),
    },
    "Role": {
        "share": ("The share of the plants that have this role", "0.4"),
        "at_least": ("Plants that have it whatever its share comes to", "1"),
        "calibres": (
            "What its plants split into, by name, when their recipes differ",
            "{heavy: {share: 0.5, recipe: forge_heavy}, light: {share: 0.5, recipe: forge_light}}",
        ),
        "regions": ("The share of its plants in each region", "{north: 0.75, east: 0.25}"),
        "recipe": ("The recipe, or none for plants that only draw power", "forge"),
        "recipes": (
            "Several recipes instead: a line loads the first whose inputs are there",
            "[fill, refit]",
        ),
        "lines": ("Lines of one plant", "2"),
        "lot": ("Items that a line works on together", "20"),
        "rate": (
            "Items, good or scrapped, an hour of running of a whole plant; drawn once a plant",
            "{lognormal: {mean: 16/h, gsd: 1.4}}",
        ),
        "work": (
            "Hours of one lot, drawn for every lot, instead of a rate",
            "{triangular: {low: 2 h, mode: 3 h, high: 6 h}}",
        ),
        "power": ("Load of one line, instead of the energy of its recipes", "150 kW"),
        "from": ("The store that inputs come from", "yard"),
        "to": ("The store that output goes to", "yard"),
        "breakdown": (
            "How lines fail; never when absent",
            "{availability: 0.85, repair: {exponential: {mean: 6 h}}}",
        ),
        "reject": ("The share of items that are scrapped", "0.05"),
        "flow": ("Time from the line to the store; none when absent", "{uniform: {low: 1 d, high: 3 d}}"),
        "calendar": ("The calendar that it is open by; always open when absent", "day"),
        "priority": ("Who comes first where something is scarce: 1 before 2", "1"),
        **_GROUNDS,
    },
    "Mix": {
        "share": ("The share of the role's plants", "0.5"),
        "recipe": ("Their recipe", "forge"),
        "recipes": (
            "Several recipes instead: a line loads the first whose inputs are there",
            "[fill, refit]",
        ),
        "at_least": ("Plants that have it whatever its share comes to", "1"),
    },
    "Breakdown": {
        "availability": ("Running time over running and repair time, in the long run", "0.85"),
        "repair": ("How long a repair takes, once a crew is there", "{erlang: {mean: 8 h, phases: 2}}"),
    },
    "Supplier": {
        "material": ("What it delivers", "billet"),
        "to": ("The store that it delivers to", "yard"),
        "quantity": ("What one delivery brings", "25 t"),
        "share_of_use": ("What one delivery brings, as a share of what is used until the next", "0.8"),
        "table": ("Dated deliveries, instead of a quantity at intervals", "[{at: 2024-01-10, amount: 500}]"),
        "every": ("The time between deliveries", "7 d"),
        "first": ("The date of the first delivery; one interval after the start when absent", "2024-01-03"),
        "monthly": (f"{_MONTHLY}, on the quantity", "[0.7, 0.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.7]"),
        "disruption": (
            "Times at which deliveries are lost",
            "{every: {exponential: {mean: 30 d}}, lasting: 3 d}",
        ),
        **_GROUNDS,
    },
    "Disruption": {
        "every": ("From the end of a disruption to the start of the next", "{exponential: {mean: 30 d}}"),
        "lasting": ("How long one lasts", "{uniform: {low: 1 d, high: 4 d}}"),
    },
    "Link": {
        "from": ("The store that it loads at", "yard"),
        "to": ("The store that it carries to, or delivered, which leaves the system", "delivered"),
        "materials": ("What it carries, in order of preference", "[shell]"),
        "load": ("The most that a vehicle takes", "500"),
        "loads_of": ("What one container holds; departures then count containers as loads", "150"),
        "minimum": ("The least that a vehicle leaves with", "50"),
        "first": (
            "The date on which the first vehicle is due; one interval after the start when absent",
            "2024-01-15",
        ),
        "every": (
            "The time between due vehicles: one, or a list by date, whose first entry also holds before its date",
            "[{from: 2024-01-01, is: 10 d}, {from: 2024-02-15, is: 6 d}]",
        ),
        "transit": ("The time on the way", "{lognormal: {median: 6 h, gsd: 1.3}}"),
        **_GROUNDS,
    },
    "IntervalChange": {
        "from": ("The date from whose 00:00 it holds", "2024-02-15"),
        "is": ("The time between due vehicles", "{uniform: {low: 5 d, high: 7 d}}"),
    },
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
