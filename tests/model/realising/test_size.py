from datetime import date

import pytest

from simulator.model.description import SystemDescription
from simulator.model.distributions import Erlang, Exponential, Lognormal, Uniform
from simulator.model.quantities import Quantity, hours
from simulator.model.realising.size import expected_events, line_count, mean_ticks
from simulator.model.system import TICKS_PER_HOUR


@pytest.fixture
def events(workshop, realised):
    """The estimate for an altered workshop over ten days."""

    def events(**changes):
        return expected_events(realised({**workshop, **changes}, end=date(2023, 1, 11)))

    return events


def role(workshop):
    return workshop["plants"]["roles"]["works"]


def days(number):
    return hours(24 * number)


def test_lines_that_make_something_are_counted_at_the_total_of_plants(workshop):
    others = {
        "share": 0.5,
        "recipe": "none",
        "power": Quantity(1.0, "kW"),
        "regions": {"north": 1.0},
        "lines": 7,
    }
    role(workshop)["share"] = 0.5
    workshop["plants"]["roles"]["others"] = others
    workshop["plants"]["total"] = 9
    assert line_count(SystemDescription.model_validate(workshop)) == 10


def test_a_description_without_plants_has_no_line(workshop):
    del workshop["plants"]
    assert line_count(SystemDescription.model_validate(workshop)) == 0


def test_each_line_does_lots_all_the_time_when_nothing_stops_it(events):
    # a lot of 20 on one of two lines at 8 an hour takes 5 h: 48 lots a line in 240 h
    assert events() == 96


def test_a_lot_with_flow_is_done_and_then_received(workshop, events):
    role(workshop)["flow"] = hours(30)
    assert events() == 192


def test_a_calendar_opens_and_closes_and_lots_are_done_in_between(workshop, events):
    role(workshop)["calendar"] = "arms"
    changes = [{"from": date(2023, 1, 1), "shifts": 1, "days": 7}]
    # 80 of 240 h: 16 lots a line; ten openings, ten closings
    assert events(calendars={"arms": {"changes": changes}}) == 32 + 20


def test_breakdowns_and_repairs_are_counted_and_take_time(workshop, events):
    role(workshop)["breakdown"] = {"availability": 0.5, "repair": hours(12)}
    # 120 running hours a line: 24 lots, 10 failures, 10 repairs
    assert events() == 48 + 40


def test_only_the_open_part_of_a_repair_takes_time(workshop, events):
    role(workshop)["breakdown"] = {"availability": 0.5, "repair": hours(12)}
    role(workshop)["calendar"] = "arms"
    changes = [{"from": date(2023, 1, 1), "shifts": 1, "days": 7}]
    # 4 of 12 h of repair are open: 60 running hours of 80 a line, for 12 lots, 5 failures, 5 repairs
    assert events(calendars={"arms": {"changes": changes}}) == 2 * (12 + 10) + 20


def test_a_rotation_has_its_periods_and_leaves_the_lit_hours(workshop, events):
    rotation = {"feeders": 4, "period": hours(8), "powered": hours(12)}
    grid = {"allotment": Quantity(1e4, "kW"), "policy": "rotate", "rotation": rotation}
    assert events(regions={"north": {"grid": grid}}) == 48 + 30


def test_curtailments_begin_and_end_and_monthly_supply_changes(workshop, realised):
    curtailment = {"every": days(3), "lasting": days(2), "depth": Quantity(0.5)}
    monthly = [1.0, 0.5, *[1.0] * 10]
    grid = {"allotment": Quantity(1e4, "kW"), "monthly": monthly, "curtailment": curtailment}
    del workshop["plants"]
    system = realised(
        {**workshop, "regions": {"north": {"grid": grid}}}, start=date(2023, 1, 27), end=date(2023, 2, 6)
    )
    assert expected_events(system) == 1 + 4


def test_a_new_plant_is_commissioned_and_works_from_then_on(workshop, events):
    workshop["plants"]["new"] = {"count": 1, "from": date(2023, 1, 6), "commissioned_after": hours(20)}
    # 100 h left: 20 lots a line; two lines commissioned
    assert events() == 40 + 2
    role(workshop)["calendar"] = "arms"
    changes = [{"from": date(2023, 1, 1), "shifts": 1, "days": 7}]
    # commissioned on the 6th at 20:00: 32 of the 100 h are open, for 12.8 lots
    assert events(calendars={"arms": {"changes": changes}}) == round(12.8 + 2 + 20)


def test_deliveries_vehicles_and_additions_are_counted(workshop, events):
    del workshop["plants"]
    table = [{"at": date(2023, 1, day), "amount": Quantity(1.0, "kg")} for day in (2, 3, 4)]
    disruption = {"every": days(4), "lasting": days(1)}
    mill = {"material": "steel", "to": "depot"}
    suppliers = {
        "mill": {**mill, "quantity": Quantity(1.0, "kg"), "every": days(2), "disruption": disruption},
        "late": {**mill, "quantity": Quantity(1.0, "kg"), "every": days(2), "first": date(2023, 1, 9)},
        "listed": {**mill, "table": table},
    }
    assert events(suppliers=suppliers) == (5 + 4) + 1 + 3
    link = {
        "from": "depot",
        "to": "delivered",
        "materials": ["shell"],
        "load": Quantity(1.0),
        "transit": days(1),
    }
    changes = [{"from": date(2023, 1, 1), "is": days(2)}, {"from": date(2023, 1, 9), "is": days(1)}]
    # due every two days from the 3rd to the 9th, then every day to the 11th; each arrives
    assert events(links={"sea": {**link, "first": date(2023, 1, 3), "every": changes}}) == 2 * (3 + 2)
    late = {**link, "first": date(2023, 1, 10), "every": changes}
    assert events(links={"sea": late}) == 2 * 1
    assert events(links={"sea": {**link, "every": days(5)}}) == 2 * 2
    workshop["stores"]["depot"]["holds"]["shell"] = {
        "added": [{"at": date(2023, 1, 5), "amount": Quantity(1.0)}]
    }
    assert events() == 1


@pytest.mark.parametrize(
    ("law", "mean_h"),
    [
        (Uniform(low=hours(1), high=hours(3)), 2.0),
        (Exponential(mean=hours(4)), 4.0),
        (Lognormal(mean=hours(12), gsd=2.0), 12.0),
        (Erlang(mean=hours(6), phases=3), 6.0),
    ],
    ids=str,
)
def test_the_mean_of_a_law_is_near_its_own(law, mean_h):
    assert mean_ticks(law.variate()) == pytest.approx(mean_h * TICKS_PER_HOUR, rel=0.01)


def test_a_duration_of_nothing_is_a_tick():
    assert mean_ticks(Uniform(low=hours(0), high=hours(1e-12)).variate()) == 1.0
