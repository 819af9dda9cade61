from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from simulator.config.reading import document
from simulator.config.writing import yaml_text
from simulator.model.quantities import Quantity

TEXTS = st.text(
    st.one_of(
        st.sampled_from("\n\t ab1:#-'\"\\{}[],&*!|>%@`é\u00ad\U0001f3ed"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"], exclude_characters="\ufeff"),
    )
)
NAMES = TEXTS.filter(lambda text: text != "<<")
LEAVES = st.one_of(
    TEXTS,
    st.none(),
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False),
    st.dates(),
    st.sampled_from(
        [
            "true",
            "no",
            "null",
            "~",
            "",
            "1e6",
            "1_0",
            "2023-01-01",
            "0x1F",
            "10:30",
            "-",
            "14 h",
            "8/h",
            "3 x y",
        ]
    ),
)
TREES = st.dictionaries(
    NAMES,
    st.recursive(
        LEAVES, lambda below: st.lists(below, max_size=3) | st.dictionaries(NAMES, below, max_size=3)
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)
@given(TREES)
def test_what_is_written_reads_back_as_the_same_values(tree):
    text = yaml_text(tree)
    found = document(text, name="x")
    assert found.faults == ()
    assert found.tree == tree
    assert yaml_text(found.tree) == text


@settings(deadline=None)
@given(TREES)
def test_another_reader_of_yaml_takes_it_the_same_way(tree):
    assert YAML(typ="safe", pure=True).load(yaml_text(tree)) == tree


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Quantity(40_000.0, "kW"), "40000 kW"),
        (Quantity(0.1, "h"), "0.1 h"),
        (Quantity(5 / 24, "1/h"), "0.20833333333333334/h"),
        (Quantity(738733.0, "date"), "2023-08-01"),
        (Quantity(1e-7, "kg"), "1e-07 kg"),
        (3.0, "3"),
        (1e16, "1e+16"),
        (date(2023, 8, 1), "2023-08-01"),
        ("14 h", "14 h"),
        ("yes", '"yes"'),
        ("2023-08-01", '"2023-08-01"'),
        ("a: b", '"a: b"'),
        ("stores.*.holds", "stores.*.holds"),
        ([], "[]"),
        ({}, "{}"),
        ([1, "a", None], "[1, a, null]"),
        ([{"a": 1, "b": {"c": 2}}, []], "\n  - a: 1\n    b:\n      c: 2\n  - []"),
    ],
)
def test_a_value_is_written_as(value, written):
    assert yaml_text({"x": value}) == (f"x:{written}\n" if written.startswith("\n") else f"x: {written}\n")
