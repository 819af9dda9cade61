"""Whether a realised system can be carried out while a person waits."""

from dataclasses import replace

from simulator.errors import Fault
from simulator.model.realising.size import expected_events, mean_ticks
from simulator.model.system import Line, System

MOST_EVENTS = 10_000_000
"""The most bound events of a realised system: about a minute on the compiled engine."""


def size_faults(system: System) -> list[Fault]:
    """Return the fault of a sound system that has more bound events than `MOST_EVENTS`, none otherwise."""
    events = expected_events(replace(system, lines=tuple(map(_at_work, system.lines))))
    if events <= MOST_EVENTS:
        return []
    cure = "by an earlier end_tick, longer every or fewer lines"
    return [Fault("end_tick", f"comes after about {events:,} events; give at most {MOST_EVENTS:,}, {cure}")]


def _at_work(line: Line) -> Line:
    """Return a line whose lots take the mean of what is drawn for them: a person may have changed either."""
    if line.work is None:
        return line
    ticks = round(mean_ticks(line.work))
    return replace(line, recipes=tuple(replace(recipe, ticks=ticks) for recipe in line.recipes))
