"""What one would have to believe for a claim to hold, or has to believe once something was observed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis import milder
from simulator.analysis.estimate import claim_column, claim_of
from simulator.analysis.inputs import Input, Rows, claim_in_words, inputs, listed, rows, see_varying, valued
from simulator.analysis.intervals import Floats
from simulator.analysis.observations import RANGE, Agreement, agreement, weigh
from simulator.analysis.sample import first_scenario
from simulator.analysis.tabular import Tabular
from simulator.analysis.weights import Weights
from simulator.analysis.witnesses import same_page, used_before
from simulator.errors import ResultsError

if TYPE_CHECKING:
    import pandas as pd

    from simulator.results import Run


@dataclass(frozen=True, slots=True)
class Movement:
    """How a factor, or what is derived from factors, is spread before and after; values in `unit`."""

    name: str
    kind: str
    """`factor` or `derived`."""
    unit: str
    prior_p05: float
    prior_median: float
    prior_p95: float
    p05: float
    median: float
    median_low: float
    """The interval of the median after."""
    median_high: float
    p95: float
    shift: float
    """Of the mean, in standard deviations of the prior."""
    shift_low: float
    shift_high: float
    distance: float
    """The largest difference between the two distribution functions (Kolmogorov), 0 to 1."""
    distance_low: float
    """0 where the distance is no more than chance would make it."""
    distance_high: float

    @property
    def moves(self) -> bool:
        """Whether it moves by more than chance would make it."""
        return self.distance_low > 0.0


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a claim is before and after."""

    claim: str
    at_least: float
    unit: str
    prior: float
    prior_low: float
    prior_high: float
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Belief(Tabular):
    """How the distributions of factors change when a claim is taken to hold, or observations to have been made."""

    scenario: str
    claim: str | None
    """The claim that is taken to hold, if one is."""
    at_least: float | None
    """Of its quantity."""
    given: str
    """In words what is taken to hold."""
    n: int
    """Replications, without those that failed."""
    failed: int
    effective: float
    """Effective sample size; without observations the replications that meet the claim."""
    largest: float
    """The share of the weight that one replication has."""
    movements: tuple[Movement, ...]
    """The farthest moved first."""
    chances: tuple[Chance, ...]
    agreements: tuple[Agreement, ...]
    """Of every observed quantity, used or not; empty when nothing observed was asked for."""
    notes: tuple[str, ...]

    @property
    def moved(self) -> tuple[Movement, ...]:
        """The factors that move by more than chance would make them, derived numbers left out."""
        return tuple(each for each in self.movements if each.kind == "factor" and each.moves)

    @property
    def sentence(self) -> str:
        """The answer in a sentence: what moves most, and from where to where."""
        return _sentence(self)

    @property
    def shown(self) -> tuple[str, ...]:
        names = "name", "kind", "unit", "prior_p05", "prior_median", "prior_p95"
        return (*names, "p05", "median", "p95", "shift")

    def of(self, name: str) -> Movement:
        """Return how one factor moves; raises KeyError when there is none of that name."""
        for each in self.movements:
            if each.name == name:
                return each
        raise KeyError(name)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {"sentence": self.sentence, **asdict(self)}

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame([asdict(each) for each in self.movements], columns=list(Movement.__slots__))


@dataclass(frozen=True, slots=True)
class Beliefs(Tabular):
    """What one would have to believe for each claim of a scenario, and given all that was observed."""

    beliefs: tuple[Belief, ...]
    refused: tuple[str, ...]
    """Why there is none for others."""

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {"beliefs": [each.as_dict() for each in self.beliefs], "refused": list(self.refused)}

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        frames = [each.to_frame().assign(given=each.given) for each in self.beliefs]
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def belief(
    run: "Run",
    claim: str | None = None,
    scenario: str | None = None,
    observed: Sequence[str] | None = None,
    *,
    at_least: float | None = None,
) -> Belief:
    """Return what one would have to believe of every factor if a claim holds, if observations were made, or both.

    `observed` names claims whose `observed` law is taken as a report with its error, `at_least` another figure
    for the claim. With neither claim nor `observed` all observations are used that are new: those that no
    factor's prior rests on, and of one source only the first; those named are used in any case. The
    scenario is the first unless one is named.

    Raises ResultsError for what the run has not, when no factor varies, for a claim that fewer than 50 replications
    meet or miss, and when the weights degenerate.
    """
    here = rows(run, first_scenario(run) if scenario is None else scenario)
    see_varying(run, here)
    return _answered(run, here, [_question(run, here, claim, observed, at_least)])[0]


