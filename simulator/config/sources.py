"""The documents that make one experiment, with all the faults found in them."""

from collections.abc import Iterable
from typing import Any

from simulator.config.reading import Document
from simulator.errors import ConfigError, Fault
from simulator.model.scenario.paths import Keys

MOST_FAULTS = 50
"""How many faults one error tells."""


class Sources:
    """The documents that make one experiment, and all the faults found in them so far."""

    def __init__(self) -> None:
        self._documents: list[tuple[Keys, Document]] = []
        self._faults: list[Fault] = []
        self._voids: set[Keys] = set()
        self._spoilt: set[Keys] = set()

    def add(self, document: Document, *, at: Keys) -> None:
        """Take in a document that stands at a place of the experiment, with its faults."""
        self._documents.append((at, document))
        self._faults += document.faults
        for keys in document.voids:
            self._mark((*at, *keys))

    def refuse(self, keys: Keys, message: str) -> None:
        """Take note of what is wrong at a place, unless the value there, or one in it, is refused already."""
        if keys in self._spoilt or any(keys[:level] in self._voids for level in range(len(keys) + 1)):
            return
        self._faults.append(self._fault(keys, message))

    def void(self, keys: Keys, message: str) -> None:
        """Refuse the value at a place: nothing more is said of it."""
        self._faults.append(self._fault(keys, message))
        self._mark(keys)

    def void_unread(self, keys: Keys, error: ConfigError, *, file: str) -> None:
        """Refuse a path to a file that could not be read, or tell what is wrong in the file."""
        for fault in error.faults:
            unread = fault.where == file
            self._faults.append(self._fault(keys, f"cannot be read; {fault}") if unread else fault)
        self._mark(keys)

    def blame(self, faults: Iterable[Fault], tree: Any, *, at: str = "") -> None:
        """Take note of faults whose place is a path into `tree`, below the path `at`."""
        for fault in faults:
            self.refuse(keys_of(tree, f"{at}{fault.where}"), fault.message)

    def check(self) -> None:
        """Raise ConfigError with the faults, file by file in the order of their lines, if there are any."""
        if not self._faults:
            return
        names = [document.name for _, document in self._documents]

        def place(fault: Fault) -> tuple[int, int]:
            name, _, line = fault.where.rpartition(":")
            return names.index(name) if name in names else len(names), int(line) if line.isdecimal() else 0

        every = sorted(dict.fromkeys(self._faults), key=place)
        told, more = every[:MOST_FAULTS], len(every) - MOST_FAULTS
        raise ConfigError([*told, Fault("", f"and {more} more faults")] if more > 0 else told)

    def _mark(self, keys: Keys) -> None:
        self._voids.add(keys)
        if len(keys) > 1:
            self._spoilt.add(keys[:-1])

    def _fault(self, keys: Keys, message: str) -> Fault:
        holders = [(at, document) for at, document in self._documents if keys[: len(at)] == at]
        at, document = max(holders, key=lambda holder: len(holder[0]))
        return document.fault(keys[len(at) :], message)


def keys_of(tree: Any, path: str) -> Keys:
    """Return the keys of a path whose names may have dots; what `tree` does not have is split at dots."""
    keys: list[str | int] = []
    while path:
        if isinstance(tree, dict):
            fitting = [name for name in tree if path == name or path.startswith(f"{name}.")]
            key: str | int | None = max(fitting, key=len, default=None)
        else:
            head = path.partition(".")[0]
            inside = isinstance(tree, list) and head.isdecimal() and int(head) < len(tree)
            key = int(head) if inside else None
        if key is None:
            return (*keys, *path.split("."))
        keys.append(key)
        tree = tree[key]
        path = path[len(str(key)) + 1 :]
    return tuple(keys)
