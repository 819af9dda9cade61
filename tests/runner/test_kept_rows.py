"""Rows are kept whichever engine is asked for, and that is said."""

import pytest

from simulator.engines import compiled
from simulator.runner import run


def asked(experiment, folder, caplog, **changes):
    """Return the run, and what it warns of."""
    caplog.clear()
    made = run(experiment, results=folder, executor="serial", name="made", **changes)
    return made, [record.message for record in caplog.records]


KEPT = (
    "16 rows of the compiled engine are kept and not computed again; another --results has the reference engine"
    " compute all, simulator verify compares the engines"
)


def test_rows_of_another_engine_than_the_one_asked_for_are_kept_and_that_is_said(
    experiment, tmp_path, caplog
):
    first, said = asked(experiment, tmp_path, caplog)
    assert said == []
    again, said = asked(experiment, tmp_path, caplog, engine="reference")
    assert said == [KEPT]
    assert again.manifest == first.manifest


@pytest.mark.parametrize("engine", ["auto", "compiled"])
def test_nothing_is_said_of_rows_of_the_engine_that_is_asked_for(experiment, tmp_path, caplog, engine):
    asked(experiment, tmp_path, caplog)
    assert asked(experiment, tmp_path, caplog, engine=engine)[1] == []


def test_auto_takes_the_rows_of_any_engine(experiment, tmp_path, caplog):
    asked(experiment, tmp_path, caplog, engine="reference")
    assert asked(experiment, tmp_path, caplog)[1] == []


def test_how_to_have_what_failed_on_one_engine_computed_on_the_other_is_said_and_does_it(
    experiment, tmp_path, caplog, monkeypatch
):
    def broken(*_, **__):
        raise OSError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(compiled, "simulate", broken)
        assert asked(experiment, tmp_path, caplog)[0].failed == 16
    still, said = asked(experiment, tmp_path, caplog, engine="reference")
    assert still.failed == 16
    assert said == [
        (
            "16 replications that failed on the compiled engine are not computed again; give --engine reference"
            " --rerun-failed for that"
        )
    ]
    mended, said = asked(experiment, tmp_path, caplog, engine="reference", rerun_failed=True)
    assert mended.failed == 0
    assert said == ["16 replications that had failed were computed again: 0 failed again"]
