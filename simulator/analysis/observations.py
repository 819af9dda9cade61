"""What was observed, as weights of replications, and whether the model agrees with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.figures import figure
from simulator.analysis.inputs import Rows
from simulator.analysis.intervals import FEWEST_HITS, Floats, Interval
from simulator.analysis.likelihood import log_likelihood
from simulator.analysis.weights import Weights
from simulator.errors import ResultsError

if TYPE_CHECKING:
    from simulator.model.claims import Claim
    from simulator.model.distributions import Distribution

FEWEST_EFFECTIVE: Final = FEWEST_HITS
"""With a smaller effective sample size the weights are said to have degenerated."""
RANGE: Final = (0.05, 0.5, 0.95)
TRUTHS: Final = (np.arange(1000) + 0.5) / 1000
"""The probabilities at which a law is taken as its quantiles."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One observed quantity: the model before and after the observations, what was observed, how far apart."""

    claim: str
    quantity: str
    unit: str
    used: bool
    why_not: str
    """Why it was not used; empty where it was."""
    observed_p05: float
    observed_median: float
    observed_p95: float
    prior_p05: float
    prior_median: float
    prior_p95: float
    p05: float
    """After the observations."""
    median: float
    p95: float
    prior_p_value: float
    """Twice the smaller probability that the model lies above, or below, what the report says is true."""
    p_value: float
    p_low: float
    p_high: float
    effective_alone: float
    """Effective sample size with this observation alone."""
    effective_without: float
    """Effective sample size with the others that were used, without this one."""


def weigh(
    claims: "dict[str, Claim]", names: Sequence[str], here: Rows, start: Floats
) -> tuple[Weights, dict[str, tuple[float, float]]]:
    """Return `start`, shape (n,), times the likelihoods of observations, and by name the effective sizes.

    Those are with the one alone, and without it. Raises ResultsError when the weights degenerate.
    """
    logs = {name: log_likelihood(_law(claims[name]), here.claims[name]) for name in names}
    found = _weighted(list(logs.values()), start, here)
    sizes = {
        name: (
            _size([logs[name]], start, here),
            _size([log for other, log in logs.items() if other != name], start, here),
        )
        for name in names
    }
    effective = 0.0 if found is None else found.effective
    if found is None or effective < FEWEST_EFFECTIVE:
        raise _degenerate(effective, names, here.n, sizes)
    return found, sizes


def agreement(
    name: str,
    claim: "Claim",
    unit: str,
    values: Floats,
    weights: Weights,
    sizes: tuple[float, float],
    why_not: str = "",
) -> Agreement:
    """Return how a quantity, `values` of shape (n,), agrees with its observation before and after weighting."""
    law = _law(claim)
    even = Weights(np.ones(len(values)), weights.unit, weights.level)
    observed = law.quantile(np.array(RANGE)).tolist()
    before, after = even.quantiles(values, RANGE), weights.quantiles(values, RANGE)
    p_value, interval = _p_value(law, values, weights)
    return Agreement(
        claim=name,
        quantity=claim.quantity,
        unit=unit,
        used=not why_not,
        why_not=why_not,
        observed_p05=observed[0],
        observed_median=observed[1],
        observed_p95=observed[2],
        prior_p05=before[0],
        prior_median=before[1],
        prior_p95=before[2],
        p05=after[0],
        median=after[1],
        p95=after[2],
        prior_p_value=_p_value(law, values, even)[0],
        p_value=p_value,
        p_low=interval.low,
        p_high=interval.high,
        effective_alone=sizes[0],
        effective_without=sizes[1],
    )


def _law(claim: "Claim") -> "Distribution":
    assert claim.observed is not None
    return claim.observed


def _weighted(logs: Sequence[Floats], start: Floats, here: Rows) -> Weights | None:
    """Return weights of which the largest is 1; None when all are 0."""
    with np.errstate(divide="ignore"):
        total = np.log(start)
    for log in logs:
        total = total + log
    most = float(np.max(total))
    return None if most == -np.inf else Weights(np.exp(total - most), here.unit, here.level)


def _size(logs: Sequence[Floats], start: Floats, here: Rows) -> float:
    found = _weighted(logs, start, here)
    return 0.0 if found is None else found.effective


def _degenerate(
    effective: float, names: Sequence[str], n: int, sizes: dict[str, tuple[float, float]]
) -> ResultsError:
    worst = max(names, key=lambda name: sizes[name][1])
    alone, without = sizes[worst]
    others = [name for name in names if name != worst]
    if effective >= 1.0:
        cures = [f"run about {figure(float(f'{1.2 * FEWEST_EFFECTIVE / effective:.1g}'))} times as many"]
    else:
        cures = ["see whether the model can give what was observed: simulator check CONFIG"]
    if others and without >= FEWEST_EFFECTIVE:
        cures.append(f"leave it out: sim.belief(run, observed={others})")
    return ResultsError(
        f"observed: the weights degenerate: {n:,} replications count as {effective:.1f}, under "
        f"{FEWEST_EFFECTIVE}; {worst} costs most: alone it leaves {alone:,.0f}, the others without it "
        f"{without:,.0f}; {', or '.join(cures)}"
    )


def _p_value(law: "Distribution", values: Floats, weights: Weights) -> tuple[float, Interval]:
    """Return twice the smaller of P(model <= truth) and P(model >= truth) for a truth of `law`; its interval."""
    truth = np.sort(law.quantile(TRUTHS))
    not_above = 1.0 - np.searchsorted(truth, values, side="left") / len(truth)
    not_below = np.searchsorted(truth, values, side="right") / len(truth)
    sides = weights.mean(not_above), weights.mean(not_below)
    smaller = not_above if sides[0] <= sides[1] else not_below
    interval = weights.mean_interval(smaller)
    low, high = (min(1.0, max(0.0, 2.0 * end)) for end in (interval.low, interval.high))
    return min(1.0, 2.0 * min(sides)), Interval(low, high, interval.method)
