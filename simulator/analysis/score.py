"""How well the claims' quantities foretold what happened, beside a naive extrapolation and the official plan."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.analysis.estimate import claim_column
from simulator.analysis.figures import figure
from simulator.analysis.hindsight import published_after
from simulator.analysis.intervals import Floats, clopper_pearson
from simulator.analysis.naive import Lognormal, naive
from simulator.analysis.rules import Crps, crps, crps_lognormal, log_score, shares
from simulator.analysis.sample import Sample, first_scenario, samples
from simulator.analysis.tabular import Tabular
from simulator.config import outcomes as read_outcomes
from simulator.config import outcomes_path
from simulator.errors import ResultsError
from simulator.model.outcomes import Outcome, Outcomes

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

CENTRAL: Final = (0.5, 0.8, 0.9, 0.95)
"""The shares of the predictive distribution whose central intervals are set against what happened."""
Z95: Final = 1.6448536269514722
"""The 95 % point of the standard normal law."""
MANY: Final = 30
"""With fewer points coverage is a picture and not a test."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """A prediction of one figure, and its scores."""

    median: float
    low: tuple[float, ...]
    """The lower end of each central interval of `CENTRAL`."""
    high: tuple[float, ...]
    pit: float
    """The share of the prediction below what happened, ties split at random."""
    crps: Crps
    log_score: float

    def covers(self, happened: float) -> tuple[bool, ...]:
        """Return for each central interval whether what happened lies in it."""
        return tuple(low <= happened <= high for low, high in zip(self.low, self.high, strict=True))


@dataclass(frozen=True, slots=True)
class Point:
    """One figure that happened, with what was foretold of it; all in `unit`."""

    series: str
    claim: str
    from_: date
    by: date
    unit: str
    evidence: tuple[str, ...]
    happened: float
    happened_low: float | None
    happened_high: float | None
    n: int
    failed: int
    model: Forecast
    naive: Forecast | None
    """None where nothing of the series was known before."""
    plan: float | None

    @property
    def plan_error(self) -> float | None:
        """How far the plan was from what happened: the CRPS of a forecast of one value."""
        return None if self.plan is None else abs(self.plan - self.happened)


@dataclass(frozen=True, slots=True)
class Summary:
    """The scores of a series in one unit: means over its points, of naive and plan over those that have one."""

    series: str
    points: int
    covered: tuple[int, ...]
    """Points in each central interval of `CENTRAL`."""
    unit: str
    crps: float
    log_score: float
    naive_points: int
    naive_crps: float
    naive_log_score: float
    crps_beside_naive: float
    """Of the model, over the same points."""
    log_score_beside_naive: float
    plan_points: int
    plan_error: float
    crps_beside_plan: float

    @property
    def skill(self) -> float:
        """1 for a perfect prediction, 0 for one no better than the naive, below 0 for a worse one."""
        return 1.0 - self.crps_beside_naive / self.naive_crps if self.naive_crps > 0.0 else math.nan


@dataclass(frozen=True, slots=True)
class Score(Tabular):
    """What a scenario foretold, set against what happened."""

    scenario: str
    outcomes: str
    """The file of what happened."""
    points: tuple[Point, ...]
    known: tuple[Outcome, ...]
    """What was known before."""
    notes: tuple[str, ...]

    @property
    def series(self) -> tuple[Summary, ...]:
        """The scores of each series, in the order of the file, apart for each unit: means are of one unit alone."""
        alike: dict[tuple[str, str], list[Point]] = {}
        for point in self.points:
            alike.setdefault((point.series, point.unit), []).append(point)
        return tuple(_summary(name, unit, points) for (name, unit), points in alike.items())

    @property
    def covered(self) -> tuple[int, ...]:
        """How many points of all series lie in each central interval of `CENTRAL`."""
        return tuple(map(sum, zip(*(each.model.covers(each.happened) for each in self.points), strict=True)))

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each point."""
        import pandas as pd

        return pd.DataFrame(list(map(_record, self.points)))

    def as_dict(self) -> dict[str, Any]:
        """Return points, series and coverage by name, as plain values."""
        return {
            "scenario": self.scenario,
            "outcomes": self.outcomes,
            "points": [_record(point) for point in self.points],
            "series": [asdict(each) | {"skill": each.skill} for each in self.series],
            "coverage": [
                {"central": share, "covered": hits, "points": len(self.points), "low": i.low, "high": i.high}
                for share, hits in zip(CENTRAL, self.covered, strict=True)
                for i in (clopper_pearson(hits, len(self.points)),)
            ],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        columns = ["claim", "by", "unit", "happened", "median", "p05", "p95", "pit", "crps", "naive_crps"]
        table = self.to_frame()[[*columns, "plan"]].to_string(index=False, float_format=figure, na_rep="")
        return f"{self.scenario} beside {self.outcomes}, {len(self.points)} points\n{table}"


def score(run: "Run", outcomes: str | Path | None = None, scenario: str | None = None) -> Score:
    """Set the quantities of claims against what happened, as a file says it.

    `outcomes` is a CSV as docs/backtests.md describes it, or `configs/backtests/NAME.outcomes.csv` for a run of
    that name; `scenario` the first of the run unless one is named. Raises ConfigError with every fault of the file,
    and ResultsError when there is none, or when the run has no such scenario.
    """
    path = outcomes_path(run.experiment.name) if outcomes is None else Path(outcomes)
    if outcomes is None and not path.is_file():
        raise ResultsError(
            f"nothing says what happened: there is no {path}; name a file of outcomes with --outcomes FILE, "
            "or outcomes= in a notebook (docs/backtests.md has its form)"
        )
    return score_of(run, read_outcomes(path, run.experiment), scenario)


def score_of(run: "Run", happened: Outcomes, scenario: str | None = None) -> Score:
    """Set the quantities of claims against what happened; see `score`."""
    named = first_scenario(run) if scenario is None else scenario
    rows = happened.foretold
    columns = [claim_column(row.claim) for row in rows if row.claim is not None]
    drawn = samples(run, columns, named)
    points = tuple(
        _point(row, values, happened.known(row.series), place)
        for place, (row, values) in enumerate(zip(rows, drawn, strict=True))
    )
    known = tuple(row for row in happened.rows if row.claim is None)
    return Score(named, happened.name, points, known, tuple(_notes(run, rows, points)))


def _point(row: Outcome, drawn: Sample, known: Sequence[Outcome], place: int) -> Point:
    luck = np.random.Generator(np.random.PCG64([2007, place]))
    foretold = drawn.values / row.times
    if row.low is not None and row.high is not None:
        sigma = math.log(row.high / row.low) / (2.0 * Z95)
        foretold = foretold * np.exp(sigma * luck.standard_normal(len(foretold)))
    split = float(luck.random())
    grain = 0.5 / row.times
    law = naive(known, row)
    return Point(
        series=row.series,
        claim=row.claim or "",
        from_=row.from_,
        by=row.by,
        unit=drawn.unit if row.per is None else f"{drawn.unit} a {row.per}",
        evidence=row.evidence,
        happened=row.value,
        happened_low=row.low,
        happened_high=row.high,
        n=len(foretold),
        failed=drawn.failed,
        model=_forecast(
            foretold,
            row.value,
            crps(foretold, row.value, drawn.scramble, level=drawn.level),
            split=split,
            grain=grain,
        ),
        naive=None if law is None else _forecast_of(law, row.value, split=split, grain=grain),
        plan=row.plan,
    )


def _forecast_of(law: Lognormal, happened: float, *, split: float, grain: float) -> Forecast:
    exact = crps_lognormal(law.median, law.sigma, happened)
    return _forecast(law.points(), happened, Crps(exact, exact, exact), split=split, grain=grain)


def _forecast(values: Floats, happened: float, score: Crps, *, split: float, grain: float) -> Forecast:
    if not len(values):
        nothing = (math.nan,) * len(CENTRAL)
        return Forecast(math.nan, nothing, nothing, math.nan, score, math.nan)
    below, at_most = shares(values, happened)
    ends = [((1.0 - share) / 2.0, (1.0 + share) / 2.0) for share in CENTRAL]
    low, high = np.quantile(values, np.transpose(ends), method="inverted_cdf").tolist()
    return Forecast(
        median=float(np.quantile(values, 0.5, method="inverted_cdf")),
        low=tuple(low),
        high=tuple(high),
        pit=below + split * (at_most - below),
        crps=score,
        log_score=log_score(values, happened, grain=grain),
    )


def _summary(series: str, unit: str, points: Sequence[Point]) -> Summary:
    naives = [(each, each.naive) for each in points if each.naive is not None]
    planned = [(each, each.plan_error) for each in points if each.plan_error is not None]
    covers = (each.model.covers(each.happened) for each in points)
    return Summary(
        series=series,
        points=len(points),
        covered=tuple(map(sum, zip(*covers, strict=True))),
        unit=unit,
        crps=_mean(each.model.crps.value for each in points),
        log_score=_mean(each.model.log_score for each in points),
        naive_points=len(naives),
        naive_crps=_mean(found.crps.value for _, found in naives),
        naive_log_score=_mean(found.log_score for _, found in naives),
        crps_beside_naive=_mean(each.model.crps.value for each, _ in naives),
        log_score_beside_naive=_mean(each.model.log_score for each, _ in naives),
        plan_points=len(planned),
        plan_error=_mean(error for _, error in planned),
        crps_beside_plan=_mean(each.model.crps.value for each, _ in planned),
    )


def _mean(numbers: Iterator[float]) -> float:
    every = list(numbers)
    return math.fsum(every) / len(every) if every else math.nan


def _record(point: Point) -> dict[str, Any]:
    """Return a point as one row of plain values."""
    nine = CENTRAL.index(0.9)
    model, beside = point.model, point.naive
    covers = zip(CENTRAL, model.covers(point.happened), strict=True)
    return {
        "series": point.series,
        "claim": point.claim,
        "from": point.from_.isoformat(),
        "by": point.by.isoformat(),
        "unit": point.unit,
        "evidence": " ".join(point.evidence),
        "happened": point.happened,
        "median": model.median,
        "p05": model.low[nine],
        "p95": model.high[nine],
        "pit": model.pit,
        **{f"within_{100 * share:.0f}": covered for share, covered in covers},
        "crps": model.crps.value,
        "crps_low": model.crps.low,
        "crps_high": model.crps.high,
        "log_score": model.log_score,
        "naive_median": math.nan if beside is None else beside.median,
        "naive_p05": math.nan if beside is None else beside.low[nine],
        "naive_p95": math.nan if beside is None else beside.high[nine],
        "naive_crps": math.nan if beside is None else beside.crps.value,
        "naive_log_score": math.nan if beside is None else beside.log_score,
        "plan": math.nan if point.plan is None else point.plan,
        "plan_error": math.nan if point.plan_error is None else point.plan_error,
        "n": point.n,
        "failed": point.failed,
    }


def _notes(run: "Run", rows: Sequence[Outcome], points: Sequence[Point]) -> Iterator[str]:
    if len(points) < MANY:
        yield f"With {len(points)} point{'s' * (len(points) != 1)}, coverage is a picture, not a test."
    spans: Mapping[str, set[tuple[date, date]]] = {each.series: set() for each in points}
    for each in points:
        spans[each.series].add((each.from_, each.by))
    if any(len({first for first, _ in windows}) < len(windows) for windows in spans.values()):
        yield "Windows that begin on one day overlap: their errors are not independent, and count for less."
    for day in sorted({row.as_of for row in rows if row.as_of is not None}):
        late = published_after(run.experiment, day)
        if late:
            yield (
                f"Its inputs cite {', '.join(late)}, published after {day}: no prediction, unless what is cited "
                "was known by then."
            )
    dated = [row for row in rows if row.as_of is not None]
    if len(dated) < len(rows):
        yield f"{len(rows) - len(dated)} of {len(rows)} points do not say as_of, the day they are foretold from."
    named = {row.claim for row in rows}
    unscored = [name for name in run.claims if name not in named]
    if unscored:
        yield f"Nothing says what happened to {', '.join(unscored)}."
    failed = max((point.failed for point in points), default=0)
    if failed:
        yield f"{failed} replications that ended in an error are left out."
