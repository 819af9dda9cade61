from datetime import date, timedelta
from itertools import pairwise

import altair as alt
import pytest
import vl_convert

from simulator.plots.calendar import dates
from simulator.plots.look import data

FIRST = date(2022, 11, 9)


def labels(days, length, *, first=FIRST):
    """Return the labels of an axis as they are drawn, each with its place, its lines, whether it is to be seen."""
    last = first + timedelta(days=days)
    scale = alt.Scale(type="utc", domain=[first.isoformat(), last.isoformat()])
    x = alt.X("day:T", scale=scale, axis=dates(first, last, length))
    chart = alt.Chart(data([{"day": first.isoformat()}])).mark_point().encode(x=x).properties(width=length)
    found = []

    def look(item, role):
        role = item.get("role", role)
        if role == "axis-label" and item.get("text"):
            text = item["text"]
            found.append((item["x"], [text] if isinstance(text, str) else text, item.get("opacity", 1)))
        for each in item.get("items", ()):
            look(each, role)

    look(vl_convert.vegalite_to_scenegraph(chart.to_dict())["scenegraph"], "")
    return sorted(found)


@pytest.mark.parametrize("length", [258, 286, 638])
@pytest.mark.parametrize("days", [7, 28, 61, 63, 90, 181, 304, 365, 500, 1000, 3000, 9000])
def test_labels_have_room_and_tell_the_year(days, length):
    found = labels(days, length)
    assert found
    assert any("20" in line for line in found[0][1])
    for (place, lines, _), (after, more, _) in pairwise(found):
        wide = 6 * (max(map(len, lines)) + max(map(len, more))) / 2
        assert after - place > wide, (lines, more)
    assert {opacity for _, _, opacity in found} == {1}


def test_a_month_is_told_by_its_days():
    assert [lines for _, lines, _ in labels(27, 300, first=date(2024, 1, 5))] == [
        ["5 Jan", "2024"],
        ["12 Jan"],
        ["19 Jan"],
        ["26 Jan"],
    ]


def test_a_january_tells_its_year_anew():
    assert [lines for _, lines, _ in labels(100, 300)] == [["Dec", "2022"], ["Jan", "2023"], ["Feb"]]
