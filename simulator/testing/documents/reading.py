"""Plain values as a realised system, all that is wrong with them told."""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin

from simulator.model.checks.names import listed, unknown
from simulator.model.distributions import Variate
from simulator.model.scenario.paths import Keys
from simulator.model.system import NEVER, NONE, System
from simulator.testing.documents.names import ABSENT, REFERENCES, SECTIONS, parts_of

Refuse = Callable[[Keys, str], None]


class Reading:
    """Reads one document; what is wrong is told to `refuse`, and None stands in its place."""

    def __init__(self, tree: Any, refuse: Refuse) -> None:
        self.tree = tree
        self.refuse = refuse
        self.doubled: set[str] = set()
        self.names = {section: self._names(section) for section in SECTIONS}

    def system(self) -> System:
        """Return the system, to be used only when nothing was refused."""
        found: System = self._part(self.tree, System, ("system",))
        return found

    def check_keys(
        self, found: Iterable[str], needed: Iterable[str], allowed: Iterable[str], keys: Keys
    ) -> None:
        """Refuse keys that are missing or unknown."""
        for name in found:
            if name not in allowed:
                self.refuse((*keys, name), f"is an unknown key; give {', '.join(allowed)}")
        missing = [name for name in needed if name not in found]
        if missing:
            self.refuse(keys, f"needs {', '.join(missing)}")

    def whole(self, value: Any, keys: Keys, *, low: int = -NEVER, high: int = NEVER) -> int:
        """Return a whole number between two bounds."""
        if type(value) is not int or not low <= value <= high:
            self._refuse_value(keys, value, f"a whole number from {low} to {high}")
            return 0
        return value

    def _names(self, section: str) -> dict[str, int]:
        """Return the numbers of the parts of a section by name, as far as they can be read."""
        tree = self.tree.get(section) if isinstance(self.tree, dict) else None
        numbers: dict[str, int] = {}
        for number, part in enumerate(tree if isinstance(tree, list) else ()):
            name = part.get("name") if isinstance(part, dict) else None
            if not isinstance(name, str):
                continue
            if name in numbers or name == ABSENT:
                self.refuse(("system", section, number, "name"), f"is {name}, which is taken; give another")
                self.doubled.add(section)
            numbers.setdefault(name, number)
        return numbers

    def _part(self, value: Any, kind: Any, keys: Keys) -> Any:
        fields = parts_of(kind)
        if not isinstance(value, dict):
            self._refuse_value(keys, value, f"a mapping of {listed(field.name for field, _ in fields)}")
            return None
        required = [field.name for field, _ in fields if field.default is MISSING]
        self.check_keys(value, required, [field.name for field, _ in fields], keys)
        references = REFERENCES.get(kind, {})
        found = {
            field.name: self._value(value[field.name], hint, (*keys, field.name), references.get(field.name))
            for field, hint in fields
            if field.name in value
        }
        return kind(**(dict.fromkeys(required) | found))

    def _value(self, value: Any, hint: Any, keys: Keys, section: str | None) -> Any:
        kinds = [each for each in get_args(hint) if each is not NoneType]
        if NoneType in get_args(hint):
            return None if value is None else self._value(value, kinds[0], keys, section)
        if section is not None and hint is int:
            return self._number(value, keys, section)
        if hint is Variate:
            return self._law(value, keys)
        if is_dataclass(hint):
            return self._part(value, hint, keys)
        if get_origin(hint) is tuple:
            return self._tuple(value, get_args(hint), keys, section)
        return self._scalar(value, hint, keys)

    def _tuple(self, value: Any, hints: tuple[Any, ...], keys: Keys, section: str | None) -> Any:
        if not isinstance(value, list):
            self._refuse_value(keys, value, "a list")
            return ()
        if hints[-1] is Ellipsis:
            return tuple(
                self._value(each, hints[0], (*keys, place), section) for place, each in enumerate(value)
            )
        if len(value) != len(hints):
            self.refuse(keys, f"has {len(value)} values; give {len(hints)}")
            return ()
        sections = (section, *(None for _ in hints[1:]))
        return tuple(
            self._value(each, hint, (*keys, place), own)
            for place, (each, hint, own) in enumerate(zip(value, hints, sections, strict=True))
        )

    def _number(self, value: Any, keys: Keys, section: str) -> int:
        """Return the number of the part that a name means."""
        if value == ABSENT:
            return NONE
        if not isinstance(value, str):
            self._refuse_value(keys, value, f"the name of one of {section}")
        # where a name was given twice, another is likely the one that is missed
        elif value not in self.names[section] and section not in self.doubled:
            self.refuse(keys, unknown(section.removesuffix("s"), value, self.names[section]))
        return self.names[section].get(value, NONE) if isinstance(value, str) else NONE

    def _law(self, value: Any, keys: Keys) -> Variate:
        if not (isinstance(value, list) and value and isinstance(value[0], str)):
            self._refuse_value(
                keys, value, "a list of a law's name and its parameters, such as [constant, 2]"
            )
            return Variate("constant", (0.0,))
        law, *params = value
        return Variate(
            law, tuple(self._scalar(each, float, (*keys, 1 + place)) for place, each in enumerate(params))
        )

    def _scalar(self, value: Any, hint: Any, keys: Keys) -> Any:
        if hint is int:
            return self.whole(value, keys)
        if hint is float and type(value) in (int, float):
            return float(value)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            if isinstance(value, str) and value in list(hint):
                return hint(value)
            self._refuse_value(keys, value, f"one of {', '.join(hint)}")
            return None
        if type(value) is hint and hint in (str, bool, date):
            return value
        self._refuse_value(keys, value, _WORDS[hint])
        return None

    def _refuse_value(self, keys: Keys, value: Any, wanted: str) -> None:
        shown = (
            f"a {'mapping' if isinstance(value, dict) else 'list'}"
            if isinstance(value, (dict, list))
            else value
        )
        self.refuse(keys, f"is {shown}; give {wanted}")


_WORDS = {str: "a text", float: "a number", bool: "true or false", date: "a date such as 2023-08-01"}
