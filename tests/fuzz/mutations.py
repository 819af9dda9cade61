"""Changes to configs at random: of their structure, and of their bytes."""

import json
import random
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from simulator.config.reading import document
from simulator.config.scalars import is_text
from simulator.config.units import is_quantity
from tests.fuzz.corpus import original

SIZED = re.compile(r"([-+]?[0-9_.]+(?:e[-+]?[0-9]+)?)(.*)", re.DOTALL)
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.*-]*")
NUMBERS = (
    *("0", "-0.0", "-1", "1e308", "-1e308", "1e-308", "1e999", ".nan", ".inf", "-.inf", "1_000_000_000_000"),
    *(
        "9223372036854775808",
        "-9223372036854775809",
        "1" + "0" * 400,
        "0x7fffffff",
        "1e9",
        "0.1",
        "1.5",
        "2",
        "3",
    ),
    *("100000", "1e15", "-3", "1e-9", "4503599627370497", "1e5", "12", "0.5", "1e-300"),
)
UNITS = (
    "kg",
    "t",
    "kW",
    "GW",
    "h",
    "d",
    "ms",
    "year",
    "/h",
    "/d",
    "m",
    "kg/h",
    "Mt",
    "eV",
    "degC",
    "%",
    "kg**9",
    "//",
    "ns",
)
DATES = (
    *(
        "0001-01-01",
        "9999-12-31",
        "2023-02-30",
        "2023-13-01",
        "1900-01-01",
        "2024-02-29",
        "2023-01-31",
        "20230101",
    ),
    *("2023-1-1", "10000-01-01", "0000-01-01", "2500-01-01", "-2023-01-01", "2023-01-01T00:00:00Z"),
)
TEXTS = (
    "",
    "null",
    "~",
    "true",
    "yes",
    "*",
    "**",
    "*.*",
    "..",
    ".",
    "-",
    "../../../etc/passwd",
    "/dev/zero",
    "=1+1",
)
TEXTS += (
    "none",
    "all",
    "delivered",
    "baseline",
    "\u202e",
    "\u00e9t\u00e9",
    "\U0001f600",
    "a.b.c",
    "{}",
    "%s",
    "{0}",
    "\\",
)
LAWS = (
    "uniform",
    "normal",
    "lognormal",
    "gamma",
    "beta",
    "exponential",
    "weibull",
    "quantiles",
    "empirical",
    "csv",
    "erlang",
)
TOKENS = (
    "&a ",
    "*a",
    "<<: ",
    "!!python/object:os.system ",
    "!x ",
    "? ",
    "- ",
    ": ",
    "|",
    ">",
    "%YAML 1.1\n",
    "---\n",
    "...\n",
)
TOKENS += (
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "\t",
    "#",
    "\u2028",
    "\ufeff",
    "\x85",
    "\r",
    "0o777",
    "1:30:00",
    "@",
    "`",
)


class Raw(str):
    """A scalar as it is to stand in the text."""

    __slots__ = ()


class Pairs(list[list[Any]]):
    """The keys and values of a mapping, where a key may stand twice."""

    __slots__ = ()


def mutant(number: int) -> tuple[bytes, tuple[str, ...]]:
    """Return the input of a number, the same on every machine, and the kinds of its mutations."""
    luck = random.Random(number)
    text = original(luck)
    count = luck.choice((1, 1, 1, 2, 3))
    if luck.random() < 0.65:
        kinds = tuple(luck.choice(list(STRUCTURAL)) for _ in range(count))
        tree = _loose(_tree(text))
        for kind in kinds:
            STRUCTURAL[kind](tree, luck)
        return written(tree).encode("utf-8", "surrogatepass"), kinds
    kinds = tuple(luck.choice(list(OF_BYTES)) for _ in range(count))
    content = text.encode()
    for kind in kinds:
        content = OF_BYTES[kind](content, luck)
    return content, kinds


@cache
def _tree(text: str) -> dict[str, Any]:
    return document(text, name="original").tree


def _loose(value: Any) -> Any:
    if isinstance(value, dict):
        return Pairs([name, _loose(each)] for name, each in value.items())
    return [_loose(each) for each in value] if isinstance(value, list) else value


def written(value: Any) -> str:
    """Return a tree as YAML: the top level a line a key, the rest in braces and brackets."""
    if not isinstance(value, Pairs):
        return _flow(value)
    return "".join(f"{_scalar(name)}: {_flow(each)}\n" for name, each in value)


