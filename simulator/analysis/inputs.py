"""What replications differ in before they begin: the columns of factors and of what is derived from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.estimate import claim_column
from simulator.analysis.figures import figure
from simulator.analysis.intervals import Floats, Ints, Mask
from simulator.analysis.sample import scrambles
from simulator.analysis.weights import units
from simulator.errors import ResultsError

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment
    from simulator.results import Run


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The replications of a scenario that did not fail, with the quantities of the claims."""

    scenario: str
    there: Mask
    """Which replications of the scenario these are."""
    unit: Ints
    """The independent unit of each, shape (n,)."""
    claims: dict[str, Floats]
    """By id, each of shape (n,)."""
    level: float

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.unit)

    @property
    def failed(self) -> int:
        """How many replications are left out."""
        return len(self.there) - self.n


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """One number that is drawn for every replication, or derived from those drawn."""

    name: str
    kind: str
    """`factor` or `derived`."""
    unit: str
    values: Floats
    """Shape (n,)."""


def rows(run: "Run", scenario: str) -> Rows:
    """Return the replications of a scenario with the quantities of all claims.

    Raises ResultsError for a scenario that the run has not, when there are no claims, or no replication has values.
    """
    if not run.claims:
        raise ResultsError("the config has no claims, so that there is nothing to ask; add one")
    columns = [claim_column(name) for name in run.claims]
    found = dict(zip(run.claims, run.values(scenario, columns), strict=True))
    replication = run.numbers(scenario)
    there = np.ones(len(replication), dtype=np.bool_)
    for values in found.values():
        there &= ~np.isnan(values)
    if not there.any():
        raise ResultsError(f"no replication of {scenario} has the quantities of the claims; run more of them")
    kept = replication[there]
    return Rows(
        scenario=scenario,
        there=there,
        unit=units(kept, scrambles(run.experiment.design, kept)),
        claims={name: values[there] for name, values in found.items()},
        level=run.confidence,
    )


def input_names(experiment: "Experiment") -> dict[str, str]:
    """Return the columns of factors and derived numbers in the order of the document, each with its kind."""
    found: dict[str, str] = {}
    for name, factor in experiment.factors.items():
        shares = factor.dirichlet or ()
        found |= {f"{name}.{share}": "factor" for share in shares} or {name: "factor"}
    return found | dict.fromkeys(experiment.derived, "derived")


def inputs(run: "Run", here: Rows, *, derived: bool = True) -> Iterator[Input]:
    """Iterate over what differs between replications, one column in memory at a time; constants are left out."""
    kinds = {name: kind for name, kind in input_names(run.experiment).items() if derived or kind == "factor"}
    for (name, kind), values in zip(kinds.items(), run.values(here.scenario, list(kinds)), strict=True):
        kept = values[here.there]
        if not np.isnan(kept).any() and np.ptp(kept) > 0.0:
            yield Input(name, kind, run.column(name).unit, kept)


def see_varying(run: "Run", here: Rows) -> None:
    """Raise ResultsError when no input varies, as no number of replications would change that."""
    if next(inputs(run, here), None) is None:
        raise ResultsError(
            f"no factor varies in {here.scenario}, so that there is nothing to learn of any; give factors to the config"
        )


def valued(number: float, unit: str) -> str:
    """Return a value of an input as a person would write it, a date as a date."""
    if unit == "date":
        return date.fromordinal(round(number)).isoformat()
    return figure(number) if unit == "1" else f"{figure(number)} {unit}"


def claim_in_words(run: "Run", claim_id: str, at_least: float) -> str:
    """Return what a claim says as the rest of "to believe that", with a figure of its own."""
    claim, unit = run.claims[claim_id], run.column(claim_column(claim_id)).unit
    what = {"departures": "departed", "loads": "were loaded"}.get(claim.quantity, f"were {claim.quantity}")
    return f"at least {figure(at_least)} {unit} {what} from {claim.from_} to {claim.by}"


def listed(names: Sequence[str]) -> str:
    """Return names as a text: `a, b and c`."""
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])
