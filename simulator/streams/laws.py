"""The laws that can be sampled: a small integer code each, with the names and order of its parameters.

=================  ===========================  ============================================================
law                parameters, in this order    quantile at u, 0 < u < 1
=================  ===========================  ============================================================
`CONSTANT`         value                        value
`UNIFORM`          low, high                    low + (high - low) u
`TRIANGULAR`       low, mode, high              the mode may be either end; all three may be equal
`EXPONENTIAL`      mean                         -mean ln(1 - u)
`LOGNORMAL`        median, sigma                median exp(sigma z); sigma = ln(geometric standard deviation)
`WEIBULL`          scale, shape                 scale (-ln(1 - u))^(1 / shape)
`ERLANG`           shape, mean                  none; the sum of `shape` exponentials of mean / shape
`UNIFORM_INTEGER`  low, high                    low + floor(u (high - low + 1)); both ends included
`METALOG`          a1, a2, a3                   m = a1 + (a2 + a3 (u - 1/2)) ln(u / (1 - u))
`METALOG_ABOVE`    a1, a2, a3, low              low + exp(m)
`METALOG_BETWEEN`  a1, a2, a3, low, high        (low + high exp(m)) / (1 + exp(m))
`TABLE`            n sorted values, n >= 1      linear between the values, value i at u = i / (n - 1)
=================  ===========================  ============================================================

Here z is the standard normal quantile at u. The three-term metalog is Keelin's, *The Metalog Distributions*,
Decision Analysis 13 (2016). Parameters travel as one C-contiguous float64 array, checked by whoever makes it:
compiled code does not check its length.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CONSTANT: Final = 0
UNIFORM: Final = 1
TRIANGULAR: Final = 2
EXPONENTIAL: Final = 3
LOGNORMAL: Final = 4
WEIBULL: Final = 5
ERLANG: Final = 6
UNIFORM_INTEGER: Final = 7
METALOG: Final = 8
METALOG_ABOVE: Final = 9
METALOG_BETWEEN: Final = 10
TABLE: Final = 11

PARAMETERS: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {
        CONSTANT: ("value",),
        UNIFORM: ("low", "high"),
        TRIANGULAR: ("low", "mode", "high"),
        EXPONENTIAL: ("mean",),
        LOGNORMAL: ("median", "sigma"),
        WEIBULL: ("scale", "shape"),
        ERLANG: ("shape", "mean"),
        UNIFORM_INTEGER: ("low", "high"),
        METALOG: ("a1", "a2", "a3"),
        METALOG_ABOVE: ("a1", "a2", "a3", "low"),
        METALOG_BETWEEN: ("a1", "a2", "a3", "low", "high"),
        TABLE: (),
    }
)
"""Names of the parameters of each law, in the order of its array; a table has values instead of names."""
