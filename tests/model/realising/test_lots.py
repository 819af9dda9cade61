import re

import pytest

from simulator.errors import ModelError
from simulator.model.quantities import Quantity


def only_recipe(system):
    return system.lines[0].recipes[0]


def test_a_lot_takes_its_items_times_the_input_of_one(workshop, realised):
    found = only_recipe(realised(workshop))
    assert (found.recipe, found.inputs, found.output) == ("press", ((0, 1080),), 1)


def test_inputs_of_a_lot_are_rounded_half_up(workshop, realised):
    workshop["plants"]["roles"]["works"]["lot"] = 5
    for each, amount in ((0.1, 1), (0.3, 2), (0.299, 1)):
        workshop["recipes"]["press"]["inputs"]["steel"] = Quantity(each, "kg")
        assert only_recipe(realised(workshop)).inputs == ((0, amount),)


def test_an_input_that_rounds_to_nothing_is_left_out(workshop, realised):
    workshop["recipes"]["press"]["inputs"]["steel"] = Quantity(0.02, "kg")
    assert only_recipe(realised(workshop)).inputs == ()


def test_inputs_keep_the_order_of_the_recipe(workshop, realised):
    workshop["materials"]["fuze"] = {"unit": "item"}
    workshop["stores"]["depot"]["holds"]["fuze"] = {}
    workshop["recipes"]["press"]["inputs"] = {"fuze": Quantity(1.0), "steel": Quantity(54.0, "kg")}
    assert only_recipe(realised(workshop)).inputs == ((2, 20), (0, 1080))


@pytest.mark.parametrize(
    ("each", "warnings"),
    [
        (0.05, 0),
        (10.06, 0),  # 201.2, off by 0.1 %
        (10.05, 0),
        (5.12, 0),  # 102.4, off by 0.4 %
        (4.12, 0),  # 82.4, off by 0.49 %
        (3.98, 1),  # 79.6, off by 0.5025 %
        (0.07, 1),  # 1.4
        (0.02, 1),  # 0.4, nothing left
        (0.0, 0),
    ],
)
def test_rounding_by_more_than_half_a_per_cent_is_worth_a_warning(workshop, realised, each, warnings):
    workshop["recipes"]["press"]["inputs"]["steel"] = Quantity(each, "kg")
    assert len(realised(workshop).recipe_warnings) == warnings


def test_the_warning_names_role_recipe_material_and_both_amounts(workshop, realised):
    workshop["recipes"]["press"]["inputs"]["steel"] = Quantity(0.07, "kg")
    assert realised(workshop).recipe_warnings == (
        "plants.roles.works: a lot of 20 by press takes 1.4 of steel, rounded to 1; give a larger lot",
    )


@pytest.mark.parametrize(
    ("material", "room", "amount"), [("steel", Quantity(1079.0, "kg"), 1080), ("shell", Quantity(19.0), 20)]
)
def test_a_lot_that_a_store_never_has_room_for_is_refused(workshop, realised, material, room, amount):
    workshop["stores"]["depot"]["holds"][material]["capacity"] = room
    wanted = f"plants.roles.works.lot is 20, which is {amount} of {material}, more than the {amount - 1}"
    with pytest.raises(ModelError, match=re.escape(wanted)):
        realised(workshop)
    workshop["stores"]["depot"]["holds"][material]["capacity"] = Quantity(room.number + 1, room.unit)
    assert only_recipe(realised(workshop)).inputs == ((0, 1080),)


def test_an_amount_beyond_all_bounds_is_refused(workshop, realised):
    workshop["recipes"]["press"]["inputs"]["steel"] = Quantity(1e300, "kg")
    with pytest.raises(ModelError, match=r"steel for a lot of plants\.roles\.works comes to 2e\+301"):
        realised(workshop)
