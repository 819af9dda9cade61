import math

import numpy as np
import pytest
from scipy import stats

from simulator.errors import ConfigError
from simulator.model.experiment import Design
from simulator.runner.design import correlate, points

DESIGNS = {
    "random": Design(kind="random"),
    "sobol": Design(kind="sobol", scrambles=8),
    "latin_hypercube": Design(kind="latin_hypercube"),
}
FINITE = 1e-6
"""The chance that a sound design fails one check."""


def drawn(design: Design, replications: int, *, seed: int = 1, dimensions: int = 3) -> np.ndarray:
    return points(design, seed=seed, dimensions=dimensions, replications=replications)


@pytest.mark.parametrize("kind", ["random", "sobol"])
@pytest.mark.parametrize("n", [1, 7, 8, 100, 999])
def test_the_first_points_are_the_same_however_many_follow(kind, n):
    assert drawn(DESIGNS[kind], n).tobytes() == drawn(DESIGNS[kind], 1000)[:n].tobytes()


@pytest.mark.parametrize("kind", DESIGNS)
@pytest.mark.parametrize(("first", "stop"), [(1, 2), (5, 9), (8, 1000), (129, 640), (999, 1000), (10, 10)])
def test_a_stretch_of_points_is_what_it_is_among_all(kind, first, stop):
    every = drawn(DESIGNS[kind], stop if kind == "latin_hypercube" else 1000)
    found = points(DESIGNS[kind], seed=1, dimensions=3, replications=stop, first=first)
    assert found.tobytes() == every[first:stop].tobytes()


def test_a_latin_hypercube_is_another_one_for_every_number_of_points():
    assert not np.array_equal(drawn(DESIGNS["latin_hypercube"], 8), drawn(DESIGNS["latin_hypercube"], 16)[:8])


@pytest.mark.parametrize("kind", DESIGNS)
def test_a_design_is_a_function_of_its_seed(kind):
    assert drawn(DESIGNS[kind], 64).tobytes() == drawn(DESIGNS[kind], 64).tobytes()
    assert not np.any(drawn(DESIGNS[kind], 64) == drawn(DESIGNS[kind], 64, seed=2))


@pytest.mark.parametrize("kind", DESIGNS)
def test_points_are_uniform_and_strictly_between_0_and_1(kind):
    found = drawn(DESIGNS[kind], 4096, dimensions=5)
    assert found.shape == (4096, 5)
    assert found.min() > 0
    assert found.max() < 1
    for axis in found.T:
        assert stats.kstest(axis, "uniform").pvalue > FINITE


def test_every_part_of_an_axis_has_one_point_of_a_latin_hypercube():
    parts = np.floor(drawn(DESIGNS["latin_hypercube"], 100) * 100)
    assert np.array_equal(np.sort(parts, axis=0), np.tile(np.arange(100.0)[:, None], 3))


def test_replications_go_round_the_scrambles_point_by_point():
    found = drawn(DESIGNS["sobol"], 8 * 64)
    for scramble in range(8):
        # 2^k points of one scrambled Sobol sequence have one in each of 2^k parts of every axis
        parts = np.floor(found[scramble::8] * 64)
        assert np.array_equal(np.sort(parts, axis=0), np.tile(np.arange(64.0)[:, None], 3))
    assert len(np.unique(found[:8, 0])) == 8, "scrambles that start alike are not independent"


def test_scrambles_do_not_depend_on_how_many_there_are():
    few = drawn(Design(kind="sobol", scrambles=2), 8)
    many = drawn(DESIGNS["sobol"], 32)
    assert few[0::2].tobytes() == many[0::8].tobytes()
    assert few[1::2].tobytes() == many[1::8].tobytes()


@pytest.mark.parametrize("kind", DESIGNS)
def test_without_factors_a_point_has_no_coordinates(kind):
    assert drawn(DESIGNS[kind], 5, dimensions=0).shape == (5, 0)


def pearson(rank: float) -> float:
    return 2 * math.sin(math.pi * rank / 6)


@pytest.mark.parametrize("rank", [-0.9, -0.3, 0.5, 0.95])
def test_correlated_dimensions_have_their_rank_correlation_and_stay_uniform(rank):
    found = drawn(DESIGNS["random"], 100_000)
    moved = correlate(found, dimensions=[0, 2], matrix=np.array([[1, pearson(rank)], [pearson(rank), 1]]))
    error = 1.06 / math.sqrt(100_000)  # of a rank correlation, at most
    assert abs(stats.spearmanr(moved[:, 0], moved[:, 2])[0] - rank) < 5.7 * error
    assert abs(stats.spearmanr(moved[:, 1], moved[:, 2])[0]) < 5.7 * error
    assert stats.kstest(moved[:, 2], "uniform").pvalue > FINITE
    assert moved[:, :2].tobytes() == found[:, :2].tobytes()


def test_taking_the_rank_correlation_for_that_of_the_scores_would_be_noticed():
    moved = correlate(
        drawn(DESIGNS["random"], 400_000), dimensions=[0, 2], matrix=np.array([[1, 0.5], [0.5, 1]])
    )
    error = 1.06 / math.sqrt(400_000)
    assert abs(stats.spearmanr(moved[:, 0], moved[:, 2])[0] - 0.5) > 5.7 * error


def test_correlated_points_are_the_same_however_many_follow():
    matrix = np.array([[1, 0.3, 0.2], [0.3, 1, -0.4], [0.2, -0.4, 1]])
    long = correlate(drawn(DESIGNS["random"], 1001), dimensions=[0, 1, 2], matrix=matrix)
    short = correlate(drawn(DESIGNS["random"], 37), dimensions=[0, 1, 2], matrix=matrix)
    assert short.tobytes() == long[:37].tobytes()


def test_correlations_that_exclude_each_other_are_a_config_error():
    matrix = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    with pytest.raises(ConfigError, match="correlations: cannot all hold together; give ranks nearer to 0"):
        correlate(drawn(DESIGNS["random"], 10), dimensions=[0, 1, 2], matrix=matrix)
