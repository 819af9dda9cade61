import numpy as np
import pytest

from simulator.analysis.exceedance import curve_levels, exceedance, round_levels
from simulator.analysis.intervals import proportion_interval
from simulator.errors import ResultsError


def test_each_level_has_the_share_that_reaches_it_with_its_own_interval(run_of):
    values = np.arange(1.0, 201.0)
    found = exceedance(run_of({"base": {"delivered": values}}), "delivered", levels=(300, 100, 0.5))
    assert found.levels == (0.5, 100.0, 300.0)
    assert found.probability == (1.0, 101 / 200, 0.0)
    for level, low, high in zip(found.levels, found.low, found.high, strict=True):
        alone = proportion_interval(values >= level)
        assert (low, high) == (alone.low, alone.high)
    assert found.terms[2] == "almost no chance"
    assert (found.unit, found.n) == ("items", 200)


def test_round_levels_cover_the_values_and_the_figure_of_the_claim(run_of):
    values = np.geomspace(150_000, 1_100_000, 200)
    run = run_of({"base": {"claims.c": values}}, claims={"c": {"at_least": 3_000_000.0}})
    assert exceedance(run, "claims.c").levels == (
        100_000.0,
        200_000.0,
        350_000.0,
        500_000.0,
        1_000_000.0,
        2_000_000.0,
        3_000_000.0,
        3_500_000.0,
    )


def test_a_quantity_that_is_always_0_has_the_level_of_its_claim_alone():
    assert round_levels(np.zeros(5)) == ()
    assert round_levels(np.zeros(5), claimed=(7.0,)) == (5.0, 7.0, 10.0)


def test_failed_replications_are_left_out(run_of):
    run = run_of({"base": {"delivered": np.array([1.0, np.nan, 3.0])}})
    found = exceedance(run, "delivered", levels=(2,))
    assert (found.probability, found.n, found.failed) == ((0.5,), 2, 1)


def test_an_unknown_column_is_refused_with_the_nearest(run_of):
    with pytest.raises(ResultsError, match="no column delivred; nearest is delivered"):
        exceedance(run_of({"base": {"delivered": [1.0]}}), "delivred")


def test_a_curve_of_many_values_keeps_its_ends_and_few_levels():
    values = np.random.Generator(np.random.PCG64(1)).lognormal(0, 1, 20_000)
    levels = curve_levels(values)
    rising = np.sort(values)
    assert len(levels) <= 200
    assert list(levels[:20]) == list(rising[:20])
    assert list(levels[-20:]) == list(rising[-20:])
    shares = [np.mean(values >= level) for level in levels]
    assert -np.diff(shares).min() < 0.0075


def test_a_curve_of_few_values_has_them_all():
    assert curve_levels(np.array([3.0, 1.0, 3.0])) == (1.0, 3.0)


def test_it_shows_as_a_row_for_every_level(run_of):
    frame = exceedance(run_of({"base": {"delivered": [1.0, 2.0]}}), "delivered").to_frame()
    assert list(frame["at_least"]) == [1.0, 2.0]
    assert list(frame["probability"]) == [1.0, 0.5]
