"""What is tempting to take for granted, and false: each case happens, and happens alike on both engines."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simulator import runner
from simulator.config import load
from simulator.engines import simulate
from simulator.engines.reference import network
from simulator.model.distributions import Variate
from simulator.model.realising.draws import coded
from simulator.model.system import TICKS_PER_HOUR, Holding, LotRecipe, Material
from simulator.path import Kind
from simulator.streams.inversion import quantile
from simulator.streams.ticks import duration_ticks
from simulator.testing import invariants, relations

CASES = Path(__file__).parents[1] / "cases" / "anomalies"


def checked(fast, slow):
    """Return the path that both engines agree on, byte for byte."""
    assert fast.tobytes() == slow.tobytes()
    invariants.everything(fast, fast.system)
    return fast


def path_of(case, scenario):
    experiment = load(CASES / f"{case}.yaml")
    return checked(
        *(
            runner.simulate(experiment, scenario=scenario, replication=0, engine=engine)
            for engine in ("compiled", "reference")
        )
    )


def unfolded(system, seed=1):
    return checked(
        *(simulate(system, seed=seed, replication=0, engine=engine) for engine in ("compiled", "reference"))
    )


def in_hours(path, kind):
    return relations.nth_ticks(path, kind) / TICKS_PER_HOUR


def last_done(path):
    return in_hours(path, Kind.UNLOADED)[-1]


def test_every_case_is_asked_about():
    asked = {"drawn_work", "failing_line", "graham", "scarce_rdx"}
    assert {file.stem for file in CASES.glob("*.yaml")} == asked


@pytest.mark.parametrize(
    ("scenario", "hours"),
    [("three_kilowatts", 12), ("one_more_kilowatt", 15), ("shorter_work", 13), ("two_in_stock", 16)],
)
def test_more_power_shorter_work_and_more_stock_delay_the_end(scenario, hours):
    assert last_done(path_of("graham", scenario)) == hours


@pytest.mark.parametrize(
    ("scenario", "shells"), [("one_kilogram", 91), ("five_kilograms", 55), ("ten_kilograms", 10)]
)
def test_more_steel_gives_fewer_shells_where_rdx_is_scarce(scenario, shells):
    assert path_of("scarce_rdx", scenario).of(Kind.MADE)["amount"].sum() == shells


@pytest.mark.parametrize(("scenario", "hours"), [("twenty_hours", 68), ("ten_hours", 78)])
def test_shorter_work_delays_a_job_where_it_moves_a_failure_into_it(scenario, hours):
    assert last_done(path_of("failing_line", scenario)) == hours


def test_one_more_machine_delays_a_job_where_work_is_drawn_for_each_machine():
    one, two = (
        in_hours(path_of("drawn_work", name), Kind.USED) / 24 for name in ("one_machine", "two_machines")
    )
    assert one.round(1).tolist() == [0.0, 6.9, 20.0, 21.0, 22.0]
    assert two.round(1).tolist() == [0.0, 1.0, 20.0, 21.0, 23.9]


ORDERS, FIRST_DONE, FOURTH_DONE, OTHERS_DONE = 0, 3, 4, 5
"""Materials: orders of the first, second and fourth job; what later jobs wait for; the rest."""


def graham(hours):
    """Return three machines, and jobs of these hours that each of them can do, in the order of a list.

    A lot is four items, because the fourth job sets off four others.
    """
    inputs = (ORDERS, ORDERS + 1, ORDERS + 2, FOURTH_DONE, FIRST_DONE)
    outputs = (FIRST_DONE, OTHERS_DONE, FOURTH_DONE, OTHERS_DONE, OTHERS_DONE)
    needs = (1, 1, 1, 1, 4)
    recipes = tuple(
        LotRecipe(f"job{place}", ((material, need),), output, each * TICKS_PER_HOUR, 0, 0.0)
        for place, (each, material, need, output) in enumerate(
            zip(hours, inputs, needs, outputs, strict=True)
        )
    )
    shop = relations.parallel_machines(3, work_ticks=1, arrivals=(), end_tick=24 * TICKS_PER_HOUR)
    stocks = (1, 2, 1, 0, 0, 0)
    return replace(
        shop,
        materials=tuple(Material(f"material{number}", "item") for number in range(len(stocks))),
        stores=(
            replace(
                shop.stores[0],
                holdings=tuple(Holding(number, initial=stock) for number, stock in enumerate(stocks)),
            ),
        ),
        lines=tuple(replace(line, lot=4, recipes=recipes) for line in shop.lines),
        recipes=(),
    )


def test_a_fourth_machine_delays_the_end_of_a_list_of_jobs():
    three = graham((3, 2, 2, 4, 9))
    assert last_done(unfolded(three)) == 12
    assert last_done(unfolded(relations.with_one_more_line(three))) == 15


def test_faster_machines_delay_the_end_of_a_list_of_jobs():
    assert last_done(unfolded(graham((2, 1, 1, 3, 8)))) == 13


class InCallOrder:
    """Numbers of one generator that go to whoever asks next, as in models that share one."""

    def __init__(self, *, seed, replication):
        self.generator = np.random.default_rng((seed, replication))

    def stream(self, kind, entity, variate=None):
        return NextNumbers(self.generator, variate or Variate("uniform", (0.0, 1.0)))


class NextNumbers:
    """The numbers of a law that one stream got, by index."""

    def __init__(self, generator, variate):
        self.generator = generator
        self.law, self.params = coded(variate)
        self.numbers = {}

    def number(self, index):
        if index not in self.numbers:
            self.numbers[index] = quantile(self.law, self.params, self.generator.random())
        return self.numbers[index]

    def ticks(self, index):
        return duration_ticks(self.number(index))


STATION = relations.Station(Variate("exponential", (1.0,)), room=2)
LINE = relations.serial_line([STATION, STATION], arrivals=[(0, 12)], end_tick=100 * TICKS_PER_HOUR)
FASTER = relations.with_shorter_work(LINE, 0.9, role=0)


def delayed(seeds):
    """Return the seeds by whose numbers a faster first station delays an item of the second."""
    found = []
    for seed in seeds:
        before, after = (
            relations.nth_ticks(
                simulate(system, seed=seed, replication=0, engine="reference"), Kind.UNLOADED, entities=(1,)
            )
            for system in (LINE, FASTER)
        )
        if relations.first_later(before, after) is not None:
            found.append(seed)
    return found


def test_numbers_given_out_in_call_order_break_what_addressed_ones_keep(monkeypatch):
    assert not delayed(range(40))
    monkeypatch.setattr(network, "Chance", InCallOrder)
    assert delayed(range(40))


def test_one_more_line_leaves_the_numbers_of_others_alone_but_for_call_order(monkeypatch):
    station = replace(
        LINE.lines[0], name="elsewhere/0/0", from_store=len(LINE.stores), to_store=len(LINE.stores)
    )
    stored = relations.with_unconnected_store(LINE)
    recipe = LotRecipe("elsewhere", (), len(LINE.materials), 0, 0, 0.0)
    larger = replace(stored, lines=(*LINE.lines, replace(station, recipes=(recipe,))))

    def same():
        path, other = (
            simulate(system, seed=1, replication=0, engine="reference") for system in (LINE, larger)
        )
        return relations.rows_of_others(other, LINE).tobytes() == path.tobytes()

    assert same()
    monkeypatch.setattr(network, "Chance", InCallOrder)
    assert not same()
