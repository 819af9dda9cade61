import numpy as np
import pytest

import simulator as sim
from simulator.analysis.sensitivity import Index, shares
from simulator.analysis.sensitivity.places import places
from simulator.errors import ResultsError

N = 2000


def factors(n=N, seed=1):
    random = np.random.Generator(np.random.PCG64(seed))
    return {"strong": random.random(n), "weak": random.random(n), "idle": random.random(n)}, random


@pytest.fixture
def linear(study):
    drawn, random = factors()
    response = 3.0 * drawn["strong"] - drawn["weak"] + 0.5 * random.standard_normal(N)
    return study(drawn, response, at_least={"never": 9.0, "often": 1.0, "half": 1.2})


def test_a_factor_that_does_nothing_ranks_below_every_one_that_acts(linear):
    for found in (sim.sensitivity(linear, "often"), sim.sensitivity(linear, response="made")):
        assert [each.column for each in found.factors] == ["strong", "weak", "idle"]
        assert [each.place for each in found.factors] == ["1", "2", "-"]
        assert [each.apart for each in found.factors] == [True, True, False]
        assert found.factors[0].slope.low > 0.0 > found.factors[1].slope.high


def test_the_null_is_always_there_and_is_nothing(linear):
    found = sim.sensitivity(linear, "often")
    assert found.to_frame()["column"].tolist() == ["strong", "weak", "idle", "(null)"]
    assert found.null.share.value < 0.01
    assert found.null.bits.value < 0.005
    assert not found.null.apart
    assert found.null.delta is not None


def test_the_shares_of_a_claim_are_those_of_its_indicator_all_else_is_of_its_quantity(linear):
    claim, quantity = sim.sensitivity(linear, "often"), sim.sensitivity(linear, response="claims.often")
    assert (claim.response, quantity.claim) == ("claims.often", None)
    assert [each.pawn for each in claim.factors] == [each.pawn for each in quantity.factors]
    assert claim.fit == quantity.fit
    assert quantity.factors[0].share.low > claim.factors[0].share.high
    assert quantity.factors[0].bits is None


def test_a_claim_with_few_hits_is_refused_and_what_has_them_is_offered(linear):
    with pytest.raises(ResultsError) as refused:
        sim.sensitivity(linear, "never")
    told = str(refused.value)
    assert told.startswith(
        "claim never has no hits among 2,000 replications of base, and sensitivity needs 50"
    )
    assert "--question sensitivity --response claims.never, its quantity, or --claim often" in told


def test_what_is_asked_of_without_a_name_is_the_first_claim_with_hits_enough(linear, study):
    assert sim.sensitivity(linear).claim == "often"
    drawn, _ = factors()
    rare = study(drawn, drawn["strong"], at_least={"never": 9.0})
    assert sim.sensitivity(rare).response == "claims.never"


def test_replications_that_failed_are_left_out(study):
    drawn, random = factors()
    response = drawn["strong"] + 0.2 * random.standard_normal(N)
    gone = np.arange(N) % 10 == 3
    kept = {name: values[~gone] for name, values in drawn.items()}
    found = sim.sensitivity(study(drawn, np.where(gone, np.nan, response), at_least={"c": 0.5}), "c")
    same = sim.sensitivity(study(kept, response[~gone], at_least={"c": 0.5}), "c")
    assert (found.n, found.failed) == (1800, 200)
    assert found.factors[0].share.value == pytest.approx(same.factors[0].share.value, abs=0.02)


def test_factors_whose_intervals_overlap_are_tied_and_those_of_chance_have_no_place():
    found = [Index(0.5, 0.4, 0.6), Index(0.45, 0.35, 0.55), Index(0.3, 0.25, 0.38), Index(0.1, 0.05, 0.15)]
    assert places(found, [True] * 4) == ((1, 2), (1, 3), (2, 3), (4, 4))
    assert places(found, [True, True, True, False])[3] is None