def _flow(value: Any) -> str:
    # a loop, as nesting may be deeper than Python's calls
    parts: list[str] = []
    left: list[Any] = [value]
    while left:
        each = left.pop()
        if isinstance(each, Raw):
            parts.append(each)
        elif isinstance(each, Pairs):
            left.append(Raw("}"))
            for place, (name, item) in reversed(list(enumerate(each))):
                left += [item, Raw(f"{', ' if place else ''}{_scalar(name)}: ")]
            left.append(Raw("{"))
        elif isinstance(each, list):
            left.append(Raw("]"))
            for place, item in reversed(list(enumerate(each))):
                left += [item, Raw(", " if place else "")]
            left.append(Raw("["))
        else:
            parts.append(_scalar(each))
    return "".join(parts)


def _scalar(value: Any) -> str:
    if isinstance(value, Raw):
        return str(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        plain = is_quantity(value) or (PLAIN.fullmatch(value) and is_text(value))
        return value if plain else json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else repr(value)


Place = tuple[Any, int]
"""A container, and where in it."""


def _places(tree: Any) -> list[Place]:
    """Return every place of a tree that holds a value."""
    found: list[Place] = []
    left = [tree]
    while left:
        node = left.pop()
        found += [(node, place) for place in range(len(node))]
        children = (each[1] for each in node) if isinstance(node, Pairs) else node
        left += [each for each in children if isinstance(each, list) and not isinstance(each, Raw)]
    return found


def _value(place: Place) -> Any:
    node, at = place
    return node[at][1] if isinstance(node, Pairs) else node[at]


def _put(place: Place, value: Any) -> None:
    node, at = place
    if isinstance(node, Pairs):
        node[at][1] = value
    else:
        node[at] = value


def _some(tree: Any, luck: random.Random, fits: Callable[[Any], bool] = lambda _: True) -> Place | None:
    """Choose a place whose value fits, from the top or from anywhere; None when there is none."""
    every = [place for place in _places(tree) if fits(_value(place))]
    return luck.choice(every) if every else None


def _names(tree: Any) -> list[str]:
    return [node[at][0] for node, at in _places(tree) if isinstance(node, Pairs)] or ["title"]


def _replacing(
    choose: Callable[[Any, random.Random], Any], fits: Callable[[Any], bool] = lambda _: True
) -> Any:
    def mutate(tree: Any, luck: random.Random) -> None:
        place = _some(tree, luck, fits)
        if place is not None:
            _put(place, choose(tree, luck))

    return mutate


def _is_number(value: Any) -> bool:
    return (isinstance(value, (int, float)) and not isinstance(value, bool)) or (
        isinstance(value, str) and is_quantity(value)
    )


def _drop(tree: Any, luck: random.Random) -> None:
    place = _some(tree, luck)
    if place is not None:
        del place[0][place[1]]


def _duplicate(tree: Any, luck: random.Random) -> None:
    place = _some(tree, luck)
    if place is not None:
        node, at = place
        node.insert(luck.randrange(len(node) + 1), list(node[at]) if isinstance(node, Pairs) else node[at])


def _rename(tree: Any, luck: random.Random) -> None:
    places = [(node, at) for node, at in _places(tree) if isinstance(node, Pairs)]
    if places:
        node, at = luck.choice(places)
        name = str(node[at][0])
        cut = luck.randrange(len(name) + 1)
        changed = (
            name[:cut] + name[cut + 1 :],
            name + "s",
            luck.choice(_names(tree)),
            luck.choice(TEXTS),
            name.upper(),
        )
        node[at][0] = luck.choice(changed)


def _exchange(tree: Any, luck: random.Random) -> None:
    one, other = _some(tree, luck), _some(tree, luck)
    if one is not None and other is not None:
        first, second = _copy(_value(one)), _copy(_value(other))
        _put(one, second)
        _put(other, first)


def _copy(value: Any) -> Any:
    if isinstance(value, Pairs):
        return Pairs([name, _copy(each)] for name, each in value)
    return [_copy(each) for each in value] if isinstance(value, list) else value


def _other_type(tree: Any, luck: random.Random) -> Any:
    law = Pairs([[luck.choice(LAWS), Pairs([["mean", 1], ["low", 2], ["file", luck.choice(TEXTS)]])]])
    return luck.choice(
        (None, True, [], Pairs(), 1, "text", [1, "a", None], law, Pairs([["a", Pairs()]]), date(2023, 1, 1))
    )


def _number(_: Any, luck: random.Random) -> Any:
    unit = luck.choice(("", "", *UNITS))
    number = luck.choice(NUMBERS)
    return Raw(f"{number}{unit if unit.startswith('/') else f' {unit}'}".strip())


def _rescale(tree: Any, luck: random.Random) -> None:
    """Give a number another size in its own unit: what fits in kind goes furthest."""
    place = _some(tree, luck, _is_number)
    if place is not None:
        number, unit = SIZED.fullmatch(str(_value(place))).groups()  # type: ignore[union-attr]
        mild = (f"{float(number) * luck.choice((0.5, 0.9, 1.1, 2, 10)):g}", f"{luck.randint(0, 30)}")
        _put(place, Raw(f"{luck.choice((*mild, *mild, luck.choice(NUMBERS)))}{unit}"))


def _nested(_: Any, luck: random.Random) -> Any:
    many = luck.choice((3, 31, 33, 200, 5000))
    opening, closing = luck.choice((("[", "]"), ("{a: ", "}"), ("[{a: ", "}]"), ("[", "")))
    return Raw(f"{opening * many}1{closing * many}")


def _long(tree: Any, luck: random.Random) -> Any:
    many = luck.choice((65, 1000, 20_000))
    return luck.choice(
        ("x" * many, " " * many, "9" * many, "a." * many, list(range(min(many, 2000))), "1e" * many)
    )


STRUCTURAL: dict[str, Callable[[Any, random.Random], None]] = {
    "drop": _drop,
    "duplicate": _duplicate,
    "rename": _rename,
    "exchange": _exchange,
    "type": _replacing(_other_type),
    "size": _rescale,
    "number": _replacing(_number, _is_number),
    "number anywhere": _replacing(_number),
    "unit": _replacing(lambda _, luck: Raw(f"{luck.randint(0, 50)} {luck.choice(UNITS)}"), _is_number),
    "nest": _replacing(_nested),
    "name": _replacing(
        lambda tree, luck: luck.choice((*_names(tree), *TEXTS)), lambda each: isinstance(each, str)
    ),
    "date": _replacing(lambda _, luck: Raw(luck.choice(DATES)), lambda each: isinstance(each, date)),
    "date anywhere": _replacing(lambda _, luck: Raw(luck.choice(DATES))),
    "empty": _replacing(
        lambda _, luck: luck.choice(([], Pairs(), None, "")), lambda each: isinstance(each, list)
    ),
    "long": _replacing(_long),
    "token": _replacing(lambda _, luck: Raw(luck.choice(TOKENS))),
    "alias": _replacing(lambda _, luck: Raw(luck.choice(("&a [*a]", "*a", "&a {b: *a}", "{<<: *a}")))),
}


def _at(content: bytes, luck: random.Random) -> int:
    return luck.randrange(len(content) + 1)


def _inserted(content: bytes, luck: random.Random, what: bytes) -> bytes:
    at = _at(content, luck)
    return content[:at] + what + content[at:]


def _flip(content: bytes, luck: random.Random) -> bytes:
    if not content:
        return content
    at = luck.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << luck.randrange(8))]) + content[at + 1 :]


