import numpy as np
import pytest
from pydantic import TypeAdapter

from simulator.analysis.likelihood import log_likelihood
from simulator.errors import ResultsError
from simulator.model.distributions import LAWS
from simulator.model.uncertain import AnyDistribution

ADDS = {
    "uniform": {"low": 2.0, "high": 5.0},
    "triangular": {"low": 1.0, "mode": 2.0, "high": 6.0},
    "normal": {"mean": 3.0, "sd": 2.0},
    "beta": {"a": 2.0, "b": 5.0},
    "quantiles": {"p05": 1.0, "p50": 3.0, "p95": 6.0},
    "empirical": {"values": [1.0, 2.0, 4.0, 7.0]},
}
MULTIPLIES = {
    "exponential": {"mean": 3.0},
    "lognormal": {"median": 100.0, "gsd": 1.7},
    "gamma": {"mean": 4.0, "shape": 2.5},
    "erlang": {"mean": 4.0, "phases": 3},
    "weibull": {"scale": 3.0, "shape": 1.6},
}


def law_of(name, parameters):
    return TypeAdapter(AnyDistribution).validate_python({name: parameters})


def slope(law, scale=lambda x: x):
    """Return where quantiles of a law lie, and its density on a scale by finite differences of them."""
    u = np.linspace(0.0213, 0.9787, 400)
    step = 1e-6
    above, below = scale(law.quantile(u + step)), scale(law.quantile(u - step))
    return law.quantile(u), 2.0 * step / (above - below)


@pytest.mark.parametrize(("name", "parameters"), ADDS.items())
def test_an_error_that_adds_has_its_density_for_likelihood(name, parameters):
    at, density = slope(law_of(name, parameters))
    assert np.exp(log_likelihood(law_of(name, parameters), at)) == pytest.approx(density, rel=1e-4)


@pytest.mark.parametrize(("name", "parameters"), MULTIPLIES.items())
def test_an_error_that_multiplies_has_the_density_of_the_logarithm(name, parameters):
    at, density = slope(law_of(name, parameters), np.log)
    assert np.exp(log_likelihood(law_of(name, parameters), at)) == pytest.approx(density, rel=1e-4)


def test_elicited_quantiles_with_a_lower_end_multiply_the_distance_from_it():
    law = law_of("quantiles", {"p05": 12.0, "p50": 15.0, "p95": 30.0, "low": 10.0})
    at, density = slope(law, lambda x: np.log(x - 10.0))
    assert np.exp(log_likelihood(law, at)) == pytest.approx(density, rel=1e-4)
    closed = law_of("quantiles", {"p05": 12.0, "p50": 15.0, "p95": 20.0, "low": 10.0, "high": 30.0})
    at, density = slope(closed)
    assert np.exp(log_likelihood(closed, at)) == pytest.approx(density, rel=1e-4)


def test_a_lognormal_report_is_likeliest_where_the_truth_is_the_figure_reported():
    at = np.linspace(50.0, 200.0, 1501)
    found = log_likelihood(law_of("lognormal", MULTIPLIES["lognormal"]), at)
    assert at[np.argmax(found)] == 100.0


def test_counts_and_certain_reports_weigh_by_probability():
    counts = law_of("uniform_integer", {"low": 10, "high": 14})
    found = np.exp(log_likelihood(counts, np.array([9.0, 10.0, 12.5, 14.0, 15.0])))
    assert found == pytest.approx([0.0, 0.2, 0.0, 0.2, 0.0])
    certain = TypeAdapter(AnyDistribution).validate_python(3.0)
    assert np.exp(log_likelihood(certain, np.array([2.0, 3.0]))).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(("name", "parameters"), [*ADDS.items(), *MULTIPLIES.items()])
def test_a_value_that_a_report_excludes_has_no_likelihood(name, parameters):
    far = np.array([-1e6]) if name not in ("normal", "quantiles") else np.array([-1e9])
    assert np.exp(log_likelihood(law_of(name, parameters), far)).tolist() == [0.0]


def test_every_law_is_read_as_a_likelihood_but_one_without_density():
    assert {*ADDS, *MULTIPLIES, "constant", "uniform_integer"} == set(LAWS)
    with pytest.raises(ResultsError, match="repeat"):
        log_likelihood(law_of("empirical", {"values": [1.0, 1.0, 2.0]}), np.array([1.0]))
