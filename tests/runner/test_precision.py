from dataclasses import replace

import pytest

from simulator.analysis.estimate import claim
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


def test_without_a_half_width_or_claims_or_with_a_hypercube_there_is_one_round(make_experiment):
    assert rounds(make_experiment, precision={"at_most": 4096}) == (4096,)
    assert rounds(make_experiment, precision=FINE, claims={}) == (4096,)
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
    assert finished.confidence == pytest.approx(1 - 0.05 / 3)
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
