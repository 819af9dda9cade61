import numpy as np
import pytest

from simulator import plots
from simulator.analysis.exceedance import exceedance
from simulator.errors import ResultsError

PNG = b"\x89PNG"


def lognormal(n, *, seed, median=1000.0, sigma=1.0):
    return median * np.exp(np.random.Generator(np.random.PCG64(seed)).normal(0.0, sigma, n))


@pytest.fixture
def run(run_of):
    columns = {
        name: {"delivered": lognormal(100, seed=seed), "claims.c": lognormal(100, seed=seed, median=500.0)}
        for seed, name in enumerate(("new_production", "production_and_stock"))
    }
    return run_of(columns, claims={"c": {"at_least": 20_000.0}})


def test_exceedance_draws_what_analysis_computed(run, layers):
    drawn = layers(plots.exceedance(run, response="delivered", scenarios=["production_and_stock"]))
    records = drawn["line"]["records"]
    levels = [record["level"] for record in records]
    known = exceedance(run, "delivered", levels=levels, scenario="production_and_stock")
    assert [record["probability"] for record in records] == list(known.probability)
    assert [(record["low"], record["high"]) for record in records] == list(
        zip(known.low, known.high, strict=True)
    )
    assert drawn["area"]["encoding"]["y2"]["field"] == "high"
    # what is reached with some probability at a level is so down to the level before
    assert {drawn[mark]["mark"]["interpolate"] for mark in ("line", "area")} == {"step-before"}


def test_each_scenario_is_a_line_over_the_whole_axis(run, layers):
    records = layers(plots.exceedance(run, response="delivered"))["line"]["records"]
    least = min(record["level"] for record in records)
    most = max(record["level"] for record in records)
    for scenario in run.scenarios:
        own = [record for record in records if record["scenario"] == scenario]
        assert (own[0]["level"], own[-1]["level"]) == (least, most)
        assert own[0]["probability"] == 1.0
        assert own[-1]["probability"] == 0.0


def test_the_claim_is_a_rule_that_the_lines_reach(run, layers):
    drawn = layers(plots.exceedance(run, claim="c"))
    assert drawn["rule"]["records"] == [{"level": 20_000.0, "claim": "c", "told": "c"}]
    records = drawn["line"]["records"]
    assert drawn["line"]["encoding"]["x"]["axis"]["title"] == "claims.c (items)"
    assert sum(record["level"] == 20_000.0 for record in records) == 2
    assert "rule" not in layers(plots.exceedance(run, response="delivered"))


def test_axes_are_named_as_the_column_with_its_unit(run, layers):
    chart = plots.exceedance(run, response="delivered", claim="c")
    spec = layers(chart)["line"]
    assert spec["encoding"]["x"]["axis"]["title"] == "delivered (items)"
    assert chart.to_dict()["title"]["text"] == ["Final products that reached the end of an export route"]
    assert "100 replications a scenario" in " ".join(chart.to_dict()["title"]["subtitle"])


def test_values_that_spread_widely_have_a_logarithmic_axis_and_zeros_none(run_of, layers):
    def scale(values):
        drawn = layers(plots.exceedance(run_of({"base": {"delivered": values}})))
        return drawn["line"]["encoding"]["x"]["scale"].get("type")

    assert scale(lognormal(100, seed=1)) == "log"
    assert scale(lognormal(100, seed=1, sigma=0.2)) is None
    assert scale(np.append(lognormal(100, seed=1), np.zeros(10))) is None


def test_a_few_zeros_are_left_off_a_logarithmic_axis(run_of, layers):
    values = np.append(lognormal(500, seed=1), 0.0)
    records = layers(plots.exceedance(run_of({"base": {"delivered": values}})))["line"]["records"]
    assert min(record["level"] for record in records) > 0.0


def test_replications_without_a_value_are_told(run_of):
    chart = plots.exceedance(run_of({"base": {"delivered": [1.0, np.nan, 3.0]}}))
    assert "1 without a value left out" in " ".join(chart.to_dict()["title"]["subtitle"])


def test_many_replications_make_no_more_marks(run_of, layers):
    run = run_of({"base": {"delivered": lognormal(20_000, seed=1)}})
    assert len(layers(plots.exceedance(run))["line"]["records"]) < 250
    assert len(layers(plots.ecdf(run))["line"]["records"]) < 250


def test_the_ecdf_rises_to_1_in_steps(run_of, layers):
    drawn = layers(plots.ecdf(run_of({"base": {"delivered": [3.0, 1.0, 2.0, 2.0]}})))
    assert [(record["level"], record["share"]) for record in drawn["line"]["records"]] == [
        (1.0, 0.25),
        (2.0, 0.75),
        (3.0, 1.0),
    ]
    assert drawn["line"]["mark"]["interpolate"] == "step-after"


def test_unknown_names_are_refused(run):
    with pytest.raises(ResultsError, match="no claim d"):
        plots.exceedance(run, claim="d")
    with pytest.raises(ResultsError, match="no column delivred"):
        plots.ecdf(run, "delivred")


def test_charts_render(run, rendered):
    assert rendered(plots.exceedance(run, claim="c")).startswith(PNG)
    assert rendered(plots.ecdf(run)).startswith(PNG)


def test_a_far_claim_is_marked_at_the_edge(run_of, layers):
    values = np.random.Generator(np.random.PCG64(1)).normal(100.0, 5.0, 200)
    far = run_of({"base": {"claims.c": values}}, claims={"c": {"at_least": 1e7}})
    drawn = layers(plots.exceedance(far, claim="c"))
    assert "rule" not in drawn
    assert drawn["text"]["records"][0]["told"] == "c 10,000,000 \N{RIGHTWARDS ARROW}"
    assert max(each["level"] for each in drawn["line"]["records"]) < 200.0


@pytest.mark.parametrize("draw", [plots.exceedance, plots.ecdf], ids=["exceedance", "ecdf"])
def test_ten_scenarios_are_told_apart(run_of, layers, draw):
    ten = run_of({f"s{k}": {"delivered": lognormal(20, seed=k)} for k in range(10)})
    line = layers(draw(ten))["line"]
    looks = (line["encoding"][channel]["scale"]["range"] for channel in ("color", "strokeDash"))
    assert len({str(look) for look in zip(*looks, strict=True)}) == 10
