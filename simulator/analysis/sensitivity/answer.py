"""Which factors matter for a claim, or for a response."""

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.estimate import claim_column
from simulator.analysis.indicator import enough, indicator, refusal
from simulator.analysis.intervals import Floats
from simulator.analysis.sample import Sample, sample
from simulator.analysis.sensitivity.density import ROWS, continuous, deltas
from simulator.analysis.sensitivity.drawn import Drawn, drawn
from simulator.analysis.sensitivity.first_order import information, variance_shares
from simulator.analysis.sensitivity.found import FactorSensitivity, Sensitivity
from simulator.analysis.sensitivity.grounds import standing
from simulator.analysis.sensitivity.pawn import pawn
from simulator.analysis.sensitivity.places import places
from simulator.analysis.sensitivity.regression import rank_regression
from simulator.errors import ResultsError, TooFewError

if TYPE_CHECKING:
    from simulator.results import Run

FEWEST: Final = 100
"""Replications with a value, below which nothing is said."""


def sensitivity(
    run: "Run", claim: str | None = None, response: str | None = None, scenario: str | None = None
) -> Sensitivity:
    """Return how much each factor matters in a scenario, the first of the run unless one is named.

    With a claim the shares and the information are of whether it is met, everything else is of its quantity;
    with a response all is of that column. Without either it is the first claim with hits and misses enough, or
    else the quantity of the first claim. Replications that failed are left out. Raises ResultsError for a name
    that the run has not, for a claim with too few hits or misses, for fewer than 100 replications and for a
    response that is the same in all of them.
    """
    if response is None and claim is None:
        claim, response = _chosen(run, scenario)
    if response is not None:
        found = sample(run, response, scenario)
        return _sensitivity(run, found, None, None)
    assert claim is not None
    met = indicator(run, claim, scenario)
    if not met.enough:
        raise refusal(run, claim, met, "sensitivity", quantity=True)
    return _sensitivity(run, met.sample, claim, met.hit.astype(np.float64))


def see_enough(found: Sample) -> None:
    """Raise ResultsError unless there are values enough, and not all the same."""
    n = len(found.values)
    if n < FEWEST:
        raise TooFewError(
            f"{found.column} has {n:,} values in {found.scenario}, and sensitivity needs {FEWEST}; "
            "run more replications"
        )
    if found.values.min() == found.values.max():
        raise ResultsError(
            f"{found.column} is the same in all {n:,} replications of {found.scenario}: nothing makes it differ; "
            "ask for another response"
        )


def see_factors(columns: Drawn) -> None:
    """Raise ResultsError when no factor varies."""
    if len(columns.names) == 1:
        raise ResultsError("no factor of the run varies, so that none can matter; give factors to the config")


def _chosen(run: "Run", scenario: str | None) -> tuple[str | None, str | None]:
    """Return the claim that is asked of when none is named, or else the response."""
    if not run.claims:
        raise ResultsError("the run has no claim; name a response, such as --response made")
    fit = enough(run, scenario)
    return (next(iter(fit)), None) if fit else (None, claim_column(next(iter(run.claims))))


def _sensitivity(run: "Run", found: Sample, claim: str | None, hit: Floats | None) -> Sensitivity:
    columns, level, values = drawn(run, found), found.level, found.values
    see_factors(columns)
    see_enough(found)
    *shares, together = variance_shares(columns, values if hit is None else hit, level=level)
    pawns = pawn(columns, values, level=level)
    slopes, fit = rank_regression(columns, values, level=level)
    bits = (None,) * len(shares) if hit is None else information(columns, hit, level=level)
    dense = continuous(values[:ROWS])
    delta = deltas(columns, values, level=level) if dense else (None,) * len(shares)
    apart = [
        share.above(shares[-1]) or moved.above(pawns[-1]) or slope.size.above(slopes[-1].size)
        for share, moved, slope in zip(shares, pawns, slopes, strict=True)
    ]
    ranks = places(shares, apart)
    rows = [
        FactorSensitivity(
            column=name,
            standing=standing(run.experiment, name.partition(".")[0]),
            share=shares[k],
            pawn=pawns[k],
            slope=slopes[k],
            bits=bits[k],
            delta=delta[k],
            apart=apart[k],
            rank=ranks[k],
        )
        for k, name in enumerate(columns.names)
    ]
    return Sensitivity(
        scenario=found.scenario,
        claim=claim,
        response=found.column,
        unit=found.unit,
        description=found.description,
        factors=tuple(sorted(rows[:-1], key=lambda row: (not row.apart, -row.share.value))),
        null=rows[-1],
        together=together,
        fit=fit,
        held=columns.held,
        correlated=tuple(
            dict.fromkeys(name for pair in run.experiment.correlations for name in pair.factors)
        ),
        hits=None if hit is None else int(hit.sum()),
        n=len(values),
        failed=found.failed,
        level=level,
        method=columns.method,
        delta_rows=min(ROWS, len(values)) if dense else 0,
    )
