"""A sample path in words."""

import pandas as pd

from simulator.engines import simulate
from simulator.path import Kind
from tests.engines.build import grid, line, powered, system


def test_a_frame_says_in_words_what_each_row_says_in_numbers() -> None:
    built = system(line(), end=5)
    path = simulate(built, seed=1, replication=0, engine="compiled")
    frame = path.frame()
    assert list(frame.columns) == ["hours", "time", "kind", "entity", "material", "amount", "state"]
    assert len(frame) == len(path.rows)
    made = frame[frame["kind"] == "made"].iloc[0]
    assert (made["hours"], made["entity"], made["material"], made["amount"]) == (
        2.0,
        "works/0/0",
        "shell",
        10,
    )
    assert made["time"] == pd.Timestamp(built.start) + pd.Timedelta(hours=2)
    assert set(frame["state"]) == {"", "running"}


def test_a_row_of_a_grid_names_the_grid() -> None:
    path = simulate(powered(line(), grid=grid(10)), seed=1, replication=0, engine="compiled")
    named = {path.entity_name(int(row["kind"]), int(row["entity"])) for row in path.of(Kind.SUPPLY)}
    assert named == {path.system.grids[0].name}


def test_rows_of_some_kinds_keep_their_order() -> None:
    path = simulate(system(line(), end=5), seed=1, replication=0, engine="compiled")
    chosen = path.of(Kind.USED, Kind.MADE)
    assert set(chosen["kind"].tolist()) == {Kind.USED, Kind.MADE}
    assert (chosen["tick"][1:] >= chosen["tick"][:-1]).all()


def test_a_path_tells_in_a_line_how_much_happened_and_when() -> None:
    path = simulate(system(line()), seed=0, replication=0, engine="reference")
    told = f"SamplePath({len(path.rows):,} rows, {path.bound_events:,} bound events, 1 line from "
    assert repr(path).startswith(told)
    assert "\n" not in repr(path)
