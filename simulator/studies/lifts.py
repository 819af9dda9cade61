"""The constraints of a system, each with the change that lifts it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from simulator.model.distributions import Constant
from simulator.model.experiment import Experiment, Factor
from simulator.model.plants import Role
from simulator.model.quantities import Quantity
from simulator.model.scenario.paths import Keys, overlap
from simulator.model.scenario.scenarios import Scenario
from simulator.model.scenario.targets import sources, targets_of

AMPLE = 1e12
"""Items or kilograms that no run uses up."""
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Lift:
    """A constraint, and what is changed so that it holds nothing back."""

    name: str
    words: str
    changes: Mapping[str, object]
    """By place in the system, or by factor, the value."""
    factors: Mapping[str, Factor] = field(default_factory=dict)
    """Factors that the changes need beside those of the experiment."""


def lifts(experiment: Experiment, scenario: str) -> tuple[Lift, ...]:
    """Return the constraints that a scenario of an experiment has, each with how it is lifted."""
    system = _System(experiment, scenario)
    groups = (
        _power(system),
        _supply(system),
        _breakdowns(system),
        _crews(system),
        _rejects(system),
        _hours(system),
        _commissioning(system),
        _stores(system),
        _transport(system),
        _capacity(system),
    )
    return tuple(each for group in groups for each in group)


class _System:
    """A system as a scenario has it, and the places in it that factors move."""

    def __init__(self, experiment: Experiment, scenario: str) -> None:
        self.experiment = experiment
        self.found = Scenario(experiment, scenario).system
        tree = experiment.system.tree()
        self._moved = [
            target.keys
            for group, name, each in sources(experiment)
            for target in targets_of(tree, group, name, each, [])
        ]
        self.roles: Mapping[str, Role] = {
            name: role
            for name, role in (self.found.plants.roles if self.found.plants else {}).items()
            if role.recipe != "none"
        }

    def moves(self, *keys: str | int) -> bool:
        """Return whether a factor gives a place, or something in it, a value."""
        place: Keys = keys
        return any(overlap(place, each) for each in self._moved)

    def inputs(self, role: Role) -> set[str]:
        """Return the materials that plants of a role take."""
        return {each for name in role.recipe_names() for each in self.found.recipes[name].inputs}

    def made(self) -> set[str]:
        """Return the materials that plants make."""
        names = {name for role in self.roles.values() for name in role.recipe_names()}
        return {self.found.recipes[name].output for name in names}

    def claimed(self, material: str) -> bool:
        """Return whether a claim counts a material."""
        counted = {material, self.found.materials[material].counts_as}
        return any(counted & {*claim.materials} for claim in self.experiment.claims.values())


def _power(system: _System) -> Iterator[Lift]:
    changes = {f"regions.{name}.grid": None for name, each in system.found.regions.items() if each.grid}
    if changes:
        yield Lift("power", "no limit on electric power in any region: no rotation, no curtailment", changes)


def _supply(system: _System) -> Iterator[Lift]:
    supplied = {each.material for each in system.found.suppliers.values()}
    made = system.made()
    for material, kind in system.found.materials.items():
        stores = dict.fromkeys(
            role.from_ for role in system.roles.values() if material in system.inputs(role) and role.from_
        )
        if not stores or system.claimed(material) or (material in made and material not in supplied):
            continue
        ample = Quantity(AMPLE, "kg" if kind.unit == "kg" else "1")
        changes: dict[str, object] = {}
        for store in stores:
            place = f"stores.{store}.holds.{material}"
            changes |= {f"{place}.initial": ample, f"{place}.capacity": None}
            if any(
                link.from_ == store and material in link.materials for link in system.found.links.values()
            ):
                # or vehicles would carry off what is there for lines only
                changes |= {f"{place}.floor": ample, f"{place}.releasable": None}
        yield Lift(
            f"supply_of_{material}"[:LONGEST_NAME],
            f"{material} lies ready in any amount from the start",
            changes,
        )


def _breakdowns(system: _System) -> Iterator[Lift]:
    changes = {
        f"plants.roles.{name}.breakdown": None for name, role in system.roles.items() if role.breakdown
    }
    if changes:
        yield Lift("breakdowns", "no line ever fails", changes)


def _crews(system: _System) -> Iterator[Lift]:
    changes = {f"regions.{name}.crews": None for name, each in system.found.regions.items() if each.crews}
    if changes:
        yield Lift("crews", "a repair crew for every line that fails", changes)


def _rejects(system: _System) -> Iterator[Lift]:
    changes = {
        f"plants.roles.{name}.reject": 0.0
        for name, role in system.roles.items()
        if role.reject or system.moves("plants", "roles", name, "reject")
    }
    if changes:
        yield Lift("rejects", "nothing is scrapped", changes)


def _hours(system: _System) -> Iterator[Lift]:
    changes: dict[str, object] = {}
    for name in dict.fromkeys(role.calendar for role in system.roles.values() if role.calendar):
        calendar = system.found.calendars[name]
        always = all((each.shifts, each.days) == (3, 7) for each in calendar.changes) and not calendar.closed
        if not always or system.moves("calendars", name):
            first = {"from": calendar.changes[0].from_, "shifts": 3, "days": 7}
            changes[f"calendars.{name}"] = {"changes": [first]}
    if changes:
        yield Lift("hours", "three shifts on seven days from the start", changes)


def _commissioning(system: _System) -> Iterator[Lift]:
    if system.found.plants and system.found.plants.new:
        yield Lift(
            "commissioning", "all plants are there and at full speed from the start", {"plants.new": None}
        )


def _stores(system: _System) -> Iterator[Lift]:
    changes = {
        f"stores.{store}.holds.{material}.capacity": None
        for store, each in system.found.stores.items()
        for material, holding in each.holds.items()
        if holding.capacity is not None
    }
    if changes:
        yield Lift("store_capacity", "room for any amount in every store", changes)


def _transport(system: _System) -> Iterator[Lift]:
    changes: dict[str, object] = {}
    for name, link in system.found.links.items():
        changes[f"links.{name}.load"] = Quantity(AMPLE, link.load.unit)
        changes[f"links.{name}.minimum"] = Quantity(1.0, link.minimum.unit)
    if changes:
        words = "vehicles leave when they are due, with all there is, however much or little"
        yield Lift("transport", words, changes)


def _capacity(system: _System) -> Iterator[Lift]:
    for name, role in system.roles.items():
        factor = f"capacity_of_{name}"[:LONGEST_NAME]
        field_, times = ("rate", 2.0) if role.rate is not None else ("work", 0.5)
        law = Constant(value=Quantity(1.0))
        doubling = Factor(distribution=law, scales=(f"plants.roles.{name}.{field_}",), assumption="none")
        yield Lift(
            f"twice_{name}"[:LONGEST_NAME],
            f"plants of {name} work twice as fast",
            {factor: times},
            {factor: doubling},
        )
