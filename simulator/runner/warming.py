"""Compiling ahead: once in this process, not in every worker at the same time."""

from datetime import date

from simulator import engines, responses
from simulator.jit import cache_folder
from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity
from simulator.model.scenario.scenarios import Scenario
from simulator.runner.execute import own_responses, unfold


def warm_up(engine: str) -> None:
    """Compile, or load from the compile cache, what a replication on an engine needs.

    One replication of a small experiment is carried out: what is compiled does not depend on how much there is.
    """
    _announce(engine)  # before the model compiles code of its own
    experiment = _smallest()
    path = unfold(experiment, Scenario(experiment, "baseline"), {}, replication=0, engine=engine)
    with responses.restored_register():
        for name in own_responses():
            responses.unregister(name)  # the user's may expect a system of theirs
        responses.measure(path, experiment.claims)


def warm_up_for_workers(engine: str) -> None:
    """Compile what a replication needs where workers find it; without a folder to keep it they do so themselves."""
    if cache_folder() is None:
        _announce(engine)
    else:
        warm_up(engine)


def _announce(engine: str) -> None:
    if engines.resolved(engine) == "compiled":
        from simulator.engines.compiled.engine import announce

        announce()


def _smallest() -> Experiment:
    """Return two days of one plant, which breaks down, rejects what it made and is delivered to."""
    first, last = date(2000, 1, 3), date(2000, 1, 5)
    return Experiment.model_validate(
        {
            "title": "Is the code there?",
            "system": {
                "materials": {"steel": {"unit": "kg"}, "part": {"unit": "item"}},
                "regions": {"here": {}},
                "stores": {
                    "yard": {
                        "region": "here",
                        "holds": {"steel": {"initial": Quantity(100.0, "kg")}, "part": {}},
                    }
                },
                "recipes": {"press": {"inputs": {"steel": Quantity(1.0, "kg")}, "output": "part"}},
                "calendars": {"day": {"changes": [{"from": first, "shifts": 1, "days": 7}]}},
                "plants": {
                    "total": 1,
                    "roles": {
                        "works": {
                            "share": 1.0,
                            "regions": {"here": 1.0},
                            "recipe": "press",
                            "rate": {"lognormal": {"median": Quantity(10.0, "1/h"), "gsd": 1.2}},
                            "lot": 10,
                            "breakdown": {
                                "availability": 0.5,
                                "repair": {"exponential": {"mean": Quantity(1.0, "h")}},
                            },
                            "reject": 0.1,
                            "from": "yard",
                            "to": "yard",
                            "calendar": "day",
                        }
                    },
                },
                "suppliers": {
                    "mill": {
                        "material": "steel",
                        "to": "yard",
                        "quantity": Quantity(10.0, "kg"),
                        "every": Quantity(24.0, "h"),
                    }
                },
            },
            "horizon": {"start": first, "end": last},
            "claims": {
                "some": {"quantity": "made", "materials": ["part"], "at_least": 1, "from": first, "by": first}
            },
        }
    )
