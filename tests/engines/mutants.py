"""Planted faults in the compiled kernels, each a change of a few words, and the systems that give them away."""

import importlib
import importlib.abc
import importlib.machinery
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from simulator.engines.reference import simulate as simulate_reference
from simulator.model.system import System
from simulator.path import SamplePath
from simulator.testing.strategies import random_system
from tests.engines.corners import CORNERS

PACKAGE = "simulator.engines.compiled"
ROOT = Path(__file__).parents[2]
SEED, REPLICATION = 7, 3
TELLING = (4, 6, 1, 7, 47, 34, 39, 15, 10, 52, 35, 46, 17)
GENERATED = (*TELLING, *(number for number in range(1, 61) if number not in TELLING))
"""Numbers of small systems in which much happens at one instant; those that soonest give all mutants away first."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text of one module of the kernels, which occurs there once, and what stands in its place."""

    module: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault in words, the clause of the contract that it breaks, and how it is planted."""

    fault: str
    clause: str
    edits: tuple[Edit, ...]


def mutant(fault: str, clause: str, *edits: tuple[str, str, str]) -> Mutant:
    """Return a mutant of edits given as module, old, new."""
    return Mutant(fault, clause, tuple(Edit(*edit) for edit in edits))


MUTANTS: tuple[Mutant, ...] = (
    mutant(
        "ties are broken by the highest number",
        "4",
        ("sorting", "    return c < z\n", "    return c > z\n"),
    ),
    mutant(
        "passes are carried out once",
        "3",
        ("allocation", "    while _pass(t):\n        pass\n", "    _pass(t)\n"),
    ),
    mutant(
        "lines load before others unload",
        "3",
        (
            "allocation",
            "    if (t.mark_counts[DONE] or t.mark_counts[EMPTIED]) and _unload(t):\n",
            """\
    if (t.mark_counts[EMPTY] or t.mark_counts[REFILLED]) and _load(t):
        changed = True
    if (t.mark_counts[DONE] or t.mark_counts[EMPTIED]) and _unload(t):
