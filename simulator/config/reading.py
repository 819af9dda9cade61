"""YAML 1.2 text into plain values, each with the line it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from simulator.config.scalars import is_text, scalar
from simulator.errors import ConfigError, Fault
from simulator.model.scenario.paths import Keys, dotted

DEPTH = 32
"""The most levels that a document nests."""
NODES = 50_000
"""The most keys and values that a document has."""

PASSED_OVER = "?"
"""Stands in a path for a key that may not be where it is."""

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as plain dicts, lists and scalars, with the places of its parts."""

    name: str
    """The file as messages show it."""
    tree: dict[str, Any]
    lines: dict[Keys, int]
    """The line of every key and of every item of a list."""
    faults: tuple[Fault, ...] = ()
    """What may not stand in a config."""
    voids: frozenset[Keys] = frozenset()
    """The places whose values may not stand there; they are None in the tree."""

    def line(self, keys: Keys) -> int:
        """Return the line of a place, or of the nearest place around it that was written."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def fault(self, keys: Keys, message: str) -> Fault:
        """Return a fault with the file, the line and the path of a place."""
        return Fault(f"{self.name}:{self.line(keys)}", sentence(keys, message))


def document(text: str, *, name: str) -> Document:
    """Return the one document in a text; `name` is the file as messages show it.

    Tags, anchors, aliases, merge keys, duplicate keys, keys that are no text and numbers that are not finite
    become `faults` of the document. Raises ConfigError for a text that is no YAML, nests deeper than `DEPTH`,
    has more than `NODES` values, holds several documents, or is no mapping.
    """
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise _refused(name, line, f"has the control character U+{ord(control[0]):04X}; leave it out")
    composer = _Composer(name, text)
    try:
        return composer.document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join((error.problem or error.context or "it cannot be read").split())
        message = f"is no YAML: {what}; look at the indentation, colons, brackets and quotes here and above"
        if "'\\t'" in what:
            message = "has a tab where YAML has none; indent with spaces"
        raise _refused(name, mark.line + 1 if mark else composer.line, message) from None
    except (YAMLError, ValueError, OverflowError):
        message = "is no YAML from here on: a quoted text has an escape that means no character; leave it out"
        raise _refused(name, composer.line, message) from None


def sentence(keys: Keys, message: str) -> str:
    """Return a message about a place as one printable line of bounded length."""
    path = dotted(keys) or "the document"
    return f"{_printable(path, most=200)} {_printable(message, most=2000)}"


def _printable(text: str, *, most: int) -> str:
    safe = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text[: most + 1])
    return safe if len(text) <= most else f"{safe[:most]}..."


def _refused(name: str, line: int, message: str) -> ConfigError:
    return ConfigError([Fault(f"{name}:{line}", _printable(message, most=2000))])


class _Composer:
    """Builds values from the parser's events, so that a document is refused before it is built."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self.lines: dict[Keys, int] = {}
        self.faults: list[Fault] = []
        self.voids: set[Keys] = set()
        self.nodes = 0
        self.line = 1

    def document(self) -> Document:
        tree: Any = None
        seen = False
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                line = event.start_mark.line + 1
                if seen:
                    raise _refused(self.name, line, "starts a second document; give one document a file")
                if event.version or event.tags:
                    raise _refused(self.name, line, "has a directive before it; leave out the lines with %")
                seen = True
            elif isinstance(event, NodeEvent):
                tree = self.node(event, ())
        if tree is None and not self.faults:
            raise _refused(self.name, 1, "is empty; give a mapping of keys to values")
        if not isinstance(tree, dict):
            raise _refused(
                self.name, 1, "is no mapping; give keys and values, such as title: A first question"
            )
        return Document(self.name, tree, self.lines, tuple(self.faults), frozenset(self.voids))

    def node(self, event: Any, keys: Keys) -> Any:
        self.line = line = event.start_mark.line + 1
        self.nodes += 1
        if self.nodes > NODES:
            raise _refused(self.name, line, f"has more than {NODES} keys and values; give fewer")
        if len(keys) > DEPTH:
            raise _refused(self.name, line, f"nests deeper than {DEPTH} levels; give a flatter document")
        if isinstance(event, AliasEvent):
            return self.void(keys, line, f"has the alias *{event.anchor}; write the value out")
        if event.anchor is not None:
            self.refuse(keys, line, f"has the anchor &{event.anchor}; leave it out")
        if event.tag is not None:
            self.refuse(keys, line, f"has the tag {event.tag}; leave it out")
        if isinstance(event, ScalarEvent):
            return self.scalar(event, keys, line)
        return self.mapping(keys) if isinstance(event, MappingStartEvent) else self.sequence(keys)

    def scalar(self, event: ScalarEvent, keys: Keys, line: int) -> Any:
        if event.style is not None:
            if _CONTROL.search(event.value):
                return self.void(keys, line, "has an escaped control character; leave it out")
            return event.value
        try:
            return scalar(event.value)
        except ValueError as error:
            return self.void(keys, line, str(error))

    def sequence(self, keys: Keys) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            here = (*keys, len(items))
            self.lines[here] = event.start_mark.line + 1
            items.append(self.node(event, here))
        return items

    def mapping(self, keys: Keys) -> dict[str, Any]:
        items: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            name = self.key(event, keys, items)
            if name is None:
                self.node(next(self.events), (*keys, PASSED_OVER))
                continue
            here = (*keys, name)
            self.lines[here] = event.start_mark.line + 1
            items[name] = self.node(next(self.events), here)
        return items

    def key(self, event: Any, keys: Keys, items: dict[str, Any]) -> str | None:
        """Return a key, or None when it may not stand here and its value is to be passed over."""
        objection = self.objection(event, keys, items)
        if objection is None:
            return str(event.value)
        if not isinstance(event, ScalarEvent):
            self.node(event, (*keys, PASSED_OVER))
        self.refuse(keys, event.start_mark.line + 1, objection)
        return None

    def objection(self, event: Any, keys: Keys, items: dict[str, Any]) -> str | None:
        if not isinstance(event, ScalarEvent):
            return "has a key that is no text; give names as keys"
        name = event.value
        if event.anchor is not None or event.tag is not None:
            return f"has an anchor or a tag at key {name}; leave it out"
        if name == "<<":
            return "has the merge key <<; write the keys out"
        if _CONTROL.search(name):
            return f"has the key {name} with a control character; leave it out"
        if event.style is None and not is_text(name):
            return f'has the key {name}, which is no text; write "{name}"'
        if name in items:
            return f"has key {name} twice, first on line {self.lines[*keys, name]}; give it once"
        return None

    def refuse(self, keys: Keys, line: int, message: str) -> None:
        self.faults.append(Fault(f"{self.name}:{line}", sentence(keys, message)))

    def void(self, keys: Keys, line: int, message: str) -> None:
        """Refuse a value; None stands in its place."""
        self.refuse(keys, line, message)
        self.voids.add(keys)
