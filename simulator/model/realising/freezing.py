"""Frozen values made quickly."""

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from typing import TypeVar

T = TypeVar("T")


def quick(kind: type[T]) -> Callable[..., T]:
    """Return a function that makes a value of a frozen dataclass with slots, as calling the class does.

    A frozen class sets each field by a call, which is most of what realising thousands of lines would cost. A
    twin that is not frozen is filled instead, and then given the class. `kind` has no `__post_init__`.
    """

    def become(twin: object) -> None:
        twin.__class__ = kind

    found: Callable[..., T] = make_dataclass(
        kind.__name__,
        [
            (each.name, each.type, field() if each.default is MISSING else field(default=each.default))
            for each in fields(kind)  # type: ignore[arg-type]
        ],
        namespace={"__post_init__": become},
        slots=True,
    )
    return found
