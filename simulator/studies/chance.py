"""Replications repeated with the same factors and other luck, to tell what is due to which."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.analysis.chance import Share, enough, factor_share, indicator_share
from simulator.analysis.estimate import claim_column
from simulator.analysis.intervals import Floats, Interval
from simulator.analysis.sample import scrambles
from simulator.analysis.tabular import Tabular
from simulator.errors import ResultsError
from simulator.results.run import Run
from simulator.studies.twins import keep, kept

if TYPE_CHECKING:
    import pandas as pd

PAIRS = 256
"""Replications of each scenario that are repeated."""


@dataclass(frozen=True, slots=True)
class Shares(Tabular):
    """What is due to the factors, for every claim in every scenario."""

    shares: tuple[Share, ...]

    def of(self, claim: str, scenario: str, of: str = "quantity") -> Share:
        """Return one of them; raises KeyError when there is none."""
        for share in self.shares:
            if (share.claim, share.scenario, share.of) == (claim, scenario, of):
                return share
        raise KeyError((claim, scenario, of))

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.concat([share.to_frame() for share in self.shares], ignore_index=True)


def chance(
    run: Run,
    *,
    scenario: str | None = None,
    pairs: int = PAIRS,
    workers: int | None = None,
    executor: str = "processes",
) -> Shares:
    """Return which share of the uncertainty about every claim is due to factors, and which to chance.

    The first `pairs` replications of each scenario, or of one, are carried out again on the compiled engine with the
    factors of the stored plan and streams of their own. They are kept in the folder of the run where it can be
    written, and are not carried out again. Raises ResultsError for a run without claims or without replications.
    """
    if not run.claims or not run.replications:
        raise ResultsError(f"{run.folder}: has no claims or no replications; there is nothing to explain")
    chosen = run.scenarios if scenario is None else (scenario,)
    count = min(pairs, run.replications)
    from simulator.runner import provenance

    code = provenance.code()
    twins = {name: kept(run, name, count, code=code) for name in chosen}
    missing = [name for name, values in twins.items() if values is None]
    if missing:
        from simulator.studies.luck import carried_out_again

        carried_out = carried_out_again(run, missing, count, workers=workers, executor=executor)
        for name, values in carried_out.items():
            keep(run, name, values, code=code)
        twins |= carried_out
    return _all_shares(run, twins)


def stored_chance(run: Run, *, pairs: int = PAIRS) -> Shares:
    """Return what `chance` would of every scenario, from the twins that it kept; nothing is simulated.

    Raises ResultsError when there are none, or other sources made them than the rows of the run.
    """
    count = min(pairs, run.replications)
    twins = {name: kept(run, name, count, code=run.manifest.code) for name in run.scenarios}
    if not run.claims or not count or any(values is None for values in twins.values()):
        raise ResultsError(f"{run.folder}: has no twins of its replications that belong to its rows")
    return _all_shares(run, twins)


def _all_shares(run: Run, twins: Mapping[str, Floats | None]) -> Shares:
    every = (_shares(run, name, values) for name, values in twins.items() if values is not None)
    return Shares(tuple(share for each in every for share in each))


def _shares(run: Run, scenario: str, twins: Floats) -> Iterator[Share]:
    """Iterate over the shares of the claims of a scenario, from its stored rows and their twins."""
    names = list(run.claims)
    numbers = run.numbers(scenario)
    stored = run.values(scenario, [claim_column(name) for name in names])
    for place, (name, values) in enumerate(zip(names, stored, strict=True)):
        first = values[np.argsort(numbers)][: len(twins)]
        second = twins[:, place]
        both = ~np.isnan(first) & ~np.isnan(second)
        scramble = scrambles(run.experiment.design, np.flatnonzero(both))
        x, y = first[both], second[both]
        yield _share(scenario, name, "quantity", *factor_share(x, y, scramble), pairs=len(x))
        at_least = run.claims[name].at_least
        hit_x, hit_y = (x >= at_least).astype(float), (y >= at_least).astype(float)
        if enough(hit_x, hit_y):
            yield _share(scenario, name, "claim", *indicator_share(hit_x, hit_y, scramble), pairs=len(x))
        else:
            yield Share(scenario, name, "claim", math.nan, 0.0, 1.0, len(x))


def _share(scenario: str, claim: str, of: str, found: float, interval: Interval, *, pairs: int) -> Share:
    return Share(scenario, claim, of, found, interval.low, interval.high, pairs)
