"""The register of responses, to which a user adds those of their own."""

import math
import numbers
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from simulator.errors import ModelError, RunError
from simulator.model.system import System
from simulator.path import SamplePath

Meaning = tuple[str, str]
"""The unit of a column and a sentence that says what it is."""
F = TypeVar("F", bound=Callable[[SamplePath, System], object])

RESERVED = frozenset({"claims"})
"""Names of columns that no response may take."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")

_register: dict[str, "Response"] = {}


@dataclass(frozen=True, slots=True)
class Response:
    """A pure function of a sample path and its system that gives one number or several by key.

    A number is the column `name`; numbers by key are columns `name.key`, the empty key being `name` itself.
    """

    name: str
    function: Callable[[SamplePath, System], object]
    unit: str
    description: str
    columns: Callable[[System], Mapping[str, Meaning]] | None = None
    """The keys it gives for a system, in order, with their meaning; None when not known beforehand."""
    names: Callable[[SamplePath], tuple[str, ...]] | None = None
    """The columns, for a function that gives numbers in their order instead of by key; None for any other."""

    def column(self, key: str) -> str:
        """Return the name of the column of a key."""
        return f"{self.name}.{key}" if key else self.name

    def meanings(self, system: System) -> dict[str, Meaning]:
        """Return what is known of the columns without a path, by column, in order."""
        if self.columns is None:
            return {self.name: (self.unit, self.description)}
        return {self.column(key): meaning for key, meaning in self.columns(system).items()}

    def owns(self, column: str) -> bool:
        """Return whether a column is one of this response's."""
        return column == self.name or column.startswith(f"{self.name}.")

    def measure(self, path: SamplePath) -> dict[str, float]:
        """Return the numbers of one replication by column.

        Raises RunError when the function raises, gives something else, or other keys than it announced.
        """
        try:
            given = self.function(path, path.system)
        except Exception as error:
            raise RunError(
                f"response {self.name} raised {type(error).__name__}: {error}; "
                f'mend it, or take it out with unregister("{self.name}")'
            ) from error
        if self.names is not None:
            numbers = np.asarray(given, dtype=np.float64).tolist()
            return dict(zip(self.names(path), numbers, strict=True))
        values = given if isinstance(given, Mapping) else {"": given}
        found = {self.column(_key(self.name, key)): self._number(key, value) for key, value in values.items()}
        if self.columns is None:
            return found
        announced = self.meanings(path.system)
        for column in (*announced, *found):
            if (column in found) != (column in announced):
                told = "announced and not given" if column in announced else "given and not announced"
                raise RunError(
                    f"response {self.name} has column {column} {told}; let its columns say what it gives"
                )
        return {column: found[column] for column in announced}

    def _number(self, key: object, value: object) -> float:
        if isinstance(value, bool | np.bool_) or (isinstance(value, numbers.Real) and not math.isinf(value)):
            return float(value)
        place = f" for {key}" if key else ""
        raise RunError(
            f"response {self.name} gave {value!r}{place}; "
            "give a finite number, or NaN where there is none, or a dict of such numbers by name"
        )


def _key(name: str, key: object) -> str:
    if isinstance(key, str):
        return key
    raise RunError(f"response {name} gave a number under {key!r}; give numbers under text")


def response(
    *,
    unit: str = "",
    description: str = "",
    columns: Callable[[System], Mapping[str, Meaning]] | None = None,
) -> Callable[[F], F]:
    """Register a function `(path, system) -> number | dict[str, number]` as a response under its own name.

    It is then measured in every replication. A dict gives a column `name.key` for each key; `columns` may say
    beforehand, given the system, which keys there are, each with a unit and a description of its own. Without
    description the first line of the function's docstring is taken. A function defined again in the same
    place, as when a notebook's cell is run twice, takes the place of the first.

    Raises ModelError for a name that cannot be a column or that another function has.
    """
    if not unit and columns is None:
        raise ModelError('a response needs a unit, for instance @response(unit="items")')

    def register(function: F) -> F:
        told = description or (function.__doc__ or "").strip().partition("\n")[0]
        add(Response(function.__name__, function, unit, told, columns))
        return function

    return register


def add(new: Response) -> None:
    """Add a response to the register; raises ModelError for a name that cannot be a column or that is taken."""
    if not NAME.fullmatch(new.name) or new.name in RESERVED:
        raise ModelError(
            f"{new.name!r} cannot name a response; "
            f"define a function with a name of a-z, 0-9 and _ that is not {', '.join(sorted(RESERVED))}"
        )
    old = _register.get(new.name)
    if old is not None and _home(old) != _home(new):
        raise ModelError(
            f"there is a response {new.name} already, from {_home(old)}; give {_home(new)} another name, "
            f'or take the first out with unregister("{new.name}")'
        )
    _register[new.name] = new


def _home(registered: Response) -> str:
    return f"{registered.function.__module__}.{registered.function.__qualname__}"


def unregister(name: str) -> None:
    """Take a response out of the register; raises ModelError when there is none of that name."""
    if name not in _register:
        raise ModelError(f"there is no response {name}; there are {', '.join(_register)}")
    del _register[name]


def registered() -> Mapping[str, Response]:
    """Return all responses by name, in the order in which they were registered."""
    return MappingProxyType(_register)


@contextmanager
def restored_register() -> Iterator[None]:
    """Let the body change the register, and put it back as it was afterwards."""
    before = dict(_register)
    try:
        yield
    finally:
        _register.clear()
        _register.update(before)
