import json

import pandas as pd


def test_a_run_is_exported_as_csv_and_as_parquet(finished, simulator):
    outcome = simulator("export", "workshop", "rows.csv")
    assert outcome.code == 0
    frame = pd.read_csv(finished / "rows.csv")
    assert outcome.out.startswith("rows.csv: 80 rows of ")
    assert len(frame) == 80
    told = json.loads(simulator("export", "workshop", "sure.parquet", "--scenario", "sure", "--json").out)
    part = pd.read_parquet(finished / "sure.parquet")
    assert (told["rows"], told["file"]) == (40, "sure.parquet")
    assert set(part["scenario"]) == {"sure"}
    # both have two keys and the error besides
    assert len(part.columns) == len(frame.columns) == told["columns"] + 3


def test_a_file_or_a_scenario_that_cannot_be_is_refused(finished, simulator):
    for arguments, says in (
        (["rows.xlsx"], "give a file name that ends in .csv or .parquet"),
        (["none/rows.csv"], "there is no folder none; make it first"),
        (["rows.csv", "--scenario", "sur"], "nearest is sure"),
    ):
        outcome = simulator("export", "workshop", *arguments)
        assert outcome.code == 2
        assert len(outcome.faults) == 1
        assert says in outcome.err
    assert not (finished / "rows.csv").exists()
