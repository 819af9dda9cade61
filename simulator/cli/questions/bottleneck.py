"""What held production back, and what lifting each constraint would have added."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulator.cli import progress
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import Column, Row, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.bottleneck import Bottleneck

LIFTED = (
    Column("lifted"),
    Column("added to the mean\n[95 % interval]", right=True),
    Column("median", right=True),
    Column("P(claim)"),
)
HOW = (Column("lifted"), Column("how", wraps=True), Column("set", wraps=True))
PAIRS = (
    Column("both lifted"),
    Column("added to the mean\n[95 % interval]", right=True),
    Column("more than the sum\n[95 % interval]", right=True),
    Column("P(claim)"),
)
LOST = (Column("[95 % interval]", right=True), Column("share", right=True), Column("most"))


def ask(run: Any, asked: Asked) -> Any:
    """Return the local account and the counterfactual, simulated unless it was before."""
    from simulator.studies.bottleneck import REPLICATIONS, bottleneck

    with progress.shown() as watch:
        return bottleneck(
            run,
            asked.claim,
            asked.scenario,
            replications=asked.replications or REPLICATIONS,
            workers=asked.workers,
            progress=watch,
        )


def show(found: "Bottleneck") -> None:
    """Print what adds most, then what each lifted constraint adds, then what lines waited for."""
    print_text(found.sentence)
    print()
    print_table(LIFTED, _lifted(found))
    print()
    if found.pairs:
        print_table(PAIRS, _pairs(found))
        print()
    print_table(HOW, ((each.name, each.words, "; ".join(each.changes)) for each in found.lifted))
    print()
    unit = Column(found.account.unit, right=True)
    print_table((Column("the final stage lost"), unit, *LOST), _account(found))
    print()
    for note in _notes(found):
        print_text(note)


def _lifted(found: "Bottleneck") -> Iterator[Row]:
    from simulator.analysis.figures import figure
    from simulator.cli.answers import aligned

    yield ("nothing", "", figure(found.base.median), aligned(found.base.chance))
    for each in found.lifted:
        case = each.case
        yield (each.name, str(each.added), figure(case.median), aligned(case.chance))


def _pairs(found: "Bottleneck") -> Iterator[Row]:
    from simulator.cli.answers import aligned

    for each in found.pairs:
        name = f"{each.a} + {each.b}"
        yield (name, str(each.added), str(each.more_than_sum), aligned(each.case.chance))


def _account(found: "Bottleneck") -> Iterator[Row]:
    from simulator.analysis.account import state_in_words
    from simulator.analysis.figures import figure, percent

    account = found.account
    headings = {
        "state": "while lines were",
        "material": "while the first input missing was",
        "region": "in",
        "month": "in the month",
    }
    for by, heading in headings.items():
        losses = account.of(by, "all") or account.of(by)
        losses = tuple(each for each in losses if each.mean > 0.0)
        if losses:
            yield heading
        for each in losses if by == "month" else sorted(losses, key=lambda each: -each.mean):
            name = state_in_words(each.name) if by == "state" else each.name
            interval = f"[{figure(max(0.0, each.low))} to {figure(each.high)}]"
            yield (name, figure(each.mean), interval, percent(each.share), _most(found, by, each.name))


def _most(found: "Bottleneck", by: str, name: str) -> str:
    """Return the month in which a state lost most, or the state in which a region or a month did."""
    from simulator.analysis.account import state_in_words

    if by == "state":
        cells = [each for each in found.account.of("month") if each.state == name]
        return max(cells, key=lambda each: each.mean).name if cells else ""
    cells = [each for each in found.account.of(by) if each.name == name and each.state != "all"]
    if by == "material" or not cells:
        return ""
    return state_in_words(max(cells, key=lambda each: each.mean).state)


def _notes(found: "Bottleneck") -> Iterator[str]:
    n, stored = counted(found.base.n, "replication"), counted(found.account.n, "stored replication")
    paired = {name for each in found.pairs for name in (each.a, each.b)}
    yield (
        f"Lifted constraints: {n} of each, which differ in nothing else; each interval is by itself. What is ample "
        "bounds what more of it could give; plants that work twice as fast are one step only."
        + (
            f" Pairs are of the {len(paired)} that add most alone; others may add together, too."
            if paired
            else ""
        )
    )
    yield (
        f"Lost output: {stored}; what lines of the final stage would have made in the time they did not run. It says "
        "what they waited for, not what more of it would have given."
    )
