from copy import deepcopy
from datetime import date

import pytest

from simulator.model.checks.references import faults
from simulator.model.description import SystemDescription
from simulator.model.quantities import Quantity, hours

KG = Quantity(5.0, "kg")
ITEMS = Quantity(5.0)
NOBODY = (
    "recipes.forge.inputs.steel: is supplied by nobody: nothing brings steel to store depot; "
    "give a supplier, a recipe, a link, an initial stock or an addition"
)


def found(tree):
    return [str(fault) for fault in faults(SystemDescription.model_validate(tree))]


def altered(tree, path, value):
    """Return a copy of a tree with a value put at a path, whose last key may be new."""
    tree = deepcopy(tree)
    *parents, last = path.split(".")
    node = tree
    for key in parents:
        node = node[int(key)] if isinstance(node, list) else node[key]
    node[int(last) if isinstance(node, list) else last] = value
    return tree


def without(tree, path):
    tree = deepcopy(tree)
    *parents, last = path.split(".")
    node = tree
    for key in parents:
        node = node[key]
    del node[last]
    return tree


def test_a_system_whose_parts_fit_has_no_faults(arsenal):
    assert found(arsenal) == []


def test_the_smallest_system_has_no_faults():
    tree = {
        "materials": {"shell": {"unit": "item"}},
        "regions": {"north": {}},
        "stores": {"depot": {"region": "north", "holds": {"shell": {}}}},
    }
    assert found(tree) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (
            "stores.depot.region",
            "prt",
            (
                "stores.depot.region: names the region prt, which does not exist; nearest is port; "
                "give one of north, south, port"
            ),
        ),
        (
            "stores.depot.holds.stel",
            {},
            (
                "stores.depot.holds.stel: names the material stel, which does not exist; nearest is steel; "
                "give one of steel, body, shell, old"
            ),
        ),
        (
            "materials.old.counts_as",
            "shel",
            (
                "materials.old.counts_as: names the material shel, which does not exist; nearest is shell; "
                "give one of steel, body, shell, old"
            ),
        ),
        (
            "materials.old.counts_as",
            "old",
            "materials.old.counts_as: names the material itself; name another, or leave it out",
        ),
        (
            "materials.body.counts_as",
            "old",
            "materials.body.counts_as: names old, which counts as shell in turn; name another",
        ),
        (
            "materials.old.counts_as",
            "steel",
            "materials.old.counts_as: names steel, which is not counted in item; name one that is",
        ),
        (
            "recipes.fill.output",
            "rocket",
            (
                "recipes.fill.output: names the material rocket, which does not exist; "
                "give one of steel, body, shell, old"
            ),
        ),
        (
            "recipes.fill.inputs.fuze",
            Quantity(1.0),
            (
                "recipes.fill.inputs.fuze: names the material fuze, which does not exist; "
                "give one of steel, body, shell, old"
            ),
        ),
        (
            "recipes.forge.inputs.steel",
            ITEMS,
            "recipes.forge.inputs.steel: is 5, but steel is counted in kg; give a mass such as 54 kg",
        ),
        (
            "recipes.fill.inputs.body",
            KG,
            "recipes.fill.inputs.body: is 5 kg, but body is counted in item; give a bare number",
        ),
        (
            "stores.depot.holds.steel.initial",
            ITEMS,
            "stores.depot.holds.steel.initial: is 5, but steel is counted in kg; give a mass such as 54 kg",
        ),
        (
            "stores.depot.holds.steel.capacity",
            ITEMS,
            "stores.depot.holds.steel.capacity: is 5, but steel is counted in kg; give a mass such as 54 kg",
        ),
        (
            "stores.depot.holds.shell.floor",
            KG,
            "stores.depot.holds.shell.floor: is 5 kg, but shell is counted in item; give a bare number",
        ),
        (
            "stores.depot.holds.body.added.0.amount",
            KG,
            (
                "stores.depot.holds.body.added.0.amount: is 5 kg, but body is counted in item; give a "
                "bare number"
            ),
        ),
        (
            "suppliers.mill.quantity",
            Quantity(5.0),
            "suppliers.mill.quantity: is 5, but steel is counted in kg; give a mass such as 54 kg",
        ),
        (
            "links.sea.load",
            Quantity(500.0, "kg"),
            "links.sea.load: is 500 kg, but shell is counted in item; give a bare number",
        ),
        (
            "links.sea.loads_of",
            KG,
            "links.sea.loads_of: is 5 kg, but shell is counted in item; give a bare number",
        ),
        (
            "links.sea.minimum",
            KG,
            "links.sea.minimum: is 5 kg, but shell is counted in item; give a bare number",
        ),
        (
            "links.sea.materials.1",
            "steel",
            "links.sea.materials: are counted in items and in kg; give each its own link",
        ),
        (
            "links.sea.materials.1",
            "shels",
            (
                "links.sea.materials.1: names the material shels, which does not exist; nearest is shell; "
                "give one of steel, body, shell, old"
            ),
        ),
        (
            "links.sea.from",
            "depott",
            (
                "links.sea.from: names the store depott, which does not exist; nearest is depot; give "
                "one of depot"
            ),
        ),
        (
            "links.sea.to",
            "deliverd",
            (
                "links.sea.to: names the store deliverd, which does not exist; nearest is delivered; "
                "give one of depot, delivered"
            ),
        ),
        (
            "links.sea.to",
            "depot",
            "links.sea.to: is depot, where the link starts; give another store, or delivered",
        ),
        (
            "plants.roles.filling.recipe",
            "fil",
            (
                "plants.roles.filling.recipe: names the recipe fil, which does not exist; nearest is fill; "
                "give one of forge, fill, none"
            ),
        ),
        (
            "plants.roles.filling.calendar",
            "weeks",
            (
                "plants.roles.filling.calendar: names the calendar weeks, which does not exist; "
                "nearest is week; "
                "give one of week"
            ),
        ),
        (
            "plants.roles.filling.regions",
            {"north": 0.5, "sout": 0.5},
            (
                "plants.roles.filling.regions.sout: names the region sout, which does not exist; nearest "
                "is south; "
                "give one of north, south, port"
            ),
        ),
        (
            "plants.roles.filling.from",
            None,
            "plants.roles.filling: needs from, the store that body come from; give one of depot",
        ),
        (
            "plants.roles.filling.to",
            "dep",
            (
                "plants.roles.filling.to: names the store dep, which does not exist; nearest is depot; "
                "give one of depot"
            ),
        ),
        (
            "regions.north.grid.rotation.period",
            hours(0.01),
            "regions.north.grid.rotation.period: is 0.01 h; give 1 minute or more",
        ),
        (
            "stores.delivered",
            {"region": "port", "holds": {"shell": {}}},
            "stores.delivered: has a name that means something else; give any but delivered and none",
        ),
        (
            "recipes.none",
            {"output": "shell"},
            "recipes.none: has a name that means something else; give any but delivered and none",
        ),
        (
            "plants.roles.forging.share",
            0.4,
            (
                "plants.roles.*.share: adds up to 0.9 (forging 0.4, filling 0.3, other_arms 0.2); "
                "give shares that add up to 1"
            ),
        ),
    ],
)
def test_parts_that_do_not_fit_are_one_fault(arsenal, path, value, fault):
    assert found(altered(arsenal, path, value)) == [fault]


