"""A system that runs in a millisecond, and experiments with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity

SYSTEM: dict[str, Any] = {
    "materials": {"shell": {"unit": "item"}},
    "regions": {"east": {}, "west": {}},
    "stores": {"depot": {"region": "east", "holds": {"shell": {}}}},
    "recipes": {"fill": {"output": "shell"}},
    "plants": {
        "total": 3,
        "roles": {
            "filling": {
                "share": 1.0,
                "regions": {"east": 0.5, "west": 0.5},
                "recipe": "fill",
                "rate": {"lognormal": {"median": Quantity(10.0, "1/h"), "gsd": 1.2}},
                "lot": 100,
                "to": "depot",
                "reject": 0.1,
            }
        },
    },
}
FACTORS: dict[str, Any] = {
    "rate_error": {
        "distribution": {"lognormal": {"median": 1.0, "gsd": 1.5}},
        "scales": ["plants.roles.filling.rate"],
        "assumption": "one for all",
    },
    "place": {
        "dirichlet": {"east": 2.0, "west": 3.0},
        "sets": ["plants.roles.filling.regions.*"],
        "assumption": "none",
    },
    "yield": {"distribution": {"beta": {"a": 9.0, "b": 1.0}}, "assumption": "none"},
}


@pytest.fixture
def make_experiment() -> Callable[..., Experiment]:
    """Return a function that makes a small experiment, with parts of the document replaced."""

    def make(**changes: Any) -> Experiment:
        document: dict[str, Any] = {
            "title": "How many shells?",
            "system": SYSTEM,
            "horizon": {"start": date(2023, 1, 1), "end": date(2023, 1, 15)},
            "factors": FACTORS,
            "derived": {"scrap": {"one_minus": ["yield"], "sets": ["plants.roles.filling.reject"]}},
            "scenarios": {"baseline": {}, "sure": {"yield": 0.5, "plants.total": 4}},
            "claims": {
                "many": {
                    "quantity": "made",
                    "materials": ["shell"],
                    "at_least": 8000,
                    "from": date(2023, 1, 1),
                    "by": date(2023, 1, 14),
                }
            },
            "precision": {"at_most": 8},
            "seed": 7,
        }
        return Experiment.model_validate({**document, **changes})

    return make


@pytest.fixture
def experiment(make_experiment: Callable[..., Experiment]) -> Experiment:
    """A small experiment of two scenarios."""
    return make_experiment()
