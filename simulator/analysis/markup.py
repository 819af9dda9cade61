"""A table of plain numbers and texts as HTML that people read: escaped, numbers right, intervals with their value."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

from simulator.analysis.figures import figure, percent

if TYPE_CHECKING:
    import pandas as pd

Write = Callable[[float], str]
LOW, HIGH, UNIT = "low", "high", "unit"
PERCENT: Final = frozenset(
    {
        "chance_of_error",
        "claim_due_to_factors",
        "mass",
        "perfect",
        "prior",
        "probability",
        "probability_added",
        "quantity_due_to_factors",
        "share",
    }
)
"""Columns of probabilities and shares, which are written in per cent."""
HEADINGS: Final = {
    "apart": "told from chance",
    "bits": "information (bits)",
    "column": "quantity",
    "mass": "replications inside",
    "observed_p05": "observed 5 %",
    "observed_p95": "observed 95 %",
    "p05": "5 %",
    "p95": "95 %",
    "pawn": "PAWN",
    "prior_p05": "prior 5 %",
    "prior_p95": "prior 95 %",
    "p_holm": "p (Holm)",
    "told_apart": "told from chance",
    "slope": "slope of ranks",
}
"""Headings that say more than the name of the column."""
WITHOUT_UNIT: Final = frozenset({"distance", "shift"})
"""Columns of plain numbers in rows whose other numbers have a unit."""
KEPT: Final = frozenset({"probability"})
"""Columns that stay in the table where all rows agree, as they are what is asked about."""
MOST_ROWS: Final = 40
"""Rows that are shown; a line says how many more there are."""
LONG: Final = 30
"""Characters of a text from which on it is broken into lines."""
RIGHT, LEFT = "text-align:right;white-space:nowrap", "text-align:left"
BROKEN = f"{LEFT};min-width:14em;max-width:32em;white-space:normal"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column as it is shown."""

    heading: str
    cells: tuple[str, ...]
    """One for each row, not yet escaped."""
    numeric: bool

    @property
    def style(self) -> str:
        """How its cells are set."""
        if self.numeric:
            return RIGHT
        return BROKEN if max(map(len, self.cells)) > LONG else f"{LEFT};white-space:nowrap"


def html_table(frame: "pd.DataFrame", sentence: str = "", names: Sequence[str] = ()) -> str:
    """Return a table under its sentence; what all rows agree on stands in a line of its own, one row stands upright.

    Where names are given, only these columns are shown, in this order.

    A column `x` with `x_low` and `x_high`, or one that `low` and `high` follow, is written with its interval.
    Columns without any value are left out.
    """
    columns = [each for each in _shown(frame.head(MOST_ROWS), names) if any(each.cells)]
    above = [f"<div>{escape(sentence)}</div>"] if sentence else []
    if not len(frame):
        return "".join([*above, "<div>No rows.</div>"])
    if len(frame) == 1:
        return _scrolling([*above, _upright(columns)])
    common = [each for each in columns if len(set(each.cells)) == 1 and each.heading not in KEPT]
    if common:
        words = "; ".join(f"{each.heading} {each.cells[0]}" for each in common)
        above.append(f"<div>{escape(words)}</div>")
    more = len(frame) - MOST_ROWS
    below = [f"<div>{more:,} more rows in to_frame()</div>"] if more > 0 else []
    return _scrolling([*above, _level([each for each in columns if each not in common]), *below])


def _scrolling(parts: Sequence[str]) -> str:
    """Return parts one under the other; what is too wide scrolls by itself."""
    return f'<div style="overflow-x:auto">{"".join(parts)}</div>'


def _upright(columns: Sequence[_Shown]) -> str:
    rows = (
        f'<tr><th scope="row" style="{LEFT}">{escape(each.heading)}</th>'
        f'<td style="{LEFT}">{escape(each.cells[0])}</td></tr>'
        for each in columns
    )
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _level(columns: Sequence[_Shown]) -> str:
    styles = [each.style for each in columns]
    headings = (
        f'<th scope="col" style="{style}">{escape(each.heading)}</th>'
        for style, each in zip(styles, columns, strict=True)
    )
    rows = (
        "<tr>"
        + "".join(
            f'<td style="{style}">{escape(cell)}</td>' for style, cell in zip(styles, cells, strict=True)
        )
        + "</tr>"
        for cells in zip(*(each.cells for each in columns), strict=True)
    )
    return f"<table><thead><tr>{''.join(headings)}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _shown(frame: "pd.DataFrame", names: Sequence[str]) -> list[_Shown]:
    """Return columns of a table, their intervals joined to them: those named, or all."""
    ends = _intervals([str(name) for name in frame.columns])
    taken = {end for both in ends.values() for end in both}
    every = [str(name) for name in frame.columns if name not in taken]
    units = frame[UNIT].tolist() if UNIT in frame else [""] * len(frame)
    found = []
    for name in [each for each in names if each in every] or every:
        writes = [_writer(name, unit) for unit in units]
        values = frame[name].tolist()
        if name in ends:
            both = (frame[end].tolist() for end in ends[name])
            cells = tuple(_with_interval(*each) for each in zip(values, *both, writes, strict=True))
        else:
            cells = tuple(_written(*each) for each in zip(values, writes, strict=True))
        numeric = all(_is_number(value) for value in values if not _is_absent(value))
        found.append(_Shown(HEADINGS.get(name, name.replace("_", " ")), cells, numeric))
    return found


def _intervals(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return the names of the ends of its interval for each column that has one."""
    found = {}
    for place, name in enumerate(names):
        own = f"{name}_{LOW}", f"{name}_{HIGH}"
        if set(own) <= set(names):
            found[name] = own
        elif tuple(names[place + 1 : place + 3]) == (LOW, HIGH):
            found[name] = (LOW, HIGH)
    return found


def _with_interval(value: Any, low: Any, high: Any, write: Write) -> str:
    """Return a value with its interval; a bound for a probability at 0 or 1, as no sample shows that it is."""
    ends = [end for end in (low, high) if not _is_absent(end)]
    if len(ends) < 2:
        return _written(value, write)
    if write is percent and value == low == 0.0 < high:
        return f"under {percent(high, toward='up')}"
    if write is percent and value == high == 1.0 > low:
        return f"over {percent(low, toward='down')}"
    if not math.isfinite(low):
        return f"{write(value)} [up to {write(high)}]"
    if not math.isfinite(high):
        return f"{write(value)} [{write(low)} or more]"
    return f"{write(value)} [{write(low).removesuffix(' %')} to {write(high)}]"


def _written(value: Any, write: Write) -> str:
    if _is_absent(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_number(value):
        return write(float(value)) if math.isfinite(value) else "beyond"
    if isinstance(value, (list, tuple)):
        return "; ".join(_written(each, write) for each in value)
    return str(value)


def _day(ordinal: float) -> str:
    return date.fromordinal(round(ordinal)).isoformat()


_WRITTEN_AS: Final[dict[str, Write]] = {"date": _day}
"""How numbers of a unit are written that are not just numbers."""


def _writer(name: str, unit: str) -> Write:
    """Return what writes a number of a column in a row that has a unit."""
    if name in PERCENT:
        return percent
    return figure if name in WITHOUT_UNIT else _WRITTEN_AS.get(unit, figure)


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _is_absent(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))
