"""What all pictures share: colours, sizes, titles, data that travels with the chart."""

import json
import math
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import altair as alt

from simulator.model.system import State

COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#B8A800")
"""Told apart with any kind of colour blindness; after Okabe and Ito, *Color Universal Design*, 2008."""
DASHES: Final = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [12, 4], [1, 3], [9, 2, 2, 2, 2, 2])
"""Told apart in print; the first is a whole line. One less than colours, so that both together repeat late."""
SYMBOL: Final = 38
"""Pixels of a line in a legend: twice the longest dash."""
OF_STATES: Final = {
    State.RUNNING: "#009E73",
    State.AWAITING_POWER: "#0072B2",
    State.AWAITING_MATERIAL: "#E69F00",
    State.BLOCKED: "#CC79A7",
    State.UNDER_REPAIR: "#D55E00",
    State.OFF_SHIFT: "#D9D9D9",
    State.NOT_COMMISSIONED: "#F5F5F5",
}
"""The colour of each state of a line, in every picture."""
INK: Final = "#333333"
FAINT: Final = "#DDDDDD"
WIDTH: Final = 640
"""Of a whole picture with its labels, in pixels, where no other is asked for."""
NARROW: Final = 480
"""A picture that is not as wide has its panels below each other."""
HEIGHT: Final = 320
LEFT: Final = 64
"""Pixels that an axis of numbers takes with its title."""
RIGHT: Final = 18
"""Pixels that the last label may stand out."""
LETTER: Final = 6.4
"""Width of a letter of a subtitle in pixels, on a machine with wide ones."""
HEADING_LETTER: Final = 6.2
"""Width of a letter of the name of a panel."""
NAME_LETTER: Final = 6.0
"""Width of a letter of a name beside an axis."""

FIGURE: Final = "format(datum.value, abs(datum.value) >= 1000 ? '~s' : '~g')"
"""A number on an axis: 0.2, 50, 200k, 1M."""

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart | alt.ConcatChart
Record = Mapping[str, Any]


class _Rows(alt.InlineData):
    """Rows that are never changed: a chart that is put into another need not copy them."""

    def __deepcopy__(self, memo: object = None) -> "_Rows":
        return self


def data(records: Iterable[Record]) -> alt.InlineData:
    """Return records as data inside the chart: nothing to be fetched, no limit on the number of rows."""
    return _Rows(values=[dict(record) for record in records])


def tooltips(*fields: str) -> list[alt.Tooltip]:
    """Return what is said of a mark under the pointer, by field; made here, as Altair takes ten times as long."""
    return [alt.Tooltip(field) for field in fields]


def is_narrow(width: int) -> bool:
    """Return whether a picture of some pixels has no room for panels side by side."""
    return width < NARROW


def inner(width: int, left: int = LEFT) -> int:
    """Return the pixels between the axes of a picture that is `width` wide, with `left` of them for labels."""
    return width - left - RIGHT


def title(text: str, *subtitle: str, width: int = WIDTH) -> alt.TitleParams:
    """Return a title with lines under it, folded where they are longer than a picture is wide."""
    return alt.TitleParams(
        text=_folded(f"{text[:1].upper()}{text[1:]}", int(width / (1.3 * LETTER))),
        subtitle=[line for each in subtitle for line in _folded(each, int(width / LETTER))],
        anchor="start",
        frame="group",
        offset=12,
        subtitleColor="#666666",
        fontSize=14,
        subtitleFontSize=11,
    )


def heading(text: str, width: int) -> alt.TitleParams:
    """Return the name of one of several panels, folded where it is longer than the panel is wide."""
    return alt.TitleParams(
        text=_folded(text, int(width / HEADING_LETTER)), anchor="start", frame="bounds", fontSize=11, offset=4
    )


def _folded(text: str, length: int) -> list[str]:
    """Return a text as lines; a number and its per cent sign stay together."""
    together = text.replace(" %", "\N{NO-BREAK SPACE}%")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(together, length)]


def axis(label: str, **more: Any) -> alt.Axis:
    """Return an axis with a light grid."""
    return alt.Axis(title=label, gridColor="#EEEEEE", domainColor="#BBBBBB", tickColor="#BBBBBB", **more)


