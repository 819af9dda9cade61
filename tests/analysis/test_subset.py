import math
from dataclasses import replace
from datetime import date

import pytest

import simulator as sim
from simulator.analysis.intervals import clopper_pearson, quantile
from simulator.analysis.subset import FEWEST, main_responses
from simulator.errors import ResultsError
from simulator.model.experiment import Experiment
from simulator.results.manifest import Manifest
from simulator.results.meanings import Column
from simulator.results.run import Run
from simulator.results.tables import Outcome, Rows, commit

N = 200
UNIFORM = {"distribution": {"uniform": {"low": 0.0, "high": 1.0}}, "assumption": "a guess"}
CLAIM = {
    "quantity": "delivered",
    "materials": ["shell"],
    "at_least": 1000.0,
    "from": date(2024, 1, 1),
    "by": date(2024, 1, 9),
}
TREE = {
    "title": "How many shells?",
    "system": {
        "materials": {"shell": {"unit": "item"}},
        "regions": {"north": {}},
        "stores": {"depot": {"region": "north", "holds": {"shell": {}}}},
    },
    "horizon": {"start": date(2024, 1, 1), "end": date(2024, 1, 10)},
    "factors": {"rate": UNIFORM, "day": UNIFORM, "same": UNIFORM},
    "scenarios": {"as_is": {}, "more": {}},
    "claims": {"many": CLAIM, "most": CLAIM | {"at_least": 1900.0}},
}
COLUMNS = {
    name: Column(name, unit)
    for name, unit in {
        "rate": "1/h",
        "day": "date",
        "same": "1",
        "claims.many": "items",
        "claims.most": "items",
        "made": "items",
        "made.shell": "items",
        "lost_output.blocked": "items",
        "lost_output.blocked.shell": "items",
    }.items()
}


def row(number: int, more: float) -> Outcome:
    """A replication whose rate decides what is made; the fourth failed."""
    rate = number * 37 % N / N
    factors = {"rate": rate, "day": 738886.0 + number % 5, "same": 1.0}
    if number == 3:
        return Outcome(factors, {}, "ModelError: no")
    made = 2000.0 * rate + more
    return Outcome(
        factors
        | dict.fromkeys(("claims.many", "claims.most", "made", "made.shell"), made)
        | dict.fromkeys(("lost_output.blocked", "lost_output.blocked.shell"), 1.0),
        {},
    )


@pytest.fixture
def run(tmp_path):
    """A run of two scenarios of 200 replications, one of which failed."""
    for folder in ("runs", "weekly"):
        (tmp_path / folder).mkdir()
    experiment = Experiment.model_validate(TREE)
    blocks = tuple(
        commit(tmp_path, Rows(name, 0, tuple(row(k, more) for k in range(N)), COLUMNS), seconds_each=0.1)
        for name, more in (("as_is", 0.0), ("more", 100.0))
    )
    manifest = Manifest(
        name="made_up",
        digest="d",
        status="complete",
        seed=1,
        scenarios=("as_is", "more"),
        replications=N,
        blocks=blocks,
    )
    return Run(tmp_path, experiment, manifest)


def test_a_subset_is_the_rows_within_all_ranges_both_ends_included(run):
    found = sim.subset(run, {"rate": (0.25, 0.75), "day": (738887, 738888)}, claim="many", scenario="more")
    frame = run.frame("more")
    kept = frame[
        frame["rate"].between(0.25, 0.75) & frame["day"].between(738887, 738888) & frame["made"].notna()
    ]
    assert (found.n, found.of) == (len(kept), N - 1)
    assert found.hits == (kept["claims.many"] >= 1000.0).sum()
    assert {0.25, 0.75} <= set(frame["rate"]), "no row lies on an end"
    for name in ("rate", "day", "claims.most", "made"):
        spread, values = found.of_column(name), kept[name]
        assert spread.median == quantile(values.to_numpy(), 0.5), name
        assert spread.median_all in set(frame[name])


def test_its_interval_is_the_exact_one_at_the_confidence_of_the_run(run):
    found = sim.subset(run, {"rate": (0.4, 0.6)})
    interval = clopper_pearson(found.hits, found.n, level=run.confidence)
    assert (found.low, found.high, found.method) == (interval.low, interval.high, interval.method)
    assert found.probability == found.hits / found.n
    assert found.term in str(found)


def test_without_ranges_it_is_every_replication_that_did_not_fail(run):
    found = sim.subset(run, {})
    assert (found.claim, found.scenario) == ("many", "as_is")
    assert found.n == found.of == N - 1
    assert found.hits == sim.claim(run, "many").hits


def test_ranges_may_be_open_of_days_or_of_what_came_out(run):
    days = sim.subset(run, {"day": (date(2024, 1, 2), date(2024, 1, 3))})
    assert days.n == sim.subset(run, {"day": (738887, 738888)}).n > 0
    met = sim.subset(run, {"claims.many": (1000, None)})
    assert met.hits == met.n == sim.claim(run, "many").hits
    assert sim.subset(run, {"rate": (None, None)}).n == N - 1


def test_only_the_first_replications_are_looked_at_when_so_many_are_asked_for(run):
    assert sim.subset(run, {}, replications=50).of == 49


def test_the_first_replications_of_a_block_alone_are_those_it_begins_with(tmp_path, run):
    (alone := tmp_path / "alone").mkdir()
    for folder in ("runs", "weekly"):
        (alone / folder).mkdir()
    rows = Rows("as_is", 100, tuple(row(k, 0.0) for k in range(100, N)), COLUMNS)
    manifest = replace(run.manifest, scenarios=("as_is",), blocks=(commit(alone, rows, seconds_each=0.1),))
    assert sim.subset(Run(alone, run.experiment, manifest), {}, replications=50).of == 50


def test_columns_are_told_that_differ_and_responses_that_matter(run):
    assert main_responses(run) == ("claims.many", "claims.most", "made", "lost_output.blocked")
    columns = [each.column for each in sim.subset(run, {}).spreads]
    assert columns == ["rate", "day", *main_responses(run)]
    assert list(sim.subset(run, {}).to_frame()["column"]) == columns


def test_an_open_end_is_told_in_words(run):
    told = [
        str(sim.subset(run, {"rate": ends})) for ends in ((None, 0.5), (0.5, None), (0.25, 0.5), (None, None))
    ]
    for words, found in zip(("at most 0.5", "at least 0.5", "0.25 to 0.5", "any"), told, strict=True):
        assert f" with rate {words}: " in found


def test_few_are_too_few_to_say(run):
    few = sim.subset(run, {"rate": (0.0, (FEWEST - 2) / N)})
    assert few.n == FEWEST - 1
    assert not few.enough
    assert "too few to say" in str(few)
    none = sim.subset(run, {"rate": (7, 8)})
    assert (none.n, none.hits, none.low, none.high) == (0, 0, 0.0, 1.0)
    assert math.isnan(none.probability)
    assert math.isnan(none.of_column("rate").median)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (({"rat": (0, 1)},), "has no column rat"),
        (({"rate": (1, 0)},), "rate is from 1 to 0"),
        (({"rate": (math.nan, 0)},), "low <= high"),
        (({"rate": (1,)},), "has 1 ends"),
        (({}, "none"), "no claim none"),
        (({}, "many", "none"), "no scenario none"),
    ],
)
def test_what_the_run_has_not_is_refused(run, asked, said):
    with pytest.raises(ResultsError, match=said):
        sim.subset(run, *asked)
