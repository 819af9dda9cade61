import json

import numpy as np
import pytest

from simulator.cli.questions.asked import Asked
from simulator.cli.questions.sensitivity import ask, show
from simulator.cli.tables import finite
from simulator.model.experiment import Correlation, Factor

LAW = {"distribution": {"uniform": {"low": 0, "high": 1}}, "sets": "stores.depot.holds.shell.initial"}


@pytest.fixture
def run(run_of):
    random = np.random.Generator(np.random.PCG64(1))
    rate, idle = random.random((2, 1500))
    made = rate + 0.3 * random.standard_normal(1500)
    columns = {"rate": rate, "idle": idle, "fixed": np.ones(1500), "made": made, "claims.half": made}
    found = run_of({"base": columns}, claims={"half": {"at_least": 0.5}})
    factors = {
        "rate": Factor.model_validate(LAW | {"evidence": ["P01"], "assumption": "one rate for all"}),
        "idle": Factor.model_validate(LAW),
        "fixed": Factor.model_validate(LAW),
    }
    parts = {"factors": factors, "correlations": (Correlation(factors=("rate", "idle"), rank=0.2),)}
    object.__setattr__(found, "experiment", found.experiment.model_copy(update=parts))
    return found


def told(capsys, found):
    show(found)
    return " ".join(capsys.readouterr().out.split())


def test_a_sentence_names_what_matters_most_and_a_table_has_it_beside_the_null(run, capsys):
    text = told(capsys, ask(run, Asked(claim="half")))
    assert text.startswith("For whether half is met in base what matters most is rate (")
    assert "likelier no grade, assumption" in text
    assert "(null)" in text
    assert "Not told apart from chance: idle." in text
    assert "Held at one value: fixed." in text
    assert "their shares overlap: rate, idle." in text
    assert "information" in text


def test_of_a_response_there_is_no_information_and_it_becomes_greater(run, capsys):
    text = told(capsys, ask(run, Asked(response="made")))
    assert text.startswith("For made in base")
    assert "greater no grade" in text
    assert "information" not in text


def test_where_nothing_stands_out_it_is_said(run, capsys):
    text = told(capsys, ask(run, Asked(response="idle")))
    assert "what matters most is idle" in text
    noise = np.random.Generator(np.random.PCG64(9)).random(1500)
    run.columns["base"]["noise"] = noise
    text = told(capsys, ask(run, Asked(response="noise")))
    assert text.startswith("For noise in base no factor is told apart from chance with 1,500 replications.")


def test_all_of_the_answer_is_plain_values(run):
    found = json.loads(json.dumps(finite(ask(run, Asked(claim="half")).as_dict())))
    assert [row["column"] for row in found["rows"]] == ["rate", "idle", "(null)"]
    assert found["together"].keys() == {"value", "low", "high"}
    assert found["rows"][0]["share_low"] > found["rows"][-1]["share_high"]
