"""What is asked of a system: factors, scenarios, claims and how to sample them."""

import html
import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from simulator.model.assumptions import Assumption
from simulator.model.claims import Claim
from simulator.model.description import SystemDescription
from simulator.model.distributions import rounded
from simulator.model.evidence import Evidence, Ids
from simulator.model.quantities import (
    UNITS,
    Count,
    Day,
    Elapsed,
    Frozen,
    In,
    Name,
    Number,
    Positive,
    Quantity,
    Reader,
    Share,
    Texts,
    hours,
)
from simulator.model.uncertain import AnyDistribution

Paths = Texts
"""Paths into the system document, `*` for all that have the rest of the path."""


EARLIEST, LATEST = date(2, 1, 1), date(9998, 12, 31)
"""What a run may reach, with months and weeks that are whole dates around it."""


class Horizon(Frozen):
    """The time a run covers: 00:00 of `start` to 00:00 of `end`, after a warm-up before it."""

    start: Day
    end: Day
    warm_up: Elapsed = Field(default_factory=lambda: hours(0))

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"has end {self.end}, not after start {self.start}; give a later end")
        warm_up_d = math.ceil(self.warm_up.number / 24)
        if self.start.toordinal() - warm_up_d < EARLIEST.toordinal() or self.end > LATEST:
            raise ValueError(
                f"reaches out of the calendar; give dates from {EARLIEST} to {LATEST}, warm-up included"
            )
        return self

    @property
    def days(self) -> int:
        """Whole days from start to end."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Return whether a date lies in the horizon."""
        return self.start <= day < self.end


class Factor(Frozen):
    """One thing that is not known: a value a replication, from its law, put where `sets` or `scales` say.

    A `dirichlet` factor draws shares that add up to one, by name, and sets a path whose last `*` takes the names.
    """

    distribution: AnyDistribution | None = None
    dirichlet: Annotated[dict[Name, Positive], Field(min_length=2)] | None = None
    sets: Paths = ()
    scales: Paths = ()
    evidence: Ids = ()
    assumption: str | None = None

    @model_validator(mode="after")
    def _one_law(self) -> Self:
        if (self.distribution is None) == (self.dirichlet is None):
            raise ValueError("needs one of distribution, dirichlet")
        if self.dirichlet is not None and (self.scales or not self.sets):
            raise ValueError("has dirichlet; needs sets, a path whose last * takes the names, and no scales")
        if self.distribution is not None:
            self.distribution.bounds()  # refuses what would draw infinities
        return self

    @property
    def supported(self) -> bool:
        """Whether the factor names its evidence or states its assumption."""
        return bool(self.evidence) or bool(self.assumption)


Operand = str | Number


class Derived(Frozen):
    """A number computed from factors, from derived numbers before it, and from plain numbers."""

    product: Annotated[tuple[Operand, ...], Field(min_length=1, strict=False)] | None = None
    sum: Annotated[tuple[Operand, ...], Field(min_length=1, strict=False)] | None = None
    ratio: Annotated[tuple[Operand, Operand], Field(strict=False)] | None = None
    min: Annotated[tuple[Operand, ...], Field(min_length=1, strict=False)] | None = None
    max: Annotated[tuple[Operand, ...], Field(min_length=1, strict=False)] | None = None
    one_minus: Annotated[tuple[Operand], Field(strict=False)] | None = None
    sets: Paths = ()
    scales: Paths = ()

    @model_validator(mode="after")
    def _one_operation(self) -> Self:
        if sum(getattr(self, name) is not None for name in OPERATIONS) != 1:
            raise ValueError(f"needs one of {', '.join(OPERATIONS)}")
        return self

    @property
    def operation(self) -> str:
        """The name of what is computed."""
        return next(name for name in OPERATIONS if getattr(self, name) is not None)

    @property
    def operands(self) -> tuple[Operand, ...]:
        """What it is computed from, in order."""
        found: tuple[Operand, ...] = getattr(self, self.operation)
        return found


OPERATIONS = ("product", "sum", "ratio", "min", "max", "one_minus")


class Correlation(Frozen):
    """A rank correlation between two factors."""

    factors: Annotated[tuple[Name, Name], Field(strict=False)]
    rank: Annotated[Number, Field(gt=-1.0, lt=1.0)]


class Levels(Frozen):
    """Levels of a factor for a sweep: from, to, step, the end included when a step falls on it."""

    from_: Annotated[Number, Field(alias="from")]
    to: Number
    step: Positive

    @property
    def count(self) -> int:
        """How many levels there are; 0 or fewer when `to` is below `from`."""
        return math.floor((self.to - self.from_) / self.step + 1e-9) + 1

    def numbers(self) -> tuple[float, ...]:
        """Return the levels, rising."""
        return tuple(rounded(self.from_ + place * self.step) for place in range(self.count))


class Design(Frozen):
    """How factors are sampled: at random, by a Latin hypercube, or by Sobol points in independent scrambles."""

    kind: Literal["random", "latin_hypercube", "sobol"] = "random"
    scrambles: Annotated[Count, Field(le=1024)] | None = None
    """Independent scrambles of a Sobol design; replication r is point r div R of scramble r mod R."""

    @model_validator(mode="after")
    def _scrambles_of_sobol(self) -> Self:
        if (self.kind == "sobol") != (self.scrambles is not None):
            raise ValueError("needs scrambles with kind sobol, and with no other kind")
        return self


