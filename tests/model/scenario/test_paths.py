import re
from datetime import date

import pytest

from simulator.model.description import SystemDescription
from simulator.model.quantities import Quantity, hours
from simulator.model.scenario.paths import (
    Template,
    copied,
    dotted,
    expand,
    is_law,
    opened,
    overlap,
    replaced,
    value_at,
)


@pytest.fixture
def tree(arsenal):
    return SystemDescription.model_validate(arsenal).tree()


def test_a_path_of_names_is_one_place(tree):
    assert expand(tree, "plants.roles.forging.share") == [("plants", "roles", "forging", "share")]


def test_a_number_is_a_place_in_a_list(tree):
    (keys,) = expand(tree, "calendars.week.changes.1.shifts")
    assert keys == ("calendars", "week", "changes", 1, "shifts")
    assert value_at(tree, keys) == 2


def test_a_star_is_every_name_in_the_order_of_the_file(tree):
    assert [keys[2] for keys in expand(tree, "plants.roles.*.share")] == ["forging", "filling", "other_arms"]


def test_a_star_is_every_place_of_a_list(tree):
    assert [keys[3] for keys in expand(tree, "calendars.*.changes.*.days")] == [0, 1]


def test_a_star_passes_over_what_has_not_the_rest_of_the_path(tree):
    found = expand(tree, "plants.roles.*.breakdown.availability")
    assert [keys[2] for keys in found] == ["forging", "filling"]


def test_a_star_passes_over_what_has_no_value_there(tree):
    assert expand(tree, "stores.depot.holds.*.releasable") == [
        ("stores", "depot", "holds", "old", "releasable")
    ]


def test_a_path_without_a_star_may_end_where_there_is_no_value_yet(tree):
    (keys,) = expand(tree, "stores.depot.holds.steel.capacity")
    assert value_at(tree, keys) is None


def test_a_path_goes_into_a_law(tree):
    (keys,) = expand(tree, "plants.roles.forging.rate.lognormal.median")
    assert value_at(tree, keys) == Quantity(8.0, "1/h")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "plant.total",
            (
                "names plant.total, which exists nowhere: the system has no plant; nearest is plants; "
                "give one of materials, regions, stores, recipes, calendars, plants, suppliers, links"
            ),
        ),
        (
            "plants.roles.forgin.share",
            (
                "names plants.roles.forgin.share, which exists nowhere: plants.roles has no forgin; "
                "nearest is forging; give one of forging, filling, other_arms"
            ),
        ),
        (
            "plants.roles.*.breakdown.repairs",
            (
                "names plants.roles.*.breakdown.repairs, which exists nowhere: "
                "plants.roles.*.breakdown has no "
                "repairs; nearest is repair; give one of availability, repair"
            ),
        ),
        (
            "calendars.week.changes.2.from",
            (
                "names calendars.week.changes.2.from, which exists nowhere: calendars.week.changes has no 2; "
                "give one of 0, 1"
            ),
        ),
        (
            "regions.port.grid.allotment",
            (
                "names regions.port.grid.allotment, which exists nowhere: there is nothing under "
                "regions.port.grid"
            ),
        ),
        (
            "stores.*.holds.*.capacity",
            "names stores.*.holds.*.capacity, but none of these has a value; write one in the system first",
        ),
    ],
)
def test_a_path_that_exists_nowhere_tells_where_it_leaves_the_document(tree, path, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        expand(tree, path)


def test_a_long_list_of_allowed_names_is_cut():
    tree = {"parts": {f"part{number}": 1 for number in range(15)}}
    with pytest.raises(ValueError, match=r"part10, part11 and 3 more$"):
        expand(tree, "parts.zebra")


def test_replacing_a_value_shares_all_other_branches(tree):
    keys = ("regions", "north", "grid", "rotation", "powered")
    changed = replaced(tree, keys, hours(20))
    assert value_at(changed, keys) == hours(20)
    assert value_at(tree, keys) == hours(14)
    assert changed["plants"] is tree["plants"]
    assert changed["regions"]["south"] is tree["regions"]["south"]


def test_replacing_in_a_list_leaves_the_list_before_as_it_was(tree):
    keys = ("calendars", "week", "changes", 0, "from")
    changed = replaced(tree, keys, date(2022, 12, 1))
    assert value_at(changed, keys) == date(2022, 12, 1)
    assert value_at(tree, keys) == date(2023, 1, 1)


def test_replacing_at_no_keys_is_the_value_itself():
    assert replaced({"a": 1}, (), 2) == 2


def test_places_overlap_when_one_lies_within_the_other():
    assert overlap(("a", "b"), ("a",))
    assert overlap(("a",), ("a", "b"))
    assert overlap(("a", "b"), ("a", "b"))
    assert not overlap(("a", "b"), ("a", "c"))


def test_keys_are_written_with_dots():
    assert dotted(("links", "sea", "every", 0, "is")) == "links.sea.every.0.is"


def test_only_a_single_known_law_is_a_law():
    assert is_law({"uniform": {"low": 1, "high": 2}})
    assert not is_law({"uniform": {}, "beta": {}})
    assert not is_law({"north": 0.5})
    assert not is_law({})


def test_a_copy_of_a_tree_shares_leaves_and_nothing_else(tree):
    copy = copied(tree)
    copy["calendars"]["week"]["changes"][1]["shifts"] = 3
    assert value_at(tree, ("calendars", "week", "changes", 1, "shifts")) == 2
    assert copied(tree) == tree


def test_a_template_is_copied_as_its_tree_is(tree):
    template = Template(tree)
    first, second = template.copies(), template.copies()
    keys = ("calendars", "week", "changes", 1)
    first[template.numbers[keys]]["shifts"] = 3
    assert value_at(first[0], (*keys, "shifts")) == 3
    assert second[0] == tree
    assert value_at(second[0], ("regions", "north")) is not tree["regions"]["north"]


def test_only_what_is_on_the_way_to_a_place_is_opened(arsenal, tree):
    system = SystemDescription.model_validate(arsenal)
    keys = ("calendars", "week", "changes", 1, "shifts")
    found = opened(system, {keys[:level] for level in range(len(keys) + 1)})
    assert value_at(found, keys[:-1]) == value_at(tree, keys[:-1])
    assert found["calendars"]["week"]["changes"][0] is system.calendars["week"].changes[0]
    assert found["plants"] is system.plants
    assert SystemDescription.model_validate(found) == system


def test_a_law_on_the_way_is_opened_whole(arsenal, tree):
    system = SystemDescription.model_validate(arsenal)
    keys = ("plants", "roles", "forging", "rate")
    found = opened(system, {keys[:level] for level in range(len(keys) + 1)})
    assert value_at(found, keys) == value_at(tree, keys)
