"""Realised systems as YAML documents, which `simulator replay` carries out again."""

import re
from dataclasses import dataclass
from pathlib import Path

from simulator.config.files import read_text, shown
from simulator.config.loading import REALISED
from simulator.config.reading import document
from simulator.config.sources import Sources
from simulator.config.writing import yaml_text
from simulator.errors import ConfigError, Fault
from simulator.model.system import System
from simulator.testing.documents.reading import Reading
from simulator.testing.documents.soundness import faults
from simulator.testing.documents.writing import tree_of

__all__ = ["MARK", "VERSION", "RealisedSystem", "dumps", "load", "loads"]

MARK = REALISED
"""The first key of such a document; its value is the version."""
VERSION = 1
_PRINTED = re.compile(rf"^E +{MARK} *:", re.MULTILINE)
"""The mark as pytest prints it in an error."""
_KEYS = (MARK, "seed", "replication", "system")
_HEAD = (
    "# times are ticks of 1 ms (an hour is 3600000), laws are [name, parameters...] as engines sample them\n"
)


@dataclass(frozen=True, slots=True)
class RealisedSystem:
    """A system with the address of its random numbers: all that a path follows from."""

    system: System
    seed: int
    replication: int


def dumps(system: System, *, seed: int, replication: int) -> str:
    """Return a system and its address as YAML 1.2; parts are named, fields at their defaults left out.

    Raises ValueError for a system whose parts cannot be told apart by name.
    """
    tree = {MARK: VERSION, "seed": seed, "replication": replication, "system": tree_of(system)}
    return _HEAD + yaml_text(tree)


def load(path: str | Path) -> RealisedSystem:
    """Return what a file written with `dumps` holds; raises ConfigError as `loads` does."""
    file = Path(path)
    return loads(read_text(file), name=shown(file))


def loads(text: str, *, name: str = "text") -> RealisedSystem:
    """Return the system and the address that a text holds; `name` is the file as messages show it.

    Raises ConfigError with every fault: what the reader of configs refuses, keys that are missing or unknown, values of
    the wrong kind, names of nothing, systems that no engine takes, and systems of more events than a person waits for.
    """
    printed = _PRINTED.search(text)
    if printed is not None:
        line = text.count("\n", 0, printed.start()) + 1
        what = "starts with the E that pytest puts before lines; remove it from every line"
        raise ConfigError([Fault(f"{name}:{line}", what)])
    found = document(text, name=name)
    sources = Sources()
    sources.add(found, at=())
    reading = Reading(found.tree.get("system"), sources.refuse)
    reading.check_keys(found.tree, _KEYS, _KEYS, ())
    if MARK in found.tree and found.tree[MARK] != VERSION:
        sources.refuse((MARK,), f"is {found.tree[MARK]}; give {VERSION}, the version that is read here")
    address = [
        reading.whole(found.tree[key], (key,), low=0, high=2**31 - 1) if key in found.tree else 0
        for key in ("seed", "replication")
    ]
    system = reading.system() if "system" in found.tree else None
    sources.check()
    assert system is not None
    sources.blame(faults(system), found.tree, at="system.")
    sources.check()
    return RealisedSystem(system, *address)
