"""A scenario: what one draw of the factors makes of a system."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from simulator.errors import ConfigError, Fault, ModelError
from simulator.model.checks import references
from simulator.model.checks.amounts import TOLERANCE, amount_faults
from simulator.model.checks.dates import early_faults
from simulator.model.checks.factor_faults import target_faults
from simulator.model.checks.names import listed, unknown
from simulator.model.checks.refusals import refusals
from simulator.model.checks.sampling import sampling_faults
from simulator.model.description import SystemDescription
from simulator.model.distributions import rounded
from simulator.model.experiment import Draw, Experiment, Factor
from simulator.model.quantities import UNITS, AnyQuantity, Quantity, Reader, Share
from simulator.model.scenario.derive import derive, derived_faults, formulas
from simulator.model.scenario.paths import ALL, Keys, Template, dotted, expand, opened, overlap, replaced
from simulator.model.scenario.targets import Target, Values, sources, targets_of

_QUANTITY: TypeAdapter[Quantity] = TypeAdapter(AnyQuantity)
_SHARES: TypeAdapter[dict[str, float]] = TypeAdapter(dict[str, Share])


class Scenario:
    """One scenario of an experiment, compiled once and then described for any number of draws.

    The order is system, factors, derived numbers, what scales, scenario: a scenario's values win, so places
    that it gives a value, and places within or around them, take none from factors. Raises ConfigError, with
    all faults, for a scenario that cannot be compiled.
    """

    name: str
    system: SystemDescription
    """The system with the scenario's own values, before any draw."""
    fixed: Draw
    """The factors that the scenario gives a value."""

    def __init__(self, experiment: Experiment, name: str) -> None:
        if name not in experiment.scenarios:
            raise ConfigError([Fault("scenarios", unknown("scenario", name, experiment.scenarios))])
        self.name = name
        self._factors = tuple(experiment.factors)
        self._formulas = formulas(experiment.derived)
        self._horizon = experiment.horizon
        written = experiment.system.tree()
        faults: list[Fault] = []
        self.fixed, won, tree = _overridden(experiment, name, written, faults)
        try:
            self.system = SystemDescription.model_validate(tree, context=experiment.reader)
        except ValidationError as error:
            faults += _refused_overrides(name, won, error, tree)
        if faults:
            raise ConfigError(faults)
        self._targets = _open_targets(experiment, written, won)
        on_the_way = {
            target.keys[:level] for target in self._targets for level in range(len(target.keys) + 1)
        }
        on_the_way.add(())  # also where factors have nothing left to set
        self._template = Template(opened(self.system, on_the_way))
        self._places = [(target, *self._place(target.keys)) for target in self._targets]

    def _place(self, keys: Keys) -> tuple[int, Keys]:
        """Return the number of the container that holds a place, or a law around it that is scaled as a whole."""
        put = {target.keys for target in self._targets}
        level = next((level for level in range(1, len(keys)) if keys[:level] in put), len(keys)) - 1
        return self._template.numbers[keys[:level]], keys[level:]

    def applied(self, draw: Draw) -> Draw:
        """Return a draw with the factors that the scenario fixes at their values."""
        return {**draw, **self.fixed}

    def derived(self, draw: Draw) -> dict[str, Quantity]:
        """Return the derived numbers of a draw in this scenario, by name; raises ModelError."""
        return derive(self._formulas, self.applied(draw))

    def describe(self, draw: Draw) -> SystemDescription:
        """Return the system that a draw describes.

        Raises ModelError, a line for each thing wrong, that names the factor, the path and the value.
        """
        draw = self.applied(draw)
        missing = [name for name in self._factors if name not in draw]
        if missing:
            raise ModelError(f"scenario {self.name}: the draw has no value for {listed(missing)}")
        values: Values = {**draw, **derive(self._formulas, draw)}
        containers = self._template.copies()
        tree = containers[0]
        for target, container, keys in self._places:
            try:
                target.put(containers[container], values, keys=keys)
            except (ValueError, KeyError) as error:
                raise ModelError(f"{_deed(target, values)}: {error}") from None
        try:
            found = SystemDescription.model_validate(tree)
        except ValidationError as error:
            raise ModelError(self._blamed(refusals(error, tree), values)) from None
        broken = [*amount_faults(found), *early_faults(found, self._horizon)]
        if broken:
            places = [(tuple(fault.where.split(".")), fault.message) for fault in broken]
            raise ModelError(self._blamed(places, values))
        return found

    def _blamed(self, places: Iterable[tuple[Keys, str]], values: Values) -> str:
        lines = []
        for keys, message in places:
            deeds = [_deed(target, values) for target in self._targets if _meet(target.keys, keys)]
            lines.append(
                f"scenario {self.name}: {dotted(keys)} {message}{''.join(f'; {deed}' for deed in deeds)}"
            )
        return "\n".join(lines)


def median_draw(experiment: Experiment) -> Draw:
    """Return the draw with every factor at its median, and Dirichlet shares at their means."""
    return {name: _middle(factor) for name, factor in experiment.factors.items()}


def _middle(factor: Factor) -> Quantity | dict[str, float]:
    if factor.distribution is None:
        assert factor.dirichlet is not None
        together = sum(factor.dirichlet.values())
        return {name: alpha / together for name, alpha in factor.dirichlet.items()}
    median = factor.distribution.median_quantity
    return Quantity(rounded(median.number), median.unit)


