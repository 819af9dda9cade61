"""The page of closed forms: what each engine makes of them, of systems with a slip, and with a fault of its own."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.truth import coverage
from tests.truth.checking import ALPHA, ENGINES, Estimate, measured
from tests.truth.faults import ENGINE, FAULTS, Fault
from tests.truth.forms import CASES, MANY, Case, Form

PAGE = Path(__file__).parents[2] / "docs" / "truth.md"
TRUTHS = ("number", "exact", *(head for engine in ENGINES for head in (engine, "away", "sees", "n")))
SLIPPED = ("number", "exact", *(head for engine in ENGINES for head in (engine, "away", "n")))
INTRODUCTION = f"""# Closed forms, and what the engines make of them

Small systems whose value is known exactly, by a formula and by a Markov chain that is solved without it. Beside
the exact value stand, for each engine, the estimate from n independent replications and how many standard errors
it is away. Nearer than the two-sided bound of t at a probability of {ALPHA:g} passes; seeds are fixed. What a check
sees is the smallest change of the exact value that it would reject: that bound in standard errors, in per cent of the
value. The systems are the configs under `tests/cases`. `make truth` writes this page.
"""
SLIPS = f"""## The same with a slip in each

A check is worth what it catches: each system again with one thing wrong, measured and judged in the same way, by
{MANY} replications at most. All of these must be too far away.
"""
PLANTED = f"""## Faults in the engine's own code

Here the system is right and the simulator is not: a few words of the {ENGINE} engine, or of what it shares with the
other, are changed, and the check of the form that the fault concerns must reject what comes out. These are faults that
both engines could have in common, so that comparing the two would not show them.
"""
Row = tuple[str, ...]
Found = dict[str, list[Estimate]]
"""By engine, the estimates of a case's forms."""


def cells(found: Estimate, *, sees: bool = False) -> Row:
    """Return what the table says of one estimate: the number, standard errors away, what it sees, replications."""
    share = (f"{found.sees_per_cent:.2g} %",) if sees else ()
    return f"{found.number:.5g}", f"{found.away:+z.1f}", *share, f"{found.replications}"


def opening(case: Case, form: Form, *, slip: bool) -> Row:
    """Return the cells of a row that come before those of the engines."""
    what = (case.system, case.slip) if slip else (case.system,)
    return *what, form.name, f"{form.exact:.10g}"


def fault_openings(fault: Fault) -> list[Row]:
    """Return the cells of a fault's rows, one for each form, that come before those of the engine."""
    return [(fault.fault, *opening(fault.case, form, slip=False)) for form in fault.case.forms]


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
            *(cell for engine in ENGINES for cell in cells(found[engine][place], sees=not slip)),
        )
        for place, form in enumerate(case.forms)
    ]


def rows_about_fault(fault: Fault, found: Sequence[Estimate]) -> list[Row]:
    """Return a row for each form of the case that a fault concerns."""
    return [(*first, *cells(each)) for first, each in zip(fault_openings(fault), found, strict=True)]


def coverage_section() -> tuple[str, list[str]]:
    """Return what the page says of how often intervals cover, and which rules come out as they should not."""
    tables, wrong = [], []
    for rules, sound in ((coverage.RULES, True), (coverage.TWINS, False)):
        found = [(coverage.opening(rule), coverage.measured(rule)) for rule in rules]
        wrong += [
            f"{'covers too seldom' if sound else 'not found out'}: {', '.join(first)}"
            for first, each in found
            if each.passes != sound
        ]
        tables.append(table([(*first, *each.cells()) for first, each in found], coverage.HEADINGS))
    return f"{coverage.INTRODUCTION}\n{tables[0]}\n{coverage.PLANTED}\n{tables[1]}", wrong


def main() -> int:
    """Measure every case, print and write the page; return 1 when a form is off or a slip or fault passes."""
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
    fault_rows: list[Row] = []
    for fault in FAULTS:
        estimates = fault.estimates()
        fault_rows += rows_about_fault(fault, estimates)
        if any(each.passes for each in estimates):
            wrong.append(f"not found out: {fault.fault}")
    truths = table(rows["truth"], ("system", *TRUTHS))
    slips = table(rows["slip"], ("system", "slip", *SLIPPED))
    faults = table(fault_rows, ("fault", "system", "number", "exact", ENGINE, "away", "n"))
    covering, uncovered = coverage_section()
    wrong += uncovered
    page = f"{INTRODUCTION}\n{truths}\n{SLIPS}\n{slips}\n{PLANTED}\n{faults}\n{covering}"
    PAGE.write_text(page, encoding="utf-8")
    verdict = "\n".join(wrong) or "Every form is met on both engines, and every slip and fault is found out."
    sys.stdout.write(f"{page}\n{verdict}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
