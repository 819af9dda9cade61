import numpy as np
import pytest

from simulator import plots
from simulator.analysis.densities import densities


@pytest.fixture
def found(run_of):
    random = np.random.Generator(np.random.PCG64(1))
    some = np.where(np.arange(400) % 8 == 0, 0.0, np.exp(random.normal(7.0, 1.0, 400)))
    columns = {"some": {"claims.c": some}, "none_of_it": {"claims.c": np.zeros(400)}}
    return densities(run_of(columns, claims={"c": {}}))


def layers(chart):
    spec = chart.to_dict()
    (panel,) = spec["concat"]
    return [(layer["mark"]["type"], spec["datasets"][layer["data"]["name"]]) for layer in panel["layer"]]


def test_every_scenario_is_a_ridge_as_high_as_its_density(found):
    (spread, never) = found.ridges[0].spreads
    ridge = next(rows for mark, rows in layers(plots.ridge(found)) if mark == "area")
    heights = [each["top"] - each["base"] for each in ridge if each["scenario"] == "some"]
    assert heights == pytest.approx([0.62 * each / max(spread.density) for each in spread.density])
    assert {each["top"] - each["base"] for each in ridge if each["scenario"] == "none_of_it"} == {0.0}
    assert set(never.density) == {0.0}


def test_quantiles_stand_under_it_and_the_share_without_any_beside_the_name(found):
    (spread, _) = found.ridges[0].spreads
    words = next(rows for mark, rows in layers(plots.ridge(found)) if mark == "text")
    assert words[0]["told"].startswith("some: median ")
    assert words[0]["told"].endswith("none in 12.5 %")
    assert words[1]["told"] == "none_of_it: median 0, none in 100.0 %"
    assert (words[0]["p25"], words[0]["median"], words[0]["p95"]) == (spread.p25, spread.median, spread.p95)
    # a quantile of 0 is drawn to where the axis begins
    assert words[0]["p05"] == found.ridges[0].at[0]


def test_claims_are_rules_within_the_axis(run_of):
    values = np.random.Generator(np.random.PCG64(1)).normal(100.0, 10.0, 200)
    claims = {"c": {"at_least": 150.0}}
    chart = plots.ridge(densities(run_of({"base": {"claims.c": values}}, claims=claims)))
    mark, rows = layers(chart)[0]
    assert (mark, rows[0]["level"]) == ("rule", 150.0)
    (panel,) = chart.to_dict()["concat"]
    assert panel["layer"][1]["encoding"]["x"]["scale"]["domain"][1] == 150.0


@pytest.mark.parametrize("width", [720, 340])
def test_it_renders(found, rendered, width):
    assert rendered(plots.ridge(found, width)).startswith(b"\x89PNG")


def test_a_run_in_which_there_never_was_any_renders(run_of, rendered):
    found = densities(run_of({"base": {"claims.c": np.zeros(20)}}, claims={"c": {}}))
    assert rendered(plots.ridge(found, 340)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("at_least", "told"), [(5000.0, "c 5,000 \N{RIGHTWARDS ARROW}"), (1.0, "\N{LEFTWARDS ARROW} c 1")]
)
def test_a_far_claim_is_marked_at_the_edge_and_leaves_the_ridges_their_room(run_of, at_least, told):
    values = np.random.Generator(np.random.PCG64(1)).normal(100.0, 5.0, 200)
    found = densities(run_of({"base": {"claims.c": values}}, claims={"c": {"at_least": at_least}}))
    chart = plots.ridge(found)
    (panel,) = chart.to_dict()["concat"]
    ends = [found.ridges[0].at[0], found.ridges[0].at[-1]]
    assert panel["layer"][0]["encoding"]["x"]["scale"]["domain"] == ends
    mark, rows = layers(chart)[-1]
    assert (mark, rows[0]["told"]) == ("text", told)
    assert rows[0]["level"] == ends[at_least > 100.0]
    assert rows[0]["row"] < 0.0
