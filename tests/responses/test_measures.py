import math
from dataclasses import replace
from datetime import date

from simulator.model.claims import Claim
from simulator.model.system import DELIVERED, TICKS_PER_DAY, TICKS_PER_HOUR, Calendar, Material, State
from simulator.path import Kind
from simulator.responses import describe, measure, registered

LINE, FORGE = "filling/0/0", "bodies/0/0"
CLAIM = Claim.model_validate(
    {
        "quantity": "delivered",
        "materials": ["shell"],
        "at_least": 1_000_000,
        "from": date(2023, 1, 29),
        "by": date(2023, 1, 31),
    }
)


def test_claims_come_first_and_responses_in_the_order_of_the_register(system, path_of):
    columns = list(measure(path_of(system, []), {"nis": CLAIM}).columns)
    assert columns[:3] == ["claims.nis", "claims.nis.met_days", "made"]
    seen = list(dict.fromkeys(column.partition(".")[0] for column in columns))
    assert seen == ["claims", *registered()]


def test_every_column_is_described_in_its_order(system, path_of):
    columns = measure(path_of(system, []), {"nis": CLAIM}).columns
    meanings = describe(system, {"nis": CLAIM})
    assert list(meanings) == list(columns)
    assert all(unit and sentence for unit, sentence in meanings.values())


def test_units_are_those_of_what_is_counted(system):
    departures = Claim.model_validate(
        {
            "quantity": "departures",
            "links": ["sea"],
            "at_least": 10,
            "from": date(2023, 1, 29),
            "by": date(2023, 1, 31),
        }
    )
    meanings = describe(system, {"nis": CLAIM, "ships": departures})
    expected = {
        "claims.nis": "items",
        "claims.nis.met_days": "d",
        "claims.ships": "vehicles",
        "made": "items",
        "used.steel": "kg",
        "supplied.mill": "kg",
        "stock.depot.body": "items",
        "hours.filling.running": "h",
        "utilisation.filling.2023-01": "1",
        "energy.north": "kWh",
    }
    assert {column: meanings[column][0] for column in expected} == expected


def test_a_total_says_what_it_adds_up_and_a_claim_what_it_counts(system):
    meanings = describe(system, {"nis": CLAIM})
    assert meanings["made"][1] == "Good final products that came into store: shell, old"
    assert meanings["claims.nis"][1] == "delivered of shell and old from 2023-01-29 to 2023-01-31"
    assert "1,000,000" in meanings["claims.nis.met_days"][1]


def test_weeks_are_counted_from_the_start_and_the_last_may_be_short(system, path_of):
    week = 7 * 24
    path = path_of(
        system,
        [
            (0, Kind.MADE, LINE, "shell", 1),
            (week - 1 / TICKS_PER_HOUR, Kind.MADE, LINE, "shell", 20),
            (week, Kind.MADE, LINE, "shell", 300),
            (week, Kind.MADE, FORGE, "body", 5),
            (239, Kind.RECEIVED, "sea", "old", 7),
        ],
    )
    weekly = {name: series.tolist() for name, series in measure(path, {}).weekly.items()}
    assert weekly == {
        "made": [21, 300],
        "made.body": [0, 5],
        "made.shell": [21, 300],
        "delivered": [0, 7],
        "delivered.shell": [0, 0],
        "delivered.old": [0, 7],
    }


def test_the_weeks_of_a_column_add_up_to_it(system, path_of):
    written = [(hour, Kind.MADE, LINE, "shell", hour + 1) for hour in range(0, 240, 7)]
    measures = measure(
        path_of(replace(system, first_tick=-TICKS_PER_DAY), [(-9, Kind.MADE, LINE, "shell", 5), *written]), {}
    )
    assert {name: series.sum() for name, series in measures.weekly.items()} == {
        name: measures.columns[name] for name in measures.weekly
    }


def test_a_horizon_of_whole_weeks_has_no_empty_week_after_them(system, path_of):
    whole = replace(system, end_tick=14 * TICKS_PER_DAY)
    assert measure(path_of(whole, []), {}).weekly["made"].shape == (2,)


def test_columns_do_not_depend_on_which_plants_were_dealt(system, path_of):
    nobody = replace(system, plants=(), lines=())
    with_plants, without = (measure(path_of(each, []), {"nis": CLAIM}) for each in (system, nobody))
    assert list(with_plants.columns) == list(without.columns)
    assert list(with_plants.weekly) == list(without.weekly)


def test_without_the_documents_recipes_those_of_the_lines_count(system, path_of):
    path = path_of(
        replace(system, recipes=()), [(1, Kind.MADE, LINE, "shell", 3), (1, Kind.MADE, FORGE, "body", 5)]
    )
    assert measure(path, {}).columns["made"] == 3


def test_in_a_system_that_makes_nothing_all_that_leaves_it_is_delivered(system, path_of):
    depot = replace(system, plants=(), lines=(), roles=(), recipes=())
    columns = measure(
        path_of(depot, [(5, Kind.RECEIVED, "sea", "old", 6), (5, Kind.RECEIVED, "sea", "shell", 3)]), {}
    )
    assert columns.columns["delivered"] == 9


def test_kilograms_are_not_added_to_items(system, path_of):
    materials = (*system.materials, Material("scrap_iron", "kg"))
    ferry = replace(system.links[1], name="ferry", to_store=DELIVERED, materials=(5,))
    mixed = replace(system, materials=materials, links=(*system.links, ferry), recipes=(), lines=())
    path = path_of(
        mixed, [(5, Kind.RECEIVED, "ferry", "scrap_iron", 600), (5, Kind.RECEIVED, "sea", "shell", 3)]
    )
    assert measure(path, {}).columns["delivered"] == 3


def test_intermediate_products_are_not_in_the_totals(system, path_of):
    written = [
        (5, Kind.MADE, FORGE, "body", 5),
        (5, Kind.REJECTED, FORGE, "body", 2),
        (5, Kind.RECEIVED, "sea", "body", 1),
    ]
    columns = measure(path_of(system, written), {}).columns
    assert (columns["made"], columns["rejected"], columns["delivered"]) == (0, 0, 0)


def test_utilisation_counts_only_hours_after_commissioning(system, path_of, states):
    late = replace(system.lines[2], commissioned=2 * TICKS_PER_DAY)
    lines = (*system.lines[:2], late, system.lines[3])
    path = path_of(
        replace(system, lines=lines),
        states("filling/1/0", (0, State.NOT_COMMISSIONED), (48, State.RUNNING), (60, State.BLOCKED)),
    )
    columns = measure(path, {}).columns
    # the day shift of the first line, and the third day of the other
    assert columns["utilisation.filling.2023-01"] == 12 / (24 + 24)
    assert columns["utilisation.2023-01"] == 12 / (72 + 72 + 24)


def test_utilisation_of_no_open_time_is_not_a_number(system, path_of):
    closed = replace(system, calendars=(Calendar("days", ()),))
    columns = measure(path_of(closed, []), {}).columns
    assert math.isnan(columns["utilisation.bodies.2023-01"])
    assert columns["utilisation.filling.2023-01"] == 0
    assert columns["utilisation.2023-01"] == 0
