import dataclasses

import numpy as np
import pytest

from simulator.analysis.intervals import quantile_interval
from simulator.analysis.quantiles import quantiles
from simulator.errors import ResultsError


@pytest.fixture
def run(run_of):
    return run_of({"a": {"made": [*range(1, 200), np.nan]}, "b": {"made": np.full(200, 7.0)}})


def test_each_quantile_is_an_order_statistic_with_its_interval(run):
    found = quantiles(run, "made")
    assert [(each.probability, each.value) for each in found] == [(0.05, 10.0), (0.5, 100.0), (0.95, 190.0)]
    median = found.quantiles[1]
    alone = quantile_interval(np.arange(1.0, 200.0), 0.5)
    assert (median.low, median.high, median.half_width) == (alone.low, alone.high, alone.half_width)
    assert (median.scenario, median.unit, median.n, median.failed) == ("a", "items", 199, 1)


def test_intervals_have_the_confidence_that_the_run_needs(run):
    wide = quantiles(dataclasses.replace(run, confidence=0.999), "made").quantiles[1]
    assert wide.half_width > quantiles(run, "made").quantiles[1].half_width
    assert wide.method == "order statistics at 99.9 %"


def test_a_table_has_a_row_for_each_quantile(run):
    frame = quantiles(run, "made", "b", probabilities=(0.25, 0.75)).to_frame()
    assert list(frame["value"]) == [7.0, 7.0]
    assert list(frame.columns)[:7] == ["scenario", "column", "unit", "probability", "value", "low", "high"]


@pytest.mark.parametrize("probability", [0.0, 1.0, float("nan")])
def test_a_probability_that_has_no_quantile_is_refused(run, probability):
    with pytest.raises(ResultsError, match="give one between 0 and 1"):
        quantiles(run, "made", probabilities=(probability,))
