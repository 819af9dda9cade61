"""A press that stands for want of steel, and one man's shift: what lifting each adds is known by hand."""

from datetime import date
from pathlib import Path

import pytest

from simulator.config import load
from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity
from simulator.runner import open_results, running
from simulator.runner import run as carry_out
from simulator.studies.bottleneck import bottleneck
from simulator.studies.lifts import lifts

NETWORK = Path(__file__).parents[2] / "configs" / "examples" / "network.yaml"


def press(**changes):
    """A press of ten an hour, open eight hours a day, with 400 kg of steel for 400 plates: hours alone give nothing.

    Open for ten days it could press 800, so that steel alone adds 400; open at all hours, with steel, 2,400 but
    for the last lot, which is done when the run has ended.
    """
    tree = {
        "title": "What holds the press back?",
        "system": {
            "materials": {"steel": {"unit": "kg"}, "plate": {"unit": "item"}},
            "regions": {"here": {}},
            "stores": {
                "yard": {
                    "region": "here",
                    "holds": {"steel": {"initial": Quantity(400.0, "kg")}, "plate": {}},
                },
            },
            "recipes": {"press": {"inputs": {"steel": Quantity(1.0, "kg")}, "output": "plate"}},
            "calendars": {"day": {"changes": [{"from": date(2023, 1, 1), "shifts": 1, "days": 7}]}},
            "plants": {
                "total": 1,
                "roles": {
                    "shop": {
                        "share": 1.0,
                        "recipe": "press",
                        "regions": {"here": 1.0},
                        "lot": 10,
                        "rate": Quantity(10.0, "1/h"),
                        "from": "yard",
                        "to": "yard",
                        "calendar": "day",
                    },
                },
            },
        },
        "horizon": {"start": date(2023, 1, 1), "end": date(2023, 1, 11)},
        "factors": {
            "nothing": {
                "distribution": {"uniform": {"low": 1.0, "high": 2.0}},
                "sets": ["plants.roles.shop.priority"],
            }
        },
        "scenarios": {"as_is": {"nothing": 1.0}},
        "claims": {
            "pressed": {
                "quantity": "made",
                "materials": ["plate"],
                "at_least": 1000.0,
                "from": date(2023, 1, 1),
                "by": date(2023, 1, 10),
            },
        },
        "seed": 3,
    }
    return Experiment.model_validate(tree | changes)


@pytest.fixture
def run(tmp_path):
    return carry_out(press(), replications=2, executor="serial", results=tmp_path, name="made")


def asked(run, **more):
    return bottleneck(run, replications=4, executor="serial", **more)


def test_what_one_adds_alone_and_two_together_is_exact(run):
    found = asked(run)
    assert (found.base.mean, found.base.probability) == (400.0, 0.0)
    added = {each.name: each.added.value for each in found.lifted}
    assert added == {"supply_of_steel": 400.0, "hours": 0.0, "twice_shop": 0.0}
    assert found.lifted[0].name == "supply_of_steel"
    pairs = {frozenset((each.a, each.b)): each for each in found.pairs}
    both = pairs[frozenset(("hours", "supply_of_steel"))]
    assert (both.added.value, both.more_than_sum.value) == (2390.0 - 400.0, 2390.0 - 800.0)
    assert (both.case.probability, both.probability.value, both.probability_more_than_sum.value) == (
        1.0,
        1.0,
        1.0,
    )
    faster = pairs[frozenset(("twice_shop", "supply_of_steel"))]
    assert faster.case.mean == 1600.0
    neither = pairs[frozenset(("hours", "twice_shop"))]
    assert (neither.added.value, neither.more_than_sum.value) == (0.0, 0.0)


def test_a_probability_that_hardly_ever_changes_keeps_an_interval(run):
    both = next(each for each in asked(run).pairs if "supply_of_steel" not in (each.a, each.b))
    gain = both.probability_more_than_sum
    assert gain.low < gain.value == 0.0 < gain.high


def test_it_is_said_in_words_and_by_places_how_each_is_lifted(run):
    found = {each.name: each for each in asked(run).lifted}
    assert found["hours"].changes == ("calendars.day = {changes: [{from: 2023-01-01, shifts: 3, days: 7}]}",)
    assert found["twice_shop"].changes == ("capacity_of_shop = 2",)
    assert found["supply_of_steel"].words == "steel lies ready in any amount from the start"


def test_the_account_adds_up_and_names_the_material(run):
    account = asked(run).account
    by_state = {each.name: each.mean for each in account.of("state")}
    # 50 h of 240 h at most: pressed for 40 h, without steel in the other 40 h of the shifts, closed for 160 h
    assert by_state["off_shift"] == pytest.approx(1600.0)
    assert by_state["awaiting_material"] == pytest.approx(400.0)
    (steel,) = account.of("material")
    assert (steel.name, steel.mean) == ("steel", pytest.approx(400.0))
    assert sum(each.mean for each in account.of("month", "all")) == pytest.approx(2000.0)
    assert sum(each.share for each in account.of("state")) == pytest.approx(1.0)
    assert account.of("region", "all")[0].name == "here"


def test_a_second_asking_simulates_nothing_and_the_run_stays_as_it_is(run, monkeypatch):
    rows = run.content_hash
    first = asked(run)
    new = []
    monkeypatch.setattr(running, "cut", lambda missing, size: new.append(missing) or ())
    again = open_results(run.folder)
    assert asked(again) == first
    assert new == []
    assert again.content_hash == rows
    assert not again.verify()


def test_an_answer_is_a_table_and_plain_values(run):
    found = asked(run)
    assert list(found.to_frame()["lifted"])[:2] == ["nothing", "supply_of_steel"]
    assert found.as_dict()["lifted"][0]["added"]["value"] == 400.0


def test_constraints_are_read_from_the_system():
    experiment = load(NETWORK)
    found = {each.name: each for each in lifts(experiment, "as_is")}
    assert set(found) == {
        "power",
        "supply_of_steel",
        "supply_of_fuze",
        "supply_of_charge",
        "breakdowns",
        "crews",
        "rejects",
        "hours",
        "commissioning",
        "store_capacity",
        "transport",
        "twice_forging",
        "twice_fuzes",
        "twice_filling",
    }
    assert dict(found["store_capacity"].changes) == {
        "stores.mill.holds.steel.capacity": None,
        "stores.mill.holds.body.capacity": None,
    }
    assert found["twice_fuzes"].changes["capacity_of_fuzes"] == 0.5
