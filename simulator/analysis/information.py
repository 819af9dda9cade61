"""Which piece of intelligence would be worth most: what knowing a factor would do for the call on a claim.

The call is "true" or "false", and a wrong one costs one. Knowing a factor is worth what it takes off the
probability of a wrong call: its expected value of partial perfect information.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.analysis import milder
from simulator.analysis.estimate import claim_of
from simulator.analysis.figures import figure, percent
from simulator.analysis.gains import Gain, binned, bins_for, gain_of
from simulator.analysis.inputs import Rows, claim_in_words, inputs, listed, rows, see_varying
from simulator.analysis.intervals import Floats, Mask
from simulator.analysis.sample import first_scenario
from simulator.analysis.tabular import Tabular
from simulator.analysis.weights import Weights

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run

NULLS: Final = 19
"""Random numbers that have nothing to do with the claim: one factor in 20 that has not does better than all."""
SEED: Final = 2014


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing one factor would be worth for the call on a claim."""

    factor: str
    value: float
    """By how much it lowers the probability of a wrong call; 0.01 is one point. Never below 0: an estimate that is
    is given as 0, and its interval from 0."""
    low: float
    high: float
    share: float
    """Of the variance of whether the claim holds, what it would remove on average; likewise never below 0."""
    share_low: float
    share_high: float
    told_apart: bool
    """Whether its share is beyond that of random numbers, and beyond 0 with its interval."""
    changes_call: bool
    """Whether its value is."""


@dataclass(frozen=True, slots=True)
class Step:
    """The same call on another figure of the claim: which factor would be worth most there."""

    at_least: float
    probability: float
    chance_of_error: float
    """Of a wrong call now."""
    factor: str
    """Worth most, or else with the largest share."""
    value: float
    low: float
    high: float
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True)
class Information(Tabular):
    """What knowing each factor would be worth for the call that a claim is true or false."""

    scenario: str
    claim: str
    at_least: float
    given: str
    """What the claim says, in words."""
    probability: float
    low: float
    high: float
    n: int
    failed: int
    perfect: float
    """The value of knowing whether the claim holds: the probability of a wrong call now. None is worth more."""
    perfect_low: float
    perfect_high: float
    worths: tuple[Worth, ...]
    """The most valuable first; those that are worth nothing for the call by their share."""
    null_value: float
    """The largest value among random numbers: the noise floor."""
    null_share: float
    nulls: int
    bins: int
    """At most so many parts of a factor's range are told apart."""
    steps: tuple[Step, ...]
    """At the round levels of the quantity that enough replications reach and miss, rising."""

    @property
    def call(self) -> str:
        """What one would say now: `true` or `false`."""
        return "true" if self.probability > 0.5 else "false"

    @property
    def sentence(self) -> str:
        """The answer in a sentence."""
        return _sentence(self)

    def of(self, factor: str) -> Worth:
        """Return what knowing a factor would be worth; raises KeyError when there is none of that name."""
        for each in self.worths:
            if each.factor == factor:
                return each
        raise KeyError(factor)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {"sentence": self.sentence, "call": self.call, **asdict(self)}

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(each) for each in self.worths], columns=list(Worth.__slots__))


@dataclass(frozen=True, slots=True)
class InformationByClaim(Tabular):
    """What knowing each factor would be worth for every claim of a scenario."""

    answers: tuple[Information, ...]
    refused: tuple[str, ...]
    """Why there is none for others."""

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {
            "answers": [each.as_dict() for each in self.answers],
            "refused": list(self.refused),
        }

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        frames = [each.to_frame().assign(claim=each.claim, at_least=each.at_least) for each in self.answers]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def information(
    run: "Run", claim: str | None = None, scenario: str | None = None, *, at_least: float | None = None
) -> Information:
    """Return what knowing each factor would be worth for the call on a claim, the first unless one is named.

    `at_least` is another figure for the claim; the scenario is the first unless one is named. Raises
    ResultsError for what the run has not, and for a claim that fewer than 50 replications meet or miss.
    """
    here = rows(run, first_scenario(run) if scenario is None else scenario)
    name = next(iter(run.claims)) if claim is None else claim
    own = claim_of(run, name).at_least
    level = own if at_least is None else at_least
    if not milder.enough(here.claims[name], level):
        raise milder.refuse("information", name, level, run.claims, here.claims)
    return _answered(run, here, [(name, level)])[0]


def information_by_claim(
    run: "Run", scenario: str | None = None, claims: Sequence[str] | None = None
) -> InformationByClaim:
    """Return what knowing each factor would be worth for every claim of a scenario, or for those named.

    A claim that too few replications meet or miss is asked at the nearest level that has them. Raises ResultsError
    for a scenario that the run has not, when no factor varies and when no claim can be asked.
    """
    here = rows(run, first_scenario(run) if scenario is None else scenario)
    see_varying(run, here)
    chosen = {name: claim_of(run, name) for name in (run.claims if claims is None else claims)}
    asked, refused = milder.askable(chosen, here.claims)
    if not asked:
        raise milder.none_left("information", refused)
    return InformationByClaim(tuple(_answered(run, here, asked)), refused)