""",
        ),
    ),
    mutant(
        "nobody connects after the first who does not fit",
        "3",
        (
            "allocation",
            "        offer_power(t, line)\n",
            "        offer_power(t, line)\n        if t.lines[line].lacks_power == 1:\n            break\n",
        ),
    ),
    mutant(
        "crews go by the tick since which a line is loaded or empty",
        "4",
        (
            "lines",
            "crew_list(t, line.region), line.failed_since, 1)",
            "crew_list(t, line.region), line.since, 1)",
        ),
    ),
    mutant(
        "vehicles leave in the order of the file",
        "4",
        ("links", " = t.links[link].waiting_since, link, 0\n", " = 0, link, 0\n"),
    ),
    mutant(
        "vehicles are received before deliveries",
        "4",
        ("suppliers", "        return found.what > what\n", "        return found.what < what\n"),
    ),
    mutant(
        "shedding does not walk back",
        "6",
        ("power", "if load + line.load_kw <= found.supply_kw:", "if load + line.load_kw < 0:"),
    ),
    mutant(
        "the line connected for longest is shed first",
        "6",
        ("power", "-line.priority, -line.connected_since,", "-line.priority, line.connected_since,"),
    ),
    mutant(
        "a ramp's speed holds at the age at which it ends",
        "8",
        ("lines", "if age < t.ramps[place].until:", "if age <= t.ramps[place].until:"),
    ),
    mutant(
        "delivered amounts are rounded down",
        "9",
        ("suppliers", "whole = int(min(amount + 0.5, ", "whole = int(min(amount, "),
    ),
    mutant(
        "curtailed supply is rounded down",
        "9",
        ("power", "(1.0 - found.curtailed_by) + 0.5)", "(1.0 - found.curtailed_by))"),
    ),
    mutant(
        "the time to failure begins anew when a line stops",
        "10",
        (
            "lines",
            "        account(t, number)\n        disconnect(t, number)\n",
            "        account(t, number)\n        disconnect(t, number)\n        draw_failure(t, number)\n",
        ),
    ),
    mutant(
        "a lot that ends as its line fails is not done",
        "2",
        ("lines", "    if line.left <= 0:\n", "    if line.left <= 0 and line.to_failure != 0:\n"),
    ),
    mutant(
        "a line keeps its power outside shifts",
        "11",
        (
            "lines",
            "        stop(t, number)\n        mark(t, TOUCHED, number)\n",
            "        mark(t, TOUCHED, number)\n",
        ),
    ),
    mutant(
        "a repair does not give its crew back",
        "11",
        ("lines", "t.regions[line.region].free += 1", "t.regions[line.region].free += 0"),
    ),
    mutant(
        "lots in flow keep no room",
        "13",
        ("waiting", "found.capacity - found.stock - found.reserved", "found.capacity - found.stock"),
    ),
    mutant(
        "a line that unloads keeps its rank",
        "4",
        (
            "lines",
            "BLOCKED | AWAITING_MATERIAL\n    line.since = t.clock[0].now\n",
            "BLOCKED | AWAITING_MATERIAL\n",
        ),
    ),
    mutant(
        "a lot on a slow grid ends a tick early",
        "15",
        (
            "lines",
            "    return (left + speed - 1) // speed\n",
            "    return left // speed\n",
        ),
    ),
    mutant(
        "an instant at which nothing but a delivery comes is passed over",
        "3",
        ("allocation", " and t.clock[0].arrival_count == 0:\n", ":\n"),
    ),
    mutant(
        "a line that is empty alone goes before those that starve",
        "3",
        (
            "allocation",
            "if t.mark_counts[EMPTY] == 1 and t.mark_counts[REFILLED] == 0:\n",
            "if t.mark_counts[EMPTY] == 1:\n",
        ),
    ),
    mutant(
        "a slow grid's speed is rounded up",
        "15",
        (
            "power",
            "FULL_SPEED * found.supply_kw // found.load_kw)",
            "-(-FULL_SPEED * found.supply_kw // found.load_kw))",
        ),
    ),
    mutant(
        "a slow grid's draw is rounded up",
        "15",
        (
            "power",
            "found.load_kw * found.speed // FULL_SPEED",
            "-(-found.load_kw * found.speed // FULL_SPEED)",
        ),
    ),
    mutant(
        "one feeder too many is dark",
        "16",
        ("power", "1 if place < dark else 0", "1 if place <= dark else 0"),
    ),
    mutant(
        "a closed line loads",
        "11",
        ("bars", "NOT_COMMISSIONED | UNDER_REPAIR | OFF_SHIFT\n", "NOT_COMMISSIONED | UNDER_REPAIR\n"),
    ),
    mutant(
        "lines are not told that there is light again",
        "16",
        (
            "power",
            "    if feeder.dark == dark:\n        return\n",
            "    if feeder.dark >= dark:\n        return\n",
        ),
    ),
    mutant(
        "lines of feeders gone dark stay connected",
        "16",
        ("power", "        if dark == 1:\n", "        if dark == 2:\n"),
    ),
    mutant(
        "of the lines that have light again only those ask that stood without power",
        "16",
        (
            "power",
            "        elif wants_power(t, line):\n",
            "        elif wants_power(t, line) and t.lines[line].lacks_power == 1:\n",
        ),
    ),
    mutant(
        "the time before a curtailment is drawn twice",
        "17",
        ("power", "ticks(t, found.every, index + 1)", "ticks(t, found.every, index)"),
    ),
    mutant(
        "links take what lies below the floor",
        "19",
        ("stores", "found.stock - found.floor", "found.stock"),
    ),
    mutant(
        "deliveries are judged before a disruption begins or ends",
        "20",
        (
            "suppliers",
            "whole, found.shelf, found.material, 0)",
            "whole, found.shelf, found.material, found.disrupted)",
        ),
        ("suppliers", "if t.suppliers[found.position].disrupted == 1:", "if found.place == 1:"),
    ),
    mutant(
        "a share of use looks beyond the run's end",
        "20",
        ("suppliers", "until = min(now + until_next, t.clock[0].end_tick)", "until = now + until_next"),
    ),
    mutant(
        "a vehicle that falls due takes the number of the one that waits",
        "21",
        (
            "links",
            "        write(t, MISSED,",
            "        found.waiting_number = found.number\n        write(t, MISSED,",
        ),
    ),
    mutant(
        "missed vehicles are not counted",
        "21",
        (
            "links",
            "    found.number += 1\n",
            "    found.number += 1 if found.waiting_since == clock.now else 0\n",
        ),
    ),
    mutant(
        "a vehicle waits at its minimum",
        "21",
        ("links", "if there < found.minimum:", "if there <= found.minimum:"),
    ),
    mutant(
        "the interval by date changes a tick late",
        "21",
        ("links", "if t.laws[place].tick <= t.clock[0].now:", "if t.laws[place].tick < t.clock[0].now:"),
    ),
    mutant(
        "the last container is not counted unless full",
        "21",
        ("links", "-(-(found.load - space) // found.loads_of)", "(found.load - space) // found.loads_of"),
    ),
    mutant(
        "rows of one key are not summed",
        "23",
        ("rows", "        if entry.first == last:\n", "        if entry.first == -2:\n"),
    ),
    mutant(
        "the rows of an instant stand as they happened",
        "23",
        ("rows", "    sort(t.entries, t.spare, clock.entry_count)\n", ""),
    ),
    mutant(
        "flow is drawn by the number of the next lot",
        "25",
        (
            "lines",
            "stream_of(number, FLOW), line.lot_number)",
            "stream_of(number, FLOW), line.lot_number + 1)",
        ),
    ),
    mutant(
        "rejects are drawn by the number of the next lot",
        "25",
        (
            "lines",
            "stream_of(number, REJECT), line.lot_number)",
            "stream_of(number, REJECT), line.lot_number + 1)",
        ),
    ),
    mutant(
        "a list forgets who needs least",
        "3",
        ("waiting", "    chain.least = min(chain.least, need)\n", "    chain.least = need\n"),
    ),
    mutant(
        "what is brought forward is told to its own block alone",
        "1",
        ("calendar", "        if keys[above] <= key:\n", "        if level > 1 or keys[above] <= key:\n"),
    ),
    mutant(
        "a line goes on before those that wait for its power",
        "4",
        ("repeating", "grid_list(t, line.grid)].head >= 0", "grid_list(t, line.grid)].head > len(t.nodes)"),
    ),
    mutant(
        "a line goes on, and nobody takes the room that its inputs leave",
        "3",
        (
            "repeating",
            "room_list(t, t.inputs[place].shelf)].head >= 0",
            "room_list(t, t.inputs[place].shelf)].head > len(t.nodes)",
        ),
    ),
    mutant(
        "a line goes on, and nobody takes what it made",
        "3",
        ("repeating", "if line.has_flow == 0 and is_awaited", "if line.has_flow == 2 and is_awaited"),
    ),
    mutant(
        "a line goes on whatever room there is",
        "13",
        ("repeating", "line.lot > room(t, recipe.output_shelf)", "room(t, recipe.output_shelf) < 0"),
    ),
    mutant(
        "a line goes on while a vehicle waits for the room that its inputs leave",
        "21",
        ("repeating", "if t.clock[0].arrival_count > 0 or line.lot", "if line.lot"),
    ),
    mutant(
        "a line that fails as its lot is done goes on",
        "2",
        ("repeating", "line.to_failure <= run", "line.to_failure < run"),
    ),
    mutant(
        "a line that goes on is shed as if it had been connected all the while",
        "6",
        ("repeating", "    line.connected_since = t.clock[0].now\n", ""),
    ),
    mutant(
        "a line goes on with less than its inputs",
        "12",
        ("repeating", " and first_lacking(t, line.recipe) < 0", ""),
    ),
    mutant(
        "a line goes on with the recipe that it had before",
        "12",
        ("repeating", "line.recipe == line.first_recipe and ", ""),
    ),
    mutant(
        "a line goes on before the others that are due",
        "3",
        ("unfold", "if tick_of(event) == now or slot", "if slot"),
    ),
    mutant(
        "events at the run's end are carried out",
        "1",
        ("unfold", "if now >= clock.end_tick:", "if now > clock.end_tick:"),
    ),
    mutant(
        "a plant's commissioning counts once a line",
        "2",
        (
            "unfold",
            "        if found.tick == t.clock[0].now:\n            t.clock[0].bound_events += 1\n",
            "        if found.tick == t.clock[0].now:\n            t.clock[0].bound_events += found.lines\n",
        ),
    ),
    mutant(
        "who asked once never asks again",
        "3",
        ("marks", "t.is_marked[first + t.marked[place]] = 0", "t.is_marked[first + t.marked[place]] = 1"),
    ),
    mutant(
        "lines of one plant share their numbers",
        "5",
        (
            "stream_tables",
            "_words(line.name) for line in lines",
            '_words(line.name.rpartition("/")[0]) for line in lines',
        ),
    ),
    mutant(
        "supply of all months is that of the first supplier",
        "9",
        ("suppliers", "t.monthly[12 * supplier + month(t)]", "t.monthly[month(t)]"),
    ),
    mutant(
        "a lot takes the first of its inputs alone",
        "12",
        (
            "line_tables",
            'recipes["inputs"] = first_input[place], inputs[place]',
            'recipes["inputs"] = first_input[place], np.minimum(inputs[place], 1)',
        ),
    ),
    mutant(
        "the last recipe is tried first",
        "12",
        ("line_tables", "flat([line.recipes for line", "flat([line.recipes[::-1] for line"),
    ),
    mutant(
        "a line that only draws power is never loaded",
        "14",
        ("line_tables", "NONE if line.recipes else 0 for", "NONE for"),
    ),
    mutant(
        "periods of rotation are counted from the horizon's start",
        "16",
        ("tables", "_since_year_one(system) + system.first_tick", "_since_year_one(system)"),
    ),
    mutant(
        "the time before a disruption is drawn twice",
        "17",
        ("suppliers", "found.disruption_every, index + 1)", "found.disruption_every, index)"),
    ),
    mutant(
        "a calendar that is open at the first tick opens again",
        "18",
        ("tables", 'calendars["next_change"] = calendars["is_open"]', 'calendars["next_change"] = 0'),
    ),
    mutant(
        "a line that draws a material by two recipes uses it twice",
        "20",
        (
            "tables",
            "return found[:1]",
            "return found",
        ),
    ),
    mutant(
        "the first delivery comes at the first tick",
        "20",
        ("unfold", "first = clock.now + ticks(t, found.every, 0)", "first = clock.now"),
    ),
    mutant(
        "what is under way comes a tick late",
        "21",
        ("pool", "schedule(t, clock.comings + place, tick)", "schedule(t, clock.comings + place, tick + 1)"),
    ),
    mutant(
        "what is under way is forgotten when the pool grows",
        "13",
        ("scratch", '        "keys": slots,\n', ""),
    ),
    mutant(
        "a vehicle is received with room for the first of its materials",
        "21",
        (
            "links",
            """\
        for number in range(found.cargo):
            amount = t.pool_cargo[first + number]
            if amount > 0 and""",
            """\
        for number in range(1):
            amount = t.pool_cargo[first + number]
            if amount > 0 and""",
        ),
    ),
    mutant(
        "a warm-up begins in the month of the horizon's start",
        "22",
        ("tables", "start + timedelta(days=first_tick // TICKS_PER_DAY)", "start"),
    ),
    mutant(
        "all replications draw the numbers of the first",
        "24",
        ("tables", '"replication": replication,', ""),
    ),
    mutant(
        "a stream keeps its first block of numbers",
        "24",
        ("chance", "if entry.block != block:", "if entry.block < 0:"),
    ),
    mutant(
        "a law of several uniforms takes those of the next number",
        "24",
        ("chance", "t.clock[0].replication, index)", "t.clock[0].replication, index + 1)"),
    ),
)


def systems() -> Iterator[tuple[str, System]]:
    """Yield the systems that mutants are carried out on, by name: those made by hand, then generated ones."""
    for corner in CORNERS:
        yield corner.__name__.replace("_", " "), corner()
    for number in GENERATED:
        yield f"generated {number}", random_system(number, max_plants=10, max_days=4, tie_heavy=True)


class _Planted(importlib.abc.MetaPathFinder):
    """Finds the modules of the kernels with faults planted in them."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        edits = [edit for edit in self.edits if name == f"{PACKAGE}.{edit.module}"]
        if not edits:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(name, spec.origin, edits)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module as it reads after edits."""

    def __init__(self, name: str, path: str, edits: Sequence[Edit]) -> None:
        super().__init__(name, path)
        self.edits = edits

    def get_code(self, fullname: str) -> CodeType:
        return compile(edited(Path(self.path).read_text(), self.edits), self.path, "exec")


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Return a text after edits; raises ValueError where an old text does not occur exactly once."""
    for edit in edits:
        if text.count(edit.old) != 1:
            raise ValueError(f"{edit.module}.py has {text.count(edit.old)} times {edit.old!r}, not once")
        text = text.replace(edit.old, edit.new)
    return text


