from typing import Annotated

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from simulator.model.checks.refusals import refusals
from simulator.model.distributions import LAWS
from simulator.model.quantities import Frozen
from simulator.model.uncertain import AnyDistribution

Whole = Annotated[int, Field(strict=True)]


def refused(kind, value):
    with pytest.raises(ValidationError) as error:
        TypeAdapter(kind).validate_python(value)
    return refusals(error.value, value)


def test_a_constraint_without_words_of_its_own_is_told_in_pydantics():
    assert refused(Annotated[int, Field(multiple_of=2)], 3) == [((), "is 3; input should be a multiple of 2")]


def test_a_pattern_without_words_of_its_own_is_shown():
    assert refused(Annotated[str, Field(pattern="^a+$")], "b") == [
        ((), "is b, no match; give a text like ^a+$")
    ]


def test_every_fault_of_a_mapping_is_told_in_order():
    kind = dict[str, Annotated[Whole, Field(ge=1)]]
    assert refused(kind, {"a": 0, "b": 2, "c": "x"}) == [
        (("a",), "is 0; give 1 or more"),
        (("c",), "is x; give a whole number"),
    ]


class Sizes(Frozen):
    sizes: dict[str, int] | Annotated[tuple[int, ...], Field(strict=False)]


def test_of_several_readings_only_the_one_that_got_furthest_is_told():
    assert refused(Sizes, {"sizes": [1, "x"]}) == [(("sizes", 1), "is x; give a whole number")]
    assert refused(Sizes, {"sizes": "y"}) == [
        (("sizes",), "is y; give a mapping of names to values or a list")
    ]


@pytest.mark.parametrize("value", [{}, {"uniform": {}, "normal": {}}])
def test_what_follows_no_one_law_is_told_how_to_write_one(value):
    assert refused(AnyDistribution, value) == [
        ((), "is a mapping; give a value, or one law such as {uniform: {low: 1, high: 2}}")
    ]


def test_an_unknown_law_is_told_with_all_that_there_are():
    ((_, why),) = refused(AnyDistribution, {"unifrom": {}})
    start = "follows unifrom, which is no law; nearest is uniform; give one of "
    assert why.startswith(start)
    assert set(why.removeprefix(start).split(", ")) == set(LAWS) - {"constant"}


def test_a_long_or_unprintable_value_is_cut_and_quoted():
    assert refused(Whole, "x" * 70) == [((), f"is {'x' * 60}...; give a whole number")]
    assert refused(Whole, "\x1b[31m") == [((), r"is '\x1b[31m'; give a whole number")]
