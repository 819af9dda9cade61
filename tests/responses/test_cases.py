"""One hand-worked case for every response, on the system of `conftest.py`."""

import math

import pytest

from simulator.model.system import State
from simulator.path import Kind
from simulator.responses import registered

FIRST, SECOND, FORGE, GUARDS = "filling/0/0", "filling/1/0", "bodies/0/0", "guards/0/0"


def state(hours, line, value):
    return (hours, Kind.STATE, line, None, int(value))


CASES = {
    "made": (
        [
            (25, Kind.MADE, FIRST, "shell", 4),
            (25, Kind.MADE, FORGE, "body", 10),
            (30, Kind.UNLOADED, SECOND, "shell", 4),
            (80, Kind.MADE, SECOND, "shell", 3),
        ],
        {"made": 7, "made.body": 10, "made.shell": 7},
    ),
    "rejected": (
        [(25, Kind.REJECTED, FIRST, "shell", 1), (26, Kind.REJECTED, FORGE, "body", 2)],
        {"rejected": 1, "rejected.body": 2, "rejected.shell": 1},
    ),
    "delivered": (
        [
            (48, Kind.RECEIVED, "sea", "shell", 5),
            (48, Kind.RECEIVED, "sea", "old", 20),
            (50, Kind.RECEIVED, "rail", "shell", 100),
            (51, Kind.SHIPPED, "sea", "shell", 50),
        ],
        {"delivered": 25, "delivered.shell": 5, "delivered.old": 20},
    ),
    "used": (
        [
            (1, Kind.USED, FORGE, "steel", 100),
            (2, Kind.USED, FORGE, "steel", 100),
            (2, Kind.USED, FIRST, "body", 4),
            (2, Kind.USED, FIRST, "fuze", 4),
        ],
        {"used.steel": 200, "used.body": 4, "used.fuze": 4},
    ),
    "departures": (
        [(24, Kind.DEPARTED, "sea", None, 1), (48, Kind.DEPARTED, "sea", None, 1)],
        {"departures.sea": 2},
    ),
    "arrivals": (
        [(24, Kind.ARRIVED, "rail", None, 1), (24, Kind.DEPARTED, "rail", None, 1)],
        {"arrivals.rail": 1},
    ),
    "loads": ([(24, Kind.LOADS, "sea", None, 3), (48, Kind.LOADS, "sea", None, 5)], {"loads.sea": 8}),
    "missed": ([(24, Kind.MISSED, "rail", None, 1), (30, Kind.MISSED, "rail", None, 1)], {"missed.rail": 2}),
    "in_transit": (
        [
            (24, Kind.SHIPPED, "rail", "shell", 7),
            (24, Kind.SHIPPED, "sea", "shell", 50),
            (48, Kind.RECEIVED, "sea", "shell", 30),
            (48, Kind.SHIPPED, "sea", "old", 6),
        ],
        {"in_transit.shell": 27, "in_transit.old": 6},
    ),
    "stock": (
        [
            (1, Kind.USED, FORGE, "steel", 100),
            (2, Kind.SUPPLIED, "mill", "steel", 40),
            (2, Kind.TURNED_AWAY, "mill", "steel", 7),
            (3, Kind.MADE, FORGE, "body", 9),
            (4, Kind.ADDED, "depot", "body", 50),
            (5, Kind.MADE, FIRST, "shell", 4),
            (6, Kind.SHIPPED, "rail", "shell", 3),
            (30, Kind.RECEIVED, "rail", "shell", 3),
            (40, Kind.SHIPPED, "sea", "old", 10),
            (60, Kind.RECEIVED, "sea", "old", 10),
        ],
        {
            "stock.depot.steel": 940,
            "stock.depot.body": 59,
            "stock.depot.fuze": 100,
            "stock.depot.shell": 1,
            "stock.depot.old": 500,
            "stock.port.shell": 33,
        },
    ),
    "drawn_down": (
        [
            (1, Kind.USED, FORGE, "steel", 100),
            (2, Kind.SUPPLIED, "mill", "steel", 40),
            (3, Kind.SUPPLIED, "works", "fuze", 40),
            (40, Kind.SHIPPED, "sea", "old", 10),
        ],
        {"drawn_down.depot.steel": 60, "drawn_down.port.old": 10},
    ),
    "added_lost": (
        [(24, Kind.ADDED_LOST, "depot", "body", 8), (24, Kind.ADDED_LOST, "port", "shell", 2)],
        {"added_lost.depot.body": 8, "added_lost.port.shell": 2},
    ),
    "supplied": (
        [(24, Kind.SUPPLIED, "mill", "steel", 40), (48, Kind.SUPPLIED, "mill", "steel", 50)],
        {"supplied.mill": 90},
    ),
    "turned_away": ([(24, Kind.TURNED_AWAY, "works", "fuze", 6)], {"turned_away.works": 6}),
    "lost": ([(24, Kind.LOST, "works", "fuze", 5), (48, Kind.LOST, "works", "fuze", 4)], {"lost.works": 9}),
    "hours": (
        [
            state(0, FIRST, State.OFF_SHIFT),
            state(8, FIRST, State.RUNNING),
            state(9.5, FIRST, State.UNDER_REPAIR),
            state(20, FIRST, State.OFF_SHIFT),
            state(0, SECOND, State.NOT_COMMISSIONED),
            state(200, SECOND, State.RUNNING),
            state(0, GUARDS, State.AWAITING_POWER),
        ],
        {
            "hours.filling.off_shift": 8 + 220,
            "hours.filling.running": 1.5 + 40,
            "hours.filling.under_repair": 10.5,
            "hours.filling.not_commissioned": 200,
            "hours.guards.awaiting_power": 240,
        },
    ),
    "longest_wait": (
        [
            state(0, FIRST, State.BLOCKED),
            state(8, FIRST, State.AWAITING_MATERIAL),
            state(18, FIRST, State.RUNNING),
            state(0, SECOND, State.AWAITING_POWER),
            state(9, SECOND, State.OFF_SHIFT),
        ],
        {"longest_wait.filling": 10},
    ),
    "utilisation": (
        [
            state(0, FIRST, State.OFF_SHIFT),
            state(8, FIRST, State.RUNNING),
            state(14, FIRST, State.OFF_SHIFT),
            state(0, SECOND, State.AWAITING_MATERIAL),
            state(48, SECOND, State.RUNNING),
            state(96, SECOND, State.AWAITING_MATERIAL),
            state(0, FORGE, State.AWAITING_POWER),
            state(0, GUARDS, State.RUNNING),
        ],
        {
            # January has three days: the first line is open 8 hours of each, the second all 72
            "utilisation.filling.2023-01": (6 + 24) / (24 + 72),
            "utilisation.filling.2023-02": 24 / (56 + 168),
            "utilisation.guards.2023-01": 1,
            "utilisation.guards.2023-02": 1,
            # three lines make something
            "utilisation.2023-01": (6 + 24) / (3 * 72),
            "utilisation.2023-02": 24 / (3 * 168),
        },
    ),
    "energy": (
        [
            (0, Kind.DRAWN, "north", None, 0),
            (10, Kind.DRAWN, "north", None, 30),
            (12.5, Kind.DRAWN, "north", None, 20),
            (14, Kind.DRAWN, "north", None, 0),
            (239, Kind.DRAWN, "north", None, 100),
            (0, Kind.SUPPLY, "north", None, 500),
        ],
        {"energy.north": 30 * 2.5 + 20 * 1.5 + 100},
    ),
    "lost_output": (
        # a line of the final stage makes 2 items an hour; bodies are short until hour 20, fuzes from hour 30
        [
            state(0, FIRST, State.OFF_SHIFT),
            state(10, FIRST, State.AWAITING_MATERIAL),
            state(40, FIRST, State.RUNNING),
            state(0, SECOND, State.RUNNING),
            state(30, SECOND, State.BLOCKED),
            state(32, SECOND, State.RUNNING),
            state(0, FORGE, State.AWAITING_MATERIAL),
            (20, Kind.MADE, FORGE, "body", 4),
            (30, Kind.USED, SECOND, "fuze", 97),
        ],
        {
            "lost_output.off_shift": 20,
            "lost_output.blocked": 4,
            "lost_output.awaiting_material": 60,
            "lost_output.awaiting_material.body": 20,
            "lost_output.awaiting_material.fuze": 20,
        },
    ),
    "lost_output_by_region": (
        [
            state(0, FIRST, State.OFF_SHIFT),
            state(10, FIRST, State.RUNNING),
            state(0, SECOND, State.AWAITING_POWER),
            state(5, SECOND, State.RUNNING),
            state(0, FORGE, State.BLOCKED),
        ],
        {"lost_output_by_region.north.off_shift": 20, "lost_output_by_region.south.awaiting_power": 10},
    ),
    "lost_output_by_month": (
        [
            state(0, FIRST, State.RUNNING),
            state(70, FIRST, State.UNDER_REPAIR),
            state(75, FIRST, State.RUNNING),
            state(0, SECOND, State.BLOCKED),
            state(1, SECOND, State.RUNNING),
        ],
        {
            "lost_output_by_month.2023-01.under_repair": 4,
            "lost_output_by_month.2023-02.under_repair": 6,
            "lost_output_by_month.2023-01.blocked": 2,
        },
    ),
}
"""By response: the rows of a path, and the columns that are not 0."""


def test_every_response_has_a_hand_worked_case():
    assert set(CASES) == set(registered())


@pytest.mark.parametrize("name", CASES)
def test_a_response_gives_what_was_worked_out_by_hand(name, system, path_of):
    written, expected = CASES[name]
    found = registered()[name].measure(path_of(system, written))
    assert set(expected) <= set(found)
    assert {column: value for column, value in found.items() if value} == expected


@pytest.mark.parametrize("name", CASES)
def test_every_column_but_a_stock_is_zero_when_nothing_happens(name, system, path_of):
    kept = {"stock.depot.steel", "stock.depot.fuze", "stock.depot.old", "stock.port.shell", "stock.port.old"}
    found = registered()[name].measure(path_of(system, []))
    assert found
    assert {column for column, value in found.items() if value} == {
        column for column in kept if name == "stock"
    }
    assert not any(math.isnan(value) for value in found.values())
