"""Where factors and derived numbers go in a system, and what they do to the value there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from simulator.model.checks.names import listed
from simulator.model.experiment import Derived, Experiment, Factor
from simulator.model.quantities import Quantity
from simulator.model.scenario.paths import ALL, Keys, dotted, expand, is_law, value_at

Values = Mapping[str, Quantity | dict[str, float]]
"""Factors and derived numbers, by name."""


@dataclass(frozen=True, slots=True)
class Target:
    """One place in a system that a factor or a derived number sets or scales."""

    group: Literal["factors", "derived"]
    name: str
    verb: Literal["sets", "scales"]
    path: str
    """As written."""
    keys: Keys
    share: str | None = None
    """Which of the shares of a Dirichlet factor goes here."""

    @property
    def source(self) -> str:
        """What sets or scales, as a person would say it."""
        return f"{'factor' if self.group == 'factors' else 'derived'} {self.name}"

    @property
    def where(self) -> str:
        """The place of the path in the document."""
        return f"{self.group}.{self.name}.{self.verb}"

    def value(self, values: Values) -> Quantity | float:
        """Return what is put here, or what is multiplied by, out of all values."""
        value = values[self.name]
        if isinstance(value, dict):
            assert self.share is not None
            return value[self.share]
        return value

    def put(self, tree: Any, values: Values, *, keys: Keys | None = None) -> None:
        """Set or scale this place of a tree, or of a part of it in which `keys` lead there.

        Raises ValueError, and changes nothing, where that cannot be.
        """
        value = self.value(values)
        *parents, key = self.keys if keys is None else keys
        node = value_at(tree, parents)
        if self.verb == "scales":
            number = value.number if isinstance(value, Quantity) else value
            value = scaled(node[key], number)
        node[key] = value


def sources(experiment: Experiment) -> Iterator[tuple[Literal["factors", "derived"], str, Factor | Derived]]:
    """Yield factors, then derived numbers, each with its group and its name."""
    for name, factor in experiment.factors.items():
        yield "factors", name, factor
    for name, derived in experiment.derived.items():
        yield "derived", name, derived


def targets_of(
    tree: Any,
    group: Literal["factors", "derived"],
    name: str,
    each: Factor | Derived,
    failed: list[tuple[str, str]],
) -> list[Target]:
    """Return the places that one factor or derived number sets and scales, in the order of its paths.

    A path that cannot be followed is added to `failed`, with its place in the document and why.
    """
    found: list[Target] = []
    shares = each.dirichlet if isinstance(each, Factor) else None
    ways: tuple[tuple[Literal["sets", "scales"], tuple[str, ...]], ...] = (
        ("sets", each.sets),
        ("scales", each.scales),
    )
    for verb, paths in ways:
        for path in paths:
            try:
                places = expand(tree, path)
                named = _names_at(path, places, shares) if shares is not None else [None] * len(places)
                for keys in places:
                    _check_takes_a_value(path, keys, value_at(tree, keys))
            except ValueError as error:
                failed.append((f"{group}.{name}.{verb}", str(error)))
                continue
            found += [
                Target(group, name, verb, path, keys, share)
                for keys, share in zip(places, named, strict=True)
            ]
    return found


def scaled(value: Any, number: float) -> Any:
    """Return a quantity, a number or a law multiplied, its shape kept; raises ValueError for the rest."""
    if is_law(value):
        ((law, parameters),) = value.items()
        return {law: {name: _scaled_parameter(each, number) for name, each in parameters.items()}}
    if isinstance(value, Quantity) and value.unit != "date":
        return value.times(number)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Quantity(value * number)
    if isinstance(value, (Quantity, date)):
        raise ValueError(f"is {value}; a date cannot be multiplied")
    raise ValueError(
        f"is {value!r}, which cannot be multiplied" if value is not None else "has no value to multiply"
    )


def _scaled_parameter(value: Any, number: float) -> Any:
    if isinstance(value, list):
        return [_scaled_parameter(each, number) for each in value]
    return value.times(number) if isinstance(value, Quantity) else value


def _names_at(path: str, places: Iterable[Keys], shares: Mapping[str, float]) -> list[str]:
    """Return the name at the last `*` of each place; raises ValueError unless they are those of `shares`."""
    parts = path.split(".")
    if ALL not in parts:
        raise ValueError(f"names {path}, which has no * to take the names {listed(shares)}")
    level = len(parts) - 1 - parts[::-1].index(ALL)
    mixes: dict[Keys, list[str]] = {}
    for keys in places:
        mixes.setdefault((*keys[:level], *keys[level + 1 :]), []).append(str(keys[level]))
    for keys, names in mixes.items():
        if set(names) != set(shares):
            raise ValueError(
                f"names {path}, but {dotted(keys[:level])} has {listed(names)}, not "
                f"{listed(shares)}; give a share for each of the former"
            )
    return [str(keys[level]) for keys in places]


def _check_takes_a_value(path: str, keys: Keys, value: Any) -> None:
    if isinstance(value, (dict, list)) and not is_law(value):
        names = value if isinstance(value, dict) else map(str, range(len(value)))
        under = f"write {path}. and one of {listed(names)}" if value else "there is nothing in it"
        raise ValueError(f"names {path}, but {dotted(keys)} is a group and not one value; {under}")
