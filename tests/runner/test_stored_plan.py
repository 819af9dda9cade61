import numpy as np
import pytest

from simulator.errors import ResultsError
from simulator.results import atomic
from simulator.runner import stored_plan
from simulator.runner.plan import plan
from simulator.runner.stored_plan import StoredPlan, store


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder for plans in pieces of 16 replications."""
    monkeypatch.setattr(stored_plan, "PIECE", 16)
    atomic.make_folder(tmp_path / "plan")
    return tmp_path


def test_a_plan_is_stored_and_read_bit_for_bit(experiment, folder):
    pieces = store(folder, experiment, 40)
    assert [piece.path for piece in pieces] == [f"plan/000000{first}.parquet" for first in ("00", "16", "32")]
    stored, drawn = StoredPlan(folder, experiment), plan(experiment, 40)
    for replication in (39, 0, 15, 16, 3):
        assert stored.draw(replication) == drawn.draw(replication)


def test_a_longer_plan_keeps_the_pieces_drawn_before(experiment, folder):
    short = store(folder, experiment, 3)
    before = (folder / short[0].path).stat()
    longer = store(folder, experiment, 40, stored=short)
    assert longer[0] == short[0]
    after = (folder / short[0].path).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_pieces_drawn_together_or_one_by_one_are_the_same(experiment, folder, monkeypatch):
    pieces = store(folder, experiment, 100)
    gone = [piece for piece in pieces if piece.path.endswith(("16.parquet", "64.parquet", "80.parquet"))]
    assert len(gone) == 3
    kept = [piece for piece in pieces if piece not in gone]
    assert store(folder, experiment, 100, stored=kept) == pieces
    monkeypatch.setattr(stored_plan, "AT_ONCE", 1)
    assert store(folder, experiment, 100) == pieces


def test_only_the_pieces_of_the_wanted_replications_are_drawn(experiment, folder):
    (piece,) = store(folder, experiment, 100, wanted=range(17, 20))
    assert piece.path == "plan/00000016.parquet"
    stored = StoredPlan(folder, experiment)
    assert stored.draw(19) == plan(experiment, 20).draw(19)
    with pytest.raises(ResultsError, match=r"plan/00000000\.parquet: is missing"):
        stored.draw(3)


def test_a_replication_beyond_a_latin_hypercube_has_no_plan(make_experiment, folder):
    asked = make_experiment(design={"kind": "latin_hypercube"})
    (piece,) = store(folder, asked, 40)
    assert piece.rows == 40
    stored = StoredPlan(folder, asked)
    assert stored.draw(33) == plan(asked, 40).draw(33)
    with pytest.raises(ResultsError, match="has no plan for replication 40"):
        stored.draw(40)


def test_a_latin_hypercube_of_another_size_is_refused(make_experiment, folder):
    asked = make_experiment(design={"kind": "latin_hypercube"})
    pieces = store(folder, asked, 40)
    assert store(folder, asked, 40, stored=pieces) == pieces
    with pytest.raises(ResultsError, match="a Latin hypercube of 40 replications, which cannot be extended"):
        store(folder, asked, 41, stored=pieces)


def test_an_experiment_without_factors_has_a_plan_of_empty_draws(make_experiment, folder):
    asked = make_experiment(factors={}, derived={}, scenarios={"baseline": {}})
    store(folder, asked, 20)
    assert StoredPlan(folder, asked).draw(19) == {}
    assert np.array_equal(plan(asked, 20).values, np.empty((20, 0)))
