"""Logarithm, exponential and normal quantile from arithmetic alone, so that every CPU gives the same bits.

Only `+ - * /`, square root, `frexp`, `ldexp` and `floor` are used, which IEEE 754 defines to the last bit.
The `log` and `exp` of C libraries and of NumPy differ between processors.
"""

from __future__ import annotations

import math

from simulator.jit import njit

INFINITY = math.inf
NOT_A_NUMBER = math.nan

SQRT_HALF = 0.7071067811865476
# ln 2 in two parts: the first has 32 significant bits, so that its product with an exponent is exact
LN2_HIGH = float.fromhex("0x1.62e42feep-1")
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
INVERSE_LN2 = 1.4426950408889634
EXP_OVERFLOWS_ABOVE = 709.782712893384
EXP_IS_ZERO_BELOW = -746.0

# Wichura's PPND16, numerators and denominators from the constant up: of z / q in 0.180625 - q^2, q = p - 1/2;
_CENTRE = (
    (
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
        1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
        3.3430575583588128105e4, 2.5090809287301226727e3,
    ),
    (
        1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
        5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
        2.8729085735721942674e4, 5.2264952788528545610e3,
    ),
)  # fmt: skip
# of |z| in s - 1.6, then in s - 5, where s = sqrt(-ln p) for the nearer tail
_SHOULDER = (
    (
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
        3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ),
    (
        1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
        6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
        5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ),
)  # fmt: skip
_TAIL = (
    (
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ),
    (
        1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
        1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
        1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ),
)  # fmt: skip


@njit
def log(x: float) -> float:
    """Return the natural logarithm; -inf at 0, NaN below.

    With x = 2^k (1 + f) and s = f / (2 + f), ln(1 + f) = 2 artanh(s) = f - f^2/2 + s (f^2/2 + r), where
    r = 2 (s^2/3 + s^4/5 + ...) is cut where it no longer counts; |s| <= 0.172.
    """
    x = float(x)
    if not x > 0.0:
        return -INFINITY if x == 0.0 else NOT_A_NUMBER
    if x == INFINITY:
        return x
    mantissa, exponent = math.frexp(x)
    if mantissa < SQRT_HALF:
        mantissa, exponent = 2.0 * mantissa, exponent - 1
    f, k = mantissa - 1.0, float(exponent)
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = z * (2 / 3 + w * (2 / 7 + w * (2 / 11 + w * (2 / 15 + w * (2 / 19)))))
    even = w * (2 / 5 + w * (2 / 9 + w * (2 / 13 + w * (2 / 17 + w * (2 / 21)))))
    half_square = 0.5 * f * f
    return k * LN2_HIGH - ((half_square - (s * (half_square + (odd + even)) + k * LN2_LOW)) - f)


@njit
def exp(x: float) -> float:
    """Return e to the power x; inf above 709.78, 0 below -745.13.

    With x = k ln 2 + r, |r| <= 0.35, e^r = 1 + r + r c / (2 - c), where c = r - (r^2/6 - r^4/360 + ...) comes
    from the Bernoulli series of r coth(r/2), cut where it no longer counts.
    """
    x = float(x)
    if x != x or x > EXP_OVERFLOWS_ABOVE:
        return x if x != x else INFINITY
    if x < EXP_IS_ZERO_BELOW:
        return 0.0
    k = math.floor(x * INVERSE_LN2 + 0.5)
    high, low = x - k * LN2_HIGH, k * LN2_LOW
    r = high - low
    z = r * r
    w = z * z
    odd = z * (1 / 6 + w * (1 / 15120 + w * (1 / 23950080)))
    even = w * (1 / 360 + w * (1 / 604800 + w * (691 / 653837184000)))
    c = r - (odd - even)
    return math.ldexp(1.0 - ((low - r * c / (2.0 - c)) - high), k)


@njit
def _ratio(x: float, polynomials: tuple[tuple[float, ...], tuple[float, ...]]) -> float:
    """Return the ratio of two polynomials of degree 7 in x, coefficients from the constant up."""
    n, d = polynomials
    above = ((((((n[7] * x + n[6]) * x + n[5]) * x + n[4]) * x + n[3]) * x + n[2]) * x + n[1]) * x + n[0]
    below = ((((((d[7] * x + d[6]) * x + d[5]) * x + d[4]) * x + d[3]) * x + d[2]) * x + d[1]) * x + d[0]
    return above / below


@njit
def normal_quantile(p: float) -> float:
    """Return the z that a standard normal variable stays below with probability p.

    -inf at 0, inf at 1, NaN outside; odd about 1/2 to the last bit. Source: Wichura, *Algorithm AS 241*,
    Applied Statistics 37 (1988).
    """
    p = float(p)
    if not 0.0 < p < 1.0:
        return -INFINITY if p == 0.0 else INFINITY if p == 1.0 else NOT_A_NUMBER
    q = p - 0.5
    if -0.425 <= q <= 0.425:
        return q * _ratio(0.180625 - q * q, _CENTRE)
    s = math.sqrt(-log(p if q < 0.0 else 1.0 - p))
    z = _ratio(s - 1.6, _SHOULDER) if s <= 5.0 else _ratio(s - 5.0, _TAIL)
    return -z if q < 0.0 else z
