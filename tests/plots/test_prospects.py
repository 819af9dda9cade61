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


def reaching(run_of, figures, *, logarithmic=False):
    """Return the outlook of a run of one amount whose claims have some figures."""
    random = np.random.Generator(np.random.PCG64(1))
    wide, close = 1000.0 * np.exp(random.normal(0.0, 1.5, 200)), random.uniform(500.0, 1500.0, 200)
    columns = {f"claims.{name}": wide if logarithmic else close for name in figures}
    return outlook(
        run_of({"base": columns}, claims={name: {"at_least": each} for name, each in figures.items()})
    )


@pytest.mark.parametrize("logarithmic", [False, True])
def test_far_claims_are_marked_at_the_edge_and_leave_the_curves_their_room(run_of, logarithmic):
    alone = plots.outlook(reaching(run_of, {"near": 1000.0}, logarithmic=logarithmic)).to_dict()
    figures = {"near": 1000.0, "far": 1e12} | ({"least": 1e-6} if logarithmic else {})
    chart = plots.outlook(reaching(run_of, figures, logarithmic=logarithmic)).to_dict()

    def domain(spec):
        return spec["concat"][0]["layer"][1]["encoding"]["x"]["scale"]["domain"]

    assert domain(chart) == domain(alone)
    rows = [(layer, chart["datasets"][layer["data"]["name"]]) for layer in chart["concat"][0]["layer"]]
    assert [found[0]["claim"] for layer, found in rows if layer["mark"]["type"] == "rule"] == ["near"]
    told = {found[0]["claim"]: found[0] for layer, found in rows if layer["mark"]["type"] == "text"}
    assert told["far"]["told"] == "far 1,000,000,000,000 \N{RIGHTWARDS ARROW}"
    assert told["far"]["level"] == domain(chart)[1]
    if logarithmic:
        assert told["least"]["told"] == "\N{LEFTWARDS ARROW} least 1e-06"
        assert told["least"]["level"] == domain(chart)[0]
    assert all(domain(chart)[0] <= row["level"] <= domain(chart)[1] for row in rows[1][1])


def test_names_of_claims_have_lines_of_their_own_which_fit_into_the_panel(run_of):
    figures = {"a_claim_with_a_name_" * 3: 1000.0, "b": 1001.0, "c": 1002.0}
    chart = plots.outlook(reaching(run_of, figures), 340).to_dict()
    (panel,) = chart["concat"]
    texts = [layer for layer in panel["layer"] if layer["mark"]["type"] == "text"][::2]
    lines = [chart["datasets"][layer["data"]["name"]][0]["told"].split("\n") for layer in texts]
    places = [layer["encoding"]["y"]["value"] for layer in texts]
    assert places == [2, 2 + 12 * len(lines[0]), 2 + 12 * (len(lines[0]) + 1)]
    assert max(map(len, lines[0])) * 6 <= panel["width"]


def test_a_curve_is_seen_to_end_where_many_replications_reach_the_most(run_of):
    capped = np.minimum(np.linspace(500.0, 1500.0, 200), 1200.0)
    chart = plots.outlook(outlook(run_of({"base": {"claims.c": capped}}, claims={"c": {}})))
    (panel,) = panels(chart)
    assert panel["line"][-1]["probability"] == 0.0
    assert panel["line"][-1]["level"] > 1200.0


def test_titles_of_panels_stand_at_one_height(run_of):
    import vl_convert

    scene = vl_convert.vegalite_to_scenegraph(plots.outlook(outlook(run(run_of)), 720).to_dict())
    heights = [above for text, above in texts_of(scene["scenegraph"], 0.0) if "Oct 2023" in text]
    assert len(heights) == 2
    assert heights[0] == pytest.approx(heights[1], abs=0.5)


def texts_of(item, above):
    """Iterate over the texts of a scene with their places from its upper edge."""
    below = above + (item.get("y") or 0.0)
    if item.get("text"):
        yield "".join(item["text"]), below
    for each in item.get("items", ()):
        yield from texts_of(each, below)
