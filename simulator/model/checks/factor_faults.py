"""What is wrong with where factors and derived numbers go, found before any draw."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from simulator.errors import Fault, ModelError
from simulator.model.checks.dates import before, dated_events
from simulator.model.checks.refusals import refusals
from simulator.model.description import SystemDescription
from simulator.model.distributions import (
    Beta,
    Constant,
    Distribution,
    Empirical,
    Quantiles,
    Triangular,
    Uniform,
    UniformInteger,
    rounded,
)
from simulator.model.experiment import Draw, Experiment, Factor
from simulator.model.quantities import UNITS, Quantity
from simulator.model.scenario.derive import derived_units, derived_values, feeding
from simulator.model.scenario.paths import Keys, copied, dotted
from simulator.model.scenario.targets import Target, sources, targets_of

_BOUNDED = (Constant, Uniform, UniformInteger, Triangular, Beta, Empirical)


def target_faults(experiment: Experiment, median: Draw) -> list[Fault]:
    """Return paths that cannot be followed, places set twice, values that do not fit, factors of no use.

    `median` is the draw at which numbers without ends are tried.
    """
    tree = experiment.system.tree()
    failed: list[tuple[str, str]] = []
    targets = {
        (group, name): targets_of(tree, group, name, each, failed)
        for group, name, each in sources(experiment)
    }
    every = [target for found in targets.values() for target in found]
    faults = [Fault(where, message) for where, message in failed]
    faults += _set_twice(every)
    units = {**experiment.units(), **derived_units(experiment)}
    unscaled = [_not_bare(target, units) for target in every]
    faults += dict.fromkeys(fault for fault in unscaled if fault is not None)
    fed = feeding(experiment)
    for name, factor in experiment.factors.items():
        if not (factor.sets or factor.scales or name in fed):
            faults.append(
                Fault(
                    f"factors.{name}",
                    "sets nothing, scales nothing and feeds no derived number; give sets or scales",
                )
            )
        faults += _factor_misfits(experiment, factor, targets["factors", name], median[name], tree)
    return [*faults, *_derived_misfits(experiment, targets, median, tree)]


def ends(law: Distribution) -> list[Quantity]:
    """Return the finite ends of a law, the lower first; none for a law without."""
    low, high = law.bounds()
    if isinstance(law, Quantiles):
        return ([low] if law.low is not None else []) + ([high] if law.high is not None else [])
    return list(dict.fromkeys((low, high))) if isinstance(law, _BOUNDED) else []


def misfits(
    experiment: Experiment, targets: Iterable[Target], value: Quantity | dict[str, float], tree: Any
) -> Iterator[tuple[Target, str]]:
    """Yield the targets whose field cannot take a value, each with why not; other fields stay as written."""
    put: list[Target] = []
    changed = copied(tree)
    for target in targets:
        try:
            target.put(changed, {target.name: value})
            put.append(target)
        except ValueError as error:
            yield target, str(error)
    try:
        found = SystemDescription.model_validate(changed)
    except ValidationError as error:
        refused = refusals(error, changed)
    else:
        early = {where: before(day, experiment.horizon) for where, day in dated_events(found)}
        refused = [(target.keys, early.get(dotted(target.keys), "")) for target in put]
    for target in put:
        for keys, why in refused:
            if why and keys[: len(target.keys)] == target.keys:
                yield target, why


def _factor_misfits(
    experiment: Experiment,
    factor: Factor,
    targets: list[Target],
    middle: Quantity | dict[str, float],
    tree: Any,
) -> Iterator[Fault]:
    alone = [target for target in targets if _tried(target, middle)]
    refused = list(_first_of_each_path(misfits(experiment, alone, middle, tree)))
    for target, why in refused:
        yield Fault(target.where, f"{_deed(target, middle)}: it {why}")
    if refused or factor.distribution is None:
        return
    for end in ends(factor.distribution):
        for target, why in _first_of_each_path(misfits(experiment, alone, end, tree)):
            yield Fault(
                f"factors.{target.name}.distribution",
                f"reaches {end} and then {_deed(target, end)}: it {why}",
            )


def _derived_misfits(
    experiment: Experiment, targets: Mapping[tuple[Any, str], list[Target]], median: Draw, tree: Any
) -> Iterator[Fault]:
    if len(derived_units(experiment)) < len(experiment.derived):
        return
    try:
        values = derived_values(experiment, median)
    except ModelError as error:
        yield Fault("derived", f"has no value at the medians of the factors: {error}")
        return
    for name, value in values.items():
        value = Quantity(rounded(value.number), value.unit)
        alone = [target for target in targets["derived", name] if _tried(target, value)]
        for target, why in _first_of_each_path(misfits(experiment, alone, value, tree)):
            yield Fault(target.where, f"at the medians {_deed(target, value)}: it {why}")


def _first_of_each_path(found: Iterable[tuple[Target, str]]) -> Iterator[tuple[Target, str]]:
    seen: set[tuple[str, str]] = set()
    for target, why in found:
        if (target.verb, target.path) not in seen:
            seen.add((target.verb, target.path))
            yield target, why


def _tried(target: Target, value: Quantity | dict[str, float]) -> bool:
    """Return whether a value can be tried: one with a unit that scales is reported as such already."""
    return target.verb == "sets" or (isinstance(value, Quantity) and value.unit == "1")


def _deed(target: Target, value: Quantity | dict[str, float]) -> str:
    if target.verb == "scales":
        return f"scales {dotted(target.keys)} by {value}"
    return f"sets {dotted(target.keys)} to {target.value({target.name: value})}"


def _not_bare(target: Target, units: Mapping[str, str]) -> Fault | None:
    unit = units.get(target.name, "1")
    if target.verb == "sets" or unit == "1":
        return None
    return Fault(target.where, f"scales by {UNITS[unit]}; only a bare number can scale, or use sets")


def _set_twice(targets: Iterable[Target]) -> Iterator[Fault]:
    """Yield a fault for every two that set one place, or a place and a part of it."""
    owners: dict[Keys, Target] = {}
    around: dict[Keys, Target] = {}
    told: set[tuple[str, str]] = set()
    for target in targets:
        if target.verb == "scales":
            continue
        keys = target.keys
        prefixes = [keys[:level] for level in range(1, len(keys) + 1)]
        other = next((owners[prefix] for prefix in prefixes if prefix in owners), around.get(keys))
        if other is None:
            owners[keys] = target
            around.update(dict.fromkeys(prefixes[:-1], target))
        elif (other.source, target.source) not in told:
            told.add((other.source, target.source))
            by = f"{other.source} sets too" if other.source != target.source else "it sets twice"
            yield Fault(
                target.where,
                f"sets {dotted(keys)}, which {by}; let one thing set a place, and others scale it",
            )
