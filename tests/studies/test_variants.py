from simulator.model.scenario.paths import copied
from simulator.studies.variants import overridden

TREE = {"stores": {"yard": {"a": {"stock": 1, "room": 2}, "b": {"stock": 3, "room": 4}}}, "speed": 5}


def changed(base, changes):
    tree = copied(TREE)
    found = overridden(tree, base, changes, {"luck"})
    assert tree == TREE
    return found


def test_a_change_wins_over_the_scenario_and_leaves_its_other_places():
    found = changed({"stores.yard.*.stock": 0, "luck": 7}, {"stores.yard.a.stock": 9})
    assert found == {"stores.yard.b.stock": 0, "luck": 7, "stores.yard.a.stock": 9}


def test_a_change_of_a_whole_takes_the_place_of_what_the_scenario_gives_in_it():
    assert changed({"stores.yard.a.stock": 0}, {"stores.yard.a": {}}) == {"stores.yard.a": {}}


def test_a_change_within_what_the_scenario_gives_as_a_whole_is_made_in_there():
    found = changed({"stores.yard.a": {"stock": 0, "room": 1}}, {"stores.yard.a.room": None})
    assert found == {"stores.yard.a": {"stock": 0, "room": None}}


def test_a_factor_of_the_scenario_gives_way_to_the_same_factor():
    assert changed({"luck": 7, "speed": 1}, {"luck": 8}) == {"luck": 8, "speed": 1}
