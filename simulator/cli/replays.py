"""What is to be seen in one replication, as it is printed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from simulator.cli.tables import Column, Row, counted, print_table, print_text

if TYPE_CHECKING:
    from simulator.model.claims import Claim
    from simulator.path import SamplePath
    from simulator.responses import Measures
    from simulator.responses.balances import Balance
    from simulator.results import Run


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One replication, measured and checked."""

    scenario: str | None
    """None when a system is replayed that was realised already."""
    replication: int
    engine: str
    path: "SamplePath"
    measures: "Measures"
    balances: "tuple[Balance, ...]"
    """By store and material."""
    broken: Mapping[str, str]
    """Every invariant by name with what breaks it; empty texts where it holds."""
    stored: Mapping[str, tuple[float, float]] | None
    """Columns whose stored number differs, with it and the new one; None when there is no stored row."""

    @property
    def sound(self) -> bool:
        """Whether everything holds, and equals what was stored."""
        return (
            not any(self.broken.values()) and not self.stored and all(each.closes for each in self.balances)
        )

    def as_dict(self) -> dict[str, Any]:
        """Return what is to be seen as plain values."""
        from simulator.responses.balances import over_all_stores

        everywhere = over_all_stores(self.balances, self.path.system)
        return {
            "scenario": self.scenario,
            "replication": self.replication,
            "engine": self.engine,
            "bound_events": self.path.bound_events,
            "rows": len(self.path.rows),
            "balances": [asdict(each) | {"closes": each.closes} for each in everywhere],
            "balances_by_store": [asdict(each) | {"closes": each.closes} for each in self.balances],
            "columns": self.measures.columns,
            "weekly": {name: counts.tolist() for name, counts in self.measures.weekly.items()},
            "invariants": {name: what or "holds" for name, what in self.broken.items()},
            "equals_stored_row": None if self.stored is None else not self.stored,
            "differs_from_stored_row": self.stored,
        }


def seen(
    path: "SamplePath",
    *,
    claims: "Mapping[str, Claim]",
    scenario: str | None,
    seed: int,
    replication: int,
    engine: str,
    row: Mapping[str, float] | None,
) -> Seen:
    """Measure and check a replication that an engine made, and compare it with its row in a run, if there is one."""
    from simulator import responses
    from simulator.responses.balances import balances
    from simulator.runner.stored import differing

    measures = responses.measure(path, claims)
    return Seen(
        scenario=scenario,
        replication=replication,
        engine=engine,
        path=path,
        measures=measures,
        balances=balances(path),
        broken=_broken(path, (seed, replication)),
        stored=None if row is None else differing(row, measures.columns),
    )


def _broken(path: "SamplePath", address: tuple[int, int]) -> dict[str, str]:
    """Return every invariant up to the first that is broken, with what breaks it; address: seed, replication."""
    from simulator.testing.invariants import INVARIANTS, BrokenInvariant, darkness

    checks = {each.__name__: partial(each, path, path.system) for each in INVARIANTS}
    checks[darkness.__name__] = partial(darkness, path, path.system, address)
    found: dict[str, str] = {}
    for name, check in checks.items():
        try:
            check()
        except BrokenInvariant as error:
            found[name] = str(error)
            # those that follow take this one for granted
            return found
        found[name] = ""
    return found


def stored_row(run: "Run | None", scenario: str, replication: int) -> dict[str, float] | None:
    """Return the numbers stored of a replication; None when it was not run, or failed."""
    if run is None or scenario not in run.scenarios:
        return None
    return run.row(scenario, replication)


def print_replay(found: Seen) -> None:
    """Print what is to be seen in a replication."""
    system = found.path.system
    print(
        f"{found.scenario or 'realised system'}, replication {found.replication}, on the {found.engine} engine: "
        f"{counted(len(system.plants), 'plant')}, {counted(len(system.lines), 'line')}, "
        f"{counted(found.path.bound_events, 'bound event')}\n"
    )
    _print_balances(found)
    _print_hours(found)
    _print_weeks(found)
    _print_verdicts(found)


def _print_balances(found: Seen) -> None:
    from simulator.responses.balances import AMOUNTS, over_all_stores

    print(
        "BALANCE over all stores: opening + added + supplied + made + received = used + shipped + closing\n"
    )
    rows: list[Row] = [
        (
            each.material,
            each.unit,
            *(f"{getattr(each, name):,}" for name in AMOUNTS),
            "=" if each.closes else "DIFFERS",
        )
        for each in over_all_stores(found.balances, found.path.system)
    ]
    columns = Column("material"), Column("unit"), *(Column(name, right=True) for name in AMOUNTS), Column("")
    print_table(columns, rows)


def _print_hours(found: Seen) -> None:
    from simulator.model.system import State

    states = [state.name.lower() for state in State]
    print("\nHOURS of the lines by role and state\n")
    rows: list[Row] = []
    for role in found.path.system.roles:
        hours = [found.measures.columns[f"hours.{role.name}.{state}"] for state in states]
        rows.append((role.name, *(f"{each:,.0f}" for each in hours), f"{sum(hours):,.0f}"))
    headings = (*(state.replace("_", "\n") for state in states), "all")
    print_table((Column("role"), *(Column(heading, right=True) for heading in headings)), rows)


def _print_weeks(found: Seen) -> None:
    """Print what was made and delivered by week: in all, and the final products."""
    from datetime import timedelta

    from simulator.responses.outline import outline_of
    from simulator.responses.products import products

    system, weekly = found.path.system, found.measures.weekly
    final = {system.materials[number].name for number in products(outline_of(system))}
    names = [name for name in weekly if "." not in name or name.partition(".")[2] in final]
    print("\nMADE AND DELIVERED by week: all final products, then each\n")
    rows: list[Row] = []
    for week in range(len(weekly["made"])):
        day = system.start + timedelta(weeks=week)
        rows.append((f"{day}", *(f"{weekly[name][week]:,}" for name in names)))
    rows.append(("in all", *(f"{weekly[name].sum():,}" for name in names)))
    columns = Column("week of"), *(Column(name.replace(".", "\n"), right=True) for name in names)
    print_table(columns, rows)


def _print_verdicts(found: Seen) -> None:
    held = [name.replace("_", " ") for name, what in found.broken.items() if not what]
    broken = [what for what in found.broken.values() if what]
    print("\nCHECKS\n")
    if held:
        print_text(f"What must always hold does hold: {', '.join(held)}.")
    for what in broken:
        print_text(f"BROKEN: {what}")
    if found.stored is None:
        print("No row of this replication is stored to compare with.")
    elif not found.stored:
        print(f"All {len(found.measures.columns):,} responses equal the stored row.")
    else:
        count = len(found.stored)
        print(f"{count:,} of {len(found.measures.columns):,} responses DIFFER from the stored row:\n")
        rows: list[Row] = [
            (name, repr(was), repr(now)) for name, (was, now) in list(found.stored.items())[:20]
        ]
        print_table((Column("response"), Column("stored", right=True), Column("now", right=True)), rows)