@contextmanager
def planted(edits: Sequence[Edit]) -> Iterator[Any]:
    """Import the compiled engine with faults planted in it, and give its `simulate`; then forget it."""
    finder = _Planted(edits)
    sys.meta_path.insert(0, finder)
    kept = _forget()
    try:
        yield importlib.import_module(f"{PACKAGE}.engine").simulate
    finally:
        sys.meta_path.remove(finder)
        _forget()
        sys.modules.update(kept)


def _forget() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name == PACKAGE or name.startswith(f"{PACKAGE}.")]
    return {name: sys.modules.pop(name) for name in names}


def same(one: SamplePath, other: SamplePath) -> bool:
    """Return whether two paths are equal, bound events included."""
    return one.tobytes() == other.tobytes() and one.bound_events == other.bound_events


def caught_by(mutants: Sequence[Mutant], cases: Sequence[tuple[str, System]]) -> list[str]:
    """Return for each mutant the first system on which its bytes differ from the reference engine's; "" for none."""

    @cache
    def expected(number: int) -> SamplePath:
        return simulate_reference(cases[number][1], seed=SEED, replication=REPLICATION)

    found = []
    for each in mutants:
        with planted(each.edits) as simulate:
            found.append(_first_shown(simulate, cases, expected))
    return found


def _first_shown(
    simulate: Any, cases: Sequence[tuple[str, System]], expected: Callable[[int], SamplePath]
) -> str:
    for number, (name, system) in enumerate(cases):
        if not same(simulate(system, seed=SEED, replication=REPLICATION), expected(number)):
            return name
    return ""


