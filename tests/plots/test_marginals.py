import pytest

from simulator import plots
from simulator.analysis.marginals import Marginal, Marginals

NUMBER = Marginal("rate", "1/h", True, (0.0, 1.0, 2.0), (0.5, 0.5), (0.2, 0.8), 1.0, 1.5)
DAY = Marginal("surge", "date", False, (738733.0, 738734.0), (1.0,), (1.0,), 738733.0, 738733.0)
FOUND = Marginals("base", "at least 5 were made", 100, 20.0, (NUMBER, DAY), 3)


def test_shares_before_and_after_are_steps_over_the_parts_of_the_range():
    spec = plots.factors(FOUND).to_dict()
    rows = spec["datasets"][spec["concat"][0]["data"]["name"]]
    assert [(row["state"], row["from"], row["share"]) for row in rows] == [
        ("before", 0.0, 0.5),
        ("before", 1.0, 0.5),
        ("before", 2.0, 0.5),
        ("after", 0.0, 0.2),
        ("after", 1.0, 0.8),
        ("after", 2.0, 0.8),
    ]
    assert spec["concat"][0]["title"]["text"] == ["rate: 1 1/h to 1.5 1/h"]
    assert "3 more factors are not drawn." in spec["title"]["subtitle"]


def test_days_are_days_and_what_does_not_move_is_pale():
    spec = plots.factors(FOUND).to_dict()
    day = spec["concat"][1]
    rows = spec["datasets"][day["data"]["name"]]
    assert rows[0]["from"] == "2023-08-01"
    assert day["title"]["text"] == ["surge: 2023-08-01"]
    assert day["layer"][1]["mark"]["opacity"] < spec["concat"][0]["layer"][1]["mark"]["opacity"]


@pytest.mark.parametrize("width", [720, 340])
def test_it_renders(rendered, width):
    assert rendered(plots.factors(FOUND, width)).startswith(b"\x89PNG")
