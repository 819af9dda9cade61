import re

import pytest

from simulator.errors import ModelError
from simulator.model.quantities import Quantity, hours
from simulator.model.scenario.derive import derived_faults, derived_units, derived_values, number_of, unit_of

SCALE = {"distribution": {"uniform": {"low": 0.5, "high": 2.0}}}
TIME = {"distribution": {"uniform": {"low": hours(1), "high": hours(3)}}}


def lines(faults):
    return [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("operation", "numbers", "result"),
    [
        ("product", [2.0, 3.0, 0.5], 3.0),
        ("sum", [0.1] * 10, 1.0),
        ("ratio", [3.0, 4.0], 0.75),
        ("min", [3.0, -1.0, 2.0], -1.0),
        ("max", [3.0, -1.0, 2.0], 3.0),
        ("one_minus", [0.25], 0.75),
    ],
)
def test_each_operation_computes_what_it_says(operation, numbers, result):
    assert number_of(operation, numbers) == result


@pytest.mark.parametrize(
    ("operation", "units", "result"),
    [
        ("product", ["1", "kWh", "1"], "kWh"),
        ("product", ["1", "1"], "1"),
        ("ratio", ["kg", "1"], "kg"),
        ("ratio", ["kg", "kg"], "1"),
        ("sum", ["h", "h"], "h"),
        ("min", ["date", "date"], "date"),
        ("max", ["kW"], "kW"),
        ("one_minus", ["1"], "1"),
    ],
)
def test_units_go_through_operations(operation, units, result):
    assert unit_of(operation, tuple(units)) == result


@pytest.mark.parametrize(
    ("operation", "units", "message"),
    [
        (
            "product",
            ["h", "1", "kg"],
            (
                "multiplies a duration such as 14 h or 3 d and a mass such as 54 kg; give at most one "
                "number with a unit"
            ),
        ),
        (
            "product",
            ["h", "h"],
            "multiplies a duration such as 14 h or 3 d; give at most one number with a unit",
        ),
        (
            "ratio",
            ["1", "h"],
            (
                "divides a bare number by a duration such as 14 h or 3 d; divide by a bare number or by "
                "one dimension"
            ),
        ),
        (
            "sum",
            ["h", "1"],
            (
                "takes the sum of a duration such as 14 h or 3 d and a bare number; give numbers of one "
                "dimension"
            ),
        ),
        (
            "max",
            ["date", "h"],
            (
                "takes the max of a date such as 2023-08-01 and a duration such as 14 h or 3 d; "
                "give numbers of one dimension"
            ),
        ),
        ("sum", ["date", "date"], "takes the sum of dates; give durations or bare numbers"),
        ("product", ["date", "1"], "takes the product of a date; dates take only min and max"),
        ("one_minus", ["kW"], "takes one_minus of a power such as 40 MW; give a bare number"),
    ],
)
def test_units_that_do_not_go_together_are_refused(operation, units, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        unit_of(operation, tuple(units))


def test_numbers_are_derived_in_file_order_from_factors_and_from_each_other(ask):
    experiment = ask(
        factors={"error": SCALE, "time": TIME},
        derived={
            "double": {"product": ["error", 2], "scales": ["plants.roles.forging.rate"]},
            "rest": {"one_minus": ["double"]},
            "longer": {"product": ["time", "double"]},
            "times": {"ratio": ["longer", "time"], "scales": ["suppliers.mill.quantity"]},
        },
    )
    assert derived_values(experiment, {"error": Quantity(0.75), "time": hours(2)}) == {
        "double": Quantity(1.5),
        "rest": Quantity(-0.5),
        "longer": hours(3),
        "times": Quantity(1.5),
    }
    assert derived_units(experiment) == {"double": "1", "rest": "1", "longer": "h", "times": "1"}


def test_division_by_zero_names_the_derived_number_and_what_it_takes(ask):
    experiment = ask(factors={"error": SCALE}, derived={"inverse": {"ratio": [1, "error"], "scales": ["x"]}})
    with pytest.raises(ModelError, match=r"^derived inverse divides by 0, with error = 0$"):
        derived_values(experiment, {"error": Quantity(0.0)})


def test_a_result_that_is_not_finite_is_refused(ask):
    experiment = ask(
        factors={"error": SCALE}, derived={"square": {"product": ["error", "error"], "scales": ["x"]}}
    )
    with pytest.raises(
        ModelError, match=r"^derived square comes to inf, with error = 1e\+200, error = 1e\+200$"
    ):
        derived_values(experiment, {"error": Quantity(1e200)})


def test_a_draw_without_the_operand_is_refused(ask):
    experiment = ask(factors={"error": SCALE}, derived={"double": {"product": ["error", 2], "scales": ["x"]}})
    with pytest.raises(ModelError, match=r"^derived double takes error, which has no value$"):
        derived_values(experiment, {})


@pytest.mark.parametrize(
    ("derived", "fault"),
    [
        (
            {"a": {"product": ["err", 2], "scales": ["plants.total"]}},
            (
                "derived.a.product: takes err, which is no factor and no derived number before it; "
                "nearest is error; give one of error, time"
            ),
        ),
        (
            {
                "a": {"product": ["b", 2], "scales": ["plants.total"]},
                "b": {"one_minus": ["error"]},
            },
            "derived.a.product: takes b, which is computed later; write b above it",
        ),
        (
            {"a": {"product": ["a", 2], "scales": ["plants.total"]}},
            "derived.a.product: takes a, which is computed later; write a above it",
        ),
        (
            {"a": {"product": ["mix", 2], "scales": ["plants.total"]}},
            "derived.a.product: takes mix, which draws shares by name; give a factor of one number",
        ),
        (
            {"a": {"sum": ["time", 2], "scales": ["plants.total"]}},
            (
                "derived.a.sum: takes the sum of a duration such as 14 h or 3 d and a bare number; "
                "give numbers of one dimension"
            ),
        ),
        (
            {"a": {"one_minus": ["error"]}},
            "derived.a: sets nothing, scales nothing and feeds no derived number; give sets or scales",
        ),
        (
            {"error": {"one_minus": ["error"], "scales": ["plants.total"]}},
            "derived.error: has the name of a factor; give another name",
        ),
    ],
)
def test_a_number_that_cannot_be_derived_is_a_fault(ask, derived, fault):
    mix = {"dirichlet": {"north": 1.0, "south": 1.0}, "sets": ["plants.roles.*.regions.*"]}
    experiment = ask(factors={"error": SCALE, "time": TIME, "mix": mix}, derived=derived)
    assert lines(derived_faults(experiment)) == [fault]


def test_what_is_computed_from_a_faulty_number_is_not_faulted_again(ask):
    derived = {
        "a": {"sum": ["time", 2]},
        "b": {"product": ["a", 2]},
        "c": {"one_minus": ["b"], "scales": ["plants.total"]},
    }
    experiment = ask(factors={"time": TIME}, derived=derived)
    assert [fault.where for fault in derived_faults(experiment)] == ["derived.a.sum"]
    assert derived_units(experiment) == {}
