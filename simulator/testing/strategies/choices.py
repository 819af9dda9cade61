"""Choices that make a generated system: by Hypothesis, which shrinks them, or by a random generator, which is fast."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Concatenate, ParamSpec, TypeVar

from hypothesis import strategies as st

Thing = TypeVar("Thing")
Made = TypeVar("Made")
P = ParamSpec("P")


class Choices(ABC):
    """Somebody who chooses; the lowest number and the first thing are the simplest."""

    @abstractmethod
    def whole(self, low: int, high: int) -> int:
        """Choose a whole number from `low` to `high`, both included."""

    def among(self, things: Sequence[Thing]) -> Thing:
        """Choose one of several things."""
        return things[self.whole(0, len(things) - 1)]

    def perhaps(self, of: int = 2) -> bool:
        """Choose True one time in so many."""
        return self.whole(0, of - 1) == of - 1

    def often_first(self, count: int) -> int:
        """Choose a number below `count`, 0 about as often as all others: so that paths cross in one place."""
        return self.whole(0, count - 1) if count > 1 and self.perhaps() else 0

    def some(self, things: Sequence[Thing], *, at_least: int, at_most: int) -> list[Thing]:
        """Choose different things out of several, in any order, every number of them as likely."""
        number = min(self.whole(at_least, at_most), len(things))
        left = list(things)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in range(number)]


class DrawnChoices(Choices):
    """Choices of Hypothesis."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def whole(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))


class RandomChoices(Choices):
    """Choices that follow from one whole number."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def whole(self, low: int, high: int) -> int:
        return low + int(self._random() * (high - low + 1))


def strategy(make: Callable[Concatenate[Choices, P], Made]) -> Callable[P, st.SearchStrategy[Made]]:
    """Return the strategy for what a function makes of choices and other arguments."""

    def drawn(draw: st.DrawFn, /, *args: P.args, **kwargs: P.kwargs) -> Made:
        return make(DrawnChoices(draw), *args, **kwargs)

    return st.composite(drawn)


def built(
    model: Callable[[Any], Made], make: Callable[Concatenate[Choices, P], Any]
) -> Callable[P, st.SearchStrategy[Made]]:
    """Return the strategy for what a model makes of the tree that a function makes of choices."""

    def whole(choices: Choices, /, *args: P.args, **kwargs: P.kwargs) -> Made:
        return model(make(choices, *args, **kwargs))

    return strategy(whole)
