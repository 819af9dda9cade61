"""What the parameters of a law must be before an engine may sample it."""

import math
from collections.abc import Callable

import numpy as np

from simulator import streams
from simulator.model.checks.names import listed
from simulator.model.distributions import Variate
from simulator.model.realising.draws import CODES, coded
from simulator.model.realising.wholes import MOST
from simulator.model.system import TICKS_PER_HOUR
from simulator.streams import laws

LONGEST_H = float(MOST // TICKS_PER_HOUR)
MOST_PHASES = 1000
NEARLY_ALL = np.array([1e-12, 0.5, 1 - 1e-12])

_PARAMETERS: dict[str, tuple[str, Callable[..., bool]]] = {
    "constant": ("a finite value", lambda value: True),
    "uniform": ("low <= high", lambda low, high: low <= high),
    "uniform_integer": (
        "whole low <= high",
        lambda low, high: low <= high and low == int(low) and high == int(high),
    ),
    "triangular": ("low <= mode <= high", lambda low, mode, high: low <= mode <= high),
    "exponential": ("mean > 0", lambda mean: mean > 0),
    "lognormal": ("median > 0, sigma >= 0", lambda median, sigma: median > 0 and sigma >= 0),
    "weibull": ("scale > 0, shape > 0", lambda scale, shape: scale > 0 and shape > 0),
    "erlang": (
        f"whole shape from 1 to {MOST_PHASES}, mean > 0",
        lambda shape, mean: shape == int(shape) and 1 <= shape <= MOST_PHASES and mean > 0,
    ),
    "metalog": ("finite a1, a2, a3", lambda a1, a2, a3: True),
    "metalog_low": ("finite a1, a2, a3, low", lambda a1, a2, a3, low: True),
    "metalog_bounded": ("finite a1, a2, a3, low < high", lambda a1, a2, a3, low, high: low < high),
    "table": ("rising values", lambda *values: list(values) == sorted(values)),
}
"""How the parameters of a law go together, in words and as a test, by its name."""


def law_fault(law: Variate, *, most: float) -> str | None:
    """Return what is wrong with a law whose draws lie from 0 to `most`, None when nothing is."""
    if law.law not in CODES:
        return f"is no law that engines sample; give one of {', '.join(sorted(CODES))}"
    names = laws.PARAMETERS[CODES[law.law]]
    fits = len(law.params) == len(names) if names else bool(law.params)
    if not fits:
        return f"has {len(law.params)} parameters; give {listed(names) if names else 'one value or more'}"
    wanted, goes_together = _PARAMETERS[law.law]
    if not all(map(math.isfinite, law.params)) or not goes_together(*law.params):
        return f"has parameters of {law.law} that do not go together; give {wanted}"
    if law.law == "erlang":
        return None if law.params[1] <= most else f"has a mean above {most:g}; give less"
    ends = streams.quantiles(*coded(law), NEARLY_ALL)
    if not (np.all(np.isfinite(ends)) and np.all(np.diff(ends) >= 0) and ends[0] >= 0 and ends[-1] <= most):
        return f"draws from {ends[0]:g} to {ends[-1]:g}; give a law of numbers from 0 to {most:g}"
    return None
