"""The table of closed forms: what each engine makes of them, and of systems with a slip in them."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.truth.checking import ALPHA, ENGINES, Estimate, measured
from tests.truth.forms import CASES, Case, Form

PAGE = Path(__file__).parents[2] / "docs" / "truth.md"
HEADINGS = ("number", "exact", *(head for engine in ENGINES for head in (engine, "away", "n")))
INTRODUCTION = f"""# Closed forms, and what the engines make of them

Small systems whose value is known exactly, by a formula and by a Markov chain that is solved without it. Beside
the exact value stand, for each engine, the estimate from n independent replications and how many standard errors
it is away. Nearer than the two-sided bound of t at a probability of {ALPHA:g} passes; seeds are fixed. The systems
are the configs under `tests/cases`. `make truth` writes this page.
"""
SLIPS = """## The same with a slip in each

A check is worth what it catches: each system again with one thing wrong, measured and judged in the same way. All
of these must be too far away.
"""
Row = tuple[str, ...]
Found = dict[str, list[Estimate]]
"""By engine, the estimates of a case's forms."""


def cells(found: Estimate) -> Row:
    """Return what the table says of one estimate: the number, standard errors away, replications."""
    return f"{found.number:.5g}", f"{found.away:+z.1f}", f"{found.replications}"


def opening(case: Case, form: Form, *, slip: bool) -> Row:
    """Return the cells of a row that come before those of the engines."""
    what = (case.system, case.slip) if slip else (case.system,)
    return *what, form.name, f"{form.exact:.10g}"


def table(rows: Sequence[Row], headings: Row) -> str:
    """Return a table of Markdown, its columns in line."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]

    def told(row: Iterable[str]) -> str:
        return "| " + " | ".join(map(str.ljust, row, widths)) + " |"

    return "\n".join([told(headings), told("-" * width for width in widths), *map(told, rows)]) + "\n"


def rows_of(page: str) -> list[Row]:
    """Return the rows of all tables of a page, without their headings."""
    rows = [
        tuple(map(str.strip, line.split("|")[1:-1])) for line in page.splitlines() if line.startswith("|")
    ]
    return [row for row in rows if row[-1].isdecimal()]


def rows_about(case: Case, found: Found, *, slip: bool) -> list[Row]:
    """Return a row for each form of a case."""
    return [
        (
            *opening(case, form, slip=slip),
            *(cell for engine in ENGINES for cell in cells(found[engine][place])),
        )
        for place, form in enumerate(case.forms)
    ]


def main() -> int:
    """Measure every case, print and write the page; return 1 when a form is off or a slip is not found out."""
    rows: dict[str, list[Row]] = {"truth": [], "slip": []}
    wrong = []
    for case in CASES:
        for scenario, about in rows.items():
            found = {engine: measured(case, scenario=scenario, engine=engine) for engine in ENGINES}
            about += rows_about(case, found, slip=scenario == "slip")
            passed = [each.passes for estimates in found.values() for each in estimates]
            if scenario == "truth" and not all(passed):
                wrong.append(f"off: {case.system}")
            if scenario == "slip" and any(passed):
                wrong.append(f"not found out: {case.system}, {case.slip}")
    truths = table(rows["truth"], ("system", *HEADINGS))
    slips = table(rows["slip"], ("system", "slip", *HEADINGS))
    page = f"{INTRODUCTION}\n{truths}\n{SLIPS}\n{slips}"
    PAGE.write_text(page, encoding="utf-8")
    verdict = "\n".join(wrong) or "Every form is met on both engines, and every slip is found out."
    sys.stdout.write(f"{page}\n{verdict}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
