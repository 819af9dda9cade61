"""The laws that uncertain numbers follow, each with the quantile function that draws from it."""

from simulator.model.distributions.law import Distribution, Variate, rounded
from simulator.model.distributions.observed import Empirical, Quantiles
from simulator.model.distributions.of_factors import Beta, Gamma, Normal
from simulator.model.distributions.positive import Erlang, Exponential, Lognormal, Weibull
from simulator.model.distributions.ranges import Constant, Triangular, Uniform, UniformInteger

__all__ = [
    "LAWS",
    "STREAM_LAWS",
    "Beta",
    "Constant",
    "Distribution",
    "Empirical",
    "Erlang",
    "Exponential",
    "Gamma",
    "Lognormal",
    "Normal",
    "Quantiles",
    "Triangular",
    "Uniform",
    "UniformInteger",
    "Variate",
    "Weibull",
    "rounded",
]

LAWS: dict[str, type[Distribution]] = {
    kind.law: kind
    for kind in (
        Constant,
        Uniform,
        UniformInteger,
        Triangular,
        Exponential,
        Lognormal,
        Normal,
        Beta,
        Gamma,
        Erlang,
        Weibull,
        Quantiles,
        Empirical,
    )
}
"""Every law by the name it has in a file."""

STREAM_LAWS = frozenset(name for name, kind in LAWS.items() if kind.variate is not Distribution.variate)
"""The laws that streams can follow, and not only factors."""