def numbers(label: str, length: int, **more: Any) -> alt.Axis:
    """Return an axis of numbers that is some pixels long, with as many ticks as fit and short labels."""
    written: dict[str, Any] = {} if "format" in more else {"labelExpr": FIGURE}
    if "values" in more:  # a logarithmic axis has no more ticks than this, wherever they are to be
        written["tickCount"] = len(more["values"])
    return axis(
        "\n".join(_folded(label, int(length / NAME_LETTER))) if len(label) * NAME_LETTER > length else label,
        **({"tickCount": max(3, min(8, length // 60)), "labelOverlap": True} | written | more),
    )


def decades(first: float, last: float) -> list[float]:
    """Return where the ticks of a logarithmic axis are: the powers of ten, and what lies between when they are few."""
    powers = range(math.floor(math.log10(first)), math.ceil(math.log10(last)) + 1)
    inside: list[float] = []
    for steps in ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0)):
        ticks = [step * 10.0**power for power in powers for step in steps]
        inside = [tick for tick in ticks if first <= tick <= last]
        if len(inside) > 2:
            break
    return inside


def with_halo(chart: alt.Chart, **mark: Any) -> list[alt.Chart]:
    """Return a text that is read over lines: the same text in broad white under it."""
    common = {"fontSize": 10, **mark}
    return [
        chart.mark_text(stroke="white", strokeWidth=3, strokeJoin="round", color="white", **common),
        chart.mark_text(color=INK, **common),
    ]


def named(names: Sequence[str], width: int, **more: Any) -> alt.Axis:
    """Return an axis of names beside a picture of some pixels, each in as many lines as it needs."""
    lines = {name: in_lines(name, name_room(names, width)) for name in names}
    folded = {name: each for name, each in lines.items() if len(each) > 1}
    expression = f"({json.dumps(folded)})[datum.label] || datum.label"
    return axis("", labelLimit=0, **({"labelExpr": expression} if folded else {}), **more)


def name_room(names: Iterable[str], width: int) -> int:
    """Return the pixels that names beside a picture take: what the longest needs, at most two fifths."""
    longest = max((len(name) for name in names), default=0)
    return min(int(longest * NAME_LETTER) + 14, 2 * width // 5)


def in_lines(name: str, pixels: int) -> list[str]:
    """Return a name in lines that fit into some pixels, broken after a mark or, where it has none, anywhere."""
    length = max(4, int((pixels - 12) / NAME_LETTER))
    lines = [""]
    for part in re.findall(r"[^ _./+-]*[ _./+-]?", name):
        if lines[-1] and len(lines[-1]) + len(part.rstrip()) > length:
            lines.append("")
        lines[-1] += part
    return [piece for line in lines for piece in textwrap.wrap(line, length)]


def with_unit(name: str, unit: str) -> str:
    """Return the label of an axis: the column's own name and its unit."""
    return name if unit in ("", "1") else f"{name} ({unit})"


def colours(names: Iterable[str]) -> alt.Scale:
    """Return a scale that gives each name a colour, in order."""
    domain = list(names)
    return alt.Scale(domain=domain, range=[COLOURS[k % len(COLOURS)] for k in range(len(domain))])


def legend(
    names: Sequence[str] = (), width: int = WIDTH, *, symbol: str = "stroke", words: bool = False
) -> alt.Legend:
    """Return a legend over the picture, in as many columns as names of such length have room.

    With `words` the names are those of this package, and stand without their underscores.
    """
    longest = max((len(name) for name in names), default=0)
    lines = symbol == "stroke"
    fit = min(len(names), int(width / (longest * NAME_LETTER + 30 + (SYMBOL if lines else 10))))
    return alt.Legend(
        title=None,
        orient="top",
        labelLimit=min(300, width - 30 - (SYMBOL if lines else 10)),
        labelExpr="replace(datum.label, /_/g, ' ')" if words else alt.Undefined,
        symbolType=symbol,
        symbolSize=SYMBOL**2 if lines else alt.Undefined,
        clipHeight=12 if lines else alt.Undefined,
        symbolStrokeWidth=3,
        symbolOpacity=1,
        columns=max(1, fit) if names else alt.Undefined,
    )


def below(pictures: Sequence[Picture], width: int, *, columns: int = 2, spacing: int = 20) -> alt.ConcatChart:
    """Return pictures in columns, or below each other where `width` is narrow."""
    return alt.concat(*pictures, columns=1 if is_narrow(width) else columns, spacing=spacing)


def dashes(names: Sequence[str], shown: alt.Legend) -> alt.StrokeDash:
    """Return lines told apart without colour, the first as many scenarios as there are dashes.

    Colour and dash together are those of one scenario alone, of up to 56.
    """
    patterns = [DASHES[k % len(DASHES)] for k in range(len(names))]
    return alt.StrokeDash("scenario:N", scale=alt.Scale(domain=list(names), range=patterns), legend=shown)
