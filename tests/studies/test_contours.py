from pathlib import Path

import pytest

from simulator.config import load
from simulator.errors import ResultsError
from simulator.model.experiment import Design
from simulator.runner import run as carry_out
from simulator.studies.contours import contours

ONE_PLANT = Path(__file__).parents[2] / "configs" / "examples" / "one_plant.yaml"


@pytest.fixture
def run(tmp_path):
    asked = load(ONE_PLANT).model_copy(update={"design": Design()})
    return carry_out(asked, replications=2, executor="serial", results=tmp_path)


def test_both_factors_are_held_at_every_pair_of_levels(run):
    found = contours(
        run, ["rate", "steel"], levels=([5.0, 20.0], [0.1, 1.0, 2.0]), replications=4, executor="serial"
    )
    assert [(each.a, each.b) for each in found.cells] == [
        (rate, steel) for rate in (5.0, 20.0) for steel in (0.1, 1.0, 2.0)
    ]
    assert (found.labels(0), found.labels(1)) == (["5/h", "20/h"], ["0.1", "1", "2"])
    # 20 t in stock and deliveries of 2.5 t make no 2,000 rounds of 50 kg; 5 an hour for 216 h make no 2,000 either
    assert [each.hits for each in found.cells[:4]] == [0, 0, 0, 0]
    assert found.cells[5].probability == 1.0
    # nothing but the levels differs, so that more steel or a higher rate never makes less
    assert found.cells[2].median <= found.cells[5].median
    assert found.extremes == (found.cells[5], min(found.cells, key=lambda each: each.median))


def test_levels_are_five_over_the_range_of_each_law_unless_given(run):
    found = contours(run, ["steel", "rate"], replications=4, executor="serial")
    assert len(found.cells) == 25
    assert found.cells[0].a, found.cells[-1].a == (0.6, 1.1)
    assert len(list(found.table())) == 5
    assert list(found.to_frame().columns)[:2] == ["steel", "rate"]


@pytest.mark.parametrize("named", [["rate"], ["rate", "rate"], ["rate", "steel", "rate"]])
def test_anything_but_two_factors_is_refused(run, named):
    with pytest.raises(ResultsError, match="factors are named"):
        contours(run, named, replications=4, executor="serial")
