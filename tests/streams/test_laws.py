import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from simulator.streams import key_word, laws, log, quantile, quantiles, sample, uniform

ALPHA = 1e-6
STANDARD_ERRORS = 4.9  # two-sided at ALPHA
SIZE = 40_000
WORD = key_word("work", "bodies/0/0")


class Inverse:
    """A law given by its quantile function alone, on the interface of SciPy's."""

    def __init__(self, ppf, support):
        self.ppf, self._support = ppf, support
        self._u = 1 / (1 + np.exp(-np.linspace(-30, 30, 400_001)))

    def cdf(self, x):
        return np.interp(x, self.ppf(self._u), self._u)

    def support(self):
        return self._support

    def moment(self, power):
        def weighted(logit):
            u = 1 / (1 + math.exp(-logit))
            return float(self.ppf(u)) ** power * u * (1 - u)

        return integrate.quad(weighted, -36, 36, limit=500)[0]


def metalog(a1, a2, a3):
    return lambda u: a1 + a2 * np.log(u / (1 - u)) + a3 * (u - 0.5) * np.log(u / (1 - u))


@dataclass(frozen=True)
class Case:
    """A law of ours beside an independent statement of it."""

    name: str
    law: int
    parameters: tuple[float, ...]
    other: object

    @property
    def array(self):
        return np.array(self.parameters)

    def __str__(self):
        return self.name


TABLE = (1.5, 2.0, 2.5, 4.0, 9.0, 11.0)
CASES = [
    Case("uniform", laws.UNIFORM, (-2.0, 3.0), stats.uniform(-2, 5)),
    Case("triangular", laws.TRIANGULAR, (3.0, 6.0, 12.0), stats.triang(1 / 3, 3, 9)),
    Case("triangular, mode at the low end", laws.TRIANGULAR, (3.0, 3.0, 12.0), stats.triang(0, 3, 9)),
    Case("triangular, mode at the high end", laws.TRIANGULAR, (3.0, 12.0, 12.0), stats.triang(1, 3, 9)),
    Case("exponential", laws.EXPONENTIAL, (7.0,), stats.expon(scale=7)),
    Case("lognormal", laws.LOGNORMAL, (8.22, 0.5), stats.lognorm(0.5, scale=8.22)),
    Case("weibull", laws.WEIBULL, (3.0, 1.7), stats.weibull_min(1.7, scale=3)),
    Case("weibull, shape below 1", laws.WEIBULL, (3.0, 0.8), stats.weibull_min(0.8, scale=3)),
    Case("erlang", laws.ERLANG, (5.0, 2.6), stats.gamma(5, scale=0.52)),
    Case("erlang of one phase", laws.ERLANG, (1.0, 2.6), stats.expon(scale=2.6)),
    Case("integer", laws.UNIFORM_INTEGER, (-3.0, 9.0), stats.randint(-3, 10)),
    Case("metalog", laws.METALOG, (10.0, 2.0, 0.7), Inverse(metalog(10, 2, 0.7), (-np.inf, np.inf))),
    Case(
        "metalog with a lower bound",
        laws.METALOG_ABOVE,
        (1.2, 0.15, -0.1, 3.0),
        Inverse(lambda u: 3 + np.exp(metalog(1.2, 0.15, -0.1)(u)), (3, np.inf)),
    ),
    Case(
        "metalog between bounds",
        laws.METALOG_BETWEEN,
        (0.3, 0.6, 0.2, -2.0, 5.0),
        Inverse(lambda u: -2 + 7 / (1 + np.exp(-metalog(0.3, 0.6, 0.2)(u))), (-2, 5)),
    ),
    Case("table", laws.TABLE, TABLE, Inverse(lambda u: np.quantile(TABLE, u), (1.5, 11))),
]
OF_ONE_UNIFORM = [case for case in CASES if case.law != laws.ERLANG]
GRID = np.concatenate(
    [2.0 ** -np.arange(53, 3, -1.0), np.linspace(0.07, 0.93, 4321), 1 - 2.0 ** -np.arange(4, 54.0)]
)


def drawn(case, *, size=SIZE):
    """Return `size` consecutive numbers of a law, shape (size,)."""
    array = case.array
    return np.array([sample(case.law, array, 20230801, WORD, 3, index) for index in range(size)])


def submit_to_the_law(case, numbers):
    """Fail unless numbers follow a law: its distribution, its mean, its variance, its support."""
    if case.law == laws.UNIFORM_INTEGER:
        values, counts = np.unique(numbers, return_counts=True)
        assert list(values) == list(range(-3, 10))
        assert stats.chisquare(counts, case.other.pmf(values) * numbers.size).pvalue > ALPHA
    else:
        assert stats.kstest(numbers, case.other.cdf).pvalue > ALPHA
    mean, second, third, fourth = (case.other.moment(power) for power in (1, 2, 3, 4))
    variance = second - mean**2
    about_mean = fourth - 4 * mean * third + 6 * mean**2 * second - 3 * mean**4
    error = math.sqrt(variance / numbers.size)
    assert numbers.mean() == pytest.approx(mean, rel=0, abs=STANDARD_ERRORS * error)
    error = math.sqrt((about_mean - variance**2) / numbers.size)
    assert numbers.var() == pytest.approx(variance, rel=0, abs=STANDARD_ERRORS * error)
    low, high = case.other.support()
    assert low <= numbers.min() <= numbers.max() <= high


