"""Plants that make ten an hour each without fail, so that what a claim takes is known by hand."""

from datetime import date

import pytest

from simulator.errors import ConfigError, ResultsError
from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity
from simulator.results.run import Run
from simulator.runner import open_results, running
from simulator.runner import run as carry_out
from simulator.studies.threshold import threshold

HOURS = 240
"""Ten days."""
MADE = 10 * HOURS - 10
"""By one plant; the last lot is done when the run has ended."""


def plants(at_least, **changes):
    tree = {
        "title": "How many plants?",
        "system": {
            "materials": {"shell": {"unit": "item"}},
            "regions": {"here": {}},
            "stores": {"depot": {"region": "here", "holds": {"shell": {}}}},
            "recipes": {"fill": {"output": "shell"}},
            "plants": {
                "total": 3,
                "roles": {
                    "filling": {
                        "share": 1.0,
                        "regions": {"here": 1.0},
                        "recipe": "fill",
                        "rate": Quantity(10.0, "1/h"),
                        "lot": 10,
                        "to": "depot",
                    },
                },
            },
        },
        "horizon": {"start": date(2023, 1, 1), "end": date(2023, 1, 11)},
        "factors": {
            "number": {
                "distribution": {"uniform_integer": {"low": 2.0, "high": 4.0}},
                "sets": ["plants.total"],
            },
            "fast": {
                "distribution": {"uniform": {"low": 0.9, "high": 1.1}},
                "scales": ["plants.roles.filling.rate"],
            },
        },
        "scenarios": {"baseline": {"fast": 1.0}, "drawn": {}},
        "claims": {
            "made": {
                "quantity": "made",
                "materials": ["shell"],
                "at_least": float(at_least),
                "from": date(2023, 1, 1),
                "by": date(2023, 1, 10),
            },
        },
        "sweep": {"number": {"from": 1, "to": 6, "step": 1}},
        "seed": 3,
    }
    return Experiment.model_validate(tree | changes)


@pytest.fixture
def made(tmp_path):
    def make(at_least, **changes) -> Run:
        asked = plants(at_least, **changes)
        return carry_out(asked, replications=4, executor="serial", results=tmp_path, name="made")

    return make


def asked(run, *about, replications=8, **more):
    return threshold(run, *about, replications=replications, executor="serial", **more)


def test_output_in_proportion_to_plants_gives_the_threshold_exactly(made):
    found = asked(made(3 * MADE))
    assert [each.level for each in found.levels] == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert [each.median for each in found.levels] == [MADE * each.level for each in found.levels]
    assert [each.probability for each in found.levels] == [0.0, 0.0, 1.0, 1.0, 1.0, 1.0]
    assert found.crossing.level == 2.5
    assert (found.reported, [each.level for each in found.within_reported()]) == ((2.0, 4.0), [2.0, 3.0, 4.0])
    assert found.scenario == "baseline"


def test_a_claim_that_no_level_reaches_is_said_to_be_out_of_reach(made):
    found = asked(made(7 * MADE))
    assert found.told(found.even[-1]).startswith("not reached by 6: P = under ")
    milder = {each.at_least: each.crossing.level for each in found.even}
    assert milder[3.5 * 1000.0] == 1.5
    assert milder[10_000.0] == 4.5
    assert asked(made(1)).told(asked(made(1)).even[-1]).startswith("exceeded from 1 on: P = over ")


def test_any_factor_can_be_moved_over_the_range_of_its_law(made):
    found = asked(made(3 * MADE), "fast", scenario="drawn")
    assert (found.levels[0].level, found.levels[-1].level, len(found.levels)) == (0.9, 1.1, 9)
    assert [each.median for each in found.levels] == sorted(each.median for each in found.levels)


def test_a_second_asking_simulates_nothing_and_more_replications_only_what_is_missing(made, monkeypatch):
    run = made(3 * MADE)
    rows, document = run.content_hash, (run.folder / "experiment.yaml").read_bytes()
    first = asked(run)
    new = []
    monkeypatch.setattr(
        running, "cut", lambda missing, size, cut=running.cut: new.append(missing) or cut(missing, size)
    )
    again = open_results(run.folder)
    assert asked(again) == first
    assert new == []
    assert asked(again, replications=10).levels[0].n == 10
    assert {(place.start, place.stop) for left in new for ranges in left.values() for place in ranges} == {
        (8, 10)
    }
    assert again.content_hash == rows
    assert not again.verify()
    assert (run.folder / "experiment.yaml").read_bytes() == document


def test_a_study_is_not_taken_for_a_run(made, tmp_path):
    run = made(3 * MADE)
    asked(run)
    assert open_results("made", tmp_path).folder == run.folder
    assert open_results("made", tmp_path).scenarios == ("baseline", "drawn")


def test_levels_have_common_factors_and_few_of_them_are_cross_checked(made, tmp_path):
    run = made(3 * MADE)
    found = asked(run, scenario="drawn")
    shares = [each.median / each.level for each in found.levels]
    assert max(shares) - min(shares) < 20
    (study,) = (run.folder / "studies" / "threshold").iterdir()
    checked = [each.scenario for each in open_results(study).manifest.cross_checks]
    assert checked == ["level_001", "level_004", "level_006"]


def test_what_the_run_has_not_is_refused(made):
    run = made(3 * MADE)
    with pytest.raises(ResultsError, match="number"):
        asked(run, "numbers_of")
    with pytest.raises(ResultsError, match="no claim"):
        asked(run, claim="delivered")
    with pytest.raises(ResultsError, match="no scenario"):
        asked(run, scenario="other")
    with pytest.raises(ConfigError, match="rising"):
        asked(run, levels=[3, 2])
    with pytest.raises(
        ResultsError, match=r"none sets plants\.total; name one of fast as factor \(--factor NAME\)$"
    ):
        asked(
            made(
                3 * MADE, sweep={}, factors={"fast": run.experiment.factors["fast"]}, scenarios={"drawn": {}}
            )
        )


def test_without_a_sweep_the_number_of_plants_is_moved_over_its_range(made):
    found = asked(made(3 * MADE, sweep={}))
    assert (found.factor, [each.level for each in found.levels]) == ("number", [2.0, 3.0, 4.0])


def test_an_answer_is_a_table_and_plain_values(made):
    found = asked(made(3 * MADE))
    assert list(found.to_frame()["probability"]) == [each.probability for each in found.levels]
    values = found.as_dict()
    assert values["even"][-1]["told"] == found.told(found.even[-1])
    assert values["levels"][0]["term"].startswith("almost no chance")