def beliefs(
    run: "Run", scenario: str | None = None, claims: Sequence[str] | None = None, *, observed: bool = True
) -> Beliefs:
    """Return what one would have to believe given all that was observed, and for each claim of a scenario.

    `claims` are those that are asked about, all unless some are named; without `observed` what was observed is
    not. A claim that too few replications meet or miss is asked at the nearest level that has them. Raises
    ResultsError for a scenario that the run has not, when no factor varies and when nothing can be asked.
    """
    here = rows(run, first_scenario(run) if scenario is None else scenario)
    see_varying(run, here)
    chosen = {name: claim_of(run, name) for name in (run.claims if claims is None else claims)}
    levels, refused = milder.askable(chosen, here.claims)
    asked = [_question(run, here, name, None, level) for name, level in levels]
    if observed and any(claim.observed is not None for claim in run.claims.values()):
        try:
            asked.insert(0, _question(run, here, None, None, None))
        except ResultsError as refusal:
            refused = (*refused, str(refusal))
    if not asked:
        raise milder.none_left("belief", refused)
    return Beliefs(tuple(_answered(run, here, asked)), refused)


def weights_of(run: "Run", found: Belief) -> tuple[Rows, Weights]:
    """Return the replications that a belief was found from, and what each weighs in it."""
    here = rows(run, found.scenario)
    used = [each.claim for each in found.agreements if each.used] or None
    return here, _question(run, here, found.claim, used, found.at_least).weights


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What is taken to hold, as weights."""

    claim: str | None
    at_least: float | None
    given: str
    weights: Weights
    agreements: tuple[Agreement, ...]
    notes: tuple[str, ...]


def _question(
    run: "Run", here: Rows, claim: str | None, observed: Sequence[str] | None, at_least: float | None
) -> _Question:
    reports = [name for name, each in run.claims.items() if each.observed is not None]
    if claim is None and observed is None and not reports:
        claim = next(iter(run.claims))
    start, given = np.ones(here.n), []
    if claim is not None:
        own = claim_of(run, claim).at_least
        at_least = own if at_least is None else at_least
        values = here.claims[claim]
        if not milder.enough(values, at_least):
            raise milder.refuse("belief", claim, at_least, run.claims, here.claims)
        start = (values >= at_least).astype(np.float64)
        given.append(claim_in_words(run, claim, at_least))
    if observed is None and claim is not None:
        return _Question(claim, at_least, given[0], Weights(start, here.unit, here.level), (), ())
    reasons = used_before(run.experiment, reports)
    used = [name for name in reports if name not in reasons] if observed is None else list(observed)
    for name in used:
        if claim_of(run, name).observed is None:
            raise ResultsError(
                f"claim {name} has no `observed`; name one of {', '.join(reports) or 'none: no claim has it'}"
            )
    if not used:
        told = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
        raise ResultsError(f"observed: nothing is left that is new ({told}); name observations to use them")
    weights, sizes = weigh(dict(run.claims), used, here, start)
    given.append(f"observed of {listed(used)}")
    agreements = tuple(
        agreement(
            name,
            run.claims[name],
            run.column(claim_column(name)).unit,
            here.claims[name],
            weights,
            sizes.get(name, (float("nan"), float("nan"))),
            "" if name in used else reasons.get(name, "not asked for"),
        )
        for name in reports
    )
    return _Question(
        claim,
        at_least,
        ", given what was ".join(given),
        weights,
        agreements,
        _notes(run, reports, used, reasons),
    )


def _notes(
    run: "Run", reports: Sequence[str], used: Sequence[str], reasons: dict[str, str]
) -> tuple[str, ...]:
    notes = []
    for name in reports:
        if name in reasons:
            state = "used a second time, since it was named" if name in used else "left out"
            notes.append(f"{name} is {state}: {reasons[name]}")
        elif name in used:
            pages = same_page(run.experiment, name)
            if pages:
                told = ", ".join(f"{factor} ({row})" for factor, row in pages.items())
                notes.append(f"{name} is used; another figure of its page set the prior of {told}")
    return tuple(notes)


def _answered(run: "Run", here: Rows, questions: Sequence[_Question]) -> list[Belief]:
    """Return the answers of several questions, each column of an input read once."""
    movements: list[list[Movement]] = [[] for _ in questions]
    even = Weights(np.ones(here.n), here.unit, here.level)
    for each in inputs(run, here):
        prior = even.quantiles(each.values, RANGE)
        for found, question in zip(movements, questions, strict=True):
            found.append(_movement(each, prior, question.weights))
    return [
        Belief(
            scenario=here.scenario,
            claim=question.claim,
            at_least=question.at_least,
            given=question.given,
            n=here.n,
            failed=here.failed,
            effective=question.weights.effective,
            largest=question.weights.largest,
            movements=tuple(sorted(found, key=lambda each: -each.distance)),
            chances=tuple(_chances(run, here, question.weights, even)),
            agreements=question.agreements,
            notes=question.notes,
        )
        for found, question in zip(movements, questions, strict=True)
    ]


def _movement(of: Input, prior: tuple[float, ...], weights: Weights) -> Movement:
    values: Floats = of.values
    p05, median, p95 = weights.quantiles(values, RANGE)
    middle, moved = weights.median_interval(values), weights.moved(values)
    spread = float(np.std(values))
    shifted = weights.shift_interval(values)
    return Movement(
        name=of.name,
        kind=of.kind,
        unit=of.unit,
        prior_p05=prior[0],
        prior_median=prior[1],
        prior_p95=prior[2],
        p05=p05,
        median=median,
        median_low=middle.low,
        median_high=middle.high,
        p95=p95,
        shift=(weights.mean(values) - float(np.mean(values))) / spread,
        shift_low=shifted.low / spread,
        shift_high=shifted.high / spread,
        distance=moved.distance,
        distance_low=moved.low,
        distance_high=moved.high,
    )


def _chances(run: "Run", here: Rows, weights: Weights, even: Weights) -> list[Chance]:
    found = []
    for name, claim in run.claims.items():
        hit = here.claims[name] >= claim.at_least
        before, after = even.proportion_interval(hit), weights.proportion_interval(hit)
        found.append(
            Chance(
                claim=name,
                at_least=claim.at_least,
                unit=run.column(claim_column(name)).unit,
                prior=float(np.mean(hit)),
                prior_low=before.low,
                prior_high=before.high,
                probability=min(1.0, weights.mean(hit.astype(np.float64))),
                low=after.low,
                high=after.high,
            )
        )
    return found


def _sentence(found: Belief) -> str:
    moved = found.moved[:3]
    start = (
        f"To believe that {found.given} one would have to believe"
        if found.claim is not None
        else f"Given what was {found.given} one has to believe"
    )
    if not moved:
        return f"{start} nothing new of any factor, as far as these replications can tell."
    return f"{start} that {listed([_movement_in_words(each) for each in moved])}."


def _movement_in_words(each: Movement) -> str:
    before, after = valued(each.prior_median, each.unit), valued(each.median, each.unit)
    up, down = ("later", "earlier") if each.unit == "date" else ("higher", "lower")
    if before != after:
        way = up if each.median > each.prior_median else down
        return f"{each.name} is {way} (median {after} instead of {before})"
    way = up if each.shift > 0.0 else down
    return f"{each.name} is {way} (by {abs(each.shift):.2f} of its standard deviation; median still {after})"
