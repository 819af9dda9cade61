from dataclasses import replace

import pytest

from simulator.analysis.estimate import claim
from simulator.errors import ConfigError
from simulator.model.quantities import Quantity
from simulator.runner import precision, run

FINE = {"half_width": 0.01, "at_most": 4096}


def rounds(make_experiment, **changes):
    return precision.rounds(make_experiment(**changes))


def test_a_run_looks_at_its_precision_after_rounds_that_double(make_experiment):
    assert rounds(make_experiment, precision=FINE) == (128, 256, 512, 1024, 2048, 4096)
    assert rounds(make_experiment, precision={**FINE, "at_most": 300}) == (128, 256, 300)
    assert rounds(make_experiment, precision={**FINE, "at_most": 100}) == (100,)


def test_rounds_of_a_sobol_design_are_whole_points_of_all_scrambles(make_experiment):
    design = {"kind": "sobol", "scrambles": 24}
    assert rounds(make_experiment, precision={**FINE, "at_most": 500}, design=design) == (192, 384, 504)


def test_with_nothing_to_reach_or_with_a_hypercube_there_is_one_round(make_experiment):
    assert rounds(make_experiment, precision={"at_most": 4096}) == (4096,)
    assert rounds(make_experiment, precision=FINE, claims={}) == (4096,)
    median = {"made.shell": {"at": [0.5], "within": 0.1}}
    assert len(rounds(make_experiment, precision={"quantiles": median, "at_most": 4096}, claims={})) == 6
    assert rounds(make_experiment, precision=FINE, design={"kind": "latin_hypercube"}) == (4096,)


def test_replications_are_rounded_up_to_whole_points_of_all_scrambles(make_experiment):
    sobol = make_experiment(design={"kind": "sobol", "scrambles": 20})
    assert [precision.rounded_up(n, sobol) for n in (1, 20, 21, 100)] == [20, 20, 40, 100]
    assert precision.rounded_up(7, make_experiment()) == 7


@pytest.fixture
def wide(make_experiment):
    return make_experiment(precision={"half_width": 0.2, "at_most": 512}, scenarios={"baseline": {}})


def test_a_run_ends_at_the_first_look_with_all_intervals_narrow_enough(wide):
    finished = run(wide, results=None, executor="serial")
    assert finished.replications == 128
    assert finished.manifest.looks == 3
    assert finished.confidence == pytest.approx(1 - 0.04 / 3)
    assert precision.reached(finished)


def test_a_run_goes_on_while_an_interval_is_too_wide(make_experiment):
    narrow = make_experiment(precision={"half_width": 0.0001, "at_most": 130}, scenarios={"baseline": {}})
    finished = run(narrow, results=None, executor="serial")
    assert finished.replications == 130
    assert not precision.reached(finished)


def test_only_the_claims_that_precision_names_count(make_experiment, wide):
    claim = {"quantity": "made", "materials": ["shell"], "from": wide.horizon.start, "by": wide.horizon.start}
    claims = {"sure": {**claim, "at_least": 0}, "even": {**claim, "at_least": 700}}
    precise = {"half_width": 0.06, "at_most": 130}
    sure = make_experiment(
        claims=claims, precision={**precise, "claims": ["sure"]}, scenarios={"baseline": {}}
    )
    every = make_experiment(claims=claims, precision=precise, scenarios={"baseline": {}})
    assert run(sure, results=None, executor="serial").replications == 128
    assert run(every, results=None, executor="serial").replications == 130


def test_replications_that_are_asked_for_override_the_precision(wide):
    finished = run(wide, results=None, executor="serial", replications=3)
    assert finished.replications == 3
    assert finished.manifest.looks == 1


def test_the_interval_that_a_run_ends_with_allows_for_its_looks(wide):
    finished = run(wide, results=None, executor="serial")
    looked_once = replace(finished, manifest=replace(finished.manifest, looks=1))
    allowing, plain = claim(finished, "many"), claim(looked_once, "many")
    assert allowing.low < plain.low < plain.high < allowing.high


ONE = {"scenarios": {"baseline": {}}}
MADE = "made.shell"


def quantiles(make_experiment, at_most=130, **asked):
    return make_experiment(**ONE, precision={"quantiles": {MADE: {"at": [0.5], **asked}}, "at_most": at_most})


