import math
from decimal import Context, Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import ndtri

from simulator.streams import exp, log, normal_quantile

EXACT = Context(prec=60)
LARGEST, SMALLEST = math.ldexp(2 - 2**-52, 1023), 5e-324


def ulps(found, exact):
    """Return the distance of a float from an exact value, in units of the value's last place."""
    return abs(Decimal(found) - exact) / Decimal(math.ulp(float(exact)))


@given(st.floats(min_value=SMALLEST, max_value=LARGEST))
@example(SMALLEST)
@example(2.0**-1022)
@example(LARGEST)
@example(math.sqrt(0.5))
@example(math.nextafter(1.0, 0.0))
@example(math.nextafter(1.0, 2.0))
@example(1.4139262706865459)
def test_a_logarithm_is_within_one_unit_of_its_last_place(x):
    assert ulps(log(x), EXACT.ln(Decimal(x))) < 1


@given(st.floats(0.5, 2.0))
def test_a_logarithm_near_1_is_within_one_unit_of_its_last_place(x):
    assert ulps(log(x), EXACT.ln(Decimal(x))) < 1


@given(st.floats(-745.1332191019411, 709.782712893384))
@example(709.782712893384)
@example(-708.3964185322641)
@example(-745.1332191019411)
@example(1e-300)
@example(-0.34657359027997264)
@example(0.34657359027997264)
def test_an_exponential_is_within_one_unit_of_its_last_place(x):
    assert ulps(exp(x), EXACT.exp(Decimal(x))) < 1


def test_no_error_of_thousands_of_logarithms_and_exponentials_reaches_nine_tenths_of_a_unit():
    random = np.random.default_rng(4)
    positive = np.concatenate([random.uniform(0.0, 2.0, 2000), np.exp(random.uniform(-744.0, 709.0, 500))])
    both = np.concatenate([random.uniform(-2.0, 2.0, 2000), random.uniform(-745.0, 709.0, 500)])
    assert max(ulps(log(x), EXACT.ln(Decimal(x))) for x in positive.tolist()) < Decimal("0.9")
    assert max(ulps(exp(x), EXACT.exp(Decimal(x))) for x in both.tolist()) < Decimal("0.9")


@pytest.mark.parametrize("x", [0.0, -0.0])
def test_the_logarithm_of_nothing_is_minus_infinity(x):
    assert log(x) == -math.inf


@pytest.mark.parametrize("x", [-SMALLEST, -1.0, -math.inf, math.nan])
def test_there_is_no_logarithm_below_zero(x):
    assert math.isnan(log(x))


def test_the_logarithm_of_one_is_zero_and_that_of_infinity_infinite():
    assert (log(1.0), log(math.inf)) == (0.0, math.inf)


def test_exponentials_overflow_to_infinity_and_vanish_to_zero():
    assert [exp(x) for x in (709.7827128933841, 1e308, math.inf)] == [math.inf] * 3
    assert [exp(x) for x in (-745.1332191019412, -746.5, -1e308, -math.inf)] == [0.0] * 4
    assert [exp(x) for x in (0.0, -0.0)] == [1.0, 1.0]
    assert math.isnan(exp(math.nan))


def test_whole_numbers_are_taken_as_floats():
    assert (log(8), exp(3), normal_quantile(1)) == (log(8.0), exp(3.0), math.inf)


@given(st.one_of(st.floats(0.01, 0.99), st.floats(-744.0, -0.01).map(math.exp)))
@example(SMALLEST)
@example(2.0**-53)
@example(1.0 - 2.0**-53)
@example(0.075)
@example(0.925)
@example(math.exp(-25.0))
@example(0.5 + 1e-16)
def test_a_normal_quantile_has_fifteen_right_digits(p):
    assert normal_quantile(p) == pytest.approx(float(ndtri(p)), rel=2e-15, abs=0.0)


def test_thousands_of_normal_quantiles_have_fifteen_right_digits():
    p = np.exp(np.random.default_rng(5).uniform(-60.0, -0.001, 4000))
    found = [normal_quantile(x) for x in p.tolist()]
    np.testing.assert_allclose(found, ndtri(p), rtol=2e-15, atol=0.0)


@given(st.floats(2.0**-53, 0.5))
def test_normal_quantiles_are_odd_about_one_half(p):
    assert normal_quantile(1.0 - p) == -normal_quantile(1.0 - (1.0 - p))


def test_the_normal_quantile_ends_at_both_infinities():
    assert [normal_quantile(p) for p in (0.0, 0.5, 1.0)] == [-math.inf, 0.0, math.inf]


@pytest.mark.parametrize("p", [-SMALLEST, 1.0000000000000002, math.inf, math.nan])
def test_there_is_no_normal_quantile_outside_0_and_1(p):
    assert math.isnan(normal_quantile(p))
