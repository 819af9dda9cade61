import base64
import json
from datetime import date

import numpy as np
import pytest

from simulator.model.experiment import Experiment
from simulator.report import explorer as made
from simulator.report.explorer import embedded, explorer
from simulator.results.manifest import Manifest
from simulator.results.meanings import Column
from simulator.results.run import Run
from simulator.results.tables import Outcome, Rows, commit

N = 90
UNIFORM = {"distribution": {"uniform": {"low": 0.0, "high": 1.0}}, "assumption": "a guess"}
CLAIM = {
    "quantity": "delivered",
    "materials": ["shell"],
    "at_least": 100.0,
    "from": date(2024, 1, 1),
    "by": date(2024, 1, 9),
}
TREE = {
    "title": "How many shells?",
    "system": {
        "materials": {"shell": {"unit": "item"}},
        "regions": {"north": {}},
        "stores": {"depot": {"region": "north", "holds": {"shell": {}}}},
    },
    "horizon": {"start": date(2024, 1, 1), "end": date(2024, 1, 10)},
    "factors": {"rate": UNIFORM, "same": UNIFORM},
    "scenarios": {"as_is": {}, "more": {}},
    "claims": {"many": CLAIM},
}
UNITS = {"rate": "1/h", "same": "1", "claims.many": "items", "made": "items", "delivered": "items"}
COLUMNS = {name: Column(name, unit) for name, unit in UNITS.items()}
TYPES = {"u1": np.uint8, "u2": np.uint16, "f4": np.float32}


def row(number: int, more: float) -> Outcome:
    """A replication; the fourth failed."""
    factors = {"rate": number * 37 % N / N, "same": 1.0}
    if number == 3:
        return Outcome(factors, {}, "ModelError: no")
    made = 3.0 * number + more
    return Outcome(factors | {"claims.many": made, "made": made, "delivered": made + 0.5}, {})


@pytest.fixture
def run_of(tmp_path):
    """A function that makes a run of two scenarios, with so many replications of the second."""

    def build(second: int = N, tree: dict = TREE) -> Run:
        for folder in ("runs", "weekly"):
            (tmp_path / folder).mkdir()
        blocks = tuple(
            commit(tmp_path, Rows(name, 0, tuple(row(k, more) for k in range(n)), COLUMNS), seconds_each=0.1)
            for name, more, n in (("as_is", 0.0, N), ("more", 30.0, second))
        )
        scenarios = ("as_is", "more")
        manifest = Manifest(
            name="made_up",
            digest="d",
            status="complete",
            seed=1,
            scenarios=scenarios,
            replications=N,
            blocks=blocks,
        )
        return Run(tmp_path, Experiment.model_validate(tree), manifest)

    return build


def array(data: dict, place: int) -> np.ndarray:
    block = data["blocks"][place]
    return np.frombuffer(base64.b64decode(block["data"]), TYPES[block["type"]])


def bits(data: dict, place: int) -> list[bool]:
    return np.unpackbits(array(data, place), bitorder="little")[: data["n"][0]].astype(bool).tolist()


def test_claims_are_met_just_where_the_rows_say_so(run_of):
    run = run_of()
    data = json.loads(explorer(run).data)
    (claim,) = data["claims"]
    for scenario, there, hits in zip(run.scenarios, claim["there"], claim["hits"], strict=True):
        values = run.frame(scenario)["claims.many"]
        assert bits(data, there) == values.notna().tolist()
        assert bits(data, hits) == (values >= 100.0).tolist()
    assert claim["says"] == "at least 100 items were delivered from 2024-01-01 to 2024-01-09"


def test_responses_travel_whole_in_the_smallest_type_that_has_them(run_of):
    run = run_of()
    data = json.loads(explorer(run).data)
    assert [each["name"] for each in data["responses"]] == ["claims.many", "made", "delivered"]
    for each in data["responses"]:
        for scenario, place in zip(run.scenarios, each["columns"], strict=True):
            expected = run.frame(scenario)[each["name"]].to_numpy()
            np.testing.assert_array_equal(array(data, place).astype(float), expected)


def test_equal_columns_travel_once(run_of):
    data = json.loads(explorer(run_of()).data)
    (rate,) = data["factors"]
    assert rate["codes"][0] == rate["codes"][1]
    many, made_, _ = data["responses"]
    assert many["columns"] == made_["columns"]
    assert len({block["data"] for block in data["blocks"]}) == len(data["blocks"])


def test_the_replications_are_the_first_of_every_scenario(run_of, monkeypatch):
    run = run_of(second=80)
    assert json.loads(explorer(run).data)["n"] == [N, 80]
    monkeypatch.setattr(made, "MOST", 85)
    few = explorer(run)
    assert (few.n, few.of) == ((85, 80), (N, 80))
    data = json.loads(few.data)
    assert (data["n"], data["of"]) == ([85, 80], [N, 80])
    assert [len(array(data, place)) for place in data["factors"][0]["codes"]] == [85, 80]


def test_those_that_failed_are_counted_where_they_travel_along(run_of, monkeypatch):
    run = run_of()
    assert json.loads(explorer(run).data)["failed"] == [1, 1]
    monkeypatch.setattr(made, "MOST", 3)
    assert json.loads(explorer(run).data)["failed"] == [0, 0]


def test_responses_for_which_there_is_no_room_are_named(run_of, monkeypatch):
    run = run_of()
    monkeypatch.setattr(made, "BUDGET", 1400)
    found = explorer(run)
    data = json.loads(found.data)
    assert [each["name"] for each in data["responses"]] + list(found.left_out) == [
        "claims.many",
        "made",
        "delivered",
    ]
    assert found.left_out
    assert data["claims"]


def test_there_is_none_where_nothing_is_asked_or_nothing_differs(run_of):
    assert explorer(run_of(tree=TREE | {"claims": {}})) is None


def test_there_is_none_where_no_factor_differs(run_of):
    assert explorer(run_of(tree=TREE | {"factors": {"same": UNIFORM}})) is None


def test_embedded_text_ends_no_script_and_is_the_same_json():
    content = {"</script>": "<!-- <script> & \u2028 \u2029 ' \" é"}
    text = embedded(content)
    assert json.loads(text) == content
    assert not set("<>&\u2028\u2029") & set(text)
