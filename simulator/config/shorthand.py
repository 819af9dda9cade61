"""What a person may write short, spelled out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from simulator.config.columns import column_values, is_column
from simulator.config.units import Units, is_quantity
from simulator.errors import ConfigError
from simulator.model.scenario.paths import Keys

Refuse = Callable[[Keys, str], None]
"""Takes note of what is wrong at a place."""


def with_ids(tree: dict[str, Any]) -> dict[str, Any]:
    """Return an experiment's document with the ids in the rows of its inline evidence."""
    rows = tree.get("evidence")
    if not isinstance(rows, dict):
        return tree
    named = {name: {"id": name, **row} if isinstance(row, dict) else row for name, row in rows.items()}
    return {**tree, "evidence": named}


def with_values(tree: Any, *, folder: Path, refuse: Refuse, keys: Keys = ()) -> Any:
    """Return a document with the values of every `{csv: ...}` in its place; its paths start from `folder`."""
    if isinstance(tree, list):
        return [
            with_values(item, folder=folder, refuse=refuse, keys=(*keys, place))
            for place, item in enumerate(tree)
        ]
    if not isinstance(tree, dict):
        return tree
    if is_column(tree):
        return _from_column(tree["csv"], folder, refuse, keys)
    return {
        name: with_values(item, folder=folder, refuse=refuse, keys=(*keys, name))
        for name, item in tree.items()
    }


def with_quantities(tree: Any, *, refuse: Refuse, keys: Keys = ()) -> Any:
    """Return part of a document that no schema reads, a scenario's values, with its quantities read."""
    if isinstance(tree, dict):
        return {name: with_quantities(item, refuse=refuse, keys=(*keys, name)) for name, item in tree.items()}
    if isinstance(tree, list):
        return [with_quantities(item, refuse=refuse, keys=(*keys, place)) for place, item in enumerate(tree)]
    if not isinstance(tree, str) or not is_quantity(tree):
        return tree
    try:
        return Units().quantity(tree)
    except ValueError as error:
        refuse(keys, str(error))
        return None


def cited(tree: dict[str, Any]) -> Iterator[tuple[Keys, str]]:
    """Yield every id that an experiment's document cites, with its place."""
    for section in ("system", "factors", "claims"):
        yield from _cited_below(tree.get(section), (section,))


def _cited_below(part: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    for name, item in part.items() if isinstance(part, dict) else ():
        # a material may be called evidence too: its amount is a number or a quantity
        if name == "evidence" and isinstance(item, str) and not is_quantity(item):
            yield (*keys, name), item
        elif name == "evidence" and isinstance(item, list):
            for place, each in enumerate(item):
                if isinstance(each, str):
                    yield (*keys, name, place), each
        else:
            yield from _cited_below(item, (*keys, name))


def _from_column(told: dict[str, Any], folder: Path, refuse: Refuse, keys: Keys) -> Any:
    """Return the law of the values that a column holds, or None when there is none."""
    extra = [name for name in told if name not in ("file", "column", "unit")]
    texts = [told.get(name) for name in ("file", "column", "unit") if name != "unit" or name in told]
    if extra or not all(isinstance(text, str) for text in texts):
        refuse(
            keys, f"has {', '.join(map(str, told))}; give file, column and, unless the numbers are bare, unit"
        )
        return None
    try:
        values = column_values(folder / told["file"], column=told["column"], unit=told.get("unit"))
    except ConfigError as error:
        for fault in error.faults:
            refuse(keys, f"cannot be used: {fault}")
        return None
    return {"empirical": {"values": values}}
