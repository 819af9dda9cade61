"""Several answers to one question, printed one below the other."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from simulator.cli.tables import print_text

Answer = TypeVar("Answer")


def show_each(answers: Sequence[Answer], refused: Sequence[str], show: Callable[[Answer], None]) -> None:
    """Print every answer, and why there is none for the rest."""
    for place, each in enumerate(answers):
        if place:
            print()
        show(each)
    if refused:
        print()
        for told in refused:
            print_text(told)
