"""What a table of an answer says, and how it is set."""

import math
import re

import pandas as pd

from simulator.analysis.markup import MOST_ROWS, html_table


def text(table: str) -> list[list[str]]:
    """Return the texts of the cells of a table, a list for each row."""
    rows = re.findall("<tr>(.*?)</tr>", table)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_a_value_stands_with_its_interval_however_the_columns_of_that_are_named() -> None:
    frame = pd.DataFrame(
        {
            "level": [10, 20],
            "probability": [0.5, 0.25],
            "low": [0.4, 0.2],
            "high": [0.6, 0.3],
            "median": [1500.0, 2000.0],
            "median_low": [1400.0, 1900.0],
            "median_high": [1600.0, 2100.0],
        }
    )
    assert text(html_table(frame)) == [
        ["level", "probability", "median"],
        ["10", "50.0 % [40.0 to 60.0 %]", "1,500 [1,400 to 1,600]"],
        ["20", "25.0 % [20.0 to 30.0 %]", "2,000 [1,900 to 2,100]"],
    ]


def test_a_probability_that_no_replication_or_every_one_gave_is_a_bound() -> None:
    frame = pd.DataFrame({"probability": [0.0, 1.0], "low": [0.0, 0.988], "high": [0.012, 1.0]})
    assert text(html_table(frame))[1:] == [["under 1.2 %"], ["over 98.8 %"]]


def test_an_interval_without_an_end_says_so() -> None:
    frame = pd.DataFrame({"value": [5.0, 6.0], "low": [-math.inf, 5.5], "high": [7.0, math.inf]})
    assert text(html_table(frame))[1:] == [["5 [up to 7]"], ["6 [5.5 or more]"]]


def test_numbers_stand_to_the_right_and_texts_to_the_left() -> None:
    table = html_table(pd.DataFrame({"name": ["a", "b"], "made": [1.0, 2.0]}))
    assert re.search(r'<th scope="col" style="text-align:left[^>]*>name', table)
    assert re.search(r'<th scope="col" style="text-align:right[^>]*>made', table)
    assert re.search(r'<td style="text-align:right[^>]*>2<', table)


def test_what_all_rows_agree_on_is_said_once_with_what_it_is() -> None:
    table = html_table(pd.DataFrame({"unit": ["items", "items"], "n": [64, 64], "made": [1.0, 2.0]}))
    assert "<div>unit items; n 64</div>" in table
    assert text(table)[0] == ["made"]


def test_one_row_stands_upright() -> None:
    frame = pd.DataFrame({"claim": ["shells"], "at_least": [1500.0], "unit": ["items"]})
    assert text(html_table(frame)) == [["claim", "shells"], ["at least", "1,500"], ["unit", "items"]]


def test_dates_are_written_as_dates_in_the_rows_that_have_them() -> None:
    frame = pd.DataFrame({"name": ["surge", "rate"], "unit": ["date", "1"], "median": [738_733.0, 1.5]})
    frame["shift"] = [-0.25, 0.5]
    assert [row[-2:] for row in text(html_table(frame))[1:]] == [["2023-08-01", "-0.25"], ["1.5", "0.5"]]


def test_what_there_is_none_of_is_left_empty() -> None:
    frame = pd.DataFrame({"lifted": ["nothing", "power"], "added": [math.nan, 5.0], "how": [None, None]})
    assert text(html_table(frame)) == [["lifted", "added"], ["nothing", ""], ["power", "5"]]


def test_every_text_is_escaped() -> None:
    frame = pd.DataFrame({"<b>": ["<script>", "&"], "same": ["<i>", "<i>"], "list": [["<u>"], ["x"]]})
    table = html_table(frame, "a < b")
    assert not re.search("<(b|i|u|script)>", table)
    for word in ("&lt;b&gt;", "&lt;script&gt;", "&amp;", "same &lt;i&gt;", "&lt;u&gt;", "a &lt; b"):
        assert word in table


def test_a_long_table_says_how_much_it_leaves_out() -> None:
    table = html_table(pd.DataFrame({"level": range(MOST_ROWS + 3)}))
    assert len(text(table)) == 1 + MOST_ROWS
    assert "<div>3 more rows in to_frame()</div>" in table


def test_no_rows_are_said_to_be_none() -> None:
    assert (
        html_table(pd.DataFrame({"level": []}), "Nothing differs.")
        == "<div>Nothing differs.</div><div>No rows.</div>"
    )


def test_only_the_columns_asked_for_are_shown_in_their_order() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": [3, 4], "c": [5, 6]})
    assert text(html_table(frame, names=["c", "a"]))[0] == ["c", "a"]