def test_a_supplier_of_an_unknown_material_supplies_nothing(arsenal):
    assert found(altered(arsenal, "suppliers.mill.material", "steal")) == [
        (
            "suppliers.mill.material: names the material steal, which does not exist; nearest is steel; "
            "give one of steel, body, shell, old"
        ),
        NOBODY,
    ]


def test_a_minimum_that_is_left_out_fits_a_link_in_kilograms(arsenal):
    tree = altered(arsenal, "stores.yard", {"region": "port", "holds": {"steel": {}}})
    rail = {
        "from": "depot",
        "to": "yard",
        "materials": ["steel"],
        "load": KG,
        "every": hours(9),
        "transit": hours(1),
    }
    assert found(altered(tree, "links.rail", rail)) == []


def test_recipes_of_calibres_and_lists_are_looked_up_where_they_stand(arsenal):
    tree = without(
        altered(arsenal, "plants.roles.filling.recipes", ["fill", "fil"]), "plants.roles.filling.recipe"
    )
    assert [fault.split(":")[0] for fault in found(tree)] == ["plants.roles.filling.recipes.1"]
    calibres = {"c1": {"share": 1.0, "recipe": "fil"}}
    tree = without(altered(arsenal, "plants.roles.filling.calibres", calibres), "plants.roles.filling.recipe")
    assert [fault.split(":")[0] for fault in found(tree)] == ["plants.roles.filling.calibres.c1.recipe"]