def fixed_value(factor: Factor, value: object, reader: Reader | None) -> Quantity | dict[str, float]:
    """Return the value that a person gives a factor; raises ValueError when the factor cannot have it."""
    try:
        if factor.distribution is not None:
            return _of_unit(_QUANTITY.validate_python(value, context=reader), factor.distribution.unit)
        shares = _SHARES.validate_python(value)
    except ValidationError as error:
        refused = [f"{dotted(keys)} {why}".strip() for keys, why in refusals(error, value)]
        raise ValueError("; ".join(refused)) from None
    names = factor.dirichlet or {}
    if set(shares) != set(names):
        raise ValueError(f"has {listed(shares) or 'no shares'}; give a share for each of {listed(names)}")
    if abs(sum(shares.values()) - 1) > TOLERANCE:
        raise ValueError(f"adds up to {sum(shares.values()):.6g}; give shares that add up to 1")
    return shares


def _of_unit(quantity: Quantity, unit: str) -> Quantity:
    if quantity.unit != unit:
        raise ValueError(f"is {quantity}; give {UNITS[unit]}")
    return quantity


def _overridden(
    experiment: Experiment, name: str, written: Any, faults: list[Fault]
) -> tuple[Draw, dict[Keys, str], Any]:
    """Return the factors that a scenario fixes, the key that gives each place a value, and the tree then."""
    fixed: Draw = {}
    won: dict[Keys, str] = {}
    tree = written
    for key, value in experiment.scenarios[name].items():
        where = f"scenarios.{name}.{key}"
        try:
            if key in experiment.factors:
                fixed[key] = fixed_value(experiment.factors[key], value, experiment.reader)
                continue
            places = expand(written, key)
        except ValueError as error:
            more = (
                "" if "." in key or not experiment.factors else f"; or a factor: {listed(experiment.factors)}"
            )
            faults.append(Fault(where, f"{error}{more if key not in experiment.factors else ''}"))
            continue
        for keys in places:
            twice = next((other for other in won if overlap(keys, other)), None)
            if twice is not None:
                faults.append(
                    Fault(where, f"gives {dotted(keys)} a value, and so does {won[twice]}; give one")
                )
                break
            won[keys] = key
            tree = replaced(tree, keys, value)
    return fixed, won, tree


def _refused_overrides(
    name: str, won: Mapping[Keys, str], error: ValidationError, tree: Any
) -> Iterable[Fault]:
    for keys, why in refusals(error, tree):
        key = next((written for place, written in won.items() if overlap(keys, place)), "")
        yield Fault(
            f"scenarios.{name}.{key}" if key else f"scenarios.{name}", f"makes {dotted(keys)} wrong: it {why}"
        )


def _open_targets(experiment: Experiment, written: Any, won: Iterable[Keys]) -> list[Target]:
    """Return the targets that a scenario leaves to factors: what sets, in file order, then what scales."""
    failed: list[tuple[str, str]] = []
    found = [
        target
        for group, name, each in sources(experiment)
        for target in targets_of(written, group, name, each, failed)
        if not any(overlap(target.keys, keys) for keys in won)
    ]
    if failed:
        raise ConfigError([Fault(where, message) for where, message in failed])
    return sorted(found, key=lambda target: target.verb == "scales")


def _deed(target: Target, values: Values) -> str:
    """Return what a target does, in words."""
    does = "puts {} at {}" if target.verb == "sets" else "scales by {} what is at {}"
    value = target.value(values)
    shown = str(value) if isinstance(value, Quantity) else f"{value:.6g}"
    return f"{target.source} {does.format(shown, dotted(target.keys))}"


def _meet(target: Keys, place: Keys) -> bool:
    """Return whether a target is, contains or lies in a place that may have `*` for any name."""
    return all(str(one) == str(other) or other == ALL for one, other in zip(target, place, strict=False))


def scenario_faults(experiment: Experiment) -> list[Fault]:
    """Return all that is wrong with factors, derived numbers, their paths, sampling, and scenarios.

    A place is a path into the experiment's document. What the system's parts say of each other is checked by
    `simulator.model.checks.references.faults`, and here only as far as a scenario changes it.
    """
    median = median_draw(experiment)
    found = [*derived_faults(experiment), *target_faults(experiment, median), *sampling_faults(experiment)]
    if not experiment.scenarios:
        found.append(Fault("scenarios", "has none; give at least one, such as baseline: {}"))
    factors_sound = not found
    known = set(references.part_faults(experiment.system))
    for name in experiment.scenarios:
        found += _faults_of(experiment, name, median, known, factors_sound)
    return found


def _faults_of(
    experiment: Experiment, name: str, median: Draw, known: set[Fault], factors_sound: bool
) -> Iterable[Fault]:
    where = f"scenarios.{name}"
    faults: list[Fault] = []
    if not factors_sound:
        _overridden(experiment, name, experiment.system.tree(), faults)
        return faults
    try:
        scenario = Scenario(experiment, name)
    except ConfigError as error:
        return error.faults
    new = [fault for fault in references.part_faults(scenario.system) if fault not in known]
    if new:
        return [Fault(where, f"makes {fault.where} wrong: it {fault.message}") for fault in new]
    try:
        scenario.describe(median)
    except ModelError as error:
        return [
            Fault(where, f"fails at the medians of the factors: {line.removeprefix(f'scenario {name}: ')}")
            for line in str(error).splitlines()
        ]
    return []
