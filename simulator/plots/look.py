"""What all pictures share: colours, sizes, titles, data that travels with the chart."""

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any, Final

import altair as alt

COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#B8A800")
"""Told apart with any kind of colour blindness; after Okabe and Ito, *Color Universal Design*, 2008."""
INK: Final = "#333333"
FAINT: Final = "#DDDDDD"
WIDTH: Final = 560
HEIGHT: Final = 320
LINE_LENGTH: Final = 100
"""Characters of a title or of a subtitle that fit over a picture."""

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart
Record = Mapping[str, Any]


def data(records: Iterable[Record]) -> alt.InlineData:
    """Return records as data inside the chart: nothing to be fetched, no limit on the number of rows."""
    return alt.InlineData(values=[dict(record) for record in records])


def title(text: str, *subtitle: str) -> alt.TitleParams:
    """Return a title with lines under it, folded where they are too long."""
    return alt.TitleParams(
        text=_folded(f"{text[:1].upper()}{text[1:]}", LINE_LENGTH - 24),
        subtitle=[line for each in subtitle for line in _folded(each, LINE_LENGTH)],
        anchor="start",
        frame="group",
        offset=12,
        subtitleColor="#666666",
        fontSize=14,
        subtitleFontSize=11,
    )


def _folded(text: str, length: int) -> list[str]:
    """Return a text as lines; a number and its per cent sign stay together."""
    together = text.replace(" %", "\N{NO-BREAK SPACE}%")
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(together, length)]


def axis(label: str, **more: Any) -> alt.Axis:
    """Return an axis with a light grid."""
    return alt.Axis(title=label, gridColor="#EEEEEE", domainColor="#BBBBBB", tickColor="#BBBBBB", **more)


def with_unit(name: str, unit: str) -> str:
    """Return the label of an axis: the column's own name and its unit."""
    return name if unit in ("", "1") else f"{name} ({unit})"


def colours(names: Iterable[str]) -> alt.Scale:
    """Return a scale that gives each name a colour, in order."""
    domain = list(names)
    return alt.Scale(domain=domain, range=[COLOURS[k % len(COLOURS)] for k in range(len(domain))])


def legend(*, symbol: str = "stroke") -> alt.Legend:
    """Return a legend over the picture, wide enough for long names."""
    return alt.Legend(
        title=None, orient="top", labelLimit=300, symbolType=symbol, symbolStrokeWidth=3, symbolOpacity=1
    )
