import numpy as np
import pytest

from simulator import plots
from simulator.analysis.sensitivity import sensitivity
from simulator.model.experiment import Factor
from simulator.plots.importance import MOST

LAW = {"distribution": {"uniform": {"low": 0, "high": 1}}, "sets": "stores.depot.holds.shell.initial"}


@pytest.fixture
def found(run_of):
    random = np.random.Generator(np.random.PCG64(1))
    drawn = {f"f{k}": random.random(800) for k in range(MOST + 3)}
    made = 2.0 * drawn["f4"] - drawn["f2"] + 0.3 * random.standard_normal(800)
    run = run_of({"base": drawn | {"made": made, "claims.c": made}}, claims={"c": {"at_least": 0.5}})
    factors = {name: Factor.model_validate(LAW) for name in drawn}
    object.__setattr__(run, "experiment", run.experiment.model_copy(update={"factors": factors}))
    return sensitivity(run, "c")


def test_shares_are_drawn_with_their_intervals_the_null_last_and_where_it_ends(found):
    spec = plots.sensitivity(found).to_dict()
    assert len(spec["concat"]) == 2
    for panel, name in zip(spec["concat"], ("share", "pawn"), strict=True):
        end, bars, points = (spec["datasets"][layer["data"]["name"]] for layer in panel["layer"])
        assert end == [{"end": getattr(found.null, name).high}]
        assert bars == points
        assert [row["factor"] for row in points] == [
            *(each.column for each in found.factors[:MOST]),
            "(null)",
        ]
        assert [row[name] for row in points[:2]] == [getattr(each, name).value for each in found.factors[:2]]
    assert [row["way"] for row in points[:3]] == [
        "response rises with it",
        "response falls with it",
        "not told apart from chance",
    ]
    assert "3 more factors are not drawn" in " ".join(spec["title"]["subtitle"])


def test_it_renders(found, rendered):
    assert rendered(plots.sensitivity(found)).startswith(b"\x89PNG")