def test_two_factors_that_act_alike_are_tied(study):
    drawn, random = factors()
    response = drawn["strong"] + drawn["weak"] + 0.2 * random.standard_normal(N)
    found = sim.sensitivity(study(drawn, response, at_least={}), response="made")
    assert [each.place for each in found.factors] == ["1-2", "1-2", "-"]


def test_scrambles_are_resampled_where_there_are_enough(study, sobol_points):
    points, _ = sobol_points(1024, 2)
    drawn = {"a": points[0], "b": points[1]}
    run = study(drawn, points[0], at_least={"half": 0.5}, scrambles=32)
    assert sim.sensitivity(run).method == "bootstrap of 32 scrambles"
    few = study(drawn, points[0], at_least={"half": 0.5}, scrambles=4)
    assert sim.sensitivity(few).method == "bootstrap of 64 groups of replications"


def test_a_factor_of_one_value_has_no_index_and_is_named(study):
    drawn, _ = factors()
    run = study(drawn | {"fixed": np.full(N, 7.0)}, drawn["weak"], at_least={"half": 0.5})
    found = sim.sensitivity(run)
    assert found.held == ("fixed",)
    assert "fixed" not in {each.column for each in found.factors}


@pytest.mark.parametrize(
    ("count", "response", "told"),
    [(60, "strong", "made has 60 values in base"), (500, "same", "made is the same in all 500 replications")],
)
def test_rows_that_bear_no_answer_are_refused(study, count, response, told):
    drawn, _ = factors(count)
    values = drawn["strong"] if response == "strong" else np.ones(count)
    with pytest.raises(ResultsError, match=told):
        sim.sensitivity(study(drawn, values, at_least={"c": 0.5}), response="made")


def test_a_run_whose_factors_do_not_vary_has_no_answer(study):
    run = study({"fixed": np.ones(500)}, np.arange(500.0), at_least={"c": 250.0})
    with pytest.raises(ResultsError, match="no factor of the run varies"):
        sim.sensitivity(run)
    with pytest.raises(ResultsError, match="no factor of the run varies"):
        shares(run, "c")


def test_delta_is_left_out_for_a_response_with_many_equal_values(study):
    drawn, _ = factors()
    run = study(drawn, np.maximum(0.0, drawn["strong"] - 0.5), at_least={"c": 0.1})
    found = sim.sensitivity(run)
    assert found.delta_rows == 0
    assert found.to_frame()["delta"].isna().all()


def test_shares_by_factor_take_the_quantity_where_hits_are_few_and_a_split_by_its_greatest_part(study):
    random = np.random.Generator(np.random.PCG64(3))
    split = random.dirichlet([2.0, 2.0, 2.0], N).T
    drawn = {"plain": random.random(N), "idle": random.random(N)}
    drawn |= {f"split.{key}": values for key, values in zip("abc", split, strict=True)}
    response = 4.0 * split[0] + drawn["plain"] + 0.1 * random.standard_normal(N)
    run = study(drawn, response, at_least={"half": 1.8, "never": 99.0})
    parts = {each.column: each.share for each in sim.sensitivity(run, response="made").factors}
    found, rare = shares(run, "half"), shares(run, "never")
    assert (found.of, rare.of) == ("claim", "quantity")
    assert found.names == rare.names == ("split", "plain")
    assert rare.factors[0].share == parts["split.a"]
    assert [each.rank for each in rare.factors] == [(1, 1), (2, 2), None]
    assert rare.together.value == pytest.approx(parts["split.a"].value + parts["plain"].value, abs=0.01)


def test_what_a_factor_does_and_rests_on_is_told(linear):
    first = sim.sensitivity(linear).factors[0].standing
    assert first.does == "sets stores.depot.holds.shell.initial"
    assert str(first) == "nothing"


def test_the_same_rows_give_the_same_answer(linear):
    assert sim.sensitivity(linear, "half") == sim.sensitivity(linear, "half")
