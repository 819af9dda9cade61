"""What held production back, and what lifting each constraint would have added."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulator.cli import progress
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import Column, Row, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.bottleneck import Bottleneck, Gain

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
    print_text(sentence(found))
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


def sentence(found: "Bottleneck") -> str:
    """Return the answer in words."""
    from simulator.analysis.figures import figure, percent

    base = found.base
    told = (
        f"In {found.scenario} the quantity of {found.claim} is {figure(base.median)} {found.unit} in the median and "
        f"{figure(base.mean)} in the mean, and P(claim) is {base.chance}."
    )
    surely = [each for each in found.lifted if each.added.low > 0.0]
    if surely:
        most = ", ".join(f"{each.name} ({_gain(each.added)})" for each in surely[:3])
        likeliest = max(found.lifted, key=lambda each: each.case.probability)
        told += (
            f" Lifted alone, what adds most to the mean is {most}; the highest P(claim) that any one gives is "
            f"{likeliest.case.chance} ({likeliest.name})."
        )
    elif found.lifted:
        told += " No constraint lifted alone surely adds anything."
    more = [each for each in found.pairs if each.more_than_sum.low > 0.0]
    if more:
        pairs = ", ".join(f"{each.a} and {each.b} ({_gain(each.more_than_sum)})" for each in more)
        told += f" These pairs add more than the sum of the two: {pairs}."
    losses = sorted(found.account.of("state"), key=lambda each: -each.mean)
    if losses and losses[0].mean > 0.0:
        waited = " and ".join(
            f"{_words(each.name)} ({percent(each.share)})" for each in losses[:2] if each.mean
        )
        told += f" Lines of the final stage lost most while {waited}."
    return told


def _lifted(found: "Bottleneck") -> Iterator[Row]:
    from simulator.analysis.figures import figure
    from simulator.cli.answers import aligned

    yield ("nothing", "", figure(found.base.median), aligned(found.base.chance))
    for each in found.lifted:
        case = each.case
        yield (each.name, _gain(each.added), figure(case.median), aligned(case.chance))


def _pairs(found: "Bottleneck") -> Iterator[Row]:
    from simulator.cli.answers import aligned

    for each in found.pairs:
        name = f"{each.a} + {each.b}"
        yield (name, _gain(each.added), _gain(each.more_than_sum), aligned(each.case.chance))


def _account(found: "Bottleneck") -> Iterator[Row]:
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
            name = _words(each.name) if by == "state" else each.name
            interval = f"[{figure(max(0.0, each.low))} to {figure(each.high)}]"
            yield (name, figure(each.mean), interval, percent(each.share), _most(found, by, each.name))


def _most(found: "Bottleneck", by: str, name: str) -> str:
    """Return the month in which a state lost most, or the state in which a region or a month did."""
    if by == "state":
        cells = [each for each in found.account.of("month") if each.state == name]
        return max(cells, key=lambda each: each.mean).name if cells else ""
    cells = [each for each in found.account.of(by) if each.name == name and each.state != "all"]
    return _words(max(cells, key=lambda each: each.mean).state) if cells and by != "material" else ""


def _words(state: str) -> str:
    return state.replace("_", " ")


def _gain(gain: "Gain") -> str:
    from simulator.analysis.figures import figure

    if gain.value == gain.low == gain.high == 0.0:
        return "nothing in any"
    value, low, high = (figure(float(f"{each:.4g}")) for each in (gain.value, gain.low, gain.high))
    return f"{'+' if gain.value >= 0.0 else ''}{value} [{low} to {high}]"


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
