"""What lifting constraints adds, one by one and in pairs, by replications that differ in nothing else."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.account import Account, state_in_words
from simulator.analysis.compare import paired_proportions
from simulator.analysis.estimate import chance, claim_column, claim_of
from simulator.analysis.figures import figure, percent
from simulator.analysis.intervals import (
    FEWEST_HITS,
    Floats,
    Interval,
    Ints,
    clopper_pearson,
    mean_interval,
    proportion_interval,
    quantile,
)
from simulator.analysis.sample import sample, scrambles
from simulator.analysis.tabular import Tabular

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Gain:
    """A difference in a figure, with its interval of 95 %."""

    value: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0.0 or self.high < 0.0

    def __str__(self) -> str:
        if self.value == self.low == self.high == 0.0:
            return "nothing in any"
        value, low, high = (figure(float(f"{each:.4g}")) for each in (self.value, self.low, self.high))
        return f"{'+' if self.value >= 0.0 else ''}{value} [{low} to {high}]"


@dataclass(frozen=True, slots=True)
class Case:
    """The quantity of the claim in one variant of the scenario."""

    n: int
    failed: int
    mean: float
    median: float
    probability: float
    low: float
    """The interval of 95 % of the probability."""
    high: float
    hits: int

    @property
    def chance(self) -> str:
        """The probability with its interval as written; a bound when there was no hit, or nothing else."""
        return chance(self.hits, self.n, Interval(self.low, self.high, ""))


@dataclass(frozen=True, slots=True)
class Lifted:
    """What lifting one constraint alone adds."""

    name: str
    words: str
    """How it is lifted."""
    changes: tuple[str, ...]
    """The places set, each with its value."""
    case: Case
    added: Gain
    """To the mean of the quantity."""
    probability: Gain


@dataclass(frozen=True, slots=True)
class Pair:
    """What lifting two constraints together adds, and by how much that is more than the sum of the two alone."""

    a: str
    b: str
    case: Case
    added: Gain
    more_than_sum: Gain
    """Of the mean of the quantity."""
    probability: Gain
    probability_more_than_sum: Gain


@dataclass(frozen=True, slots=True)
class Bottleneck(Tabular):
    """What held production back: a local account from stored rows, and a counterfactual that was simulated."""

    title: str
    scenario: str
    claim: str
    quantity: str
    at_least: float
    unit: str
    base: Case
    """As it is, nothing lifted."""
    lifted: tuple[Lifted, ...]
    """The one that adds most first."""
    pairs: tuple[Pair, ...]
    """Of those that add most; the pair that adds most first."""
    account: Account

    @property
    def sentence(self) -> str:
        """The answer in words: what adds most when it is lifted, and while what most was lost."""
        return _sentence(self)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return asdict(self)

    @property
    def shown(self) -> tuple[str, ...]:
        return (
            "lifted",
            "how",
            "mean",
            "added",
            "more_than_sum",
            "probability",
            "probability_added",
            "n",
            "failed",
        )

    def to_frame(self) -> "pd.DataFrame":
        """Return a row for the scenario as it is, for each constraint lifted, and for each pair."""
        import pandas as pd

        rows: list[dict[str, Any]] = [{"lifted": "nothing", **asdict(self.base)}]
        rows += [
            {
                "lifted": each.name,
                "how": each.words,
                "changes": "; ".join(each.changes),
                **asdict(each.case),
                **_flat("added", each.added),
                **_flat("probability_added", each.probability),
            }
            for each in self.lifted
        ]
        rows += [
            {
                "lifted": f"{each.a} + {each.b}",
                **asdict(each.case),
                **_flat("added", each.added),
                **_flat("probability_added", each.probability),
                **_flat("more_than_sum", each.more_than_sum),
            }
            for each in self.pairs
        ]
        return pd.DataFrame(rows)


def _sentence(found: Bottleneck) -> str:
    base = found.base
    told = (
        f"In {found.scenario} the quantity of {found.claim} is {figure(base.median)} {found.unit} in the median and "
        f"{figure(base.mean)} in the mean, and P(claim) is {base.chance}."
    )
    surely = [each for each in found.lifted if each.added.low > 0.0]
    if surely:
        most = ", ".join(f"{each.name} ({each.added})" for each in surely[:3])
        likeliest = max(found.lifted, key=lambda each: each.case.probability)
        told += (
            f" Lifted alone, what adds most to the mean is {most}; the highest P(claim) that any one gives is "
            f"{likeliest.case.chance} ({likeliest.name})."
        )
    elif found.lifted:
        told += " No constraint lifted alone surely adds anything."
    more = [each for each in found.pairs if each.more_than_sum.low > 0.0]
    if more:
        pairs = ", ".join(f"{each.a} and {each.b} ({each.more_than_sum})" for each in more)
        told += f" These pairs add more than the sum of the two: {pairs}."
    losses = sorted(found.account.of("state"), key=lambda each: -each.mean)
    if losses and losses[0].mean > 0.0:
        waited = " and ".join(
            f"{state_in_words(each.name)} ({percent(each.share)})" for each in losses[:2] if each.mean
        )
        told += f" Lines of the final stage lost most while {waited}."
    return told


def _flat(name: str, gain: Gain) -> dict[str, float]:
    return {name: gain.value, f"{name}_low": gain.low, f"{name}_high": gain.high}


@dataclass(frozen=True, slots=True)
class Told:
    """A lifted constraint in words, as the answer is to say it."""

    name: str
    words: str
    changes: tuple[str, ...]


class Counterfactual:
    """Reads variants of a scenario, replication by replication."""

    def __init__(self, claim: str, base: str) -> None:
        self._claim, self._base = claim, base
        self._runs: dict[str, Run] = {}

    def add(self, study: "Run") -> None:
        """Take in the scenarios of a run; those of runs before stay."""
        self._runs |= {name: study for name in study.scenarios if name not in self._runs}

    def case(self, name: str) -> Case:
        """Return how the quantity of the claim lies in a variant."""
        drawn = sample(self._runs[name], claim_column(self._claim), name)
        hit = drawn.values >= self._at_least
        interval = proportion_interval(hit, drawn.scramble, level=drawn.level)
        n = len(hit)
        return Case(
            n=n,
            failed=drawn.failed,
            mean=float(np.mean(drawn.values)) if n else math.nan,
            median=quantile(drawn.values, 0.5),
            probability=float(np.mean(hit)) if n else math.nan,
            low=interval.low,
            high=interval.high,
            hits=int(np.count_nonzero(hit)),
        )

    def gains(self, name: str) -> tuple[Gain, Gain]:
        """Return what a variant adds to the mean of the quantity, and to the probability of the claim."""
        values, scramble, level = self._together((self._base, name))
        base, lifted = values
        mean = mean_interval(lifted - base, scramble, level=level)
        interval, _ = paired_proportions(
            base >= self._at_least, lifted >= self._at_least, scramble, level=level
        )
        change = float(np.mean(lifted >= self._at_least) - np.mean(base >= self._at_least))
        return _gain(mean.mean, mean.interval), _gain(change, interval)

    def more_than_sum(self, a: str, b: str, both: str) -> tuple[Gain, Gain]:
        """Return by how much two variants together add more than the sum of both, in mean and in probability."""
        values, scramble, level = self._together((self._base, a, b, both))
        mean = mean_interval(_interaction(values), scramble, level=level)
        hits = _interaction([(each >= self._at_least).astype(np.float64) for each in values])
        return _gain(mean.mean, mean.interval), _share_gain(hits, scramble, level)

    @property
    def _at_least(self) -> float:
        return claim_of(self._runs[self._base], self._claim).at_least

    def _together(self, names: Sequence[str]) -> tuple[list[Floats], Ints | None, float]:
        """Return the values of replications that have one in all variants, their scrambles, and the confidence."""
        drawn = [sample(self._runs[name], claim_column(self._claim), name) for name in names]
        common = drawn[0].replication
        for each in drawn[1:]:
            common = np.intersect1d(common, each.replication)
        values = [each.values[np.isin(each.replication, common)] for each in drawn]
        design = self._runs[names[0]].experiment.design
        return values, scrambles(design, common), max(each.level for each in drawn)


def _interaction(values: Sequence[Floats]) -> Floats:
    """Return what both changes add beyond the sum of each: of values as is, with a, with b, with both."""
    return np.asarray(values[3] - values[1] - values[2] + values[0])


def _share_gain(change: Floats, scramble: Ints | None, level: float) -> Gain:
    """Return the mean of changes by -2 to 2, with an interval that holds where hardly any is other than 0."""
    found = mean_interval(change, scramble, level=level)
    n, each = len(change), (1.0 + level) / 2.0
    up, down = int(np.count_nonzero(change > 0.0)), int(np.count_nonzero(change < 0.0))
    if up + down >= FEWEST_HITS:
        return _gain(found.mean, found.interval)
    gained, lost = (clopper_pearson(count, n, level=each) for count in (up, down))
    return Gain(found.mean, gained.low - 2.0 * lost.high, 2.0 * gained.high - lost.low)


def _gain(value: float, interval: Interval) -> Gain:
    return Gain(value, interval.low, interval.high)


def lifted(found: Counterfactual, told: Mapping[str, Told]) -> tuple[Lifted, ...]:
    """Return what lifting each constraint alone adds, the one that adds most to the mean first."""
    every = []
    for name, each in told.items():
        added, probability = found.gains(name)
        every.append(Lifted(each.name, each.words, each.changes, found.case(name), added, probability))
    return tuple(sorted(every, key=lambda each: -each.added.value))


def paired(found: Counterfactual, pairs: Mapping[str, tuple[str, str]]) -> tuple[Pair, ...]:
    """Return what lifting each pair adds, given the two of each by variant, the one that adds most first."""
    every = []
    for name, (a, b) in pairs.items():
        added, probability = found.gains(name)
        more, more_probable = found.more_than_sum(a, b, name)
        every.append(Pair(a, b, found.case(name), added, more, probability, more_probable))
    return tuple(sorted(every, key=lambda each: -each.added.value))
