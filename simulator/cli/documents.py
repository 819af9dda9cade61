"""Names in a config found by looking at its text, for when there is no time to read it properly."""

import re
from collections.abc import Iterator

_BLOCK_KEY = re.compile(r"""( +)["']?([A-Za-z0-9_.-]+)["']?\s*:(?:\s|$)""")
_FLOW_KEY = re.compile(r"""["']?([A-Za-z0-9_.-]+)["']?\s*:""")


def names_in(text: str, section: str) -> Iterator[str]:
    """Yield the names in a section on the top level of a YAML text, in their order; none where it has none."""
    found = re.search(rf"^{re.escape(section)}:[ \t]*(.*)$", text, re.MULTILINE)
    if found is None:
        return
    if found[1].startswith("{"):
        yield from _of_flow(text[found.start(1) :])
    else:
        yield from _of_block(text[found.end() :])


def _of_block(text: str) -> Iterator[str]:
    """Yield the keys of an indented mapping, until a line that is not indented."""
    indentation = None
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith(" "):
            return
        key = _BLOCK_KEY.match(line)
        if key is not None and key[1] == (indentation := indentation or key[1]):
            yield key[2]


def _of_flow(text: str) -> Iterator[str]:
    """Yield the keys of a mapping in braces, until its brace closes."""
    depth = 0
    at_key = False
    for place, char in enumerate(text):
        if char in "{[":
            depth += 1
        elif char in "}]":
            depth -= 1
            if depth == 0:
                return
        elif at_key and not char.isspace():
            key = _FLOW_KEY.match(text, place)
            if key is not None:
                yield key[1]
        at_key = depth == 1 and (char in "{," or (at_key and char.isspace()))
