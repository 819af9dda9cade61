"""Paths into a document: dots between names, numbers for places in lists, `*` for all."""

from collections.abc import Collection, Iterable
from typing import Any

from simulator.model.checks.names import allowed
from simulator.model.distributions import LAWS, Distribution
from simulator.model.quantities import Frozen

Keys = tuple[str | int, ...]
"""One place in a tree of dicts and lists: the name or the place to follow at each level."""

ALL = "*"


def dotted(keys: Iterable[str | int]) -> str:
    """Return keys as a path."""
    return ".".join(str(key) for key in keys)


def expand(tree: Any, path: str) -> list[Keys]:
    """Return the keys of all places that a path means, in the order of the tree.

    `*` means every name or place that has the rest of the path, and a value there; a path without `*` may
    end at an optional field that has no value yet. Raises ValueError when there is no such place, with the
    nearest name and the allowed ones at the first level that fails.
    """
    parts = path.split(".")
    places: list[tuple[Keys, Any]] = [((), tree)]
    for level, part in enumerate(parts):
        found = [
            ((*keys, key), child)
            for keys, node in places
            for name, key, child in _children(node)
            if part in (ALL, name)
        ]
        if not found:
            raise ValueError(_nowhere(path, parts[:level], part, [node for _, node in places]))
        places = found
    if ALL in parts:
        places = [(keys, value) for keys, value in places if value is not None]
        if not places:
            raise ValueError(f"names {path}, but none of these has a value; write one in the system first")
    return [keys for keys, _ in places]


def value_at(tree: Any, keys: Iterable[str | int]) -> Any:
    """Return what stands at a place."""
    for key in keys:
        tree = tree[key]
    return tree


def replaced(tree: Any, keys: Keys, value: Any) -> Any:
    """Return a tree with another value at a place; what the place is not in is shared with `tree`."""
    if not keys:
        return value
    copy = tree.copy()
    copy[keys[0]] = replaced(tree[keys[0]], keys[1:], value)
    return copy


def copied(tree: Any) -> Any:
    """Return a tree with dicts and lists of its own; leaves are shared with `tree`."""
    if type(tree) is dict:
        found = tree.copy()
        for key, child in tree.items():
            if type(child) is dict or type(child) is list:
                found[key] = copied(child)
        return found
    return [copied(child) for child in tree] if type(tree) is list else tree


class Template:
    """A tree that is copied over and over: `copied` without another walk.

    Its containers are numbered, the root 0; `numbers` has the number of the container at each place.
    """

    numbers: dict[Keys, int]

    def __init__(self, tree: Any) -> None:
        self.numbers = {}
        self._containers: list[Any] = []
        self._links: list[tuple[int, str | int, int]] = []
        self._add(tree, ())

    def _add(self, tree: Any, keys: Keys) -> int:
        self.numbers[keys] = number = len(self._containers)
        self._containers.append(tree)
        for key, child in tree.items() if type(tree) is dict else enumerate(tree):
            if type(child) is dict or type(child) is list:
                self._links.append((number, key, self._add(child, (*keys, key))))
        return number

    def copies(self) -> list[Any]:
        """Return new containers by number, the root among them, that are one tree; leaves are shared."""
        found = [each.copy() for each in self._containers]
        for parent, key, child in self._links:
            found[parent][key] = found[child]
        return found


def opened(value: Any, on_the_way: Collection[Keys], keys: Keys = ()) -> Any:
    """Return the value at `keys` as a tree, but only where places are `on_the_way`; other parts stay frozen.

    Validation takes a frozen part as it is, so that what nothing changes is neither read nor made again.
    """
    if keys not in on_the_way:
        return value
    if isinstance(value, Distribution):
        return value.tree()
    if isinstance(value, Frozen):
        names = (
            (field.alias or name, getattr(value, name)) for name, field in type(value).model_fields.items()
        )
        return {name: opened(child, on_the_way, (*keys, name)) for name, child in names}
    if isinstance(value, dict):
        return {name: opened(child, on_the_way, (*keys, name)) for name, child in value.items()}
    if isinstance(value, tuple):
        return [opened(child, on_the_way, (*keys, place)) for place, child in enumerate(value)]
    return value


def overlap(one: Keys, other: Keys) -> bool:
    """Return whether two places are the same, or one lies within the other."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def is_law(value: Any) -> bool:
    """Return whether part of a tree is a distribution, `{law: parameters}`."""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in LAWS


def _children(node: Any) -> list[tuple[str, str | int, Any]]:
    if isinstance(node, dict):
        return [(str(name), name, child) for name, child in node.items()]
    if isinstance(node, list):
        return [(str(place), place, child) for place, child in enumerate(node)]
    return []


def _nowhere(path: str, parents: list[str], part: str, nodes: list[Any]) -> str:
    names = list(dict.fromkeys(name for node in nodes for name, _, _ in _children(node)))
    parent = ".".join(parents) or "the system"
    if not names:
        return f"names {path}, which exists nowhere: there is nothing under {parent}"
    return f"names {path}, which exists nowhere: {parent} has no {part}; {allowed(part, names)}"
