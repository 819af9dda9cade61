"""What pydantic refuses in a document, in the words of the document."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from simulator.model.checks.names import allowed
from simulator.model.distributions import LAWS
from simulator.model.quantities import UNITS, Quantity, is_not_finite
from simulator.model.scenario.paths import Keys, is_law

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

KeysAt = Callable[[Keys], Iterable[str]]
"""Tells which keys may stand in the mapping at a place."""

_KINDS = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "string_type": "a text",
    "date_type": UNITS["date"],
    "dict_type": "a mapping of names to values",
    "model_type": "a mapping of keys to values",
    "tuple_type": "a list",
}
_BOUNDS = {
    "less_than_equal": ("le", "give {} or less"),
    "less_than": ("lt", "give less than {}"),
    "greater_than_equal": ("ge", "give {} or more"),
    "greater_than": ("gt", "give more than {}"),
}
_LENGTHS = {
    "too_short": ("min_length", "has too few entries, {}; give {} or more"),
    "too_long": ("max_length", "has too many entries, {}; give {} or fewer"),
}
_PATTERNS = {
    r"^[a-z0-9][a-z0-9_-]{0,63}$": ("name", "give at most 64 lower-case letters, digits, _ and -"),
    r"^[A-Z][0-9]{2,4}$": ("id", "give a capital letter and two to four digits, such as S01"),
    r"^([A-F][1-6])?$": ("grade", "give a letter A to F and a digit 1 to 6, such as B2"),
}
_QUOTED = re.compile("'([^']*)'")
_PLAIN = re.compile(r"-?[0-9._]+ ?[/A-Za-z][\w/ ]*|[A-Za-z][\w./-]*")
_LONGEST = 60


def refusals(error: "ValidationError", tree: Any, *, keys_at: KeysAt | None = None) -> list[tuple[Keys, str]]:
    """Return each refused place of `tree` with why.

    Of several readings of one value, only what the one that got furthest says of it. With `keys_at`, messages
    about an unknown key list those that may stand in its place.
    """
    found: dict[Keys, list[ErrorDetails]] = {}
    for details in error.errors(include_url=False):
        found.setdefault(_reach(tree, details), []).append(details)
    passed = {reach[:level] for reach in found for level in range(len(reach))}
    return [_refusal(reach, each, keys_at) for reach, each in found.items() if reach not in passed]


def _reach(tree: Any, details: "ErrorDetails") -> Keys:
    """Return the keys that a location walks; names of laws and types in between are no keys.

    What is said of a key itself, or of a missing one, reaches one further.
    """
    keys: list[str | int] = []
    for key in details["loc"]:
        in_list = isinstance(tree, list) and isinstance(key, int) and key < len(tree)
        if in_list or (isinstance(tree, dict) and key in tree):
            tree = tree[key]
            keys.append(key)
    return (*keys, details["loc"][-1]) if _of_key(details) else tuple(keys)


def _of_key(details: "ErrorDetails") -> bool:
    return details["type"] == "missing" or details["loc"][-1:] == ("[key]",)


def _refusal(reach: Keys, each: "list[ErrorDetails]", keys_at: KeysAt | None) -> tuple[Keys, str]:
    words = [_word(details) for details in each]
    if all(words) and (len(words) > 1 or each[0]["type"] in _KINDS):
        given = each[0]["input"]
        wanted = " or ".join(dict.fromkeys(words))
        if isinstance(given, str) and is_not_finite(given) and "number" in wanted:
            wanted = "a finite number"
        return reach, f"is {_shown(given)}; give {wanted}"
    details = next(details for details in each if details["type"] not in _KINDS)
    if details["type"] == "missing":
        return reach[:-1], _missing(reach[-1], details["input"])
    if details["type"] == "extra_forbidden":
        return reach, _unknown(str(reach[-1]), [] if keys_at is None else list(keys_at(reach[:-1])))
    return reach[:-1] if _of_key(details) else reach, _why(details)


def _word(details: "ErrorDetails") -> str:
    """Return what kind of value is wanted, or nothing when more is wrong than the kind."""
    if details["type"] == "literal_error":
        return ", ".join(_QUOTED.findall(details["ctx"]["expected"]))
    return _KINDS.get(details["type"], "")


def _missing(key: str | int, given: Any) -> str:
    if isinstance(key, int):
        return f"has too few entries, {len(given)}; give {key + 1} or more"
    return f"needs {key}"


def _unknown(key: str, names: list[str]) -> str:
    if " " in key:
        return "is no key here; put quotes around a text with a comma or a colon"
    return f"is no key here; {allowed(key, names)}" if names else "is no key here"


def _why(details: "ErrorDetails") -> str:
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "value_error":
        return _in_raw_words(str(context["error"]), given)
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"is {_shown(given)}; {words.format(Quantity(float(context[name])))}"
    if kind in _LENGTHS:
        name, words = _LENGTHS[kind]
        return words.format(len(given), context[name])
    if kind == "literal_error":
        return f"is {_shown(given)}; {allowed(str(given), _QUOTED.findall(context['expected']))}"
    if kind == "string_pattern_mismatch":
        return _no_match(context["pattern"], given, is_key=_of_key(details))
    if kind == "law":
        return _no_law(given)
    return f"is {_shown(given)}; {details['msg'][:1].lower()}{details['msg'][1:]}"


def _no_match(pattern: str, given: Any, *, is_key: bool) -> str:
    what, cure = _PATTERNS.get(pattern, ("match", f"give a text like {pattern}"))
    return f"is {'' if is_key else f'{_shown(given)}, '}no {what}; {cure}"


def _no_law(given: Any) -> str:
    laws = [law for law in LAWS if law != "constant"]
    if isinstance(given, dict) and len(given) == 1:
        (law,) = given
        return f"follows {law}, which is no law; {allowed(str(law), laws)}"
    return f"is {_shown(given)}; give a value, or one law such as {{uniform: {{low: 1, high: 2}}}}"


def _in_raw_words(message: str, given: Any) -> str:
    """Return a message about a value with the value as it was written."""
    head, mark, cure = message.partition("; ")
    if not (mark and head.startswith("is ")):
        return message
    if isinstance(given, str):
        return f"is {_shown(given)}; {cure}"
    return f"can be{message[2:]}" if is_law(given) else message


def _shown(given: Any) -> str:
    if given is None:
        return "empty"
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, (Quantity, int, float, date)):
        return str(given)
    if isinstance(given, str):
        cut = given if len(given) <= _LONGEST else f"{given[:_LONGEST]}..."
        return cut if _PLAIN.fullmatch(cut) else repr(cut)
    return "a list" if isinstance(given, (list, tuple)) else "a mapping"