def interpreted(first: int, last: int) -> list[str]:
    """Return what `caught_by` says of some mutants, from a process of its own that compiles nothing."""
    script = (
        "import json, sys; from tests.engines.mutants import MUTANTS, caught_by, systems; "
        f"json.dump(caught_by(MUTANTS[{first}:{last}], [*systems()]), sys.stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: list[str] = json.loads(done.stdout)
    return found


def table(caught: Sequence[str]) -> str:
    """Return what the mutants are, and what gave each of them away, as a page of Markdown."""
    lines = [
        "# Planted faults, and what caught them",
        "",
        f"{len(MUTANTS)} faults are planted in the compiled kernels, one at a time, each a change of a few words.",
        "The kernels then run interpreted on small systems: those made by hand, in each of which one rule decides,",
        "then generated ones. A fault is caught when the rows, or the number of bound events, differ from those of",
        "the reference engine. `make mutants` writes this page. `make parity` also compiles one of them where the",
        "right version is compiled already, and has to find it ([parity](parity.md)).",
        "",
        "| fault | clause | module | caught by |",
        "|---|---:|---|---|",
    ]
    for each, name in zip(MUTANTS, caught, strict=True):
        lines.append(f"| {each.fault} | {each.clause} | `{each.edits[0].module}` | {name or 'nothing'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "mutants.md").write_text(table(interpreted(0, len(MUTANTS))))