@pytest.mark.parametrize(
    ("asked", "replications"), [({"within": 0.5}, 128), ({"within": 0.001}, 130), ({"half_width": 1e6}, 128)]
)
def test_a_run_goes_on_until_quantiles_are_known_as_well_as_asked(make_experiment, asked, replications):
    finished = run(quantiles(make_experiment, **asked), results=None, executor="serial")
    assert finished.replications == replications
    assert precision.reached(finished) == (replications == 128)


def test_what_is_not_reached_at_the_cap_is_told_with_the_width_reached(make_experiment):
    precise = {
        "half_width": {"many": 0.001},
        "quantiles": {"many": {"at": [0.5, 0.95], "within": 0.001}, MADE: {"at": [0.05], "half_width": 1}},
        "at_most": 130,
    }
    finished = run(make_experiment(**ONE, precision=precise), results=None, executor="serial")
    told = [str(each) for each in precision.not_reached(finished)]
    assert [each.split(" in baseline: known to ")[0] for each in told] == [
        "many",
        "median of many",
        "95 % quantile of many",
        "5 % quantile of made.shell",
    ]
    assert told[0].endswith(" percentage points, asked for ±0.1 percentage points")
    assert told[1].endswith(" % of it, asked for ±0.1 % of it")
    assert told[3].endswith(" items, asked for ±1 items")


def test_nothing_is_told_of_a_run_that_was_asked_for_less_than_the_cap(make_experiment):
    narrow = make_experiment(precision={"half_width": 0.0001, "at_most": 130}, **ONE)
    finished = run(narrow, results=None, executor="serial", replications=10)
    assert precision.not_reached(finished) == ()


def test_a_quantile_of_what_no_row_has_is_told_after_the_first_rows(make_experiment, tmp_path):
    precise = {"quantiles": {"made.shel": {"at": [0.5], "within": 0.1}}, "at_most": 4096}
    told = []
    with pytest.raises(ConfigError, match=r"is no claim or response of baseline; nearest is made[.]shell"):
        run(
            make_experiment(**ONE, precision=precise),
            results=tmp_path,
            executor="serial",
            progress=told.append,
        )
    assert told == []


def test_a_width_in_another_unit_than_the_response_is_told_after_the_first_rows(make_experiment):
    weight = quantiles(make_experiment, half_width=Quantity(5.0, "kg"))
    with pytest.raises(ConfigError, match="half_width: is 5 kg, of what is counted in items"):
        run(weight, results=None, executor="serial")


def test_a_half_width_by_claim_asks_for_those_claims_only(make_experiment, wide):
    claim = {"quantity": "made", "materials": ["shell"], "from": wide.horizon.start, "by": wide.horizon.start}
    claims = {"sure": {**claim, "at_least": 0}, "even": {**claim, "at_least": 700}}
    by_claim = {"half_width": {"sure": 0.06, "even": 0.3}, "at_most": 130}
    finished = run(make_experiment(claims=claims, precision=by_claim, **ONE), results=None, executor="serial")
    assert finished.replications == 128


def test_asking_for_more_after_an_answer_spends_what_is_left_of_the_error(make_experiment, tmp_path):
    def confidence(replications):
        finished = run(make_experiment(**ONE), results=tmp_path, executor="serial", replications=replications)
        return finished.confidence, finished.manifest.answers

    assert confidence(10) == (pytest.approx(0.96), ())
    assert confidence(10) == (pytest.approx(0.96), ())
    assert confidence(12) == (pytest.approx(0.995), (10,))
    assert confidence(5) == (pytest.approx(0.995), (10,))
    assert confidence(14) == (pytest.approx(1 - 0.01 / 6), (10, 12))


def test_a_run_that_is_interrupted_has_given_no_answer(make_experiment, tmp_path):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(make_experiment(**ONE), results=tmp_path, executor="serial", replications=200, progress=stop)
    finished = run(make_experiment(**ONE), results=tmp_path, executor="serial", replications=200)
    assert (finished.manifest.answers, finished.manifest.looks) == ((), 1)


def test_looks_after_an_extension_share_its_part_of_the_error(make_experiment, tmp_path):
    narrow = make_experiment(precision={"half_width": 0.0001, "at_most": 300}, **ONE)
    run(narrow, results=tmp_path, executor="serial", replications=130)
    finished = run(narrow, results=tmp_path, executor="serial")
    assert (finished.manifest.answers, finished.manifest.looks) == ((130,), 2)
    assert finished.confidence == pytest.approx(1 - 0.005 / 2)
