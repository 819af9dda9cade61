from datetime import date, timedelta
from itertools import pairwise

import pytest

from simulator import plots
from simulator.analysis.weekly import Fan, Needed, Weekly


def fan(scenario="base", quantity="made", *, weeks=4, scale=1.0, last=7, needed=()):
    rising = tuple(scale * week for week in range(weeks))
    return Fan(
        scenario=scenario,
        quantity=quantity,
        materials=(),
        unit="items",
        n=100,
        starts=tuple(date(2023, 1, 1) + timedelta(days=7 * week) for week in range(weeks)),
        days=(7,) * (weeks - 1) + (last,),
        p05=rising,
        p25=tuple(value + 1 for value in rising),
        median=tuple(value + 2 for value in rising),
        p75=tuple(value + 3 for value in rising),
        p95=tuple(value + 4 for value in rising),
        needed=needed,
    )


def panels(chart):
    spec = chart.to_dict()
    return [
        [
            (layer["mark"]["type"], spec["datasets"][{**spec, **panel, **layer}["data"]["name"]], layer)
            for layer in panel["layer"]
        ]
        for panel in spec["concat"]
    ]


def test_bands_and_median_are_those_of_each_week_and_a_short_last_week_is_left_out():
    (panel,) = panels(plots.weekly(Weekly((fan(last=3),))))
    (outer, rows, layer), (_, _, half), (line, _, _) = panel
    assert (outer, line) == ("area", "line")
    assert (layer["encoding"]["y"]["field"], layer["encoding"]["y2"]["field"]) == ("p05", "p95")
    assert (half["encoding"]["y"]["field"], half["encoding"]["y2"]["field"]) == ("p25", "p75")
    assert [row["median"] for row in rows] == [2.0, 3.0, 4.0, 4.0]
    assert [row["week"] for row in rows] == ["2023-01-01", "2023-01-08", "2023-01-15", "2023-01-22"]


def test_a_claim_is_a_line_over_its_window_at_what_it_takes_a_week():
    claim = Needed("c", date(2023, 1, 3), date(2023, 1, 20), 15.0)
    (panel,) = panels(plots.weekly(Weekly((fan(needed=(claim,)),))))
    rule = next(rows for mark, rows, _ in panel if mark == "rule")
    assert rule == [{"from": "2023-01-03", "to": "2023-01-21", "needed": 15.0, "claim": "c"}]
    assert "c 15 a week" in " ".join(
        plots.weekly(Weekly((fan(needed=(claim,)),))).to_dict()["title"]["subtitle"]
    )


def test_scenarios_have_the_scale_of_their_quantity_in_common():
    fans = fan("a"), fan("b", scale=100.0), fan("a", "delivered", scale=10.0)
    drawn = panels(plots.weekly(Weekly(fans)))
    tops = [panel[0][2]["encoding"]["y"]["scale"]["domain"][1] for panel in drawn]
    assert tops == pytest.approx([304.0 * 126 / 110, 304.0 * 126 / 110, 34.0 * 126 / 110])


@pytest.mark.parametrize("width", [720, 340])
def test_it_renders_where_nothing_was_ever_made(rendered, width):
    quiet = fan("a_scenario_with_a_name_that_is_long_for_a_phone", scale=0.0)
    assert rendered(plots.weekly(Weekly((quiet, fan())), width)).startswith(b"\x89PNG")


def names(chart):
    """Return what is said of claims in the first panel, and its upper end."""
    (panel, *_) = panels(chart)
    told = next(rows for mark, rows, _ in panel if mark == "text")
    return told, panel[0][2]["encoding"]["y"]["scale"]["domain"][1]


def test_a_claim_far_above_is_marked_at_the_edge_and_leaves_the_weeks_their_room():
    far = Needed("far", date(2023, 1, 3), date(2023, 1, 20), 10_000_000.0)
    chart = plots.weekly(Weekly((fan(needed=(far,)),)))
    (told,), top = names(chart)
    assert top < 10.0
    assert told["told"] == "\N{UPWARDS ARROW} far 10,000,000 a week"
    assert 0.8 * top < told["height"] <= top
    assert [rows for mark, rows, _ in panels(chart)[0] if mark == "rule"] == [[]]


def test_names_of_near_claims_stand_apart():
    window = date(2023, 1, 3), date(2023, 1, 20)
    figures = {"a": 5.0, "b": 5.1, "c": 5.1, "d": 20.0}
    needed = tuple(Needed(name, *window, figure) for name, figure in figures.items())
    told, top = names(plots.weekly(Weekly((fan(needed=needed),))))
    heights = sorted(110 * each["height"] / top for each in told)
    assert min(b - a for a, b in pairwise(heights)) >= 11.99
    assert 0.0 <= heights[0] <= heights[-1] <= 110 - 12


def test_the_name_of_a_claim_stays_within_the_panel():
    early = Needed("a_claim_" * 30, date(2023, 1, 1), date(2023, 1, 3), 5.0)
    (told,), _ = names(plots.weekly(Weekly((fan(needed=(early,)),)), 340))
    assert told["told"].startswith("a_claim_")
    assert len(told["told"]) * 6 <= 340 - 64
    assert told["at"] > "2023-01-25"
