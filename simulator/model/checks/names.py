"""Words about a name that does not exist: the nearest that does, and what is allowed."""

from collections.abc import Iterable

MOST_LISTED = 12
"""How many allowed names a message lists."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name most like `name`, or None when none is like it."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return found[0] if found else None


def listed(names: Iterable[str]) -> str:
    """Return names as a list to read, in their order; a long one is cut."""
    every = list(names)
    if len(every) > MOST_LISTED:
        return f"{', '.join(every[:MOST_LISTED])} and {len(every) - MOST_LISTED} more"
    return ", ".join(every)


def allowed(name: str, names: Iterable[str]) -> str:
    """Return what to give instead of `name`: the nearest name, then all of them."""
    every = list(names)
    if not every:
        return "there is none"
    near = nearest(name, every)
    return f"{f'nearest is {near}; ' if near else ''}give one of {listed(every)}"


def unknown(kind: str, name: str, names: Iterable[str]) -> str:
    """Return the message for a reference to a part that does not exist."""
    return f"names the {kind} {name}, which does not exist; {allowed(name, names)}"
