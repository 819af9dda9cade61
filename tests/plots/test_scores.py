from datetime import date

import numpy as np
import pytest

from simulator import plots
from simulator.analysis.score import score

TEXT = "series,claim,from,by,value,plan\nx,,2023-06-01,2023-06-30,300,\nx,august,,,1000,1500\ny,autumn,,,0,\n"


@pytest.fixture
def found(run_of, tmp_path):
    windows = {
        "august": (date(2023, 8, 1), date(2023, 8, 31)),
        "autumn": (date(2023, 9, 1), date(2023, 10, 31)),
    }
    luck = np.random.Generator(np.random.PCG64(1))
    run = run_of(
        {"base": {f"claims.{name}": luck.normal(1000.0, 100.0, 200) for name in windows}},
        claims={name: {"from": first, "by": last} for name, (first, last) in windows.items()},
    )
    (tmp_path / "o.csv").write_text(TEXT, encoding="utf-8")
    return score(run, tmp_path / "o.csv")


def test_every_series_shows_its_intervals_what_happened_and_the_plan(found):
    spec = plots.score(found).to_dict()
    first, second = spec["vconcat"]
    spans, marks = (spec["datasets"][layer["data"]["name"]] for layer in first["layer"])
    nine = found.points[0].model
    assert {"value": nine.low[2], "to": nine.high[2]}.items() <= spans[0].items()
    assert [record["kind"] for record in spans] == ["model"] * 2 + ["naive extrapolation"] * 2
    assert [(record["kind"], record["value"]) for record in marks] == [("happened", 1000.0), ("plan", 1500.0)]
    assert len(spec["datasets"][second["layer"][0]["data"]["name"]]) == 2


def test_it_says_how_many_points_there_are(found):
    told = " ".join(plots.score(found).to_dict()["title"]["subtitle"])
    assert "1 of 2 points lie in the 90 %" in told
    assert "a picture, not a test" in told


def test_it_renders(found, rendered):
    assert rendered(plots.score(found)).startswith(b"\x89PNG")
