import numpy as np

from simulator import plots
from simulator.analysis.information import information, information_by_claim

PRIOR = {"normal": {"mean": 0.0, "sd": 1.0}}


def run(run_of):
    random = np.random.Generator(np.random.PCG64(1))
    x, z = random.normal(size=(2, 2_000))
    columns = {"base": {"x": x, "z": z, "claims.c": 1000.0 * x + 100.0 * z, "claims.d": 1000.0 * x}}
    claims = {"c": {"at_least": 1000.0}, "d": {"at_least": 0.0}}
    return run_of(columns, claims=claims, factors={name: {"distribution": PRIOR} for name in "xz"})


def panels(chart):
    """Return the rows of dots of the two panels of a picture."""
    spec = chart.to_dict()
    return [spec["datasets"][panel["layer"][2]["data"]["name"]] for panel in spec["concat"]]


def test_worth_and_share_of_variance_stand_side_by_side_with_the_noise_floor(run_of):
    found = information(run(run_of), "c")
    chart = plots.information(found)
    left, right = panels(chart)
    assert [each["of"] for each in left] == [100.0 * each.value for each in found.worths]
    assert [each["of"] for each in right] == [100.0 * each.share for each in found.worths]
    assert [each["told"] for each in left] == [each.changes_call for each in found.worths]
    floors = [rows for rows in chart.to_dict()["datasets"].values() if len(rows) == 1]
    assert {rows[0]["x"] for rows in floors} == {100.0 * found.null_value, 100.0 * found.null_share}


def test_several_claims_stand_below_each_other_and_render(run_of, rendered):
    chart = plots.information(information_by_claim(run(run_of)))
    assert len(chart.to_dict()["concat"]) == 2
    assert rendered(chart).startswith(b"\x89PNG")
