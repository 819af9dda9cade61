"""Fields that take one value or a distribution of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import AfterValidator, BeforeValidator, Discriminator, Tag

from simulator.model.distributions import LAWS, STREAM_LAWS, Constant, Distribution
from simulator.model.quantities import In


def _law_of(value: Any) -> str | None:
    if isinstance(value, Distribution):
        return value.law
    if not isinstance(value, dict):
        return "constant"
    names = list(value)
    return str(names[0]) if len(names) == 1 and names[0] in LAWS else None


@dataclass(frozen=True, slots=True)
class _Unwrap:
    """Takes the parameters out of `{law: parameters}`; a bare value is a constant."""

    law: str

    def __call__(self, value: Any) -> Any:
        if isinstance(value, Distribution):
            return value
        return {"value": value} if self.law == "constant" else value[self.law]


if TYPE_CHECKING:
    AnyDistribution = Distribution
else:
    AnyDistribution = Annotated[
        Union[  # noqa: UP007 - built from the register of laws
            tuple(Annotated[kind, BeforeValidator(_Unwrap(name)), Tag(name)] for name, kind in LAWS.items())
        ],
        Discriminator(
            _law_of,
            custom_error_type="law",
            custom_error_message=f"is no distribution; give a value, or one law of {', '.join(sorted(LAWS))}",
        ),
    ]
"""A distribution as written, `{law: {parameter: value}}`, or one value for certain."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Checks that a distribution draws values that fit a field, and can be sampled by address."""

    field: In

    def __call__(self, found: Distribution) -> Distribution:
        if found.law not in STREAM_LAWS:
            allowed = ", ".join(sorted(STREAM_LAWS - {"constant"}))
            raise ValueError(f"follows {found.law}, a law for factors only; give one of {allowed}")
        for quantity in (found.value,) if isinstance(found, Constant) else found.ends:
            self.field.check(quantity)
        return found


def _drawn_in(*units: str) -> Any:
    return Annotated[AnyDistribution, AfterValidator(_Drawn(In(units)))]


if TYPE_CHECKING:
    DrawnDuration = Distribution
    DrawnRate = Distribution
    DrawnAmount = Distribution
    DrawnShare = Distribution
else:
    DrawnDuration = _drawn_in("h")
    DrawnRate = _drawn_in("1/h")
    DrawnAmount = _drawn_in("1", "kg")
    DrawnShare = Annotated[AnyDistribution, AfterValidator(_Drawn(In(("1",), high=1.0)))]
