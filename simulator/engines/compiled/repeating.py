"""A line that is done with a lot and goes on with the next, alone at its instant, as it most often is.

The phases would find that it unloads, loads and connects again, and that nobody is served or held up by it. Where
that is sure beforehand the line goes on without asking.
"""

from simulator.engines.compiled.bars import RUNNING
from simulator.engines.compiled.layout import FULL_SPEED, Tables
from simulator.engines.compiled.lines import bring_in, bring_out, first_lacking, inspect, start_run
from simulator.engines.compiled.stores import is_awaited
from simulator.engines.compiled.waiting import grid_list, room, room_list
from simulator.jit import njit


@njit
def goes_on(t: Tables, number: int) -> bool:
    """Have a line, alone at its instant, go on with its next lot, if that is all; return whether it did."""
    if not _may_go_on(t, number) or _concerns_others(t, number):
        return False
    line = t.lines[number]
    line.to_failure -= t.clock[0].now - line.run_began
    inspect(t, number)
    bring_out(t, number)
    bring_in(t, number, line.recipe)
    line.connected_since = t.clock[0].now
    start_run(t, number)
    return True


@njit
def _may_go_on(t: Tables, number: int) -> bool:
    """Return whether a line that ran at full speed is done, has not failed, and has all for the same again."""
    line = t.lines[number]
    run = t.clock[0].now - line.run_began
    if t.bars[number] != RUNNING or line.speed != FULL_SPEED:
        return False
    if line.left > run * FULL_SPEED or line.to_failure <= run:
        return False
    return line.recipe == line.first_recipe and first_lacking(t, line.recipe) < 0


@njit
def _concerns_others(t: Tables, number: int) -> bool:
    """Return whether the line may lack room, or somebody waits for power, stock or room that it leaves."""
    line = t.lines[number]
    recipe = t.recipes[line.recipe]
    if t.clock[0].arrival_count > 0 or line.lot > room(t, recipe.output_shelf):
        return True
    if line.grid >= 0 and t.lists[grid_list(t, line.grid)].head >= 0:
        return True
    if line.has_flow == 0 and is_awaited(t, recipe.output_shelf, line.lot):
        return True
    for place in range(recipe.first_input, recipe.first_input + recipe.inputs):
        if t.lists[room_list(t, t.inputs[place].shelf)].head >= 0:
            return True
    return False
