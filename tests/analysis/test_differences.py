from datetime import date

import pytest

from simulator.analysis.differences import Change, differences
from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity


@pytest.fixture
def make():
    """A function that makes a small experiment with some parts changed."""

    def experiment(**changes):
        document = {
            "title": "What is there?",
            "system": {
                "materials": {"steel": {"unit": "kg"}},
                "regions": {"east": {}},
                "stores": {
                    "yard": {"region": "east", "holds": {"steel": {"initial": Quantity(5000.0, "kg")}}}
                },
            },
            "horizon": {"start": date(2023, 1, 1), "end": date(2023, 2, 1)},
            "factors": {
                "steel": {
                    "distribution": {"uniform": {"low": Quantity(1.0, "kg"), "high": Quantity(9000.0, "kg")}},
                    "sets": ["stores.yard.holds.steel.initial"],
                }
            },
        }
        return Experiment.model_validate({**document, **changes})

    return experiment


def test_a_document_does_not_differ_from_itself(make):
    found = differences(make(), make())
    assert found.changes == ()
    assert list(found.to_frame().columns) == ["place", "a", "b"]


def test_places_that_differ_are_listed_in_the_order_of_the_document(make):
    found = differences(
        make(),
        make(
            title="What else?",
            horizon={"start": date(2023, 1, 1), "end": date(2023, 3, 1)},
            seed=4,
        ),
    )
    assert found.changes == (
        Change("title", "What is there?", "What else?"),
        Change("horizon.end", "2023-02-01", "2023-03-01"),
        Change("seed", "0", "4"),
    )


def test_what_is_in_one_document_only_has_nothing_beside_it(make):
    changed = make(factors={}, sweep={"steel": [1.0, 2.5]})
    (factor, sweep) = differences(make(), changed).changes
    assert (factor.place, factor.b) == ("factors.steel", "")
    assert factor.a.startswith("{distribution: {uniform: {low: 1 kg, high: 9000 kg}}")
    assert sweep == Change("sweep.steel", "", "[1, 2.5]")


def test_items_of_a_list_are_compared_by_place(make):
    two = make(sweep={"steel": [1.0, 2.0]})
    three = make(sweep={"steel": [1.0, 2.5, 3.0]})
    assert differences(two, three).changes == (
        Change("sweep.steel.1", "2", "2.5"),
        Change("sweep.steel.2", "", "3"),
    )
