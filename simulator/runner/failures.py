"""Replications that failed: how many may, and what to say of them."""

from collections.abc import Iterator

from simulator.config.files import shown
from simulator.errors import RunError
from simulator.results.manifest import Manifest
from simulator.results.run import Run


def too_many(contents: Manifest, scenario: str, *, at_most: float, replications: int) -> bool:
    """Return whether more replications of a scenario failed than the share `at_most` of `replications`."""
    return sum(block.failed for block in contents.of(scenario)) / replications > at_most


def tolerated(run: Run) -> bool:
    """Return whether no more replications of a run failed than its experiment lets fail: none, unless it says so."""
    at_most = run.experiment.failures.at_most if run.experiment.failures else 0.0
    counts = {name: sum(block.count for block in run.manifest.of(name)) for name in run.scenarios}
    return not any(
        too_many(run.manifest, name, at_most=at_most, replications=count)
        for name, count in counts.items()
        if count
    )


def told(run: Run) -> Iterator[str]:
    """Iterate over the scenarios in which replications failed, a line each: how many, and how to see the first.

    Raises ResultsError when a file is damaged.
    """
    for scenario in run.scenarios:
        blocks = run.manifest.of(scenario)
        if failed := sum(block.failed for block in blocks):
            yield (
                f"{scenario}: {failed:,} of {sum(block.count for block in blocks):,} replications failed; "
                + (_first(run, scenario))
            )


def refusal(run: Run, scenario: str, *, cap: int) -> RunError:
    """Return the error of a run that stops because too many replications of a scenario failed.

    `cap` is how many replications the scenario would have at most.
    """
    failed = sum(block.failed for block in run.manifest.of(scenario))
    at_most = run.experiment.failures.at_most if run.experiment.failures else 0.0
    return RunError(
        f"{scenario}: {failed:,} replications failed, more than failures.at_most of {at_most:g} lets fail of"
        f" {cap:,}; {_first(run, scenario)}\n"
        "the rows are kept; once the cause is gone, run again with --rerun-failed, or let more fail"
    )


def tried_again(tried: int, still: int) -> str:
    """Return what became of computing again what had failed."""
    if not tried:
        return "no replication had failed: none was computed again"
    return f"{tried:,} replications that had failed were computed again: {still:,} failed again"


def _first(run: Run, scenario: str) -> str:
    number, error = next(run.errors(scenario))
    return (
        f"the first, replication {number}, by {error}; see simulator replay {shown(run.folder)} "
        f"--scenario {scenario} --replication {number}"
    )
