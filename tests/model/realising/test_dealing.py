import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import ModelError
from simulator.model.plants import Plants
from simulator.model.quantities import Quantity
from simulator.model.realising.dealing import deal, deal_plants

NAMES = ("forging", "parts", "filling", "others")


def shares_of(count):
    """Shares that add up to one, some of them 0."""
    weights = st.lists(st.integers(0, 50), min_size=count, max_size=count).filter(any)
    return weights.map(lambda numbers: [number / sum(numbers) for number in numbers])


def mixes(names, extra):
    """Named shares, each with what `extra` makes of the share."""
    return shares_of(len(names)).map(
        lambda shares: {name: extra(share) for name, share in zip(names, shares, strict=True)}
    )


def role(share, *, calibres, regions, at_least):
    recipes = {"calibres": calibres} if calibres else {"recipe": "press"}
    return {
        "share": share, "at_least": at_least, "regions": regions,
        "rate": Quantity(1.0, "1/h"), "to": "depot", **recipes,
    }  # fmt: skip


@st.composite
def role_trees(draw):
    shares = draw(shares_of(len(NAMES)))
    found = {}
    for name, share in zip(NAMES, shares, strict=True):
        least = draw(st.integers(0, 2))
        calibres = draw(
            st.just({})
            | mixes(
                ("c152", "c122"),
                lambda share, least=least: {"share": share, "recipe": "a", "at_least": least},
            )
        )
        regions = draw(mixes(("north", "south", "east"), lambda share: share))
        found[name] = role(share, calibres=calibres, regions=regions, at_least=draw(st.integers(0, 2)))
    return found


def dealt(roles, total):
    return deal_plants(Plants.model_validate({"total": total, "roles": roles}))


def test_ten_plants_in_shares_of_five_three_and_two_tenths_are_dealt_as_worked_by_hand():
    # quotients: .5 .1667 .1 .0714 .0556 | .3 .1 .06 | .2 .0667
    assert deal([0.5, 0.3, 0.2], 10) == [0, 1, 2, 0, 0, 1, 0, 2, 1, 0]


def test_a_tie_goes_to_the_first_in_the_file():
    assert deal([0.25, 0.25, 0.5], 4) == [2, 0, 1, 2]


def test_a_tie_of_decimal_shares_is_a_tie_though_their_binary_fractions_differ():
    assert 0.3 / 3 != 0.1 / 1
    assert deal([0.3, 0.1, 0.6], 6) == [2, 0, 2, 2, 0, 1]


def test_what_is_at_least_wanted_is_dealt_first_in_file_order_and_counts():
    assert deal([0.5, 0.3, 0.2], 7, at_least=[0, 2, 1]) == [1, 1, 2, 0, 0, 0, 0]
    assert deal([0.5, 0.5], 4, at_least=[2, 0]) == [0, 0, 1, 1]


def test_what_is_at_least_wanted_is_dealt_as_far_as_the_plants_go():
    assert deal([0.5, 0.5], 3, at_least=[1, 5]) == [0, 1, 1]


def test_a_share_of_nothing_gets_no_plant():
    assert 1 not in deal([0.6, 0.0, 0.4], 500)


@settings(deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(1, 20))
def test_shares_that_divide_the_plants_without_remainder_are_met_exactly(numbers, times):
    order = deal([number / sum(numbers) for number in numbers], sum(numbers) * times)
    assert [order.count(child) for child in range(len(numbers))] == [number * times for number in numbers]


@settings(deadline=None)
@given(
    shares_of(4), st.lists(st.integers(0, 3), min_size=4, max_size=4), st.integers(0, 60), st.integers(0, 60)
)
def test_dealing_more_plants_only_lengthens_the_list(shares, at_least, count, more):
    longer = deal(shares, count + more, at_least=at_least)
    assert len(longer) == count + more
    assert deal(shares, count, at_least=at_least) == longer[:count]


@settings(deadline=None)
@given(role_trees(), st.integers(8, 80), st.integers(1, 80))
def test_a_larger_total_keeps_role_calibre_region_and_feeder_of_every_plant(roles, total, more):
    assert dealt(roles, total) == dealt(roles, total + more)[:total]


@settings(deadline=None)
@given(role_trees(), st.integers(8, 120))
def test_every_plant_is_dealt_once(roles, total):
    found = dealt(roles, total)
    assert len(found) == total
    for position, name in enumerate(roles):
        of_role = [each for each in found if each.role == position]
        assert [each.number for each in of_role] == list(range(len(of_role)))
        assert len(of_role) >= roles[name]["at_least"]
        for region in roles[name]["regions"]:
            places = [each.nth_in_region for each in of_role if each.region == region]
            assert places == list(range(len(places)))


def test_each_calibre_of_a_role_is_dealt_its_own_regions():
    calibres = {name: {"share": 0.5, "recipe": name} for name in ("c152", "c122")}
    roles = {"forging": role(1.0, calibres=calibres, regions={"north": 0.5, "south": 0.5}, at_least=0)}
    assert [(each.calibre, each.region, each.nth_in_region) for each in dealt(roles, 4)] == [
        ("c152", "north", 0),
        ("c122", "north", 1),
        ("c152", "south", 0),
        ("c122", "south", 1),
    ]


def test_roles_that_ask_for_more_plants_than_there_are_are_refused():
    roles = {
        name: role(0.5, calibres={}, regions={"north": 1.0}, at_least=2) for name in ("forging", "parts")
    }
    with pytest.raises(
        ModelError, match=r"plants\.total is 3, fewer than the 4 that at_least of the roles asks for"
    ):
        dealt(roles, 3)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"share": 0.9}, "plants.roles.*.share add up to 0.9"),
        ({"regions": {"north": 0.5, "south": 0.49}}, "plants.roles.forging.regions.* add up to 0.99"),
        (
            {"calibres": {"c152": {"share": 0.5, "recipe": "a"}}, "recipe": None},
            "plants.roles.forging.calibres.*.share add up to 0.5",
        ),
    ],
)
def test_shares_that_do_not_add_up_to_one_are_refused(changes, where):
    roles = {"forging": role(1.0, calibres={}, regions={"north": 1.0}, at_least=0) | changes}
    with pytest.raises(ModelError, match=re.escape(where)):
        dealt(roles, 5)
