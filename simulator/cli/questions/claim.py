"""How likely is each claim, what that is due to, and how far it can be relied on."""

from typing import TYPE_CHECKING

from simulator.cli.answers import aligned
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import Column, Row, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.chance import Share
    from simulator.analysis.judgement import Judgement, Judgements
    from simulator.results import Run


def ask(run: "Run", asked: Asked) -> "Judgements":
    """Estimate the claims, tell factors from chance by twins, grade what the leading factors rest on."""
    from simulator.studies.chance import PAIRS
    from simulator.studies.judgement import judge

    return judge(run, asked.claim, asked.scenario, pairs=asked.replications or PAIRS, workers=asked.workers)


def show(found: "Judgements") -> None:
    """Print the first judgement in a sentence, all of them in a table, and the reasons for their confidence."""
    if not found.judgements:
        print("There are no claims in the config: nothing to answer.")
        return
    print_text(_sentence(found.judgements[0]))
    print()
    print_table(_COLUMNS, _rows(found))
    print()
    pairs = found.judgements[0].of_quantity.pairs
    print_text(
        f"Due to factors: the share of the variance that stays when {counted(pairs, 'replication')} of each scenario"
        " are repeated with the same factors and other luck; the rest is chance. Confidence is about what the leading"
        " factors rest on, not about the interval. Too few hits: under 50 of these replications meet the claim, or miss"
        " it; --replications N repeats more."
    )
    print()
    for scenario, reasons in _reasons(found).items():
        print_text(f"{scenario}: {reasons}")


_COLUMNS = (
    Column("claim"),
    Column("probability\n[95 % interval]"),
    Column("in words", wraps=True),
    Column("claim met, due\nto factors", right=True),
    Column("quantity, due\nto factors", right=True),
    Column("confidence"),
)


def _rows(found: "Judgements") -> list[Row]:
    rows: list[Row] = []
    before = None
    for each in found.judgements:
        if each.estimate.scenario != before:
            before = each.estimate.scenario
            rows.append(f"{before} (n = {counted(each.estimate.n, 'replication')})")
        rows.append(
            (
                each.estimate.claim,
                aligned(each.estimate.chance),
                each.estimate.term,
                _share(each.of_claim),
                _share(each.of_quantity),
                each.confidence.level,
            )
        )
    return rows


def _share(share: "Share") -> str:
    from simulator.analysis.figures import percent

    if not share.known:
        return "too few hits"
    return f"{percent(share.factors)} [{percent(share.low).removesuffix(' %')} to {percent(share.high)}]"


def _sentence(first: "Judgement") -> str:
    from simulator.analysis.figures import figure

    estimate = first.estimate
    said = ", ".join(filter(None, (estimate.term, estimate.chance)))
    return (
        f"{estimate.claim}, {estimate.quantity} of at least {figure(estimate.at_least)} {estimate.unit}, in"
        f" {estimate.scenario}: {said}; {first.confidence.level} confidence."
    )


def _reasons(found: "Judgements") -> dict[str, str]:
    """Return what the leading factors rest on, by scenario and claim; claims of the same reasons together."""
    by_reason: dict[str, list[str]] = {}
    for each in found.judgements:
        place = f"{each.estimate.claim} in {each.estimate.scenario}"
        by_reason.setdefault(str(each.confidence), []).append(place)
    return {", ".join(places): reason for reason, places in by_reason.items()}
