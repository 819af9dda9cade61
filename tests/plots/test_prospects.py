import numpy as np
import pytest

from simulator import plots
from simulator.analysis.outlook import outlook


def run(run_of, *, scenarios=2, values=None):
    random = np.random.Generator(np.random.PCG64(1))
    names = [f"a_scenario_with_quite_a_long_name_{number}" for number in range(scenarios)]
    drawn = {
        name: {
            column: 1000.0 * np.exp(random.normal(0.0, 1.0, 200)) if values is None else values
            for column in ("claims.c", "claims.d", "claims.e")
        }
        for name in names
    }
    claims = {"c": {}, "d": {"at_least": 3000.0}, "e": {"quantity": "made"}}
    return run_of(drawn, claims=claims)


def panels(chart):
    """Return for each panel the rows of its layers by mark."""
    spec = chart.to_dict()
    return [
        {layer["mark"]["type"]: spec["datasets"][layer["data"]["name"]] for layer in panel["layer"]}
        for panel in spec["concat"]
    ]


def test_a_panel_an_amount_a_line_a_scenario_each_claim_a_rule(run_of):
    found = outlook(run(run_of))
    drawn = panels(plots.outlook(found))
    for panel, prospect in zip(drawn, found.prospects, strict=True):
        lines = [
            (each["scenario"], each["level"], each["probability"], each["low"]) for each in panel["line"]
        ]
        assert lines == [
            (curve.scenario, *row)
            for curve in prospect.curves
            for row in zip(curve.levels, curve.probability, curve.low, strict=True)
        ]
    chart = plots.outlook(found).to_dict()
    rules = [
        chart["datasets"][layer["data"]["name"]][0]["claim"]
        for panel in chart["concat"]
        for layer in panel["layer"]
        if layer["mark"]["type"] == "rule"
    ]
    assert rules == ["e", "c", "d"]


def test_panels_stand_side_by_side_and_in_a_narrow_picture_below_each_other(run_of):
    found = outlook(run(run_of))
    assert plots.outlook(found, 720).to_dict()["columns"] == 2
    assert plots.outlook(found, 340).to_dict()["columns"] == 1


def test_scenarios_are_told_apart_without_colour_and_one_alone_needs_no_legend(run_of):
    def line(scenarios):
        (panel, *_) = plots.outlook(outlook(run(run_of, scenarios=scenarios))).to_dict()["concat"]
        return next(layer["encoding"] for layer in panel["layer"] if layer["mark"]["type"] == "line")

    dashes = line(3)["strokeDash"]["scale"]["range"]
    assert len({str(each) for each in dashes}) == 3
    assert line(1)["color"]["legend"] is None


@pytest.mark.parametrize("values", [None, np.zeros(50)], ids=["spread", "never any"])
@pytest.mark.parametrize("width", [720, 340])
def test_it_renders(run_of, rendered, values, width):
    assert rendered(plots.outlook(outlook(run(run_of, values=values)), width)).startswith(b"\x89PNG")
