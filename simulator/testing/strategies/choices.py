"""Choices among a few things, such that those chosen meet often."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

Thing = TypeVar("Thing")


@cache
def often_first(count: int) -> st.SearchStrategy[int]:
    """Numbers from 0 to below `count`, 0 about as often as all others: so that paths cross in one place."""
    return st.just(0) if count == 1 else st.one_of(st.just(0), st.integers(0, count - 1))


def some(draw: st.DrawFn, things: Sequence[Thing], *, at_least: int, at_most: int) -> list[Thing]:
    """Draw different things out of several, in any order, every number of them as likely."""
    number = min(draw(st.integers(at_least, at_most)), len(things))
    left = list(things)
    return [left.pop(draw(st.integers(0, len(left) - 1))) for _ in range(number)]
