"""Where the figures of claims stand on an axis: among what was simulated, or at its edge where they are far from it."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

Ends = tuple[float, float]

ROOM: Final = 1.0
"""By so much of its own length figures may lengthen an axis at either end."""
BEFORE, AFTER = "\N{LEFTWARDS ARROW}", "\N{RIGHTWARDS ARROW}"


def lengthened(
    ends: Ends, figures: Iterable[float], *, logarithmic: bool = False, room: float = ROOM
) -> Ends:
    """Return the ends of an axis with the figures on it that are near enough, at most `room` of it beyond."""
    first, last = (_place(end, logarithmic=logarithmic) for end in ends)
    span = last - first
    near = [
        figure
        for figure in figures
        if (figure > 0.0 or not logarithmic)
        and (
            not span or -room * span <= _place(figure, logarithmic=logarithmic) - first <= (1.0 + room) * span
        )
    ]
    return min([ends[0], *near]), max([ends[1], *near])


def is_within(figure: float, ends: Ends) -> bool:
    """Return whether a figure has a place on an axis."""
    return ends[0] <= figure <= ends[1]


def share(figure: float, ends: Ends, *, logarithmic: bool = False) -> float:
    """Return how far along an axis a figure stands, from 0 to 1; at the nearer end when it is beyond it."""
    first, last, at = (
        _place(number, logarithmic=logarithmic) for number in (*ends, min(max(figure, ends[0]), ends[1]))
    )
    return (at - first) / ((last - first) or 1.0)


def pointed(text: str, figure: float, ends: Ends) -> str:
    """Return what is said of a figure beyond an axis, with an arrow to where it is."""
    return f"{BEFORE} {text}" if figure < ends[0] else f"{text} {AFTER}"


def apart(places: Sequence[float], gap: float, ends: Ends) -> list[float]:
    """Return places moved as little as a gap between any two of them takes, the last ones within `ends`."""
    order = sorted(range(len(places)), key=lambda each: places[each])
    found = list(places)
    least = ends[0]
    for each in order:
        found[each] = max(found[each], least)
        least = found[each] + gap
    most = ends[1]
    for each in reversed(order):
        found[each] = min(found[each], most)
        most = found[each] - gap
    return found


def _place(number: float, *, logarithmic: bool) -> float:
    return math.log10(number) if logarithmic else number
