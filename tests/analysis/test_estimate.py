import dataclasses
import math

import numpy as np
import pytest

from simulator.analysis.estimate import claim, claims
from simulator.analysis.intervals import clopper_pearson
from simulator.errors import ResultsError


def column(values):
    return {"claims.c": np.array(values, dtype=float)}


def test_the_probability_is_the_share_of_replications_that_reach_the_figure(run_of):
    run = run_of({"base": column([999, 1000, 1001, 0])}, claims={"c": {}})
    found = claim(run, "c")
    exact = clopper_pearson(2, 4)
    assert (found.probability, found.hits, found.n) == (0.5, 2, 4)
    assert (found.low, found.high) == (exact.low, exact.high)
    assert (found.scenario, found.claim, found.quantity, found.at_least) == ("base", "c", "delivered", 1000.0)


def test_failed_replications_are_left_out_and_counted(run_of):
    run = run_of({"base": column([2000, np.nan, 0, np.nan])}, claims={"c": {}})
    found = claim(run, "c")
    assert (found.n, found.failed, found.hits, found.probability) == (2, 2, 1, 0.5)
    assert "2 failed" in str(found)


def test_when_all_have_failed_the_probability_may_be_anything(run_of):
    found = claim(run_of({"base": column([np.nan] * 3)}, claims={"c": {}}), "c")
    assert math.isnan(found.probability)
    assert (found.low, found.high, found.n, found.failed, found.chance) == (0.0, 1.0, 0, 3, "unknown")
    assert math.isnan(found.median)


def test_no_hit_is_a_bound(run_of):
    found = claim(run_of({"base": column([5.0] * 512)}, claims={"c": {}}), "c")
    assert found.chance == "under 0.6 %"
    assert found.low == 0.0
    assert found.high == pytest.approx(1 - 0.05 ** (1 / 512))
    assert found.term == "almost no chance, beyond the scale"


def test_nothing_but_hits_is_a_bound(run_of):
    found = claim(run_of({"base": column([5000.0] * 512)}, claims={"c": {}}), "c")
    assert (found.chance, found.high) == ("over 99.4 %", 1.0)
    assert found.term == "almost certain, beyond the scale"


def test_quantiles_are_order_statistics(run_of):
    found = claim(run_of({"base": column(np.arange(20, 0, -1) * 100.0)}, claims={"c": {}}), "c")
    assert (found.p05, found.median, found.p95) == (100.0, 1000.0, 1900.0)


def test_a_design_of_many_scrambles_gives_an_interval_over_them(run_of):
    values = np.random.Generator(np.random.PCG64(1)).uniform(0, 2000, 640)
    many = claim(run_of({"base": column(values)}, claims={"c": {}}, scrambles=32), "c")
    few = claim(run_of({"base": column(values)}, claims={"c": {}}, scrambles=16), "c")
    assert (many.method, few.method) == ("t over 32 scrambles", "Clopper-Pearson")
    assert many.probability == few.probability


def test_the_scenario_is_the_first_unless_it_is_named(run_of):
    run = run_of({"one": column([0, 0]), "two": column([5000, 5000])}, claims={"c": {}})
    assert claim(run, "c").scenario == "one"
    assert claim(run, "c", "two").probability == 1.0


def test_an_unknown_claim_is_refused_with_the_nearest(run_of):
    run = run_of({"base": column([1])}, claims={"c": {}, "nis_delivered": {}})
    with pytest.raises(ResultsError, match=r"no claim nis_delivred; nearest is nis_delivered"):
        claim(run, "nis_delivred")


def test_a_claim_without_its_column_is_refused(run_of):
    run = run_of({"base": {"made": [1.0]}}, claims={"c": {}})
    with pytest.raises(ResultsError, match=r"no column claims\.c; give one of made"):
        claim(run, "c")


def test_all_claims_are_told_for_all_scenarios_in_their_order(run_of):
    both = {"claims.a": np.array([1.0, 2.0]), "claims.b": np.array([3000.0, 2.0])}
    found = claims(run_of({"one": both, "two": both}, claims={"a": {}, "b": {"at_least": 2.0}}))
    assert [(each.scenario, each.claim) for each in found] == [
        ("one", "a"),
        ("one", "b"),
        ("two", "a"),
        ("two", "b"),
    ]
    frame = found.to_frame()
    assert list(frame["hits"]) == [0, 2, 0, 2]
    assert list(frame["term"]) == [each.term for each in found]
    assert found.of("b", "two").hits == 2
    with pytest.raises(KeyError):
        found.of("c", "two")


def test_an_estimate_shows_as_text_as_a_row_and_as_a_table(run_of):
    found = claim(run_of({"base": column([500.0, 1500.0] * 50)}, claims={"c": {}}), "c")
    assert str(found) == (
        "c in base: 50.0 % [39.8 to 60.2 %], unlikely to likely, that delivered is at least 1,000 items; "
        "median 500, 5 to 95 % 500 to 1,500 (50 of 100 replications; Clopper-Pearson)"
    )
    assert found.to_frame().loc[0, "term"] == "unlikely to likely"
    assert ">50.0 % [39.8 to 60.2 %]</td>" in found._repr_html_()
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.n = 3


def test_a_name_from_a_document_cannot_bring_markup_into_a_page(run_of):
    found = claim(run_of({"base": column([1.0])}, claims={"c": {}}), "c")
    shown = dataclasses.replace(found, scenario="<script>")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
