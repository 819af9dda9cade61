from datetime import date, timedelta

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
    claim = Needed("c", date(2023, 1, 3), date(2023, 1, 20), 50.0)
    (panel,) = panels(plots.weekly(Weekly((fan(needed=(claim,)),))))
    rule = next(rows for mark, rows, _ in panel if mark == "rule")
    assert rule == [{"from": "2023-01-03", "to": "2023-01-21", "needed": 50.0, "claim": "c"}]
    assert "c 50 a week" in " ".join(
        plots.weekly(Weekly((fan(needed=(claim,)),))).to_dict()["title"]["subtitle"]
    )


def test_scenarios_have_the_scale_of_their_quantity_in_common():
    fans = fan("a"), fan("b", scale=100.0), fan("a", "delivered", scale=10.0)
    drawn = panels(plots.weekly(Weekly(fans)))
    tops = [panel[0][2]["encoding"]["y"]["scale"]["domain"][1] for panel in drawn]
    assert tops == [304.0, 304.0, 34.0]


@pytest.mark.parametrize("width", [720, 340])
def test_it_renders_where_nothing_was_ever_made(rendered, width):
    quiet = fan("a_scenario_with_a_name_that_is_long_for_a_phone", scale=0.0)
    assert rendered(plots.weekly(Weekly((quiet, fan())), width)).startswith(b"\x89PNG")
