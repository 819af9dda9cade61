from dataclasses import replace

from simulator.path import Kind
from simulator.responses.balances import AMOUNTS, balances, over_all_stores

ROWS = [
    (1, Kind.SUPPLIED, "mill", "steel", 300),
    (2, Kind.ADDED, "depot", "steel", 40),
    (3, Kind.USED, "bodies/0/0", "steel", 100),
    (4, Kind.MADE, "bodies/0/0", "body", 9),
    (5, Kind.USED, "filling/1/0", "body", 4),
    (5, Kind.MADE, "filling/0/0", "shell", 20),
    (6, Kind.SHIPPED, "rail", "shell", 12),
    (30, Kind.RECEIVED, "rail", "shell", 12),
    (48, Kind.SHIPPED, "sea", "shell", 25),
    (72, Kind.RECEIVED, "sea", "shell", 25),
    (60, Kind.TURNED_AWAY, "mill", "steel", 999),
    (60, Kind.REJECTED, "bodies/0/0", "body", 1),
]


def amounts(found):
    return {
        (each.store, each.material): {name: getattr(each, name) for name in AMOUNTS if getattr(each, name)}
        for each in found
    }


def test_every_row_of_a_store_stands_in_its_balance(system, path_of):
    found = amounts(balances(path_of(system, ROWS)))
    assert found["depot", "steel"] == {
        "opening": 1000,
        "added": 40,
        "supplied": 300,
        "used": 100,
        "closing": 1240,
    }
    assert found["depot", "body"] == {"made": 9, "used": 4, "closing": 5}
    assert found["depot", "shell"] == {"made": 20, "shipped": 12, "closing": 8}
    assert found["port", "shell"] == {"opening": 30, "received": 12, "shipped": 25, "closing": 17}
    assert found["port", "old"] == {"opening": 10, "closing": 10}


def test_over_all_stores_amounts_add_up_and_what_left_is_not_received(system, path_of):
    path = path_of(system, ROWS)
    found = amounts(over_all_stores(balances(path), system))
    assert list(found) == [("", material.name) for material in system.materials]
    assert found["", "shell"] == {"opening": 30, "made": 20, "received": 12, "shipped": 37, "closing": 25}


def test_a_balance_closes_exactly(system, path_of):
    found = balances(path_of(system, ROWS))
    assert all(each.closes for each in found)
    assert not replace(found[0], used=found[0].used + 1).closes


def test_what_happened_in_the_warm_up_is_in_the_opening(system, path_of):
    warm = replace(system, first_tick=-10 * 3_600_000)
    path = path_of(warm, [(-5, Kind.SUPPLIED, "mill", "steel", 7), (5, Kind.SUPPLIED, "mill", "steel", 2)])
    assert amounts(balances(path))["depot", "steel"] == {"opening": 1007, "supplied": 2, "closing": 1009}
