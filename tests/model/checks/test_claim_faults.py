from datetime import date

import pytest

from simulator.model.checks.claim_faults import claim_faults, counted

MADE = {"quantity": "made", "materials": ["shell"]}
VOYAGES = {"quantity": "departures", "links": ["sea"]}


def claim(**parts):
    window = {"from": date(2023, 1, 1), "by": date(2023, 3, 31)}
    return {"it": {**MADE, "at_least": 100, **window, **parts}}


def found(experiment):
    return [str(fault) for fault in claim_faults(experiment)]


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"materials": ["shell", "body"]},
        {"quantity": "delivered", "materials": ["shell", "old"]},
        {"quantity": "available", "materials": ["old"]},
        {
            "quantity": "available",
            "materials": ["steel"],
            "observed": {"uniform": {"low": "1 kg", "high": "2 kg"}},
        },
        {**VOYAGES, "materials": [], "observed": {"uniform_integer": {"low": 10, "high": 14}}},
        {"quantity": "loads", "links": ["sea"], "materials": []},
    ],
)
def test_a_claim_that_can_be_judged_has_no_faults(ask, parts):
    assert found(ask(claims=claim(**parts))) == []


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        (
            {"materials": ["shel"]},
            (
                "claims.it.materials: names the material shel, which does not exist; nearest is shell; "
                "give one of steel, body, shell, old"
            ),
        ),
        (
            {**VOYAGES, "links": ["see"], "materials": []},
            "claims.it.links: names the link see, which does not exist; nearest is sea; give one of sea",
        ),
        (
            {"materials": ["old"]},
            (
                "claims.it.materials: names old, which nobody makes; give it a recipe and a role, "
                "or claim one of body, shell"
            ),
        ),
        (
            {"quantity": "delivered", "materials": ["body"]},
            (
                "claims.it.materials: names body, which no link takes to delivered; give it a link, "
                "or claim one of old, shell"
            ),
        ),
        (
            {"from": date(2022, 12, 31)},
            (
                "claims.it.from: is 2022-12-31, outside the horizon; give a date from 2023-01-01 and "
                "before 2023-04-01"
            ),
        ),
        (
            {"by": date(2023, 4, 1)},
            (
                "claims.it.by: is 2023-04-01, outside the horizon; give a date from 2023-01-01 and "
                "before 2023-04-01"
            ),
        ),
        (
            {"quantity": "available", "materials": ["shell", "steel"]},
            "claims.it.materials: are counted in items and in kg; give each its own claim",
        ),
        (
            {"observed": {"uniform": {"low": "1 kg", "high": "2 kg"}}},
            "claims.it.observed: is about a mass such as 54 kg; give a bare number, as at_least is",
        ),
        (
            {**VOYAGES, "materials": [], "observed": {"uniform": {"low": "1 h", "high": "2 h"}}},
            "claims.it.observed: is about a duration such as 14 h or 3 d; give a bare number, as at_least is",
        ),
    ],
)
def test_a_claim_that_cannot_be_judged_is_a_fault(ask, parts, fault):
    assert found(ask(claims=claim(**parts))) == [fault]


def test_loads_are_claimed_of_links_that_count_containers(ask, arsenal):
    del arsenal["links"]["sea"]["loads_of"]
    experiment = ask(claims=claim(quantity="loads", links=["sea"], materials=[]))
    assert found(experiment) == [
        "claims.it.links: names sea, which counts no containers; give links.sea.loads_of"
    ]


def test_a_material_that_nobody_keeps_or_makes_is_not_available(ask, arsenal):
    arsenal["materials"]["rocket"] = {"unit": "item"}
    assert found(ask(claims=claim(quantity="available", materials=["rocket"]))) == [
        (
            "claims.it.materials: names rocket, which nobody keeps or makes; give it a store, "
            "or claim one of body, old, shell, steel"
        )
    ]


def test_what_counts_as_a_material_makes_good_for_it(ask, arsenal):
    arsenal["links"]["sea"]["materials"] = ["old"]
    experiment = ask(claims=claim(quantity="delivered", materials=["shell"]))
    assert found(experiment) == []
    assert counted(experiment.system, ["shell"]) == ("shell", "old")
    assert counted(experiment.system, ["old"]) == ("old",)


def test_dated_events_outside_the_horizon_are_faults_of_the_system(ask, arsenal):
    arsenal["links"]["sea"]["first"] = date(2024, 1, 1)
    arsenal["stores"]["depot"]["holds"]["body"]["added"][0]["at"] = date(2022, 1, 1)
    assert [fault.where for fault in claim_faults(ask())] == [
        "system.stores.depot.holds.body.added.0.at",
        "system.links.sea.first",
    ]