def test_a_store_has_to_keep_what_a_role_takes_and_makes(arsenal):
    yard = {"region": "port", "holds": {"steel": {}}}
    tree = altered(arsenal, "stores.yard", yard)
    assert found(altered(tree, "plants.roles.filling.to", "yard")) == [
        "plants.roles.filling.to: is yard, which does not keep shell; write shell in stores.yard.holds"
    ]
    assert (
        "plants.roles.filling.from: is yard, which does not keep body; write body in stores.yard.holds"
        in found(altered(tree, "plants.roles.filling.from", "yard"))
    )


def test_a_store_has_to_keep_what_is_brought_and_fetched(arsenal):
    tree = altered(arsenal, "stores.yard", {"region": "port", "holds": {"body": {}}})
    both = [
        "links.sea.{end}: is yard, which does not keep shell; write shell in stores.yard.holds",
        "links.sea.{end}: is yard, which does not keep old; write old in stores.yard.holds",
    ]
    for end in ("from", "to"):
        assert found(altered(tree, f"links.sea.{end}", "yard")) == [line.format(end=end) for line in both]
    assert "suppliers.mill.to: is yard, which does not keep steel; write steel in stores.yard.holds" in found(
        altered(tree, "suppliers.mill.to", "yard")
    )


def test_a_dated_delivery_has_the_unit_of_its_material(arsenal):
    table = {"material": "steel", "to": "depot", "table": [{"at": date(2023, 2, 1), "amount": ITEMS}]}
    assert found(altered(arsenal, "suppliers.mill", table)) == [
        "suppliers.mill.table.0.amount: is 5, but steel is counted in kg; give a mass such as 54 kg"
    ]


def test_an_input_that_nobody_supplies_is_a_fault(arsenal):
    assert found(without(arsenal, "suppliers.mill")) == [NOBODY]


def test_an_input_is_supplied_by_any_of_five_ways(arsenal):
    tree = without(arsenal, "suppliers.mill")
    assert found(altered(tree, "stores.depot.holds.steel.initial", KG)) == []
    added = [{"at": date(2023, 2, 1), "amount": Quantity(0.0, "kg")}]
    assert found(altered(tree, "stores.depot.holds.steel.added", added)) == []
    assert found(altered(tree, "recipes.fill.output", "steel")) == []
    yard = altered(tree, "stores.yard", {"region": "port", "holds": {"steel": {"initial": KG}}})
    rail = {
        "from": "yard",
        "to": "depot",
        "materials": ["steel"],
        "load": KG,
        "every": hours(9),
        "transit": hours(1),
    }
    assert found(yard) == [NOBODY]
    assert found(altered(yard, "links.rail", rail)) == []


def test_all_faults_come_at_once(arsenal):
    tree = altered(without(arsenal, "suppliers.mill"), "stores.depot.region", "prt")
    tree = altered(tree, "plants.roles.forging.share", 0.4)
    assert [fault.split(":")[0] for fault in found(tree)] == [
        "stores.depot.region",
        "recipes.forge.inputs.steel",
        "plants.roles.*.share",
    ]