def _cut(content: bytes, luck: random.Random) -> bytes:
    at = _at(content, luck)
    return content[:at] + content[at + luck.choice((1, 3, 30, 300)) :]


def _repeat(content: bytes, luck: random.Random) -> bytes:
    at = _at(content, luck)
    part = content[at : at + luck.choice((1, 20, 200))]
    return content[:at] + part * luck.choice((2, 3, 1000)) + content[at:]


def _utf8(content: bytes, luck: random.Random) -> bytes:
    return _inserted(
        content, luck, luck.choice((b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"))
    )


OF_BYTES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flip": _flip,
    "truncate": lambda content, luck: content[: _at(content, luck)],
    "insert": lambda content, luck: _inserted(content, luck, bytes([luck.randrange(256)])),
    "insert a token": lambda content, luck: _inserted(content, luck, luck.choice(TOKENS).encode()),
    "cut": _cut,
    "repeat": _repeat,
    "invalid UTF-8": _utf8,
    "NUL": lambda content, luck: _inserted(content, luck, b"\x00" * luck.choice((1, 4096))),
    "BOM": lambda content, luck: luck.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf" * 2)) + content,
    "CRLF": lambda content, luck: content.replace(b"\n", luck.choice((b"\r\n", b"\r", b"\n\r"))),
    "UTF-16": lambda content, luck: content.decode("utf-8", "replace").encode("utf-16"),
}
