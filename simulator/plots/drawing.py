"""What is drawn of a picture inside a page, and its SVG text made short."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import altair as alt
from altair.utils import schemapi

from simulator.plots.look import Picture

FONT: Final = "sans-serif"
"""The reader's own: an image inside a page loads none."""
CONFIG: Final[dict[str, Any]] = {
    "font": FONT,
    "background": None,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal", "titlePadding": 6},
    "legend": {"labelFontSize": 11, "titleFontSize": 11},
    "header": {"labelFontSize": 11},
}
TAG: Final = re.compile(r"<[^>]*>")
LONG_NUMBER: Final = re.compile(r"(\d+\.\d)\d+")
IDLE: Final = re.compile(
    r' (?:class|role|aria-[a-z]+|xmlns:xlink|pointer-events|font-family)="[^"]*"'
    r'| (?:(?:fill-|stroke-)?opacity|stroke-width)="1"'
)
"""What an image has no use for, and what holds anyway."""


def spec(chart: Picture) -> dict[str, Any]:
    """Return what is to be drawn of a chart: all but its title; what a page says of it stands in the page."""
    found: dict[str, Any] = chart.to_dict(validate=False)
    found.pop("title", None)
    found["config"] = CONFIG
    return found


def shortened(svg: str) -> str:
    """Return an SVG without what an image has no use for."""
    short = TAG.sub(lambda tag: LONG_NUMBER.sub(r"\1", IDLE.sub("", tag[0])), svg)
    return _numbered(short).replace("<svg ", f'<svg font-family="{FONT}" ', 1)


@contextmanager
def unchecked() -> Iterator[None]:
    """Have charts made without being held to the schema at every step, and copied without being made anew.

    A chart that is put into another is copied with all in it. Altair does that by making every part again, those
    that hold charts copying them once more, and goes through hundreds of fields that are not set.
    """
    whole = schemapi._deep_copy
    schemapi._deep_copy = _copied  # type: ignore[assignment] # of its overloads one is enough
    try:
        with schemapi.debug_mode(False):
            yield
    finally:
        schemapi._deep_copy = whole


def _copied(thing: Any, by_ref: set[str]) -> Any:
    """Return a copy of part of a chart, its rows and the fields of some names as they are."""
    if isinstance(thing, alt.InlineData):
        return thing
    if isinstance(thing, alt.SchemaBase):
        twin = object.__new__(type(thing))
        fields = {name: _part(value, name, by_ref) for name, value in thing._kwds.items()}
        object.__setattr__(twin, "_args", tuple(_copied(each, by_ref) for each in thing._args))
        object.__setattr__(twin, "_kwds", fields)
        return twin
    if isinstance(thing, list):
        return [_copied(each, by_ref) for each in thing]
    if isinstance(thing, dict):
        return {name: _part(value, name, by_ref) for name, value in thing.items()}
    return thing


def _part(value: Any, name: str, by_ref: set[str]) -> Any:
    return value if value is alt.Undefined or name in by_ref else _copied(value, by_ref)


def _numbered(drawn: str) -> str:
    """Return an SVG with ids counted from 0 in it: those drawn go on from the pictures before."""
    for number, name in enumerate(dict.fromkeys(re.findall(r' id="([^"]+)"', drawn))):
        drawn = re.sub(rf'(["#]){re.escape(name)}(["\)])', rf"\g<1>i{number}\g<2>", drawn)
    return drawn


def caption(chart: Picture) -> str:
    """Return what a chart says under its title, as one text."""
    told = chart.title
    return " ".join(told.subtitle) if isinstance(told, alt.TitleParams) else ""


def size(drawn: str) -> tuple[int, int]:
    """Return width and height of an SVG in whole pixels."""
    found = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', drawn)
    assert found is not None
    return round(float(found[1])), round(float(found[2]))
