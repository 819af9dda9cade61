"""The back-tests of the project, run and set against what happened, as a table of a page."""

import sys
from pathlib import Path

import simulator
from simulator.analysis.figures import figure
from simulator.analysis.score import CENTRAL, Score, score

ROOT = Path(__file__).parents[2]
CONFIGS = sorted(ROOT.glob("configs/backtests/*.yaml"))
PAGE = ROOT / "docs" / "backtests.md"
START, END = "<!-- make backtests writes from here -->", "<!-- to here -->"
COLUMNS = (
    "back-test",
    "series",
    "points",
    "in 50 %",
    "in 80 %",
    "in 90 %",
    "in 95 %",
    "CRPS",
    "naive CRPS",
    "skill",
    "log score",
    "naive log score",
    "plan off by",
    "CRPS there",
)
HEAD = (f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}")


def outcomes_of(config: Path) -> Path:
    """Return the file of what happened beside a config."""
    return config.with_name(f"{config.stem}.outcomes.csv")


def scored(config: Path, *, replications: int, results: Path | None) -> Score:
    """Run a back-test and score it."""
    run = simulator.run(simulator.load(config), replications=replications, results=results, workers=1)
    return score(run, outcomes_of(config))


def rows(name: str, found: Score) -> list[str]:
    """Return the lines of a back-test in the table, one a series."""
    lines = []
    for each in found.series:
        naive, plan = each.naive_points > 0, each.plan_points > 0
        cells = [
            name,
            f"{each.series} ({each.unit})",
            str(each.points),
            *map(str, each.covered),
            figure(each.crps),
            figure(each.naive_crps) if naive else "",
            f"{each.skill:.2f}" if naive else "",
            f"{each.log_score:.2f}",
            f"{each.naive_log_score:.2f}" if naive else "",
            f"{figure(each.plan_error)} ({each.plan_points})" if plan else "",
            figure(each.crps_beside_plan) if plan else "",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def written(page: str, table: list[str]) -> str:
    """Return a page with a table between its markers."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{chr(10).join(table)}\n{END}{after}"


def main(replications: int = 1_024) -> None:
    """Run all back-tests, print what happened to each, write the table."""
    table = list(HEAD)
    for config in CONFIGS:
        found = scored(config, replications=replications, results=ROOT / "results")
        table += rows(config.stem, found)
        caught = found.covered[CENTRAL.index(0.9)]
        told = f"{config.stem}: {caught} of {len(found.points)} in the central 90 %"
        sys.stdout.write("\n  ".join([told, *found.notes]) + "\n")
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), table), encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
