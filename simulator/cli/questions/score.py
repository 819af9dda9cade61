"""The question how well a run predicted what is known by now."""

from typing import TYPE_CHECKING

from simulator.analysis.figures import figure
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import Column, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.analysis.score import Point, Score, Summary
    from simulator.results import Run

POINTS = (
    Column("foretold", wraps=True),
    Column("until"),
    Column("happened", right=True),
    Column("median", right=True),
    Column("5 to 95 %", right=True),
    Column("PIT", right=True),
    Column("CRPS", right=True),
    Column("naive\nmedian", right=True),
    Column("naive\nCRPS", right=True),
    Column("plan", right=True),
)
SERIES = (
    Column("series", wraps=True),
    Column("points", right=True),
    Column("in 50 %", right=True),
    Column("in 80 %", right=True),
    Column("in 90 %", right=True),
    Column("in 95 %", right=True),
    Column("CRPS", right=True),
    Column("naive\nCRPS", right=True),
    Column("off the\nplan by", right=True),
    Column("log\nscore", right=True),
    Column("naive log\nscore", right=True),
)
RULES = (
    "CRPS: distance of the prediction from what happened, in its unit; of a plan, how far it was off. "
    "Log score: minus the logarithm of the density at what happened. Less is better of both. "
    "PIT: the share of the prediction below what happened."
)


def ask(run: "Run", asked: Asked) -> "Score":
    """Return what the run foretold beside what happened; raises ConfigError and ResultsError as `score` does."""
    from simulator.analysis.score import score

    return score(run, asked.outcomes, asked.scenario)


def show(found: "Score") -> None:
    """Print how many points the prediction caught, then every point, then the scores of each series."""
    from simulator.analysis.intervals import clopper_pearson
    from simulator.analysis.score import CENTRAL

    caught, points = found.covered[CENTRAL.index(0.9)], len(found.points)
    share = clopper_pearson(caught, points)
    print_text(
        f"Of {counted(points, 'figure')} that happened, {caught} lie in the central 90 % of what {found.scenario} "
        f"foretold: a coverage of {100 * share.low:.0f} to {100 * share.high:.0f} %. {_skills(found)}"
    )
    print()
    print_table(POINTS, [_point(each) for each in found.points])
    print()
    print_table(SERIES, [_series(each) for each in found.series])
    print()
    print_text(RULES)
    for note in found.notes:
        print_text(note)


def _skills(found: "Score") -> str:
    told = [
        f"{'it' if not each.series else each.series} {'beats' if each.skill > 0 else 'does not beat'} the naive "
        f"extrapolation (CRPS {figure(each.crps_beside_naive)} against {figure(each.naive_crps)} {each.unit})"
        for each in found.series
        if each.naive_points
    ]
    text = "; ".join(told) or "nothing was known before, so there is no naive extrapolation"
    return f"{text[0].upper()}{text[1:]}."


def _point(point: "Point") -> list[str]:
    from simulator.analysis.score import CENTRAL

    nine, model, naive = CENTRAL.index(0.9), point.model, point.naive
    return [
        f"{point.claim} ({point.unit})",
        point.by.isoformat(),
        figure(point.happened),
        figure(model.median),
        f"{figure(model.low[nine])} to {figure(model.high[nine])}",
        f"{model.pit:.2f}",
        figure(model.crps.value),
        "" if naive is None else figure(naive.median),
        "" if naive is None else figure(naive.crps.value),
        "" if point.plan is None else figure(point.plan),
    ]


def _series(each: "Summary") -> list[str]:
    return [
        f"{each.series or 'all'} ({each.unit})",
        str(each.points),
        *map(str, each.covered),
        figure(each.crps),
        figure(each.naive_crps) if each.naive_points else "",
        figure(each.plan_error) if each.plan_points else "",
        f"{each.log_score:.2f}",
        f"{each.naive_log_score:.2f}" if each.naive_points else "",
    ]
