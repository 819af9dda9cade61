"""A chart as a picture that stands in the page itself, for a desk and for a phone."""

import base64
from collections.abc import Callable

from markupsafe import Markup

from simulator.plots import drawing
from simulator.plots.look import Picture

WIDE, NARROW = 720, 340
"""Pixels of a picture at a desk and on a phone."""
PHONE = 600
"""Pixels of a window up to which it is a phone's."""


def picture(draw: Callable[[int], Picture], alt: str) -> Markup:
    """Return a chart as an image of SVG that needs no script and loads nothing.

    `draw` gives the chart for a width in pixels; `alt` says in a sentence what is to be seen.
    """
    with drawing.unchecked():
        narrow, wide = (drawing.svg(draw(width)) for width in (NARROW, WIDE))
    width, height = drawing.size(wide)
    return Markup(
        '<picture><source media="(max-width: {}px)" srcset="{}" width="{}" height="{}">'
        '<img src="{}" alt="{}" width="{}" height="{}"></picture>'
    ).format(PHONE, _uri(narrow), *drawing.size(narrow), _uri(wide), alt, width, height)


def caption(draw: Callable[[int], Picture]) -> str:
    """Return how to read a chart, as it says under its title."""
    return drawing.caption(draw(WIDE))


def _uri(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
