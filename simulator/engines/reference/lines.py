"""A line: it loads a lot, runs it while it is connected, unloads it, and now and then fails."""

from typing import TYPE_CHECKING

import simpy

from simulator.engines.reference.stores import Shelf
from simulator.model.distributions import Variate
from simulator.model.system import NEVER, LotRecipe, State
from simulator.model.system import Line as LineValue
from simulator.path import Kind

if TYPE_CHECKING:
    from simulator.engines.reference.network import Network
    from simulator.engines.reference.power import Grid

NOT_COMMISSIONED, UNDER_REPAIR, OFF_SHIFT, BLOCKED, AWAITING_MATERIAL, AWAITING_POWER, RUNNING = State
USED, UNLOADED, REJECTED, MADE = Kind.USED, Kind.UNLOADED, Kind.REJECTED, Kind.MADE
"""Members by name: Python searches an enum for a member at every use, which takes as long as writing a row."""

FULL_SPEED = 1000
"""Thousandths of a tick of work done in a tick, where power is not short."""


class Line:
    """One line while it runs. A lot on it is `recipe`; `left` is its work left in thousandths of a tick."""

    __slots__ = (
        "allocation",
        "commissioned",
        "connected",
        "connected_since",
        "done",
        "env",
        "failed",
        "failed_since",
        "failure",
        "feeder",
        "flow",
        "good",
        "grid",
        "inputs",
        "left",
        "load_kw",
        "lot",
        "network",
        "number",
        "open_until",
        "outputs",
        "priority",
        "recipe",
        "recorder",
        "region",
        "reject",
        "repair",
        "repairs_ended",
        "run",
        "run_began",
        "shed_at",
        "since",
        "speed",
        "starving_for",
        "state",
        "to_failure",
        "value",
        "work",
    )

    def __init__(self, network: "Network", number: int, value: LineValue) -> None:
        self.network = network
        self.env = network.env
        self.allocation = network.allocation
        self.recorder = network.recorder
        self.number = number
        self.value = value
        self.priority = value.priority
        self.feeder = value.feeder
        self.region = network.regions[value.region]
        self.grid: Grid | None = network.grids[value.grid] if value.grid >= 0 else None
        self.inputs = [
            [(network.shelf(value.from_store, material), amount) for material, amount in recipe.inputs]
            for recipe in value.recipes
        ]
        self.outputs = [network.shelf(value.to_store, recipe.output) for recipe in value.recipes]
        self._draw_streams()

        self.commissioned = value.commissioned <= self.network.now
        self.open_until = network.open_until(value.calendar)
        """The tick at which the line closes, or the replication ends; None while it is closed."""
        self.failed = False
        self.lot = -1
        self.recipe = -1
        self.done = False
        self.good = 0
        self.left = 0
        self.load_kw = 0
        self.connected = False
        self.since = self.network.now
        """The tick since which the line is done, failed, empty or loaded (clause 4); a failure's own is apart."""
        self.failed_since = self.network.now
        self.connected_since = self.network.now
        self.shed_at: int | None = None
        """The tick at which the grid last shed the line."""
        self.starving_for: list[Shelf] = []
        self.run: simpy.Timeout | None = None
        """What ends the run, where anything does before the line closes."""
        self.state: State | None = None
        if value.only_draws_power:
            self.recipe, self.load_kw, self.left = 0, value.load_kw, NEVER * FULL_SPEED
        if not self.commissioned:
            network.commission_later(self)

    def _draw_streams(self) -> None:
        chance, value = self.network.chance, self.value
        self.work = chance.stream("work", value.name, value.work)
        self.flow = chance.stream("flow", value.name, value.flow)
        self.reject = chance.stream("reject", value.name)
        self.repairs_ended = 0
        self.to_failure = NEVER
        if value.breakdown:
            running_h = Variate("exponential", (value.breakdown.failure_mean_h,))
            self.failure = chance.stream("failure", value.name, running_h)
            self.repair = chance.stream("repair", value.name, value.breakdown.repair)
            self.to_failure = self._running_ticks_to_failure()

    def _running_ticks_to_failure(self) -> int:
        assert self.value.breakdown is not None
        if self.value.breakdown.failure_mean_h == float("inf"):
            return NEVER
        return self.failure.ticks(self.repairs_ended)

    @property
    def may_load(self) -> bool:
        """Whether the line is empty and may work (clause 11)."""
        return self.recipe < 0 and self.open_until is not None and self.commissioned and not self.failed

    @property
    def wants_power(self) -> bool:
        """Whether the line is loaded, open, healthy and lit, and not connected yet."""
        return (
            self.recipe >= 0
            and not (self.connected or self.done or self.failed)
            and self.open_until is not None
            and self.commissioned
            and (self.grid is None or self.feeder not in self.grid.dark)
        )

    def current_state(self) -> State:
        """Return the first state that holds (clause 11); a connected line is in none of those before running."""
        if self.connected and self.speed > 0:
            return RUNNING
        if not self.commissioned:
            return NOT_COMMISSIONED
        if self.failed:
            return UNDER_REPAIR
        if self.open_until is None:
            return OFF_SHIFT
        if self.done:
            return BLOCKED
        return AWAITING_MATERIAL if self.recipe < 0 else AWAITING_POWER

    # --- what changes the line in B ---

    def _start_run(self) -> None:
        """Run until the lot is done or the line fails, unless something stops it before (clauses 10, 15).

        An end at the line's closing or later is left to the closing.
        """
        self.run_began = self.network.now
        self.speed = self.grid.speed if self.grid else FULL_SPEED
        ticks = min(-(-self.left // self.speed), self.to_failure) if self.speed else NEVER
        assert self.open_until is not None
        if self.run_began + ticks < self.open_until:
            self.run = self.env.timeout(ticks)
            self.run.callbacks.append(self._end_run)

    def _end_run(self, _: simpy.Event | None = None) -> None:
        """Account for the ticks run; the lot counts first, then the failure (clause 2)."""
        self.run = None
        ticks = self.network.now - self.run_began
        if self.speed and ticks:
            self.left -= ticks * self.speed
            self.to_failure -= ticks
            if self.left <= 0:
                self._finish_lot()
            if self.to_failure == 0:
                self._fail()

    def _break_run(self) -> None:
        if self.run:
            self.run.callbacks = []
        self._end_run()

    def _finish_lot(self) -> None:
        self.good = self.value.lot
        if self.value.reject:
            rejects = int(self.value.lot * self.value.reject + self.reject.number(self.lot))
            self.good -= min(rejects, self.value.lot)  # the float sum may round up
        self.done = True
        self.since = self.network.now
        self.disconnect()
        self.recorder.bound_events += 1
        self.allocation.done.add(self)
        self.allocation.touched.add(self)

    def _fail(self) -> None:
        self.failed = True
        self.failed_since = self.network.now
        self.disconnect()
        self.recorder.bound_events += 1
        self.region.take_in(self)
        self.allocation.touched.add(self)

    def start_repair(self) -> None:
        """Be under repair, which goes on outside shifts (clause 11)."""
        self.env.timeout(self.repair.ticks(self.repairs_ended)).callbacks.append(self._end_repair)

    def _end_repair(self, _: simpy.Event) -> None:
        """Be as new (clause 10)."""
        self.recorder.bound_events += 1
        self.repairs_ended += 1
        self.failed = False
        self.to_failure = self._running_ticks_to_failure()
        self.region.release()
        self.become_available()

    def open_or_close(self, until: int | None) -> None:
        """Be open until a tick, or closed; a closed line keeps its lot and draws no power."""
        self.open_until = until
        if until is None:
            self.stop()
            self.allocation.touched.add(self)
        else:
            self.become_available()

    def become_available(self) -> None:
        """Ask to load, or to be connected, in this instant's C phase."""
        if self.recipe < 0:
            self.allocation.empty.add(self)
        elif not self.done:
            self.allocation.loaded.add(self)
        self.allocation.touched.add(self)

    # --- what the C phase does with the line ---

    def connect(self) -> None:
        """Draw power and run."""
        self.connected = True
        self.connected_since = self.network.now
        if self.grid:
            self.grid.load_kw += self.load_kw
        self.allocation.touched.add(self)
        self._start_run()

    def change_speed(self) -> None:
        """Go on at the grid's new speed."""
        self._break_run()
        self._start_run()
        self.allocation.touched.add(self)

    def disconnect(self) -> None:
        """Draw no more power."""
        if self.connected:
            self.connected = False
            if self.grid:
                self.grid.shrink_load(self.load_kw)

    def stop(self) -> None:
        """Disconnect and keep what is done of the lot (clause 12)."""
        if self.connected:
            self._break_run()
            self.disconnect()
            self.allocation.touched.add(self)

    def unload(self) -> bool:
        """Bring the good items of a done lot into the store, or into flow; return whether there was room."""
        shelf, number = self.outputs[self.recipe], self.number
        if self.good > shelf.room:
            shelf.blocked.add(self, self.good)
            return False
        shelf.blocked.remove(self)
        write, now, good = self.recorder.write, self.network.now, self.good
        write((now, UNLOADED, number, shelf.material, good))
        write((now, REJECTED, number, shelf.material, self.value.lot - good))
        if self.value.flow is None:
            write((now, MADE, number, shelf.material, good))
            shelf.put(good)
        elif good:
            self._send_through_shop(shelf, good)
        self.recipe, self.done, self.since = -1, False, now
        self.allocation.empty.add(self)
        self.allocation.touched.add(self)
        return True

    def _send_through_shop(self, shelf: Shelf, good: int) -> None:
        """Keep room for good items until they arrive in the store, and are made, later (clause 13)."""

        def arrive(_: simpy.Event) -> None:
            self.recorder.bound_events += 1
            self.recorder.write((self.network.now, MADE, self.number, shelf.material, good))
            shelf.room += good
            shelf.put(good)

        shelf.room -= good
        self.env.timeout(self.flow.ticks(self.lot)).callbacks.append(arrive)

    def load(self) -> bool:
        """Load a lot of the first recipe whose inputs are all there; return whether there was one (clause 12)."""
        self._starve_no_longer()
        for choice, inputs in enumerate(self.inputs):
            for shelf, need in inputs:
                if shelf.stock < need:
                    self.starving_for.append(shelf)
                    shelf.starving.add(self, need)
                    break
            else:
                self._starve_no_longer()
                self._start_lot(choice)
                return True
        return False

    def _starve_no_longer(self) -> None:
        for shelf in self.starving_for:
            shelf.starving.remove(self)
        self.starving_for.clear()

    def _start_lot(self, choice: int) -> None:
        now, write = self.network.now, self.recorder.write
        for shelf, need in self.inputs[choice]:
            shelf.take(need)
            write((now, USED, self.number, shelf.material, need))
        recipe = self.value.recipes[choice]
        self.recipe, self.load_kw, self.lot, self.since = choice, recipe.load_kw, self.lot + 1, now
        self.left = self._lot_ticks(recipe, now) * FULL_SPEED
        self.allocation.loaded.add(self)
        self.allocation.touched.add(self)

    def _lot_ticks(self, recipe: LotRecipe, now: int) -> int:
        """Ticks of the lot at full speed, longer in a new plant (clause 8)."""
        ticks = recipe.ticks if self.value.work is None else self.work.ticks(self.lot)
        age = now - self.value.commissioned
        for until, per_cent in self.value.ramp:
            if age < until:
                return -(-ticks * 100 // per_cent)
        return ticks
