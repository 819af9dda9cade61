"""How likely a claim looks while a run goes on, from the records of its blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from simulator.analysis.estimate import chance
from simulator.analysis.intervals import Interval, clopper_pearson
from simulator.model.experiment import Experiment
from simulator.results.manifest import Manifest
from simulator.results.spending import confidence


@dataclass(frozen=True, slots=True)
class Standing:
    """What the replications that are done say of a claim in a scenario.

    The interval is that of independent replications, wider than the one over scrambles that the answer may have.
    """

    scenario: str
    claim: str
    hits: int
    n: int
    """Replications done, without those that failed."""
    interval: Interval

    def __str__(self) -> str:
        return f"{self.claim} in {self.scenario} {chance(self.hits, self.n, self.interval)}"


def standing(contents: Manifest, experiment: Experiment, scenarios: Sequence[str]) -> Standing | None:
    """Return the claim that is furthest from the precision asked for; None without claims or replications.

    The first claim of the first scenario where no precision is asked for.
    """
    asked = experiment.precision.half_widths(experiment.claims)
    found = [each for name in scenarios for each in _standings(contents, name, asked or experiment.claims)]
    if not asked or not found:
        return next(iter(found), None)
    return max(found, key=lambda each: (each.interval.high - each.interval.low) / asked[each.claim])


def _standings(contents: Manifest, scenario: str, claims: Iterable[str]) -> Iterator[Standing]:
    blocks = contents.of(scenario)
    n = sum(block.count - block.failed for block in blocks)
    level = confidence(contents.looks, len(contents.answers))
    for claim in claims if n else ():
        hits = sum(block.hits.get(claim, 0) for block in blocks)
        yield Standing(scenario, claim, hits, n, clopper_pearson(hits, n, level=level))
