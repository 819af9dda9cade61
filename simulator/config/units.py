"""Quantities as people write them, `40 MW` or `8.22/h`, into canonical units."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from simulator.config.scalars import NUMBER
from simulator.model.checks.names import nearest
from simulator.model.quantities import Quantity, is_not_finite

if TYPE_CHECKING:
    from pint import UnitRegistry

EXAMPLES = ("h", "d", "week", "min", "s", "kg", "t", "g", "kW", "MW", "GW", "kWh", "MWh", "GWh")
"""Units that messages offer; pint also knows their long names, plurals and prefixes."""

_DEFINITIONS = """
kilo- = 1000 = k-
mega- = 1000000 = M-
giga- = 1000000000 = G-
second = [time] = s
minute = 60 * second = min
hour = 60 * minute = h
day = 24 * hour = d
week = 7 * day
gram = [mass] = g
tonne = 1000 * kilogram = t
watt = [power] = W
watt_hour = watt * hour = Wh
joule = watt * second = J
"""
"""All that a config measures: pint's own file has 1,000 units and takes 0.3 s to read, this 0.004 s."""

_CANONICAL = {"h": "hour", "kg": "kilogram", "kW": "kilowatt", "kWh": "kilowatt_hour", "1/h": "1 / hour"}
_UNEVEN = {"month", "months", "mo", "year", "years", "yr", "a"}

_UNIT = "[A-Za-z]{1,20}"
_WRITTEN = re.compile(rf"({NUMBER})(?: ({_UNIT}(?:/{_UNIT})?)| ?(/) ?({_UNIT}))")
_CLOSE = re.compile(rf"({NUMBER})({_UNIT}(?:/{_UNIT})?)")
_BARE = re.compile(NUMBER)
LONGEST = 64
"""The most characters of a quantity."""


@dataclass(frozen=True, slots=True)
class Units:
    """The reader that validation takes as its context; see `simulator.model.quantities.Reader`."""

    name: str = field(default="", compare=False)
    """The name of the config it reads, without folder or ending."""

    def quantity(self, value: object) -> Quantity:
        """Return the quantity that a value of a document writes.

        Raises ValueError that says what is there, and what to give where that does not depend on the field.
        """
        if isinstance(value, Quantity):
            return value
        if isinstance(value, bool):
            raise ValueError(f"is {str(value).lower()}")
        if isinstance(value, (int, float)):
            return Quantity(float(value))
        if isinstance(value, date):
            return Quantity(float(value.toordinal()), "date")
        if isinstance(value, str):
            return _from_text(value)
        raise ValueError("is empty" if value is None else "is no quantity")


def is_quantity(text: str) -> bool:
    """Return whether a text is written as a number with a unit; no name of a part is."""
    return len(text) <= LONGEST and _WRITTEN.fullmatch(text) is not None


def _from_text(text: str) -> Quantity:
    found = _WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise ValueError(f"is {text[:LONGEST]!r}{_hint(text)}")
    unit = found[2] or f"1/{found[4]}"
    try:
        factor, canonical = _factor(unit)
    except ValueError as error:
        raise ValueError(f"is {text}; {error}") from None
    try:
        return Quantity(float(Fraction(found[1].replace("_", "")) * factor), canonical)
    except OverflowError:
        raise ValueError(f"is {text}, too large a number; give a finite number") from None


def _hint(text: str) -> str:
    close = _CLOSE.fullmatch(text) if len(text) <= LONGEST else None
    if close is not None:
        return f"; put a space between number and unit: {close[1]} {close[2]}"
    if len(text) <= LONGEST and _BARE.fullmatch(text):
        return "; leave out the quotes"
    if is_not_finite(text):
        return "; give a finite number"
    return ""


@cache
def _factor(unit: str) -> tuple[Fraction, str]:
    """Return what one `unit` is in its canonical unit, exactly; raises ValueError for a unit without one."""
    if unit in _CANONICAL:
        return Fraction(1), unit
    words = unit.split("/")
    if _UNEVEN.intersection(words):
        raise ValueError("months and years differ in length; give days, such as 30 d or 5_000/d")
    return _converted(unit, _registry())


def _converted(unit: str, registry: "UnitRegistry[Any]") -> tuple[Fraction, str]:
    from pint.errors import UndefinedUnitError

    try:
        one = registry.Quantity(1, registry.parse_units(unit))
    except UndefinedUnitError as error:
        name = error.unit_names[0]
        by_small = {example.lower(): example for example in EXAMPLES}
        near = nearest(name.lower(), by_small)
        raise ValueError(
            f"there is no unit {name}; {f'nearest is {by_small[near]}; ' if near else ''}"
            f"give one of {', '.join(EXAMPLES)}, or a rate such as 8.2/h; a bare number counts items"
        ) from None
    for canonical, name in _CANONICAL.items():
        if one.is_compatible_with(name):
            return Fraction(one.to(name).magnitude), canonical
    raise ValueError(
        f"nothing is measured in {unit}; give a duration, mass, power, energy or rate such as 8.2/h"
    )


@cache
def _registry() -> "UnitRegistry[Any]":
    """Return a registry of the units above, in exact fractions: 0.1 d is the number nearest to 2.4 h."""
    with _not_loaded("dask"):
        import pint

    registry: UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction)
    for line in _DEFINITIONS.strip().splitlines():
        registry.define(line)
    return registry


@contextmanager
def _not_loaded(name: str) -> Iterator[None]:
    """Let nothing load a package that is not loaded yet.

    Pint loads Dask where it is installed, to know its arrays; that takes longer than all of Pint.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # says to the import system that there is none
    try:
        yield
    finally:
        del sys.modules[name]
