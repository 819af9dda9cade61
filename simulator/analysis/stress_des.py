"""What a reader of a study must be told of its model, by the items of STRESS-DES.

Source: Monks, Currie, Onggo, Robinson, Kunc and Taylor, *Strengthening the reporting of empirical simulation
studies: introducing the STRESS guidelines*, Journal of Simulation 13 (2019), table of STRESS-DES.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.analysis.priors import prior
from simulator.analysis.tabular import Tabular
from simulator.model.experiment import Experiment
from simulator.model.grounds import grounds
from simulator.model.plants import Role

if TYPE_CHECKING:
    import pandas as pd

FEW = 12
"""Names that a cell lists; of more it tells how many more there are."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the checklist, answered for one experiment."""

    number: str
    name: str
    answer: str


@dataclass(frozen=True, slots=True)
class StressDes(Tabular):
    """The checklist in order, sections 1 to 6."""

    items: tuple[Item, ...]

    def to_frame(self) -> "pd.DataFrame":
        """Return a row an item: number, name, answer."""
        import pandas as pd

        return pd.DataFrame(
            [(each.number, each.name, each.answer) for each in self.items], columns=[*HEADINGS]
        )


HEADINGS = ("item", "what is asked", "answer")


def stress_des(experiment: Experiment) -> StressDes:
    """Return the checklist of an experiment: what its document says, and what holds for every one."""
    parts = _objectives, _logic, _components, _data, _experimentation, _implementation
    return StressDes(tuple(Item(*texts) for part in parts for texts in part(experiment)))


Texts = tuple[str, str, str]


def _objectives(experiment: Experiment) -> Iterator[Texts]:
    claims = [
        f"{name}: {claim.quantity} of {_listed(claim.materials or claim.links)} from {claim.from_} to "
        f"{claim.by} "
        f"at least {claim.at_least:,.12g}"
        for name, claim in experiment.claims.items()
    ]
    yield "1.1", "Purpose of the model", experiment.title
    yield (
        "1.2",
        "Model outputs",
        _sentences("Claims", claims)
        + " Besides, by material, store, role, link and week: made, rejected, used, delivered, stocks, "
        "hours by state, "
        "utilisation, output lost by state, departures, loads.",
    )
    yield (
        "1.3",
        "Experimentation aims",
        _sentences("Scenarios", [_scenario(name, tree) for name, tree in experiment.scenarios.items()])
        + (f" Swept: {_listed(experiment.sweep)}." if experiment.sweep else ""),
    )


def _scenario(name: str, changes: Mapping[str, object]) -> str:
    return f"{name}, with {_listed(changes)} changed" if changes else f"{name}, the system as it is described"


def _logic(experiment: Experiment) -> Iterator[Texts]:
    yield "2.1", "Base model overview", f"What flows where: {'; '.join(_flows(experiment)) or 'nothing'}."
    yield (
        "2.2",
        "Base model logic",
        (
            "Three phases at every instant (Tocher): the clock goes to the earliest event; all events due "
            "are carried out, "
            "each on its own part; then what is scarce (room, crews, stock, vehicles, power) goes out in "
            "rank order until "
            "nothing more can start. Time is whole milliseconds, stocks whole items or kilograms, power "
            "whole kilowatts."
        ),
    )
    policies = Counter(
        region.grid.policy for region in experiment.system.regions.values() if region.grid is not None
    )
    grids = _listed(f"{count} to {_POLICY[name]}" for name, count in policies.items())
    yield (
        "2.3",
        "Scenario logic",
        (
            "A scenario puts other values into the same description; its value wins over a factor's. All "
            "scenarios take the "
            "same random numbers, by address."
        ),
    )
    yield (
        "2.4",
        "Algorithms",
        (
            f"Grids: {grids or 'none'}. Lines load the first recipe whose inputs are all there; rank is by "
            "priority, then by "
            "the time since which one waits, then by name."
        ),
    )


_POLICY = {"shed": "shed lines by rank", "slow": "slow all lines", "rotate": "darken feeders in turn"}


def _flows(experiment: Experiment) -> Iterator[str]:
    system = experiment.system
    for name, supplier in system.suppliers.items():
        yield f"{name} brings {supplier.material} to {supplier.to}"
    for name, role in (system.plants.roles if system.plants else {}).items():
        makes = sorted({system.recipes[recipe].output for recipe in _recipes(role)})
        if makes:
            source = f"draw from {role.from_}, " if role.from_ else ""
            yield f"{name} {source}make {_listed(makes)} for {role.to}"
    for name, link in system.links.items():
        yield f"{name} carries {_listed(link.materials)} from {link.from_} to {link.to}"


def _recipes(role: Role) -> set[str]:
    return {recipe for calibre in (*role.calibres, None) for recipe in role.recipe_names(calibre)}


