"""An experiment with one thing fixed: a factor, or a place in the system."""

from typing import Any

from pydantic import ValidationError

from simulator.errors import ConfigError, Fault
from simulator.model.checks.names import allowed
from simulator.model.checks.refusals import refusals
from simulator.model.description import SystemDescription
from simulator.model.distributions import Constant
from simulator.model.experiment import Experiment, Factor
from simulator.model.quantities import Quantity
from simulator.model.scenario.paths import Keys, dotted, expand, overlap, replaced, value_at
from simulator.model.scenario.scenarios import fixed_value, scenario_faults
from simulator.model.scenario.targets import sources, targets_of


def with_value(experiment: Experiment, name_or_path: str, value: object) -> Experiment:
    """Return `experiment` with a factor, or a path into its system, fixed at a value.

    A factor keeps what it sets, scales and feeds, and has one value for certain. A path fixes every factor
    that sets no other place, so that numbers derived from it follow. A place that is set by a factor with
    other places, by shares or by a derived number is given the value in every scenario that has none of its
    own there. The rest is changed in the system, where factors still scale it. What a scenario has stays.

    Texts such as `40 MW` need an experiment that was read from a file. Raises ConfigError, with all faults.
    """
    if name_or_path in experiment.factors:
        changed = _with_factor(experiment, name_or_path, value)
    else:
        changed = _with_path(experiment, name_or_path, value)
    found = scenario_faults(changed)
    if found:
        raise ConfigError(found)
    return changed


def _with_factor(experiment: Experiment, name: str, value: object) -> Experiment:
    factor = experiment.factors[name]
    try:
        fixed = fixed_value(factor, value, experiment.reader)
    except ValueError as error:
        raise ConfigError([Fault(f"factors.{name}", str(error))]) from None
    if not isinstance(fixed, Quantity):
        return _in_scenarios(experiment, {name: dict(fixed)})
    certain = factor.model_copy(update={"distribution": Constant(value=fixed)})
    return experiment.model_copy(update={"factors": {**experiment.factors, name: certain}})


def _with_path(experiment: Experiment, path: str, value: object) -> Experiment:
    tree = experiment.system.tree()
    try:
        places = expand(tree, path)
    except ValueError as error:
        if "." not in path:
            names = [*experiment.factors, *tree]
            raise ConfigError(
                f"{path} is no factor and no part of the system; {allowed(path, names)}"
            ) from None
        raise ConfigError([Fault(path, str(error))]) from None
    set_by: dict[str, list[Keys]] = {}
    for group, name, each in sources(experiment):
        found = targets_of(tree, group, name, each, [])
        set_by[name] = [target.keys for target in found if target.verb == "sets"]
    left = set(places)
    for name, factor in experiment.factors.items():
        if _is_all_of(factor, set_by[name], places):
            experiment = _with_factor(experiment, name, value)
            left.difference_update(set_by[name])
    drawn = {keys for keys in left if any(overlap(keys, other) for each in set_by.values() for other in each)}
    chosen = [keys for keys in places if keys in drawn]
    experiment = _in_scenarios(experiment, _read(experiment, chosen, value))
    return _in_system(experiment, [keys for keys in places if keys in left - drawn], value)


def _is_all_of(factor: Factor, keys: list[Keys], places: list[Keys]) -> bool:
    return factor.distribution is not None and bool(keys) and set(keys) <= set(places)


def _read(experiment: Experiment, places: list[Keys], value: object) -> dict[str, object]:
    """Return what a value reads as at each place, by path; as it is where a scenario is yet to refuse it."""
    tree = _with(experiment.system.tree(), places, value)
    try:
        tree = SystemDescription.model_validate(tree, context=experiment.reader).tree()
    except ValidationError:
        pass
    return {dotted(keys): value_at(tree, keys) for keys in places}


def _with(tree: Any, places: list[Keys], value: object) -> Any:
    for keys in places:
        tree = replaced(tree, keys, value)
    return tree


def _in_system(experiment: Experiment, places: list[Keys], value: object) -> Experiment:
    tree = _with(experiment.system.tree(), places, value)
    try:
        system = SystemDescription.model_validate(tree, context=experiment.reader)
    except ValidationError as error:
        raise ConfigError([Fault(dotted(keys), why) for keys, why in refusals(error, tree)]) from None
    return experiment.model_copy(update={"system": system})


def _in_scenarios(experiment: Experiment, values: dict[str, object]) -> Experiment:
    """Return the experiment with values in every scenario that has none of its own for them."""
    tree = experiment.system.tree()
    scenarios = {}
    for name, overrides in experiment.scenarios.items():
        own = {keys for key in overrides if key not in experiment.factors for keys in expand(tree, key)}
        added = {
            key: value
            for key, value in values.items()
            if key not in overrides
            and not (key not in experiment.factors and any(overlap(_keys(tree, key), keys) for keys in own))
        }
        scenarios[name] = {**overrides, **added}
    return experiment.model_copy(update={"scenarios": scenarios})


def _keys(tree: object, path: str) -> Keys:
    (keys,) = expand(tree, path)
    return keys
