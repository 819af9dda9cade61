"""Rules that hold, and planted ones that do not, on a machine whose output is known by heart."""

from datetime import date

import pytest

from simulator.model.assumptions import Assumption
from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity
from simulator.model.scenario.scenarios import median_draw
from simulator.runner.plan import plan
from simulator.runner.sizes import sizes
from simulator.studies.assumptions import broken, replications, response_faults, trials

STEEL = 100.0


def asked(assumptions, **changes):
    """A machine that makes a piece of a kilogram of steel in an hour for ten days, until there is no steel."""
    tree = {
        "title": "How much is pressed?",
        "system": {
            "materials": {"steel": {"unit": "kg"}, "plate": {"unit": "item"}},
            "regions": {"here": {}, "there": {}},
            "stores": {
                "yard": {
                    "region": "here",
                    "holds": {"steel": {"initial": Quantity(STEEL, "kg")}, "plate": {}},
                },
            },
            "recipes": {"press": {"inputs": {"steel": Quantity(1.0, "kg")}, "output": "plate"}},
            "plants": {
                "total": 1,
                "roles": {
                    "shop": {
                        "share": 1.0,
                        "recipe": "press",
                        "regions": {"here": 0.5, "there": 0.5},
                        "lot": 1,
                        "rate": Quantity(1.0, "1/h"),
                        "from": "yard",
                        "to": "yard",
                    },
                },
            },
        },
        "horizon": {"start": date(2023, 1, 1), "end": date(2023, 1, 11)},
        "factors": {
            "rate": {
                "distribution": {"uniform": {"low": Quantity(0.1, "1/h"), "high": Quantity(2.0, "1/h")}},
                "sets": ["plants.roles.shop.rate"],
            },
            "steel": {
                "distribution": {"uniform": {"low": Quantity(50.0, "kg"), "high": Quantity(400.0, "kg")}},
                "sets": ["stores.yard.holds.steel.initial"],
            },
            "idle": {"distribution": {"uniform": {"low": 0.0, "high": 1.0}}},
            "split": {
                "dirichlet": {"here": 1.0, "there": 1.0},
                "sets": ["plants.roles.shop.regions.*"],
            },
        },
        "derived": {},
        "assumptions": {name: {"response": "made.plate"} | rule for name, rule in assumptions.items()},
        "seed": 5,
    }
    return Experiment.model_validate(tree | changes)


def tried(rule, draws=24, **changes):
    (found,) = trials(asked({"rule": rule}, **changes), draws=draws)
    return found


@pytest.mark.parametrize(
    "rule",
    [
        {"increases_in": "rate"},
        {"increases_in": "steel"},
        {"decreases_in": "steel", "response": "hours.shop.awaiting_material"},
        {"unaffected_by": "idle"},
        {"unaffected_by": "split"},
        {"at_most": 400.0},
        {"at_least": 24.0},
    ],
)
def test_a_rule_that_is_true_holds_on_every_draw(rule):
    found = tried(rule)
    assert (found.counter_example, found.tried, found.passed_over) == (None, 24, 0)
    assert found.as_dict()["holds_on_these"] is True


@pytest.mark.parametrize(
    "rule", [{"decreases_in": "steel"}, {"unaffected_by": "steel"}, {"at_most": 60.0}, {"at_least": 100.0}]
)
def test_a_planted_rule_that_is_false_is_found(rule):
    found = tried(rule)
    assert found.counter_example is not None
    assert found.tried <= 24
    assert broken(Assumption(response="made.plate", **rule), found.counter_example.values)
    assert found.as_dict()["holds_on_these"] is False


def test_what_does_not_matter_is_moved_to_its_median():
    found = tried({"decreases_in": "steel"}).counter_example
    assert found.odd == ("steel",)
    median = median_draw(asked({}))
    for draw in found.draws:
        assert {name: draw[name] for name in ("rate", "idle", "split")} == {
            name: median[name] for name in ("rate", "idle", "split")
        }


def test_a_factor_that_the_failure_needs_is_left_as_drawn():
    # at the median rate 252 hours make 252 plates at the most: over 300 takes a higher rate and more steel
    found = tried({"at_most": 300.0}, draws=64).counter_example
    assert found.odd == ("rate", "steel")
    assert found.draws[0]["rate"].number > 1.25
    assert found.draws[0]["steel"].number > 300


def test_the_step_of_the_factor_ends_between_neighbours_among_the_draws():
    found = tried({"decreases_in": "steel"}, draws=64)
    low, high = (draw["steel"].number for draw in found.counter_example.draws)
    drawn = [plan(asked({}), 64).draw(each)["steel"].number for each in range(64)]
    assert low < high
    assert not [number for number in drawn if low < number < high]
    assert found.counter_example.values[0] < found.counter_example.values[1]


def test_a_rule_is_tried_in_the_scenarios_that_it_names_and_that_draw_its_factor():
    scenarios = {
        "as_is": {},
        "rich": {"steel": Quantity(400.0, "kg")},
        "fast": {"rate": Quantity(2.0, "1/h")},
    }
    assert tried({"increases_in": "steel"}, scenarios=scenarios).tried == 48
    assert tried({"increases_in": "steel", "scenarios": ["fast"]}, scenarios=scenarios).tried == 24
    assert tried({"at_least": 0.0}, scenarios=scenarios).tried == 72
    assert tried({"increases_in": "steel"}, scenarios={"rich": scenarios["rich"]}).tried == 0


def test_a_factor_that_never_moves_leaves_its_rule_untried():
    factors = {"steel": {"distribution": Quantity(100.0, "kg"), "sets": ["stores.yard.holds.steel.initial"]}}
    found = tried({"increases_in": "steel"}, factors=factors)
    assert found.tried == 0
    assert found.as_dict()["holds_on_these"] is None


def test_draws_that_describe_no_system_are_passed_over_and_counted():
    factors = {
        "share": {
            "distribution": {"uniform": {"low": 0.0, "high": 1.9}},
            "sets": ["plants.roles.shop.reject"],
        }
    }
    found = tried({"at_least": 0.0}, factors=factors)
    assert found.tried + found.passed_over == 24
    assert 0 < found.tried < 24


def test_the_replications_that_trying_takes_count_each_moved_factor_once():
    rules = {
        "one": {"increases_in": "rate"},
        "two": {"unaffected_by": "rate"},
        "three": {"increases_in": "steel"},
        "four": {"at_least": 0.0, "scenarios": ["rich"]},
    }
    scenarios = {"as_is": {}, "rich": {"steel": Quantity(400.0, "kg")}}
    assert replications(asked(rules, scenarios=scenarios), draws=10) == {"as_is": 30, "rich": 20}


def test_a_response_that_there_is_not_is_refused_with_the_nearest():
    experiment = asked({"one": {"response": "made.plates", "at_least": 0.0}, "two": {"at_least": 0.0}})
    (fault,) = response_faults(experiment, sizes(experiment))
    assert str(fault).startswith(
        "assumptions.one.response: names made.plates, which is no column of a claim or a response; "
        "nearest is made.plate; give one of made"
    )


def test_numbers_that_are_none_go_against_nothing():
    nan = float("nan")
    assert not broken(Assumption(response="made", at_least=1.0), (nan,))
    assert not broken(Assumption(response="made", increases_in="a"), (1.0, nan))
