"""How likely a claim is at several levels of a factor, and at which of them odds are even."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.crossing import Crossing, even_odds
from simulator.analysis.estimate import chance, claim_column, claim_of
from simulator.analysis.exceedance import STEPS
from simulator.analysis.figures import figure
from simulator.analysis.intervals import Interval, proportion_interval, quantile_interval
from simulator.analysis.sample import Sample, sample
from simulator.analysis.tabular import Tabular
from simulator.analysis.terms import term
from simulator.model.quantities import Quantity

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Level:
    """How likely the claim is, and how its quantity is spread, at one level of the factor."""

    level: float
    probability: float
    low: float
    """The interval of 95 %."""
    high: float
    hits: int
    n: int
    """Replications, without those that failed."""
    failed: int
    p05: float
    """Order statistics of the quantity."""
    median: float
    median_low: float
    median_high: float
    p95: float

    @property
    def chance(self) -> str:
        """The probability with its interval as written; a bound when there was no hit, or nothing else."""
        return chance(self.hits, self.n, Interval(self.low, self.high, ""))

    @property
    def term(self) -> str:
        """The word of ICD 203 for the interval."""
        return term(self.low, self.high)


@dataclass(frozen=True, slots=True)
class EvenOdds:
    """Where the quantity is as likely as not to reach a figure."""

    at_least: float
    """The figure of the claim, or a milder one."""
    crossing: Crossing
    chance_first: str
    """The probability at the first level, with its interval as written."""
    chance_last: str


@dataclass(frozen=True, slots=True)
class Threshold(Tabular):
    """P(claim) and its quantity against the levels of a factor, under common random numbers."""

    title: str
    scenario: str
    factor: str
    factor_unit: str
    claim: str
    quantity: str
    at_least: float
    unit: str
    """Of the quantity and of `at_least`."""
    reported: tuple[float, float] | None
    """The range of the factor by its own law; None for what is no factor."""
    reported_is: str
    """What of that law the range is."""
    levels: tuple[Level, ...]
    """Rising."""
    even: tuple[EvenOdds, ...]
    """For milder figures, rising, and last for that of the claim."""
    method: str
    """How the intervals of the probabilities were made."""

    @property
    def crossing(self) -> Crossing:
        """Where odds of the claim are even."""
        return self.even[-1].crossing

    @property
    def sentence(self) -> str:
        """The answer in words: where odds are even, and how likely the claim is in the reported range."""
        return _sentence(self)

    def label(self, level: float) -> str:
        """Return a level of the factor as a person writes it, to the whole where all levels are whole."""
        whole = all(each.level.is_integer() for each in self.levels)
        return label(float(round(level)) if whole else level, self.factor_unit)

    def told(self, even: EvenOdds) -> str:
        """Return where odds are even, with the interval; or that this is not reached, and how likely it is there."""
        found = even.crossing
        first, last = (self.label(self.levels[place].level) for place in (0, -1))
        if found.level == math.inf:
            side = "not reached by" if found.rises else "still exceeded at"
            return f"{side} {last}: P = {even.chance_last} there"
        if found.level == -math.inf:
            side = "exceeded from" if found.rises else "not reached from"
            return f"{side} {first} on: P = {even.chance_first} there"
        low = self.label(found.low) if math.isfinite(found.low) else f"below {first}"
        high = self.label(found.high) if math.isfinite(found.high) else f"beyond {last}"
        return f"{self.label(found.level)} [{low} to {high}]"

    def within_reported(self) -> Iterator[Level]:
        """Iterate over the levels that lie in the reported range."""
        if self.reported is not None:
            least, most = self.reported
            yield from (each for each in self.levels if least <= each.level <= most)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        rows = [{**asdict(each), "term": each.term} for each in self.levels]
        even = [
            {"at_least": each.at_least, "told": self.told(each), **asdict(each.crossing)}
            for each in self.even
        ]
        return {**asdict(self), "levels": rows, "even": even}

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for each level."""
        import pandas as pd

        return pd.DataFrame([asdict(each) | {"term": each.term} for each in self.levels])


