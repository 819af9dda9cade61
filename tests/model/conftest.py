from datetime import date

import pytest

from simulator.config.units import Units
from simulator.model.description import SystemDescription
from simulator.model.experiment import Experiment, Horizon
from simulator.model.quantities import Quantity, hours
from simulator.model.realising.realise import realise


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


@pytest.fixture
def arsenal():
    """A description as a tree to be altered: plants in two regions, a depot, an export route."""
    shares = {"north": 0.6, "south": 0.4}
    return {
        "materials": {
            "steel": {"unit": "kg"},
            "body": {"unit": "item"},
            "shell": {"unit": "item"},
            "old": {"unit": "item", "counts_as": "shell"},
        },
        "regions": {
            "north": {
                "grid": {
                    "allotment": Quantity(1000.0, "kW"),
                    "policy": "rotate",
                    "rotation": {"feeders": 4, "period": hours(4), "powered": hours(14)},
                }
            },
            "south": {"grid": {"allotment": Quantity(500.0, "kW")}},
            "port": {},
        },
        "stores": {
            "depot": {
                "region": "port",
                "holds": {
                    "steel": {},
                    "body": {"added": [{"at": date(2023, 2, 1), "amount": Quantity(100.0)}]},
                    "shell": {},
                    "old": {"initial": Quantity(1000.0), "releasable": 0.5},
                },
            }
        },
        "recipes": {
            "forge": {
                "inputs": {"steel": Quantity(54.0, "kg")},
                "output": "body",
                "energy": Quantity(108.0, "kWh"),
            },
            "fill": {"inputs": {"body": Quantity(1.0)}, "output": "shell"},
        },
        "calendars": {
            "week": {
                "changes": [
                    {"from": date(2023, 1, 1), "shifts": 1, "days": 6},
                    {"from": date(2023, 2, 1), "shifts": 2, "days": 7},
                ]
            }
        },
        "plants": {
            "total": 10,
            "new": {"count": 2, "from": date(2023, 1, 1), "commissioned_after": hours(240)},
            "roles": {
                "forging": {
                    "share": 0.5,
                    "regions": shares,
                    "recipe": "forge",
                    "lines": 2,
                    "lot": 20,
                    "rate": {"lognormal": {"median": Quantity(8.0, "1/h"), "gsd": 2.0}},
                    "from": "depot",
                    "to": "depot",
                    "breakdown": {"availability": 0.8, "repair": hours(12)},
                    "reject": 0.1,
                    "calendar": "week",
                },
                "filling": {
                    "share": 0.3,
                    "regions": shares,
                    "recipe": "fill",
                    "rate": Quantity(20.0, "1/h"),
                    "from": "depot",
                    "to": "depot",
                    "breakdown": {"availability": 0.8, "repair": hours(12)},
                },
                "other_arms": {
                    "share": 0.2,
                    "regions": shares,
                    "recipe": "none",
                    "power": Quantity(150.0, "kW"),
                },
            },
        },
        "suppliers": {
            "mill": {
                "material": "steel",
                "to": "depot",
                "quantity": Quantity(5000.0, "kg"),
                "every": hours(96),
            }
        },
        "links": {
            "sea": {
                "from": "depot",
                "to": "delivered",
                "materials": ["shell", "old"],
                "load": Quantity(500.0),
                "loads_of": Quantity(50.0),
                "first": date(2023, 1, 15),
                "every": [
                    {"from": date(2023, 1, 1), "is": hours(192)},
                    {"from": date(2023, 2, 1), "is": hours(96)},
                ],
                "transit": hours(48),
            }
        },
    }


@pytest.fixture
def ask(arsenal):
    """A function that makes an experiment on the arsenal with the given parts, texts read as in a file."""

    def ask(*, start=date(2023, 1, 1), end=date(2023, 4, 1), warm_up_h=0.0, system=arsenal, **parts):
        horizon = {"start": start, "end": end, "warm_up": hours(warm_up_h)}
        tree = {"title": "How many shells?", "system": system, "horizon": horizon, **parts}
        experiment = Experiment.model_validate(tree, context=Units())
        experiment._reader = Units()
        return experiment

    return ask
