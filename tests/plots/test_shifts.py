import numpy as np

from simulator import plots
from simulator.analysis.compare import compare


def comparison(run_of, **options):
    a = np.random.Generator(np.random.PCG64(1)).normal(1000.0, 100.0, 200)
    columns = {"a": {"delivered": a, "claims.c": a}, "b": {"delivered": a + 50.0, "claims.c": a + 50.0}}
    return compare(run_of(columns, claims={"c": {}}), "a", "b", **options)


def test_the_shift_function_is_drawn_with_its_band_and_the_line_of_no_difference(run_of, layers):
    found = comparison(run_of)
    drawn = layers(plots.compare(found))
    assert [record["difference"] for record in drawn["line"]["records"]] == list(found.shift.difference)
    assert [record["low"] for record in drawn["area"]["records"]] == list(found.shift.low)
    assert drawn["rule"]["records"] == [{"difference": 0.0}]
    assert drawn["line"]["encoding"]["y"]["axis"]["title"] == "difference in delivered (items)"


def test_the_picture_tells_the_difference_in_probability_when_there_is_a_claim(run_of):
    def told(chart):
        return " ".join(chart.to_dict()["title"]["subtitle"])

    with_claim, without = (
        told(plots.compare(comparison(run_of, claim="c"))),
        told(plots.compare(comparison(run_of))),
    )
    assert "Probability of c: 69.5 % instead of 50.0 %" in with_claim
    assert "Probability" not in without
    assert "Wasserstein distance 50 items" in without


def test_it_renders(run_of, rendered):
    assert rendered(plots.compare(comparison(run_of, claim="c"))).startswith(b"\x89PNG")
