"""Numbers with their units: the leaves of everything a person writes."""

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

UNITS: dict[str, str] = {
    "1": "a bare number",
    "h": "a duration such as 14 h or 3 d",
    "kg": "a mass such as 54 kg",
    "kW": "a power such as 40 MW",
    "kWh": "an energy such as 108 kWh",
    "1/h": "a rate such as 8.2/h",
    "date": "a date such as 2023-08-01",
}
"""The canonical units, one a dimension, each with the words that ask for it."""
ANY = "a number, a number with a unit such as 40 MW, or a date such as 2023-08-01"
"""The words that ask for a quantity of any unit."""
_NOT_FINITE = re.compile(r"[-+]?\.?(nan|inf|infinity)(\b.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A finite number in one of the canonical `UNITS`; a date is its proleptic ordinal."""

    number: float
    unit: str = "1"

    def times(self, factor: float) -> "Quantity":
        """Multiply the number, keeping the unit."""
        return Quantity(self.number * factor, self.unit)

    def written(self) -> "float | int | date | str":
        """Return what a person would write: a bare number, a date, or a text such as `54 kg`."""
        if self.unit == "date":
            return date.fromordinal(math.floor(self.number))
        number = int(self.number) if self.number.is_integer() and abs(self.number) < 1e15 else self.number
        if self.unit == "1":
            return number
        return f"{number!r}/h" if self.unit == "1/h" else f"{number!r} {self.unit}"

    def __str__(self) -> str:
        return str(self.written())


def hours(number: float) -> Quantity:
    """Return a duration."""
    return Quantity(float(number), "h")


class Reader(Protocol):
    """Turns what stands in a file into quantities; the validation context while a file is read."""

    @property
    def name(self) -> str:
        """The name of the config that is read, without folder or ending; empty when it has none."""
        ...

    def quantity(self, value: object) -> Quantity:
        """Return the quantity that `value` writes, or raise ValueError in words a person can act on."""
        ...


def is_not_finite(text: str) -> bool:
    """Return whether a text writes no number, or an infinite one, with or without a unit."""
    return _NOT_FINITE.fullmatch(text) is not None


def read_quantity(value: object, info: ValidationInfo) -> Quantity:
    """Return `value` as a quantity, through the context's reader when it is not one yet."""
    if isinstance(value, Quantity):
        found = value
    elif info.context is not None:
        found = info.context.quantity(value)
    elif isinstance(value, date):
        found = Quantity(float(value.toordinal()), "date")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        found = Quantity(float(value))
    else:
        raise ValueError(f"is {value!r}, not a quantity")
    if not math.isfinite(found.number):
        raise ValueError(f"is {found.number}; give a finite number")
    return found


@dataclass(frozen=True, slots=True)
class In:
    """Marks a field whose quantities have one of the given canonical units and lie within bounds."""

    units: tuple[str, ...]
    low: float = 0.0
    above: float | None = None
    high: float | None = None

    @property
    def wanted(self) -> str:
        """The words that ask for a quantity of these units."""
        return ANY if set(self.units) == set(UNITS) else " or ".join(UNITS[unit] for unit in self.units)

    def check(self, found: Quantity) -> Quantity:
        """Return `found`, or raise ValueError when its unit or its size does not fit."""
        if found.unit not in self.units:
            raise ValueError(f"is {found}; give {self.wanted}")
        if self.above is not None and found.number <= self.above:
            raise ValueError(f"is {found}; give {_kind(found)}more than {Quantity(self.above, found.unit)}")
        if found.unit != "date" and found.number < self.low:
            raise ValueError(f"is {found}; give {_kind(found)}{Quantity(self.low, found.unit)} or more")
        if self.high is not None and found.number > self.high:
            raise ValueError(f"is {found}; give {_kind(found)}{Quantity(self.high, found.unit)} or less")
        return found

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: object, info: ValidationInfo) -> Quantity:
            try:
                found = read_quantity(value, info)
            except ValueError as error:
                # a reader that only says what is there leaves the cure to the field
                raise ValueError(f"{error}{'' if '; ' in str(error) else f'; give {self.wanted}'}") from None
            return self.check(found)

        return core_schema.with_info_plain_validator_function(
            read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                Quantity.written, when_used="json"
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        types = sorted({"number" if unit == "1" else "string" for unit in self.units})
        return {"type": types if len(types) > 1 else types[0], "description": self.wanted}


def _kind(found: Quantity) -> str:
    return "" if found.unit == "1" else f"{UNITS[found.unit].split(' such as')[0]} of "


Duration = Annotated[Quantity, In(("h",), above=0.0)]
Elapsed = Annotated[Quantity, In(("h",))]
Power = Annotated[Quantity, In(("kW",))]
Energy = Annotated[Quantity, In(("kWh",))]
Amount = Annotated[Quantity, In(("1", "kg"))]
AnyQuantity = Annotated[Quantity, In(tuple(UNITS), low=-math.inf)]


class _Plain:
    """Reads a plain number, date or whole number also from a quantity that a draw puts in its place."""

    __slots__ = ("whole",)

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._unwrap, handler(source))

    def _unwrap(self, value: object) -> object:
        if not isinstance(value, Quantity):
            return value
        if value.unit != "1":
            raise ValueError(f"is {value}; give {UNITS['1']}")
        return math.floor(value.number + 0.5) if self.whole else value.number


def _date_of(value: object) -> object:
    if not isinstance(value, Quantity):
        return value
    if value.unit != "date":
        raise ValueError(f"is {value}; give {UNITS['date']}")
    return value.written()


class _Day:
    """Reads a date also from a quantity that a draw puts in its place: the day that it falls in."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_date_of, handler(source))


class _Texts:
    """Reads one text as a list of it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: [value] if isinstance(value, str) else value, handler(source)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


Number = Annotated[float, Field(allow_inf_nan=False), _Plain(whole=False)]
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False), _Plain(whole=False)]
Positive = Annotated[float, Field(gt=0.0, allow_inf_nan=False), _Plain(whole=False)]
NotNegative = Annotated[float, Field(ge=0.0, allow_inf_nan=False), _Plain(whole=False)]
Whole = Annotated[int, Field(ge=0, le=1_000_000_000), _Plain(whole=True)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000), _Plain(whole=True)]
Day = Annotated[date, _Day()]
Texts = Annotated[tuple[str, ...], Field(strict=False), _Texts()]
"""Texts in a list; a single one may be written without the list."""
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]


class Frozen(BaseModel):
    """The base of every written value: immutable, strict, without unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        populate_by_name=True,
        serialize_by_alias=True,
        validate_default=False,
    )

    def tree(self) -> Any:
        """Return the value as nested dicts and lists under the names it is written with; leaves stay as they are."""
        return {
            field.alias or name: as_tree(getattr(self, name))
            for name, field in type(self).model_fields.items()
        }


def as_tree(value: Any) -> Any:
    """Return `value` with every `Frozen` in it, at any depth, as a plain dict, and every tuple as a list."""
    if isinstance(value, Frozen):
        return value.tree()
    if isinstance(value, dict):
        return {name: as_tree(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [as_tree(item) for item in value]
    return value