def _components(experiment: Experiment) -> Iterator[Texts]:
    system = experiment.system
    roles = system.plants.roles if system.plants else {}
    yield "2.5.1", "Entities", f"Lots of {_listed(system.materials)}; vehicles of {_listed(system.links)}."
    yield (
        "2.5.2",
        "Activities",
        (
            f"Runs of lots ({_listed(roles)}), breakdowns and repairs "
            f"({_listed(n for n, r in roles.items() if r.breakdown)}), "
            f"flow after the line ({_listed(n for n, r in roles.items() if r.flow)}), deliveries "
            f"({_listed(system.suppliers)}), "
            f"voyages ({_listed(system.links)})."
        ),
    )
    crews = [f"{region.crews} crews in {name}" for name, region in system.regions.items() if region.crews]
    grids = [name for name, region in system.regions.items() if region.grid is not None]
    yield (
        "2.5.3",
        "Resources",
        (
            f"Plants: {system.plants.total if system.plants else 0:,} to be dealt to roles and regions by "
            "shares; power of grids: "
            f"{_listed(grids)}; repair crews: {_listed(crews)}; calendars: {_listed(system.calendars)}."
        ),
    )
    yield (
        "2.5.4",
        "Queues",
        (
            f"Stocks of {_listed(system.stores)}. Lines that wait for stock, room, power or a crew, and "
            "vehicles that wait for a "
            "load or for room, stand in rank order."
        ),
    )
    exports = [name for name, link in system.links.items() if link.to == "delivered"]
    yield (
        "2.5.5",
        "Entry and exit points",
        (
            f"In: initial stocks, dated additions, {_listed(system.suppliers)}. Out: {_listed(exports)}, "
            "rejects, and what a full store turns away, which is counted."
        ),
    )


def _data(experiment: Experiment) -> Iterator[Texts]:
    cited = sorted({id_ for each in grounds(experiment) for id_ in each.evidence})
    yield (
        "3.1",
        "Data sources",
        f"{len(cited)} rows of the register of evidence: {_listed(cited, most=len(cited))}.",
    )
    yield (
        "3.2",
        "Pre-processing",
        (
            f"Units are turned into kg, kW, kWh, h and items. Derived: {_listed(experiment.derived)}. "
            "A draw is made whole: whole plants by largest remainders, whole kilowatts, items, milliseconds."
        ),
    )
    yield (
        "3.3",
        "Input parameters",
        _sentences("Factors", [f"{name} {prior(factor)}" for name, factor in experiment.factors.items()]),
    )
    stated = [f"{each.place}: {each.assumption}" for each in grounds(experiment) if each.assumption]
    bare = [name for name, factor in experiment.factors.items() if not factor.supported]
    yield (
        "3.4",
        "Assumptions",
        _sentences("Stated", stated) + f" Factors with neither evidence nor assumption: {_listed(bare)}.",
    )


def _experimentation(experiment: Experiment) -> Iterator[Texts]:
    horizon, precision, design = experiment.horizon, experiment.precision, experiment.design
    warm_up = horizon.warm_up.number
    yield (
        "4.1",
        "Initialisation",
        (f"A warm-up of {warm_up:,.12g} h before the start, not counted. " if warm_up else "No warm-up: ")
        + "stocks begin as described, lines empty.",
    )
    yield "4.2", "Run length", f"{horizon.start} to {horizon.end}, {horizon.days:,} days, terminating."
    until = (
        f"until every interval is within {precision.half_width:g} either way, at most {precision.at_most:,}"
        if precision.half_width
        else f"{precision.at_most:,}"
    )
    scrambles = f" in {design.scrambles} scrambles" if design.scrambles else ""
    yield (
        "4.3",
        "Estimation approach",
        (
            f"Replications of a scenario: {until}. Factors by {design.kind.replace('_', ' ')} "
            f"sampling{scrambles}, common random "
            "numbers between scenarios; 95 % intervals of probabilities."
        ),
    )


def _implementation(experiment: Experiment) -> Iterator[Texts]:
    yield (
        "5.1",
        "Software",
        (
            "Python: SimPy for the reference engine, numba for the compiled one; the versions are in the "
            "manifest of a run."
        ),
    )
    yield (
        "5.2",
        "Random sampling",
        (
            f"Philox 4x64-10 in counter mode by seed ({experiment.seed}), stream, replication and index; "
            "quantile functions in "
            "arithmetic that has the same bits on every processor."
        ),
    )
    yield (
        "5.3",
        "Model execution",
        (
            "Two engines that agree bit for bit; every run repeats some replications on the other and records "
            "it."
        ),
    )
    yield "5.4", "System specification", "Written into the manifest of each run, with the time it took."
    yield (
        "6.1",
        "Computer model sharing",
        (
            "The document, resolved, is stored with its results; with the same version it gives the same bits "
            "again."
        ),
    )


def _sentences(heading: str, texts: Iterable[str]) -> str:
    return f"{heading}: {'; '.join(texts) or 'none'}."


def _listed(names: Iterable[str], most: int = FEW) -> str:
    """Return names with commas, the first `most` of them; `none` when there are none."""
    found = [str(each) for each in names]
    rest = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + rest or "none"
