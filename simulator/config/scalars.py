"""What an unquoted YAML scalar says: a number, a date, true, false, nothing, or text."""

import math
import re
from datetime import date

Scalar = str | int | float | date | bool | None

DIGITS = r"[0-9]+(?:_[0-9]+)*"
NUMBER = rf"[-+]?(?:{DIGITS}(?:\.(?:{DIGITS})?)?|\.{DIGITS})(?:[eE][-+]?[0-9]{{1,3}})?"
"""A decimal number as people write it, underscores between digits allowed."""

_WHOLE = re.compile(rf"[-+]?{DIGITS}")
_NUMBER = re.compile(NUMBER)
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "": None, "~": None, "null": None}
LARGEST = 2**63 - 1
"""The largest whole number that a config may hold."""


def scalar(text: str) -> Scalar:
    """Return the value of an unquoted scalar.

    `true` and `false` are the only booleans; `NO`, `10:30` and `0x1F` stay text. Raises ValueError for a
    number that is not finite or too large, and for a date that is no day of the calendar.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _DATE.fullmatch(text):
        return _day(text)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"is {text}; give a finite number")
    if _WHOLE.fullmatch(text):
        return _whole(text)
    if _NUMBER.fullmatch(text):
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(f"is {text}, too large a number; give a finite number")
        return number
    return text


def is_text(text: str) -> bool:
    """Return whether an unquoted scalar is read as the text that it is."""
    try:
        return scalar(text) == text
    except ValueError:
        return False


def _whole(text: str) -> int:
    if len(text) > 40 or abs(int(text)) > LARGEST:
        raise ValueError(f"has a number of {len(text)} digits; give {LARGEST} or less")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"is {text}, no day of the calendar; give a date such as 2023-08-01") from None
