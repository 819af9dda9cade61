import math
from pathlib import Path

import numpy as np
import pytest

from simulator.analysis.score import CENTRAL, score
from simulator.errors import ConfigError, ResultsError

CLAIMS = {
    "august": {"from": "2023-08-01", "by": "2023-08-31"},
    "autumn": {"from": "2023-09-01", "by": "2023-10-31"},
}


@pytest.fixture
def scored(run_of, tmp_path):
    from datetime import date

    claims = {
        name: {key: date.fromisoformat(day) for key, day in window.items()} for name, window in CLAIMS.items()
    }

    def score_rows(text, *, spread=100.0, n=2_000, **options):
        luck = np.random.Generator(np.random.PCG64(3))
        values = {f"claims.{name}": luck.normal(1_000.0, spread, n) for name in CLAIMS}
        run = run_of(
            {"base": values, "other": {name: 2 * each for name, each in values.items()}}, claims=claims
        )
        file = tmp_path / "any.csv"
        file.write_text(text, encoding="utf-8")
        return score(run, file, **options)

    return score_rows


def test_central_intervals_and_the_share_below_are_those_of_the_rows(scored):
    (point,) = scored("claim,value\naugust,1145\n").points
    assert point.model.low == pytest.approx([1000 - 100 * z for z in (0.674, 1.282, 1.645, 1.96)], abs=20)
    assert point.model.high == pytest.approx([1000 + 100 * z for z in (0.674, 1.282, 1.645, 1.96)], abs=20)
    assert point.model.covers(1145.0) == (False, False, True, True)
    assert point.model.pit == pytest.approx(0.926, abs=0.02)
    assert len(CENTRAL) == 4


def test_a_rate_a_month_is_the_count_of_whole_months_over_their_number(scored):
    (point,) = scored("claim,value,per\nautumn,500,month\n").points
    assert point.model.median == pytest.approx(500.0, abs=5)
    assert point.unit == "items a month"
    (point,) = scored("claim,value,per\naugust,220,week\n").points
    assert point.model.median == pytest.approx(1000.0 / 31 * 7, abs=2)


def test_an_error_of_the_observation_widens_what_is_foretold_of_it(scored):
    (sure,) = scored("claim,value\naugust,1000\n").points
    (unsure,) = scored("claim,value,low,high\naugust,1000,500,2000\n").points
    (middle,) = scored("claim,value,low,high\naugust,,500,2000\n").points
    ninety = CENTRAL.index(0.9)
    assert sure.model.low[ninety] == pytest.approx(835, abs=12)
    assert unsure.model.low[ninety] == pytest.approx(500, rel=0.1)
    assert unsure.model.high[ninety] == pytest.approx(2000, rel=0.1)
    assert middle.happened == pytest.approx(1000.0)


def test_the_plan_is_a_forecast_of_one_value_and_may_be_missing(scored):
    found = scored("claim,value,plan\naugust,1000,1600\nautumn,900,\n")
    (summary,) = found.series
    assert [point.plan_error for point in found.points] == [600.0, None]
    assert (summary.points, summary.plan_points, summary.plan_error) == (2, 1, 600.0)
    assert summary.crps_beside_plan == found.points[0].model.crps.value
    assert math.isnan(summary.naive_crps)


def test_a_bolder_prediction_of_the_same_middle_scores_worse_where_it_is_wrong(scored):
    text = "claim,value\naugust,1400\n"
    (bold,), (wide,) = scored(text, spread=10.0).points, scored(text, spread=300.0).points
    assert bold.model.crps.value > wide.model.crps.value
    assert bold.model.log_score > wide.model.log_score


def test_the_naive_extrapolation_is_scored_beside(scored):
    text = "claim,from,by,value\n,2023-06-01,2023-06-30,300\naugust,,,1000\n"
    found = scored(text)
    (point,), (summary,) = found.points, found.series
    assert point.naive.median == pytest.approx(310.0, rel=0.01)
    assert summary.skill == pytest.approx(1 - point.model.crps.value / point.naive.crps.value)
    assert 0.8 < summary.skill < 1.0


def test_several_series_are_scored_apart_and_covered_together(scored):
    found = scored("series,claim,value\nnorth,august,1000\nsouth,autumn,5000\n")
    assert [(each.series, each.points) for each in found.series] == [("north", 1), ("south", 1)]
    assert found.covered[-1] == 1


def test_a_series_in_two_units_has_means_of_each_alone(scored):
    found = scored("series,claim,value,per\nshells,august,1000,\nshells,autumn,500,month\n")
    assert [(each.series, each.unit, each.points) for each in found.series] == [
        ("shells", "items", 1),
        ("shells", "items a month", 1),
    ]
    assert [each.crps for each in found.series] == [point.model.crps.value for point in found.points]


def test_observers_who_disagree_have_a_row_each(scored):
    found = scored("claim,value,evidence\naugust,1000,S13\naugust,1300,S21\n")
    assert [point.happened for point in found.points] == [1000.0, 1300.0]


def test_what_the_number_of_points_allows_is_said(scored):
    notes = " ".join(scored("claim,value\naugust,1000\n").notes)
    assert "With 1 point, coverage is a picture, not a test." in notes
    assert "Nothing says what happened to autumn." in notes
    assert "1 of 1 points do not say as_of" in notes


def test_another_scenario_is_scored_when_it_is_named(scored):
    text = "claim,value\naugust,2000\n"
    assert scored(text, scenario="other").points[0].model.median == pytest.approx(2000, abs=10)


def test_a_run_without_outcomes_says_how_to_give_them(run_of, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = run_of({"base": {"claims.c": np.zeros(4)}}, claims={"c": {}})
    with pytest.raises(ResultsError, match="--outcomes FILE"):
        score(run)
    Path("configs/backtests").mkdir(parents=True)
    Path(f"configs/backtests/{run.experiment.name}.outcomes.csv").write_text("claim,value\nc,3\n")
    assert score(run).points[0].happened == 3.0
    with pytest.raises(ConfigError):
        score(run, "nowhere.csv")
