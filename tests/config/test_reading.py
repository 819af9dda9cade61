from datetime import date

import pytest

from simulator.config.reading import DEPTH, document
from simulator.config.scalars import scalar
from simulator.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-12", -12),
        ("75_000", 75_000),
        ("1_000_000", 1_000_000),
        ("007", 7),
        ("1e6", 1e6),
        ("1.5E-3", 1.5e-3),
        (".5", 0.5),
        ("5.", 5.0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2023-08-01", date(2023, 8, 1)),
        ("NO", "NO"),
        ("yes", "yes"),
        ("True", "True"),
        ("10:30", "10:30"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1__0", "1__0"),
        ("_1", "_1"),
        ("2023-8-1", "2023-8-1"),
        ("40 MW", "40 MW"),
        ("nan", "nan"),
    ],
)
def test_an_unquoted_scalar_is_read_as(text, value):
    found = scalar(text)
    assert found == value
    assert type(found) is type(value)


def test_a_quoted_scalar_is_always_text():
    tree = document("a: '1'\nb: \"true\"\nc: '2023-08-01'\n", name="x").tree
    assert tree == {"a": "1", "b": "true", "c": "2023-08-01"}


def test_every_key_and_item_has_its_line():
    text = "a:\n  b: 1\n  c:\n    - x\n    - d: 2\n      e: 3\nf: {g: [1,\n  2]}\n"
    found = document(text, name="x")
    assert found.tree == {"a": {"b": 1, "c": ["x", {"d": 2, "e": 3}]}, "f": {"g": [1, 2]}}
    assert {".".join(map(str, keys)): line for keys, line in found.lines.items()} == {
        "a": 1,
        "a.b": 2,
        "a.c": 3,
        "a.c.0": 4,
        "a.c.1": 5,
        "a.c.1.d": 5,
        "a.c.1.e": 6,
        "f": 7,
        "f.g": 7,
        "f.g.0": 7,
        "f.g.1": 8,
    }


def test_a_place_that_was_not_written_has_the_line_of_what_it_is_in():
    found = document("a: 1\nb:\n  c: {}\n", name="x")
    assert found.line(("b", "c", "d", 0)) == 3
    assert found.line(("z",)) == 1
    assert str(found.fault(("b", "c", "d"), "is odd")) == "x:3: b.c.d is odd"


def test_windows_lines_and_a_byte_order_mark_do_no_harm():
    from simulator.config.files import text_of

    text = text_of(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", name="x")
    found = document(text, name="x")
    assert found.tree == {"a": 1, "b": 2}
    assert found.lines["b",] == 2


def test_the_first_of_two_keys_is_kept_and_its_lines_with_it():
    found = document("a: {x: 1}\na:\n  x: .nan\n", name="x")
    assert found.tree == {"a": {"x": 1}}
    assert found.lines["a", "x"] == 1
    assert [fault.where for fault in found.faults] == ["x:2", "x:3"]


def nested(levels):
    return "a: " + "[" * levels + "]" * levels


def test_the_deepest_document_is_read_and_one_deeper_refused():
    document(nested(DEPTH), name="x")
    with pytest.raises(ConfigError, match=r"^x:1: nests deeper than 32 levels"):
        document(nested(DEPTH + 1), name="x")


@pytest.mark.parametrize("opening", ["[", "{", "? ", "- ", "[\n", "{a: ", "[[a], ["])
def test_5000_levels_are_refused_at_once(opening):
    with pytest.raises(ConfigError, match=r"^x:\d+: nests deeper than 32 levels"):
        document(opening * 5000, name="x")


def test_a_document_of_too_many_values_is_refused(monkeypatch):
    monkeypatch.setattr("simulator.config.reading.NODES", 10)
    assert document("a:\n  [1, 2, 3, 4, 5, 6, 7, 8]", name="x").tree["a"][7] == 8
    with pytest.raises(ConfigError, match=r"^x:2: has more than 10 keys and values; give fewer$"):
        document("a:\n  [1, 2, 3, 4, 5, 6, 7, 8, 9]", name="x")


def test_a_bomb_of_aliases_expands_to_nothing():
    text = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = document(text, name="x")
    assert found.tree["i"] == [None, None]
    assert len(found.faults) == 9 + 16


def test_long_keys_and_messages_are_cut_in_faults():
    (fault,) = document(f"{'k' * 900}: .nan", name="x").faults
    assert fault.message == f"{'k' * 200}... is .nan; give a finite number"