HalfWidth = Annotated[Positive, Field(lt=0.5)]
"""Half the width of an interval of a probability."""


class QuantilePrecision(Frozen):
    """How well quantiles of a response are to be known, in every scenario."""

    at: Annotated[tuple[Annotated[Number, Field(gt=0.0, lt=1.0)], ...], Field(min_length=1, strict=False)]
    """The probabilities of the quantiles, such as 0.05, 0.5 and 0.95."""
    within: Positive | None = None
    """Half the width of a quantile's interval as a share of the quantile, such as 0.1."""
    half_width: Annotated[Quantity, In(tuple(unit for unit in UNITS if unit != "date"), above=0.0)] | None = (
        None
    )
    """Half the width of a quantile's interval in the unit of the response; a bare number counts items."""

    @model_validator(mode="after")
    def _one_width(self) -> Self:
        if (self.within is None) == (self.half_width is None):
            raise ValueError("needs one of within, half_width")
        return self


class Precision(Frozen):
    """When a run has replications enough."""

    claims: Literal["all"] | Annotated[tuple[Name, ...], Field(min_length=1, strict=False)] = "all"
    half_width: HalfWidth | dict[Name, HalfWidth] | None = None
    """The interval of a claim's probability is to be no wider than this either way: of every claim, or by claim."""
    quantiles: dict[Annotated[str, Field(min_length=1)], QuantilePrecision] = {}
    """By the id of a claim, or the name of a response, how well its quantiles are to be known."""
    at_most: Count = 1024
    """Replications of a scenario at which a run ends all the same."""

    @model_validator(mode="after")
    def _claims_once(self) -> Self:
        if isinstance(self.half_width, dict) and self.claims != "all":
            raise ValueError("has claims, and half_width by claim; leave out claims, or give one half_width")
        return self

    def half_widths(self, claims: Iterable[str]) -> dict[str, float]:
        """Return the half-width to reach for each of an experiment's claims that has one to reach."""
        if self.half_width is None:
            return {}
        if isinstance(self.half_width, dict):
            return self.half_width
        return dict.fromkeys(claims if self.claims == "all" else self.claims, self.half_width)


class Failures(Frozen):
    """How many replications may fail before the answer is not to be relied on."""

    at_most: Share
    """Of each scenario's replications."""


LEFT = "text-align:left"
"""How the cells of a table in a notebook are set."""


def _baseline() -> dict[str, dict[str, object]]:
    return {"baseline": {}}


class Experiment(Frozen):
    """A question about a system, resolved: everything that a run depends on."""

    title: str
    system: SystemDescription
    evidence: dict[str, Evidence] = {}
    """The rows of the register that the document cites, by id."""
    horizon: Horizon
    factors: dict[Name, Factor] = {}
    derived: dict[Name, Derived] = {}
    correlations: Annotated[tuple[Correlation, ...], Field(strict=False)] = ()
    scenarios: dict[Name, dict[str, object]] = Field(default_factory=_baseline)
    """By name, what differs from the system: a value for each path."""
    claims: dict[Name, Claim] = {}
    assumptions: dict[Name, Assumption] = {}
    """What is held for certain of every replication; `check` tries it when asked to."""
    sweep: dict[Name, Levels | Annotated[tuple[Number, ...], Field(min_length=1, strict=False)]] = {}
    """Levels of factors, crossed with the design; run by the question that asks for them."""
    design: Design = Field(default_factory=Design)
    precision: Precision = Field(default_factory=Precision)
    failures: Failures | None = None
    """Without it none may fail, and a run computes all that is asked for all the same."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    _reader: Reader | None = PrivateAttr(default=None)

    def model_post_init(self, context: Any, /) -> None:
        """Keep what the document was read with."""
        self._reader = context

    @property
    def name(self) -> str:
        """The name of the config it was read from, or the words of its title."""
        words = re.sub(r"[^a-z0-9]+", "_", self.title.lower()).strip("_")[:64].rstrip("_")
        return (self._reader.name if self._reader else "") or words or "experiment"

    @property
    def reader(self) -> Reader | None:
        """What reads texts such as `40 MW` in scenarios; without it they take canonical values only."""
        return self._reader

    def with_value(self, name_or_path: str, value: object) -> "Experiment":
        """Return the experiment with one thing fixed: a factor by its name, or a path into the system.

        See `simulator.model.scenario.fixing.with_value`; raises ConfigError.
        """
        from simulator.model.scenario.fixing import with_value

        return with_value(self, name_or_path, value)

    def _repr_html_(self) -> str:
        rows = {
            "experiment": self.name,
            "question": self.title,
            "from, to": f"{self.horizon.start}, {self.horizon.end}",
            "factors": f"{len(self.factors):,}",
            "scenarios": ", ".join(self.scenarios),
            "claims": ", ".join(self.claims) or "none",
            "seed": str(self.seed),
        }
        cells = (
            f'<tr><th scope="row" style="{LEFT}">{html.escape(name)}</th>'
            f'<td style="{LEFT}">{html.escape(value)}</td></tr>'
            for name, value in rows.items()
        )
        return f"<table>{''.join(cells)}</table>"

    def units(self) -> dict[str, str]:
        """Return the canonical unit of every scalar factor, by name; shares of a Dirichlet factor have none here."""
        return {
            name: factor.distribution.unit
            for name, factor in self.factors.items()
            if factor.distribution is not None
        }


Draw = dict[str, Quantity | dict[str, float]]
"""One value for every factor: a quantity, or shares by name."""
