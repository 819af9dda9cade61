import pytest

from simulator.model.checks.amounts import amount_faults
from simulator.model.description import SystemDescription
from simulator.model.quantities import Quantity


def found(tree):
    return [str(fault) for fault in amount_faults(SystemDescription.model_validate(tree))]


@pytest.mark.parametrize("off", [0.0, 9e-7, -9e-7])
def test_shares_add_up_to_one_within_a_millionth(arsenal, off):
    arsenal["plants"]["roles"]["forging"]["share"] = 0.5 + off
    assert found(arsenal) == []


@pytest.mark.parametrize("off", [2e-6, -2e-6, 0.5])
def test_shares_that_add_up_to_anything_else_are_a_fault(arsenal, off):
    arsenal["plants"]["roles"]["forging"]["share"] = 0.5 + off
    assert [fault.partition(":")[0] for fault in found(arsenal)] == ["plants.roles.*.share"]


def test_shares_of_regions_add_up_to_one(arsenal):
    arsenal["plants"]["roles"]["forging"]["regions"] = {"north": 0.6, "south": 0.3}
    assert found(arsenal) == [
        "plants.roles.forging.regions.*: adds up to 0.9 (north 0.6, south 0.3); give shares that add up to 1"
    ]


def test_shares_of_calibres_add_up_to_one(arsenal):
    forging = arsenal["plants"]["roles"]["forging"]
    del forging["recipe"]
    forging["calibres"] = {"c1": {"share": 0.6, "recipe": "forge"}, "c2": {"share": 0.6, "recipe": "forge"}}
    assert found(arsenal) == [
        "plants.roles.forging.calibres.*.share: adds up to 1.2 (c1 0.6, c2 0.6); give shares that add up to 1"
    ]


def test_roles_have_no_more_plants_for_certain_than_there_are(arsenal):
    for role in ("forging", "filling"):
        arsenal["plants"]["roles"][role]["at_least"] = 5
    assert found(arsenal) == []
    arsenal["plants"]["roles"]["filling"]["at_least"] = 6
    assert found(arsenal) == [
        "plants.roles.*.at_least: adds up to 11, more than the 10 plants of plants.total"
    ]


def test_calibres_have_no_more_plants_for_certain_than_there_are(arsenal):
    forging = arsenal["plants"]["roles"]["forging"]
    del forging["recipe"]
    forging["calibres"] = {"c1": {"share": 1.0, "recipe": "forge", "at_least": 11}}
    assert found(arsenal) == [
        "plants.roles.forging.calibres.*.at_least: adds up to 11, more than the 10 plants of plants.total"
    ]


def test_no_more_plants_are_new_than_there_are(arsenal):
    arsenal["plants"]["new"]["count"] = 10
    assert found(arsenal) == []
    arsenal["plants"]["new"]["count"] = 11
    assert found(arsenal) == ["plants.new.count: is 11, more than plants.total; give 10 or less"]


@pytest.mark.parametrize("name", ["initial", "floor"])
def test_no_more_is_in_a_store_than_fits(arsenal, name):
    holding = {"capacity": Quantity(100.0), name: Quantity(100.0)}
    arsenal["stores"]["depot"]["holds"]["shell"] = holding
    arsenal["links"]["sea"]["load"] = Quantity(50.0)
    assert found(arsenal) == []
    holding[name] = Quantity(101.0)
    assert found(arsenal) == [
        (
            f"stores.depot.holds.shell.{name}: is 101, over the capacity of 100; give 100 or less, or a capacity of"
            " 101 or more"
        )
    ]


@pytest.mark.parametrize("name", ["initial", "floor"])
def test_nothing_but_zero_is_advised_for_a_store_that_holds_nothing(arsenal, name):
    arsenal["stores"]["depot"]["holds"]["old"] = {"capacity": Quantity(0.0), name: Quantity(1.0)}
    assert found(arsenal) == [
        f"stores.depot.holds.old.{name}: is 1, over the capacity of 0; give 0, or a capacity of 1 or more"
    ]


def test_a_lot_fits_into_the_store_it_goes_to(arsenal):
    arsenal["stores"]["depot"]["holds"]["body"] = {"capacity": Quantity(20.0)}
    assert found(arsenal) == []
    arsenal["plants"]["roles"]["forging"]["lot"] = 21
    assert found(arsenal) == [
        (
            "plants.roles.forging.lot: is 21, more than the capacity of 20 in stores.depot.holds.body; "
            "give 20 or less, or a capacity of 21 or more"
        )
    ]


def test_a_lot_of_nothing_is_not_advised(arsenal):
    arsenal["stores"]["depot"]["holds"]["body"] = {"capacity": Quantity(0.0)}
    arsenal["plants"]["roles"]["forging"]["lot"] = 21
    assert found(arsenal) == [
        (
            "plants.roles.forging.lot: is 21, more than the capacity of 0 in stores.depot.holds.body; "
            "give a capacity of 21 or more"
        )
    ]


def test_a_load_fits_into_the_store_it_goes_to(arsenal):
    holds = {"shell": {"capacity": Quantity(500.0)}, "old": {}}
    arsenal["stores"]["yard"] = {"region": "port", "holds": holds}
    arsenal["links"]["sea"]["to"] = "yard"
    assert found(arsenal) == []
    arsenal["links"]["sea"]["load"] = Quantity(501.0)
    assert found(arsenal) == [
        (
            "links.sea.load: is 501, more than the capacity of 500 in stores.yard.holds.shell; "
            "give 500 or less, or a capacity of 501 or more"
        )
    ]


def test_a_load_of_nothing_is_not_advised(arsenal):
    arsenal["stores"]["yard"] = {"region": "port", "holds": {"shell": {"capacity": Quantity(0.0)}}}
    arsenal["links"]["sea"] |= {"to": "yard", "materials": ["shell"], "load": Quantity(501.0)}
    assert found(arsenal) == [
        (
            "links.sea.load: is 501, more than the capacity of 0 in stores.yard.holds.shell; "
            "give a capacity of 501 or more"
        )
    ]


def test_what_leaves_the_system_needs_no_room(arsenal):
    arsenal["stores"]["depot"]["holds"]["shell"] = {"capacity": Quantity(10.0)}
    assert found(arsenal) == []