def test_every_law_is_tried_here():
    assert {case.law for case in CASES} | {laws.CONSTANT} == set(laws.PARAMETERS)
    for case in CASES:
        assert case.law == laws.TABLE or len(case.parameters) == len(laws.PARAMETERS[case.law])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_numbers_follow_their_law(case):
    submit_to_the_law(case, drawn(case))


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("bug", [lambda x: x + 0.06 * x.std(), lambda x: x.mean() + 1.08 * (x - x.mean())])
def test_a_shift_or_a_stretch_by_a_few_per_cent_is_caught(case, bug):
    with pytest.raises(AssertionError):
        submit_to_the_law(case, bug(drawn(case)))


@pytest.mark.parametrize("case", OF_ONE_UNIFORM, ids=str)
def test_quantiles_agree_with_an_independent_formula_far_into_the_tails(case):
    found = quantiles(case.law, case.array, GRID)
    np.testing.assert_allclose(found, case.other.ppf(GRID), rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("case", OF_ONE_UNIFORM, ids=str)
def test_quantiles_never_decrease(case):
    assert np.diff(quantiles(case.law, case.array, GRID)).min() >= 0.0


@pytest.mark.parametrize("case", OF_ONE_UNIFORM, ids=str)
def test_a_number_is_the_quantile_at_the_uniform_of_its_address(case):
    for index in (0, 1, 6, 2**52 + 1, 2**63):
        u = uniform(2**63, WORD, 2, index)
        assert sample(case.law, case.array, 2**63, WORD, 2, index) == quantile(case.law, case.array, u)


@pytest.mark.parametrize("case", OF_ONE_UNIFORM, ids=str)
def test_quantiles_of_an_array_are_those_of_its_elements(case):
    found = quantiles(case.law, case.array, GRID)
    assert list(found) == [quantile(case.law, case.array, float(u)) for u in GRID]


@pytest.mark.parametrize("index", [0, 1, 7, 2**53 + 1])
def test_an_erlang_number_adds_its_phases_in_the_order_of_their_indices(index):
    total = 0.0
    for phase in range(3):
        total += -(2.6 / 3) * log(1.0 - uniform(1, WORD, 0, 3 * index + phase))
    assert sample(laws.ERLANG, np.array([3.0, 2.6]), 1, WORD, 0, index) == total


def test_a_constant_is_itself_whatever_its_address():
    assert {sample(laws.CONSTANT, np.array([7.25]), 1, WORD, 0, index) for index in range(9)} == {7.25}


def test_a_law_without_width_is_its_only_value():
    for law, parameters in [
        (laws.UNIFORM, [4.1, 4.1]),
        (laws.TRIANGULAR, [4.1, 4.1, 4.1]),
        (laws.LOGNORMAL, [4.1, 0.0]),
        (laws.METALOG, [4.1, 0.0, 0.0]),
        (laws.TABLE, [4.1]),
        (laws.TABLE, [4.1, 4.1, 4.1]),
    ]:
        assert set(quantiles(law, np.array(parameters), GRID)) == {4.1}
    assert set(quantiles(laws.UNIFORM_INTEGER, np.array([5.0, 5.0]), GRID)) == {5.0}


finite = st.floats(-1e9, 1e9)
probabilities = st.integers(0, 2**52 - 1).map(lambda k: (k + 0.5) * 2.0**-52)


@given(st.lists(finite, min_size=2, max_size=2), probabilities)
def test_uniform_numbers_stay_between_their_ends(ends, u):
    low, high = sorted(ends)
    assert low <= quantile(laws.UNIFORM, np.array([low, high]), u) <= high


@given(st.lists(finite, min_size=3, max_size=3), probabilities)
def test_triangular_numbers_stay_between_their_ends(corners, u):
    low, mode, high = sorted(corners)
    assert low <= quantile(laws.TRIANGULAR, np.array([low, mode, high]), u) <= high


@given(st.integers(-(2**40), 2**40), st.integers(0, 2**40), probabilities)
def test_whole_numbers_are_whole_and_stay_between_their_ends(low, width, u):
    found = quantile(laws.UNIFORM_INTEGER, np.array([low, low + width], dtype=float), u)
    assert found.is_integer()
    assert low <= found <= low + width


@given(st.lists(finite, min_size=1, max_size=9), probabilities)
def test_numbers_of_a_table_stay_between_two_neighbours(values, u):
    values = np.array(sorted(values))
    place = math.floor(Fraction(u) * (values.size - 1))
    found = quantile(laws.TABLE, values, u)
    assert values[place] <= found <= values[min(place + 1, values.size - 1)]


@given(st.tuples(*[st.floats(-1e3, 1e3)] * 3), st.lists(finite, min_size=2, max_size=2), probabilities)
def test_bounded_metalogs_stay_between_their_bounds(coefficients, bounds, u):
    low, high = sorted(bounds)
    assert low <= quantile(laws.METALOG_BETWEEN, np.array([*coefficients, low, high]), u) <= high
    assert quantile(laws.METALOG_ABOVE, np.array([*coefficients, low]), u) >= low


@pytest.mark.parametrize("case", CASES, ids=str)
def test_parameters_that_cannot_be_written_give_the_same_number(case):
    frozen = case.array
    frozen.flags.writeable = False
    assert sample(case.law, frozen, 1, WORD, 0, 5) == sample(case.law, case.array, 1, WORD, 0, 5)


@pytest.mark.parametrize("law", [-1, 12, 99])
def test_an_unknown_law_is_an_error(law):
    with pytest.raises(ValueError, match="no law of one uniform has this code"):
        sample(law, np.array([1.0, 2.0]), 1, WORD, 0, 0)


def test_an_erlang_law_has_no_quantile_of_one_uniform():
    with pytest.raises(ValueError, match="no law of one uniform has this code"):
        quantile(laws.ERLANG, np.array([2.0, 1.0]), 0.5)
