from datetime import date

import pytest

from simulator.model.description import SystemDescription
from simulator.model.experiment import Horizon
from simulator.model.quantities import Quantity, hours
from simulator.model.realise import realise


@pytest.fixture
def workshop():
    """A description as a tree to be altered: one region, one store, one plant of two lines."""
    return {
        "materials": {"steel": {"unit": "kg"}, "shell": {"unit": "item"}},
        "regions": {"north": {}},
        "stores": {"depot": {"region": "north", "holds": {"steel": {}, "shell": {}}}},
        "recipes": {
            "press": {
                "inputs": {"steel": Quantity(54.0, "kg")},
                "output": "shell",
                "energy": Quantity(108.0, "kWh"),
            }
        },
        "plants": {
            "total": 1,
            "roles": {
                "works": {
                    "share": 1.0,
                    "regions": {"north": 1.0},
                    "recipe": "press",
                    "lines": 2,
                    "lot": 20,
                    "rate": Quantity(8.0, "1/h"),
                    "from": "depot",
                    "to": "depot",
                }
            },
        },
    }


@pytest.fixture
def realised():
    """A function that realises a tree over a horizon."""

    def realised(tree, *, start=date(2023, 1, 1), end=date(2023, 3, 1), warm_up_h=0.0, seed=0, replication=0):
        horizon = Horizon(start=start, end=end, warm_up=hours(warm_up_h))
        description = SystemDescription.model_validate(tree)
        return realise(description, horizon=horizon, seed=seed, replication=replication)

    return realised
