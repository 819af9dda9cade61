"""How runs and scenarios differ, as it is printed."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from simulator.analysis.tabular import Tabular
from simulator.cli.tables import Column, Row, counted, print_table, print_text

if TYPE_CHECKING:
    import pandas as pd

    from simulator.analysis.compare import Comparison, Difference
    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Compared(Tabular):
    """Comparisons of a claim or a column between scenarios or runs, all that were asked for at once."""

    labels: tuple[tuple[str, str], ...]
    """What is a, what is b in each of them."""
    comparisons: tuple["Comparison", ...]
    p_holm: tuple[float, ...]

    def __iter__(self) -> "Iterator[Comparison]":
        return iter(self.comparisons)

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame(
            {
                "a": a,
                "b": b,
                "compared": each.claim or each.response,
                "measure": shown.measure,
                "in_a": shown.a,
                "in_b": shown.b,
                "difference": shown.difference,
                "low": shown.low,
                "high": shown.high,
                "median_difference": each.median.difference,
                "wasserstein": each.wasserstein,
                "p_holm": p_holm,
                "n": each.n,
            }
            for (a, b), each, p_holm in zip(self.labels, self.comparisons, self.p_holm, strict=True)
            for shown in (each.probability or each.mean,)
        )


def compared(
    runs: "Sequence[Run]", scenarios: list[str] | None, response: str | None, *, claim: str | None = None
) -> Compared:
    """Compare every two scenarios of one run, or the scenarios that several runs share between every two.

    Without a response every claim is compared, or the one named. Raises ResultsError for what a run has not.
    """
    from simulator.analysis.compare import compare
    from simulator.analysis.comparisons import holm

    labels, found = [], []
    for (first, a), (second, b), names in _pairs(runs, scenarios):
        shared = [each for each in first.claims if each in second.claims and claim in (None, each)]
        for each in shared if response is None else [None]:
            column = f"claims.{each}" if each is not None else str(response)
            labels.append(names)
            found.append(compare(first, a, b, response=column, claim=each, other=second))
    return Compared(tuple(labels), tuple(found), holm([each.p_value for each in found]))


def _pairs(
    runs: "Sequence[Run]", scenarios: list[str] | None
) -> "Iterator[tuple[tuple[Run, str], tuple[Run, str], tuple[str, str]]]":
    """Iterate over what is compared: run with scenario, twice, and what the two are called."""
    from simulator.config.files import shown

    if len(runs) == 1:
        (run,) = runs
        for a, b in itertools.combinations(dict.fromkeys(scenarios or run.scenarios), 2):
            yield (run, a), (run, b), (a, b)
        return
    for first, second in itertools.combinations(runs, 2):
        common = [name for name in first.scenarios if name in second.scenarios]
        for name in scenarios or common:
            yield (
                (first, name),
                (second, name),
                (f"{name} in {shown(first.folder)}", f"{name} in {shown(second.folder)}"),
            )


def print_documents(runs: "Sequence[Run]") -> None:
    """Print in what the documents of every two runs differ."""
    from simulator.analysis.differences import differences
    from simulator.config.files import shown

    for first, second in itertools.combinations(runs, 2):
        print(f"{shown(first.folder)} and {shown(second.folder)}\n")
        rows: list[Row] = [
            *(
                (each.place, each.a or "-", each.b or "-")
                for each in differences(first.experiment, second.experiment).changes
            ),
            *((name, a, b) for name, a, b in _made_otherwise(first, second)),
        ]
        if rows:
            print_table(
                (Column("differs in", wraps=True), Column("a", wraps=True), Column("b", wraps=True)), rows
            )
        else:
            print("The documents are the same.")
        print()


def _made_otherwise(first: "Run", second: "Run") -> Iterator[tuple[str, str, str]]:
    """Iterate over how the runs themselves differ: replications, engine, versions."""
    a, b = first.manifest, second.manifest
    yield from (
        (name, one, other)
        for name, one, other in (
            ("replications", f"{first.replications:,}", f"{second.replications:,}"),
            ("engine", a.engine, b.engine),
            ("sources of the simulator", a.code[:12], b.code[:12]),
            *((f"version of {name}", a.versions[name], b.versions.get(name, "-")) for name in a.versions),
        )
        if one != other
    )


def print_comparisons(found: Compared) -> None:
    """Print a row for every claim, or column, of every pair."""
    from simulator.analysis.figures import figure

    rows: list[Row] = []
    before = None
    for (a, b), each, p_holm in zip(found.labels, found.comparisons, found.p_holm, strict=True):
        if (a, b) != before:
            before = (a, b)
            left_out = f", {each.failed:,} left out" if each.failed else ""
            rows.append(f"{b}, less {a} (n = {counted(each.n, 'pair')}{left_out})")
        shown = each.probability or each.mean
        of = _percent if each.probability else figure
        rows.append(
            (
                each.claim or each.response,
                of(shown.a),
                of(shown.b),
                _signed(shown),
                _interval(shown),
                "<0.001" if p_holm < 0.001 else f"{p_holm:.3f}",
                _signed(each.median),
            )
        )
    if not rows:
        print("There is nothing that both have: no claim, no scenario.")
        return
    claims = any(each.claim for each in found.comparisons)
    print_table(_columns("claim" if claims else "column", "points" if claims else "mean"), rows)
    print()
    what = "probability of the claim" if claims else "mean"
    print_text(
        f"a and b: the {what} in the first and in the second{', b - a in percentage points' if claims else ''}. "
        "p: the probability of so large a difference if there were none, corrected for "
        f"{counted(len(found.comparisons), 'comparison')}; where few pairs change it"
        " is exact, and sharper than the interval, which is not corrected."
    )
    if not claims:
        for (a, b), each in zip(found.labels, found.comparisons, strict=True):
            _print_shift(a, b, each)


def _columns(kind: str, measure: str) -> tuple[Column, ...]:
    headings = "a", "b", f"{measure}\nb - a", "95 %", "p", "median\nb - a"
    return (Column(kind), *(Column(heading, right=True) for heading in headings))


def _print_shift(a: str, b: str, each: "Comparison") -> None:
    """Print the deciles of both, and how far the distributions are apart."""
    from simulator.analysis.figures import figure

    print()
    print_text(f"{each.description}, {each.unit}: {b}, less {a}")
    print()
    rows: list[Row] = [
        (
            f"{100 * share:.0f} %",
            *(figure(number) for number in (low, high, difference)),
            f"{figure(least)} to {figure(most)}",
        )
        for share, low, high, difference, least, most in each.shift.rows()
    ]
    columns = "quantile", "a", "b", "b - a", "95 %"
    print_table(tuple(Column(heading, right=True) for heading in columns), rows)
    print(
        f"\nWasserstein distance {figure(each.wasserstein)} {each.unit}, Kolmogorov distance {each.kolmogorov:.2f}"
    )


def as_values(runs: "Sequence[Run]", found: Compared) -> dict[str, Any]:
    """Return the comparisons, and the differences of documents, as plain values for JSON."""
    from simulator.analysis.differences import differences

    return {
        "runs": [str(run.folder) for run in runs],
        "documents": [
            {
                "a": str(first.folder),
                "b": str(second.folder),
                "differences": [
                    asdict(each) for each in differences(first.experiment, second.experiment).changes
                ],
            }
            for first, second in itertools.combinations(runs, 2)
        ],
        "comparisons": [
            asdict(each) | {"a": a, "b": b, "p_holm": p_holm}
            for (a, b), each, p_holm in zip(found.labels, found.comparisons, found.p_holm, strict=True)
        ],
    }


def _percent(probability: float) -> str:
    from simulator.analysis.figures import percent

    return percent(probability)


def _signed(difference: "Difference") -> str:
    return _change(difference.difference, share=difference.measure.startswith("probability"))


def _interval(difference: "Difference") -> str:
    share = difference.measure.startswith("probability")
    return f"{_change(difference.low, share=share)} to {_change(difference.high, share=share)}"


def _change(number: float, *, share: bool) -> str:
    from simulator.analysis.figures import figure

    sign = "+" if number > 0 else ""
    return f"{100 * number:+.1f}" if share else f"{sign}{figure(number)}"