def _sentence(found: Threshold) -> str:
    verb = "lie at" if math.isfinite(found.crossing.level) else "are"
    told = (
        f"Against {found.factor}, even odds of {found.claim} (at least {figure(found.at_least)} {found.unit}) in "
        f"{found.scenario} {verb} {found.told(found.even[-1])}."
    )
    within = list(found.within_reported())
    if found.reported is None or not within:
        return told
    ends = (within[0], within[-1]) if len(within) > 1 else (within[0],)
    chances = " to ".join(dict.fromkeys(each.chance for each in ends))
    medians = " to ".join(dict.fromkeys(figure(each.median) for each in ends))
    levels = " to ".join(found.label(each.level) for each in ends)
    reported = " to ".join(dict.fromkeys(label(each, found.factor_unit) for each in found.reported))
    noun = "levels" if len(ends) > 1 else "level"
    where = f"reported {levels}" if levels == reported else f"{noun} {levels} within the reported {reported}"
    return f"{told} At the {where} P is {chances} and the median {medians} {found.unit}."


def label(level: float, unit: str) -> str:
    """Return a level of a factor as a person writes it."""
    if unit in ("", "1"):
        return figure(level)
    return str(Quantity(float(round(level) if unit == "date" else f"{level:.4g}"), unit))


def threshold_of(
    study: "Run",
    claim: str,
    levels: Sequence[float],
    *,
    factor: str,
    factor_unit: str,
    scenario: str,
    reported: tuple[float, float] | None = None,
    reported_is: str = "",
) -> Threshold:
    """Return the answer that a run gives whose scenarios are the levels of a factor, in their order.

    `reported` is the range of the factor by its own law. Raises ResultsError for a claim that the run has not.
    """
    claimed = claim_of(study, claim)
    samples = [sample(study, claim_column(claim), name) for name in study.scenarios]
    found = [_level(level, each, claimed.at_least) for level, each in zip(levels, samples, strict=True)]
    figures = milder(claimed.at_least)
    methods = [_hit_interval(each, claimed.at_least).method.removeprefix("one-sided ") for each in samples]
    return Threshold(
        title=study.experiment.title,
        scenario=scenario,
        factor=factor,
        factor_unit=factor_unit,
        claim=claim,
        quantity=samples[0].description,
        at_least=claimed.at_least,
        unit=samples[0].unit,
        reported=reported,
        reported_is=reported_is,
        levels=tuple(found),
        even=tuple(_even(levels, samples, each) for each in figures),
        method=" or ".join(dict.fromkeys(methods)),
    )


def milder(at_least: float) -> tuple[float, ...]:
    """Return round figures from a tenth of one on, rising, and last the figure itself."""
    if at_least <= 0.0:
        return (at_least,)
    power = math.floor(math.log10(at_least))
    ladder = [step * 10.0**each for each in (power - 1, power) for step in STEPS]
    return (*(each for each in ladder if 0.1 * at_least <= each < at_least), at_least)


def _level(level: float, drawn: Sample, at_least: float) -> Level:
    hits, n = int(np.count_nonzero(drawn.values >= at_least)), len(drawn.values)
    interval = _hit_interval(drawn, at_least)
    middle = quantile_interval(drawn.values, 0.5, drawn.scramble, level=drawn.level)
    p05, median, p95 = drawn.quantiles(0.05, 0.5, 0.95)
    return Level(
        level=level,
        probability=hits / n if n else math.nan,
        low=interval.low,
        high=interval.high,
        hits=hits,
        n=n,
        failed=drawn.failed,
        p05=p05,
        median=median,
        median_low=middle.low,
        median_high=middle.high,
        p95=p95,
    )


def _even(levels: Sequence[float], samples: Sequence[Sample], at_least: float) -> EvenOdds:
    there = [(level, each) for level, each in zip(levels, samples, strict=True) if len(each.values)]
    intervals = [_hit_interval(each, at_least) for _, each in there]
    crossing = even_odds(
        np.array([level for level, _ in there]),
        np.array([float(np.mean(each.values >= at_least)) for _, each in there]),
        np.array([each.low for each in intervals]),
        np.array([each.high for each in intervals]),
    )
    first, last = (_level(math.nan, samples[place], at_least).chance for place in (0, -1))
    return EvenOdds(at_least, crossing, first, last)


def _hit_interval(drawn: Sample, at_least: float) -> Interval:
    return proportion_interval(drawn.values >= at_least, drawn.scramble, level=drawn.level)
