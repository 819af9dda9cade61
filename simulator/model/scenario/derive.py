"""Numbers computed from factors, in the order of the file."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.errors import Fault, ModelError
from simulator.model.checks.names import allowed
from simulator.model.experiment import Derived, Draw, Experiment
from simulator.model.quantities import UNITS, Quantity

_ARITHMETIC: dict[str, Callable[[Sequence[float]], float]] = {
    "product": math.prod,
    "sum": math.fsum,
    "ratio": lambda numbers: numbers[0] / numbers[1],
    "min": min,
    "max": max,
    "one_minus": lambda numbers: 1.0 - numbers[0],
}


@lru_cache(maxsize=1024)
def unit_of(operation: str, units: tuple[str, ...]) -> str:
    """Return the unit of what an operation computes; raises ValueError for units that do not go together.

    Products and ratios take one number with a unit, the rest bare; a ratio of one unit is bare. Sums, least
    and largest values take one unit.
    """
    if operation in ("min", "max", "sum"):
        if len(set(units)) > 1:
            raise ValueError(f"takes the {operation} of {_words(units)}; give numbers of one dimension")
        if operation == "sum" and units[0] == "date":
            raise ValueError("takes the sum of dates; give durations or bare numbers")
        return units[0]
    if "date" in units:
        raise ValueError(f"takes the {operation} of a date; dates take only min and max")
    if operation == "one_minus":
        if units[0] != "1":
            raise ValueError(f"takes one_minus of {UNITS[units[0]]}; give a bare number")
        return "1"
    if operation == "ratio":
        above, below = units
        if below not in ("1", above):
            raise ValueError(
                f"divides {UNITS[above]} by {UNITS[below]}; divide by a bare number or by one dimension"
            )
        return above if below == "1" else "1"
    with_unit = [unit for unit in units if unit != "1"]
    if len(with_unit) > 1:
        raise ValueError(f"multiplies {_words(with_unit)}; give at most one number with a unit")
    return with_unit[0] if with_unit else "1"


def number_of(operation: str, numbers: Sequence[float]) -> float:
    """Return what an operation computes; raises ValueError where there is no finite result."""
    if operation == "ratio" and numbers[1] == 0:
        raise ValueError("divides by 0")
    found = _ARITHMETIC[operation](numbers)
    if not math.isfinite(found):
        raise ValueError(f"comes to {found}")
    return found


@dataclass(frozen=True, slots=True)
class Formula:
    """How one derived number is computed."""

    name: str
    operation: str
    operands: tuple[str | Quantity, ...]
    """Names, and numbers as they are."""

    def of(self, known: Mapping[str, Quantity]) -> Quantity:
        """Return the number out of those known so far; raises ModelError where there is none."""
        try:
            taken = [known[part] if isinstance(part, str) else part for part in self.operands]
            unit = unit_of(self.operation, tuple([quantity.unit for quantity in taken]))
            return Quantity(number_of(self.operation, [quantity.number for quantity in taken]), unit)
        except KeyError as error:
            raise ModelError(f"derived {self.name} takes {error.args[0]}, which has no value") from None
        except ValueError as error:
            values = ", ".join(f"{part} = {known[part]}" for part in self.operands if isinstance(part, str))
            raise ModelError(f"derived {self.name} {error}, with {values}") from None


def formulas(derived: Mapping[str, Derived]) -> tuple[Formula, ...]:
    """Return how derived numbers are computed, in the order of the file."""
    return tuple(
        Formula(
            name,
            each.operation,
            tuple(part if isinstance(part, str) else Quantity(part) for part in each.operands),
        )
        for name, each in derived.items()
    )


def derive(formulas: Iterable[Formula], draw: Draw) -> dict[str, Quantity]:
    """Return derived numbers for one draw, by name; raises ModelError that names one without a value."""
    known = {name: value for name, value in draw.items() if isinstance(value, Quantity)}
    found: dict[str, Quantity] = {}
    for formula in formulas:
        found[formula.name] = known[formula.name] = formula.of(known)
    return found


def derived_values(experiment: Experiment, draw: Draw) -> dict[str, Quantity]:
    """Return the derived numbers of an experiment for one draw, by name; raises ModelError."""
    return derive(formulas(experiment.derived), draw)


def derived_units(experiment: Experiment) -> dict[str, str]:
    """Return the canonical unit of every derived number that has one, by name."""
    return {name: unit for name, unit in _units(experiment)[0].items() if name in experiment.derived}


def derived_faults(experiment: Experiment) -> list[Fault]:
    """Return what is wrong with how numbers are derived: unknown names, units that do not fit, no use."""
    found = _units(experiment)[1]
    fed = feeding(experiment)
    for name, each in experiment.derived.items():
        where = f"derived.{name}"
        if name in experiment.factors:
            found.append(Fault(where, "has the name of a factor; give another name"))
        if not (each.sets or each.scales or name in fed):
            found.append(
                Fault(where, "sets nothing, scales nothing and feeds no derived number; give sets or scales")
            )
    return found


def feeding(experiment: Experiment) -> set[str]:
    """Return the names that derived numbers are computed from."""
    return {part for each in experiment.derived.values() for part in each.operands if isinstance(part, str)}


def _units(experiment: Experiment) -> tuple[dict[str, str], list[Fault]]:
    """Return the units of factors and derived numbers, and what keeps the others from having one."""
    known = experiment.units()
    faults: list[Fault] = []
    failed: set[str] = set()
    for name, each in experiment.derived.items():
        where = f"derived.{name}.{each.operation}"
        units: list[str] = []
        for part in each.operands:
            if not isinstance(part, str):
                units.append("1")
            elif part in known:
                units.append(known[part])
            elif part not in failed:
                faults.append(Fault(where, _not_known(experiment, part, known)))
        if len(units) < len(each.operands):
            failed.add(name)
            continue
        try:
            known[name] = unit_of(each.operation, tuple(units))
        except ValueError as error:
            faults.append(Fault(where, str(error)))
            failed.add(name)
    return known, faults


def _not_known(experiment: Experiment, part: str, known: Mapping[str, str]) -> str:
    if part in experiment.factors:
        return f"takes {part}, which draws shares by name; give a factor of one number"
    if part in experiment.derived:
        return f"takes {part}, which is computed later; write {part} above it"
    return f"takes {part}, which is no factor and no derived number before it; {allowed(part, known)}"


def _words(units: Sequence[str]) -> str:
    return " and ".join(UNITS[unit] for unit in dict.fromkeys(units))
