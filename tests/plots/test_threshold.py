from simulator import plots
from simulator.analysis.contours import contours_of
from simulator.analysis.threshold import threshold_of

ABOUT = {"factor": "active_plants", "factor_unit": "1", "scenario": "as_is", "reported_is": "by report"}


def answered(run_of, *hits):
    columns = {
        f"level_{k}": {"claims.c": [2000.0] * each + [500.0] * (100 - each)} for k, each in enumerate(hits)
    }
    return threshold_of(
        run_of(columns, claims={"c": {}}), "c", [10.0, 20.0, 30.0], reported=(15.0, 25.0), **ABOUT
    )


def drawn(chart):
    """Return the records of all layers, in order."""
    spec = chart.to_dict()
    parts = [layer for part in spec["vconcat"] for layer in part["layer"]]
    sets = spec["datasets"]
    return [sets[layer["data"]["name"]] for layer in parts], spec


def test_the_probability_the_median_and_the_reported_range_are_drawn(run_of, rendered):
    found = answered(run_of, 10, 40, 80)
    records, spec = drawn(plots.threshold(found))
    assert records[0] == [{"from": 15.0, "to": 25.0}]
    assert [each["probability"] for each in records[2]] == [0.1, 0.4, 0.8]
    assert [each["median"] for each in records[2]] == [500.0, 500.0, 2000.0]
    even = next(each for each in records if "level" in each[0] and "from" in each[0])
    assert even[0]["level"] == found.crossing.level
    assert "Even odds: 22 [20 to 25]" in " ".join(spec["title"]["subtitle"])
    assert rendered(plots.threshold(found)).startswith(b"\x89PNG")


def test_even_odds_that_are_not_reached_are_told_and_not_drawn(run_of):
    records, spec = drawn(plots.threshold(answered(run_of, 1, 2, 3)))
    assert not any("from" in each[0] and "level" in each[0] for each in records)
    assert "not reached by 30" in " ".join(spec["title"]["subtitle"])


def test_two_factors_are_drawn_in_their_plane(run_of, records, rendered):
    columns = {f"pair_{k}": {"claims.c": [2000.0] * k + [500.0] * (4 - k)} for k in range(4)}
    pairs = [(1.0, 5.0), (1.0, 6.0), (2.0, 5.0), (2.0, 6.0)]
    about = {"factors": ("plants", "hours"), "factor_units": ("1", "h"), "scenario": "as_is"}
    chart = plots.threshold(contours_of(run_of(columns, claims={"c": {}}), "c", pairs, **about))
    (sets,) = chart.to_dict()["datasets"].values()
    assert [(each["a"], each["b"], each["probability"]) for each in sets] == [
        ("1", "5 h", 0.0),
        ("1", "6 h", 0.25),
        ("2", "5 h", 0.5),
        ("2", "6 h", 0.75),
    ]
    assert rendered(chart).startswith(b"\x89PNG")