def _answered(run: "Run", here: Rows, asked: list[tuple[str, float]]) -> list[Information]:
    """Return the answers for claims at figures, each column of a factor read once."""
    bins = bins_for(here.n)
    levels = {(name, level) for name, own in asked for level in (own, *_levels(here.claims[name]))}
    hits = {(name, level): here.claims[name] >= level for name, level in sorted(levels)}
    found: dict[tuple[str, float], dict[str, Gain]] = {key: {} for key in hits}
    for each in inputs(run, here, derived=False):
        for key, gain in _gains(each.values, hits, here, bins).items():
            found[key][each.name] = gain
    random = np.random.Generator(np.random.PCG64(SEED))
    nulls: dict[tuple[str, float], list[Gain]] = {key: [] for key in hits}
    for _ in range(NULLS):
        for key, gain in _gains(random.random(here.n), hits, here, bins).items():
            nulls[key].append(gain)
    return [_information(run, here, name, level, found, nulls, bins) for name, level in asked]


def _levels(values: Floats) -> tuple[float, ...]:
    return milder.answerable_levels(values)


def _gains(
    values: Floats, hits: dict[tuple[str, float], Mask], here: Rows, bins: int
) -> dict[tuple[str, float], Gain]:
    """Return what knowing the bin of a factor, `values` of shape (n,), does for each claim at each level."""
    place, count = binned(values, bins)
    units = int(here.unit.max()) + 1
    cells = here.unit * count + place
    all_of = np.bincount(cells, minlength=units * count).reshape(units, count)
    return {
        key: gain_of(
            np.bincount(cells[hit], minlength=units * count).reshape(units, count), all_of, level=here.level
        )
        for key, hit in hits.items()
    }


def _information(
    run: "Run",
    here: Rows,
    name: str,
    level: float,
    found: dict[tuple[str, float], dict[str, Gain]],
    nulls: dict[tuple[str, float], list[Gain]],
    bins: int,
) -> Information:
    hit = here.claims[name] >= level
    even = Weights(np.ones(here.n), here.unit, here.level)
    interval, probability = even.proportion_interval(hit), float(np.mean(hit))
    ends = [min(end, 1.0 - end) for end in (interval.low, interval.high)]
    steps = [
        _step(here, name, each, _worths(found[name, each], nulls[name, each]))
        for each in _levels(here.claims[name])
        if found[name, each]
    ]
    return Information(
        scenario=here.scenario,
        claim=name,
        at_least=level,
        given=claim_in_words(run, name, level),
        probability=probability,
        low=interval.low,
        high=interval.high,
        n=here.n,
        failed=here.failed,
        perfect=min(probability, 1.0 - probability),
        perfect_low=min(ends),
        perfect_high=0.5 if interval.low <= 0.5 <= interval.high else max(ends),
        worths=_worths(found[name, level], nulls[name, level]),
        null_value=max(gain.value for gain in nulls[name, level]),
        null_share=max(gain.share for gain in nulls[name, level]),
        nulls=NULLS,
        bins=bins,
        steps=tuple(steps),
    )


def _worths(gains: dict[str, Gain], nulls: list[Gain]) -> tuple[Worth, ...]:
    floor_value = max(0.0, *(gain.value for gain in nulls))
    floor_share = max(0.0, *(gain.share for gain in nulls))
    worths = [
        Worth(
            factor=name,
            value=gain.value,
            low=gain.low,
            high=gain.high,
            share=gain.share,
            share_low=gain.share_low,
            share_high=gain.share_high,
            told_apart=gain.share > floor_share and gain.share_low > 0.0,
            changes_call=gain.value > floor_value and gain.low > 0.0,
        )
        for name, gain in gains.items()
    ]
    return tuple(sorted(worths, key=lambda each: (-each.value if each.changes_call else 0.0, -each.share)))


def _step(here: Rows, name: str, level: float, worths: tuple[Worth, ...]) -> Step:
    probability = float(np.mean(here.claims[name] >= level))
    best = worths[0]
    return Step(
        at_least=level,
        probability=probability,
        chance_of_error=min(probability, 1.0 - probability),
        factor=best.factor,
        value=best.value,
        low=best.low,
        high=best.high,
        share=best.share,
        share_low=best.share_low,
        share_high=best.share_high,
    )


def _sentence(found: Information) -> str:
    start = (
        f"One would now call it {found.call} that {found.given}, and be wrong with probability "
        f"{percent(found.perfect)}."
    )
    changing = [each for each in found.worths if each.changes_call][:3]
    if changing:
        told = [
            f"{points(each.value)} points [{points(each.low)} to {points(each.high)}] ({each.factor})"
            for each in changing
        ]
        return f"{start} Knowing one factor exactly would take off {listed(told)}."
    told = [
        f"{each.factor} ({100 * each.share:.1f} % [{100 * each.share_low:.1f} to {100 * each.share_high:.1f}])"
        for each in found.worths
        if each.told_apart
    ][:3]
    alone = f"{start} Knowing any one factor exactly would not be seen to change the call"
    return f"{alone}; most of the variance would be removed by {listed(told)}." if told else f"{alone}."


def points(probability: float) -> str:
    """Return a probability in points: hundredths, with as many decimals as a small one needs."""
    hundredths = 100.0 * probability
    return figure(round(hundredths, 1 if abs(hundredths) >= 1.0 else 2) + 0.0)
