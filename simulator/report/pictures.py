"""A chart as a picture that stands in the page itself, for a desk and for a phone."""

import base64
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import final

from markupsafe import Markup

from simulator.plots import drawing
from simulator.plots.look import Picture
from simulator.report import renderers

WIDE, NARROW = 720, 340
"""Pixels of a picture at a desk and on a phone."""
PHONE = 600
"""Pixels of a window up to which it is a phone's."""


@final
@dataclass(frozen=True, slots=True)
class Image:
    """A chart at two widths, drawn by the time that it is set into a page."""

    alt: str
    narrow: "Future[str]"
    wide: "Future[str]"

    def __html__(self) -> str:
        """Return it as an image of SVG that needs no script and loads nothing; waits until it is drawn."""
        narrow, wide = (drawing.shortened(each.result()) for each in (self.narrow, self.wide))
        return Markup(
            '<picture><source media="(max-width: {}px)" srcset="{}" width="{}" height="{}">'
            '<img src="{}" alt="{}" width="{}" height="{}"></picture>'
        ).format(PHONE, _uri(narrow), *drawing.size(narrow), _uri(wide), self.alt, *drawing.size(wide))


def picture(draw: Callable[[int], Picture], alt: str) -> Image:
    """Return a chart as an image: `draw` gives it for a width in pixels, `alt` says what is to be seen."""
    with drawing.unchecked():
        narrow, wide = (drawing.spec(draw(width)) for width in (NARROW, WIDE))
    return Image(alt, renderers.drawn(narrow), renderers.drawn(wide))


def caption(draw: Callable[[int], Picture]) -> str:
    """Return how to read a chart, as it says under its title."""
    return drawing.caption(draw(WIDE))


def _uri(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
