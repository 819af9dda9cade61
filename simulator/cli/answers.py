"""The answer of a run: how likely every claim is in every scenario."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simulator.cli.tables import NO_BREAK, Column, Row, counted, finite, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.estimate import Estimate, Estimates
    from simulator.results import Run
    from simulator.results.manifest import CrossCheck

COLUMNS = (
    Column("claim"),
    Column("probability\n[95 % interval]"),
    Column("in words", wraps=True),
    Column("5 %", right=True),
    Column("quantity\nmedian", right=True),
    Column("95 %", right=True),
)


def print_answers(run: "Run", estimates: "Estimates", *, claim: str | None = None) -> None:
    """Print a table of the claims by scenario, then what each claim says, or the one that is asked for."""
    if not len(estimates):
        print("There are no claims in the config: nothing to answer.")
        return
    print_table(COLUMNS, _rows(run, estimates))
    print()
    _print_claims(run, [claim] if claim is not None else list(run.claims))


def _print_claims(run: "Run", names: list[str]) -> None:
    """Print what claims say, and of which quantity median and range are."""
    from simulator.analysis.figures import figure

    rows = []
    for name in names:
        claim = run.claims[name]
        what = run.columns[f"claims.{name}"]
        rests_on = ", ".join(claim.evidence) or ("assumption" if claim.assumption else "nothing named")
        rows.append((name, f"{figure(claim.at_least)} {what.unit}", what.description, rests_on))
    columns = (
        Column("claim"),
        Column("says at least"),
        Column("of what is", wraps=True),
        Column("rests on", wraps=True),
    )
    print_table(columns, rows)


def print_not_reached(run: "Run") -> None:
    """Print what a run that has got to its cap does not give as narrowly as was asked for, a line each."""
    from simulator.runner.precision import not_reached

    for shortfall in not_reached(run):
        print_text(f"not reached: {shortfall}")


def answers(run: "Run", estimates: "Estimates") -> dict[str, Any]:
    """Return the answer as plain values for JSON."""
    scenarios: dict[str, dict[str, Any]] = {name: {"claims": {}} for name in run.scenarios}
    for estimate in estimates:
        fields = estimate.as_dict()
        del fields["scenario"], fields["claim"]
        fields["term"] = estimate.term or None
        scenarios[estimate.scenario]["claims"][estimate.claim] = fields
    from simulator.runner.precision import not_reached

    found = {
        "name": run.manifest.name,
        "title": run.experiment.title,
        "folder": str(run.folder),
        "status": run.manifest.status,
        "block": run.manifest.block,
        "replications": run.replications,
        "failed": run.failed,
        "content_hash": run.content_hash,
        "engine": run.manifest.engine,
        "cross_checks": [asdict(each) for each in run.manifest.cross_checks],
        "confidence": run.confidence,
        "not_reached": [asdict(each) for each in not_reached(run)],
        "scenarios": scenarios,
    }
    return dict(finite(found))


def cross_checked(checks: "Sequence[CrossCheck]") -> str:
    """Return in a sentence how replications that were repeated on the reference engine came out."""
    rows = sum(each.rows for each in checks)
    several = counted(len(checks), "replication")
    differ = sum(not each.equal for each in checks)
    if differ:
        return f"of {several} repeated on the reference engine {differ:,} DIFFER"
    return f"{several} repeated on the reference engine: all {rows:,} rows of their paths are equal"


def _rows(run: "Run", estimates: "Estimates") -> Iterator[Row]:
    for scenario in run.scenarios:
        here = [each for each in estimates if each.scenario == scenario]
        failures = f", {here[0].failed:,} failed" if here[0].failed else ""
        yield f"{scenario} (n = {counted(here[0].n, 'replication')}{failures})"
        for estimate in here:
            yield _row(estimate)


def _row(estimate: "Estimate") -> Row:
    from simulator.analysis.figures import figure

    quantity = (figure(each) for each in (estimate.p05, estimate.median, estimate.p95))
    return (estimate.claim, aligned(estimate.chance), estimate.term, *quantity)


def aligned(chance: str) -> str:
    """Return a probability with its interval so that several below each other line up."""
    number, mark, interval = chance.partition(" [")
    return f"{number:>6}{mark}{interval}".replace(" ", NO_BREAK) if mark else chance
