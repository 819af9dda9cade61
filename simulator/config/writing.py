"""Plain values as YAML 1.2 text that reads back as the same values."""

import re
from collections.abc import Iterator
from typing import Any

from simulator.config.units import is_quantity
from simulator.model.quantities import Quantity

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_./*-]| (?=[A-Za-z0-9(]))*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Texts that some reader of YAML takes for something else."""


def yaml_text(tree: dict[str, Any]) -> str:
    """Return a mapping as a block of YAML, its keys in their order, lists of scalars on one line.

    The text is the same in every version of every library: results are named by it.
    """
    return "\n".join(_mapping(tree, "")) + "\n"


def _mapping(tree: dict[str, Any], indent: str) -> Iterator[str]:
    for name, value in tree.items():
        yield from _entry(f"{indent}{_text(name)}:", value, indent)


def _entry(start: str, value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of a value after a key or a dash."""
    if isinstance(value, dict) and value:
        yield start
        yield from _mapping(value, indent + "  ")
    elif isinstance(value, (list, tuple)) and any(isinstance(item, (dict, list, tuple)) for item in value):
        yield start
        for item in value:
            yield from _item(item, indent + "  ")
    else:
        yield f"{start} {_scalar(value)}"


def _item(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        first, *rest = _mapping(value, indent + "  ")
        yield f"{indent}- {first.lstrip()}"
        yield from rest
    else:
        yield from _entry(f"{indent}-", value, indent)


def _scalar(value: Any) -> str:
    if isinstance(value, dict):
        return "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_scalar, value))}]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Quantity):
        return _scalar(value.written())
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    """Return a text as it is where every reader takes it for text, else in double quotes."""
    if is_quantity(text) or (_PLAIN.fullmatch(text) and text.lower() not in _WORDS):
        return text
    return f'"{"".join(map(_character, text))}"'


def _character(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
