import numpy as np
import pytest

from simulator.analysis.densities import densities

RANDOM = np.random.Generator(np.random.PCG64(1)).normal(size=4000)


def ridge(run_of, values):
    (found,) = densities(run_of({"base": {"claims.c": values}}, claims={"c": {}})).ridges
    return found


def mass(found, places):
    return np.trapezoid(found.spreads[0].density, places)


def test_a_density_is_that_of_the_law_that_the_values_come_from(run_of):
    found = ridge(run_of, 1000.0 + 100.0 * RANDOM)
    at = np.array(found.at)
    exact = np.exp(-0.5 * ((at - 1000.0) / 100.0) ** 2) / (100.0 * np.sqrt(2.0 * np.pi))
    assert not found.logarithmic
    assert np.abs(found.spreads[0].density - exact).max() < 0.08 * exact.max()
    assert mass(found, at) == pytest.approx(1.0, abs=0.02)


def test_on_a_logarithmic_scale_it_is_per_factor_of_ten(run_of):
    found = ridge(run_of, 1000.0 * np.exp(1.5 * RANDOM))
    assert found.logarithmic
    assert mass(found, np.log10(found.at)) == pytest.approx(1.0, abs=0.02)


def test_replications_with_none_are_told_and_no_part_of_the_density(run_of):
    values = np.where(np.arange(4000) % 4 == 0, 0.0, 1000.0 + 100.0 * RANDOM)
    found = ridge(run_of, values)
    assert found.spreads[0].none == 0.25
    assert mass(found, np.array(found.at)) == pytest.approx(0.75, abs=0.02)
    assert found.spreads[0].p05 == 0.0


def test_where_there_never_was_any_there_is_no_density(run_of):
    found = ridge(run_of, np.zeros(10))
    assert (found.at, found.spreads[0].density) == ((), ())
    assert (found.spreads[0].none, found.spreads[0].median) == (1.0, 0.0)


def test_a_single_value_is_a_spike_where_it_is(run_of):
    found = ridge(run_of, np.full(10, 500.0))
    assert found.at[int(np.argmax(found.spreads[0].density))] == pytest.approx(500.0, rel=0.01)


def test_quantiles_are_order_statistics_by_amount_and_scenario(run_of):
    columns = {name: {"claims.c": np.arange(1.0, 101.0) * scale} for scale, name in enumerate("ab", 1)}
    frame = densities(run_of(columns, claims={"c": {}})).to_frame()
    assert frame["scenario"].tolist() == ["a", "b"]
    assert frame[["p05", "p25", "median", "p75", "p95"]].to_numpy().tolist() == [
        [5.0, 25.0, 50.0, 75.0, 95.0],
        [10.0, 50.0, 100.0, 150.0, 190.0],
    ]
