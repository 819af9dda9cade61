import math

import pytest

from simulator.cli.tables import NO_BREAK, Column, counted, duration, finite, lines

NAME, NUMBER, TEXT = Column("name"), Column("number", right=True), Column("text", wraps=True)


def test_numbers_are_set_to_the_right_and_texts_to_the_left():
    assert list(lines((NAME, NUMBER), [("a", "1"), ("bbbbbb", "1,000")], width=40)) == [
        "name    number",
        "──────  ──────",
        "a            1",
        "bbbbbb   1,000",
    ]


def test_a_heading_stands_over_indented_rows_and_does_not_widen_a_column():
    rows = ["a heading longer than all", ("a", "1"), "another", ("b", "2")]
    assert list(lines((NAME, NUMBER), rows, width=40)) == [
        "name  number",
        "────  ──────",
        "a heading longer than all",
        "  a        1",
        "",
        "another",
        "  b        2",
    ]


def test_a_heading_may_have_lines_of_its_own():
    assert list(lines((NAME, Column("two\nlines", right=True)), [("a", "1")], width=40))[:2] == [
        "        two",
        "name  lines",
    ]


def test_only_columns_that_wrap_are_made_narrower():
    rows = [("a name of some length", "one two three four five six seven")]
    found = list(lines((NAME, TEXT), rows, width=42))
    assert max(map(len, found)) <= 42
    assert found[2:] == ["a name of some length  one two three four", "                       five six seven"]


def test_a_line_is_not_broken_where_it_must_not_be():
    rows = [("x", f"one two three f{NO_BREAK}o{NO_BREAK}u{NO_BREAK}r")]
    assert list(lines((NAME, TEXT), rows, width=24))[2:] == ["x     one two three", "      f o u r"]


def test_gaps_are_narrower_when_nothing_else_helps():
    rows = [("aaaa", "111111")]
    assert list(lines((NAME, NUMBER), rows, width=12))[2] == "aaaa  111111"
    assert list(lines((NAME, NUMBER), rows, width=11))[2] == "aaaa 111111"


def test_a_table_without_rows_has_its_headings():
    assert list(lines((NAME, NUMBER), [], width=40)) == ["name  number", "────  ──────"]


def test_what_is_no_finite_number_is_null_at_any_depth():
    assert finite({"a": [1.5, math.nan, (math.inf, "x")], 2: None}) == {
        "a": [1.5, None, [None, "x"]],
        "2": None,
    }


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0.012, "0.012 s"),
        (3.21, "3.2 s"),
        (59.6, "60 s"),
        (240.0, "4 min"),
        (4800.0, "1 h 20 min"),
        (7200.0, "2 h"),
        (100_000.0, "28 h"),
        (1_000_000.0, "12 days"),
        (math.inf, "unknown"),
    ],
)
def test_times_are_written_as_people_say_them(seconds, written):
    assert duration(seconds) == written


def test_numbers_are_counted_with_their_noun():
    assert counted(1, "row") == "1 row"
    assert counted(1024, "row") == "1,024 rows"
    assert counted(2, "process", "processes") == "2 processes"
