"""Files that are not as they were written are found: refused by readers, set aside and made anew by a run."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from simulator.results import atomic, manifest, tables
from simulator.runner import provenance

RUN = "run", "workshop.yaml", "--replications", "40", "--executor", "serial"
MORE = (*RUN, "--replications", "48")
ROWS = (
    ("answer", "workshop"),
    ("verify", "workshop"),
    ("export", "workshop", "rows.csv"),
    ("compare", "workshop", "workshop"),
)
WEEKS = (("verify", "workshop"),)
REPLAY = ("replay", "workshop", "--scenario", "as_is", "--replication", "3")
READERS = (*ROWS, REPLAY)


@pytest.fixture
def results(finished):
    """The folder of a finished run."""
    (path,) = finished.glob("results/workshop/*/manifest.json")
    return path.parent


def chosen(results, part):
    """A file of a run: of its rows, of its weeks or of its plan, or the document."""
    if "." in part:
        return results / part
    return max(results.glob(f"{part}/*.parquet"), key=lambda path: path.stat().st_size)


def flip(path, place):
    """Flip one bit of a file; a place below 0 counts from its end."""
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)


def truncate(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def exchange(path):
    """Put the file of another block in the place of this one."""
    others = [each for each in path.parent.glob("*.parquet") if each != path]
    path.write_bytes(others[0].read_bytes() if others else tables.parquet(tables.read(path).slice(1)))


DAMAGES = {
    "a bit of a page": lambda path: flip(path, path.stat().st_size // 4),
    "a bit of the footer": lambda path: flip(path, -40),
    "the last bit": lambda path: flip(path, -1),
    "cut": truncate,
    "empty": lambda path: path.write_bytes(b""),
    "another block's": exchange,
    "deleted": lambda path: path.unlink(),
}


@pytest.mark.parametrize(
    ("part", "readers", "damage"),
    [
        *(("runs", ROWS, damage) for damage in DAMAGES),
        *(("weekly", WEEKS, damage) for damage in ("a bit of a page", "a bit of the footer", "deleted")),
        *(
            ("plan", (REPLAY, ("verify", "workshop")), damage)
            for damage in ("a bit of a page", "the last bit", "another block's")
        ),
    ],
)
def test_a_file_that_is_not_as_it_was_committed_is_refused_and_made_anew(
    results, simulator, part, readers, damage
):
    before = manifest.read(results)
    path = chosen(results, part)
    sound = path.read_bytes()
    DAMAGES[damage](path)
    damaged = path.read_bytes() if path.exists() else None
    for reader in readers:
        outcome = simulator(*reader)
        assert outcome.code == (3 if reader[0] == "verify" else 2), reader
        assert path.name in outcome.err + outcome.out, reader
        assert "Traceback" not in outcome.err
    again = simulator(*RUN)
    assert again.code == 0
    assert path.read_bytes() == sound
    assert manifest.read(results).content_hash == before.content_hash
    aside = list(results.rglob("*.damaged.*"))
    assert [each.read_bytes() for each in aside] == ([] if damaged is None else [damaged])
    assert simulator(*readers[0]).code == 0


@pytest.mark.parametrize("damage", ["a bit of a page", "cut", "deleted"])
def test_a_document_that_is_not_as_it_was_written_is_refused_and_written_anew(results, simulator, damage):
    path = results / "experiment.yaml"
    sound = path.read_bytes()
    DAMAGES[damage](path)
    for reader in READERS:
        outcome = simulator(*reader)
        assert outcome.code == 2, reader
        assert "experiment.yaml: " in outcome.err
        assert "run the experiment again" in outcome.err
    assert simulator(*RUN).code == 0
    assert path.read_bytes() == sound
    assert simulator("answer", "workshop").code == 0


@pytest.mark.parametrize("damage", ["the last bit", "cut", "deleted"])
def test_a_summary_that_is_not_as_it_was_written_is_told_and_written_anew(results, simulator, damage):
    path = results / "summary.json"
    sound = path.read_bytes()
    DAMAGES[damage](path)
    outcome = simulator("verify", "workshop")
    assert outcome.code == 3
    assert outcome.out.startswith("DAMAGED: ")
    assert "summary.json: is missing, damaged or another file" in outcome.out
    assert simulator(*RUN).code == 0
    assert path.read_bytes() == sound
    assert simulator("verify", "workshop", "--replications", "1").code == 0


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("runs", errno.EACCES),
        ("weekly", errno.EIO),
        ("plan", errno.ESTALE),
        ("experiment.yaml", errno.EACCES),
        ("summary.json", errno.EIO),
    ],
)
def test_a_file_that_cannot_be_read_ends_the_run_and_stays(results, simulator, monkeypatch, part, number):
    path = chosen(results, part)
    before = {each: each.stat().st_ino for each in results.rglob("*")}
    unreadable(monkeypatch, path, number)
    for command in (RUN, ("verify", "workshop")):
        outcome = simulator(*command)
        assert outcome.code == 2
        (line,) = outcome.faults
        assert f"{path.name}: cannot be read ({os.strerror(number)})" in line
        assert {each: each.stat().st_ino for each in results.rglob("*")} == before


def unreadable(monkeypatch, path, number):
    """Let every reading of a file fail, by whatever path it is opened."""
    read = Path.read_bytes

    def failing(self):
        if self.name == path.name:
            raise OSError(number, os.strerror(number))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", failing)


@pytest.mark.parametrize("part", ["runs", "weekly", "plan"])
def test_rows_that_the_manifest_does_not_list_are_removed_when_the_run_is_taken_up(results, simulator, part):
    before = {each: each.read_bytes() for each in results.rglob("*.parquet")}
    stray = results / part / "as_is.00000000-00000004.parquet"
    shutil.copy(chosen(results, part), stray)
    assert simulator(*RUN).code == 0
    assert {each: each.read_bytes() for each in results.rglob("*.parquet")} == before


def test_a_folder_of_rows_whose_manifest_is_gone_is_set_aside(results, simulator):
    rows = {each.name: each.read_bytes() for each in results.rglob("*.parquet")}
    (results / "manifest.json").unlink()
    assert simulator(*RUN).code == 0
    aside = results.with_name(f"{results.name}.1")
    assert {each.name: each.read_bytes() for each in aside.rglob("*.parquet")} == rows


@pytest.mark.parametrize("damage", ["a bit of a page", "cut"])
def test_a_manifest_that_is_not_as_it_was_written_is_refused_with_what_to_do(results, simulator, damage):
    path = results / "manifest.json"
    DAMAGES[damage](path)
    content = path.read_bytes()
    for command in (RUN, *READERS):
        outcome = simulator(*command)
        assert outcome.code == 2, command
        assert "manifest.json: is damaged" in outcome.err
        assert "move the folder away and run again" in outcome.err
    assert path.read_bytes() == content


def test_a_manifest_without_a_seal_is_caught(results, simulator, monkeypatch):
    path = results / "manifest.json"
    path.write_text(path.read_text().replace('"failed": 0', '"failed": 1'))
    assert simulator("answer", results).code == 2
    monkeypatch.setattr(manifest, "sealed", lambda text: path.read_text())
    outcome = simulator("answer", results)
    assert outcome.code == 0
    assert sum(block.failed for block in manifest.read(results).blocks) > 0, (
        "without the seal a lie is believed"
    )


@pytest.mark.parametrize("number", [1, manifest.FORMAT + 1])
def test_a_manifest_of_another_version_is_refused_with_what_to_do(results, simulator, number):
    path = results / "manifest.json"
    path.write_text(path.read_text().replace(f'"format": {manifest.FORMAT}', f'"format": {number}'))
    for command in (RUN, *READERS):
        outcome = simulator(*command)
        assert outcome.code == 2, command
        told = f"manifest.json: was written by another version of the simulator (format {number}, "
        assert told in outcome.err


def test_a_block_of_another_run_under_its_name_is_found(results, simulator, tmp_path):
    assert simulator(*RUN, "--seed", "4", "--results", "other").code == 0
    (theirs,) = tmp_path.glob("other/workshop/*")
    path = chosen(results, "runs")
    first = path.name.rpartition(".")[0].rpartition(".")[0]
    foreign = min(theirs.glob(f"runs/{first}.*"), default=chosen(theirs, "runs"))
    shutil.copy(foreign, path)
    assert simulator("answer", results).code == 2
    assert simulator(*RUN).code == 0
    assert simulator("verify", results).code == 0


def test_a_run_that_looks_at_no_hash_is_caught(results, simulator, monkeypatch):
    path = chosen(results, "runs")
    sound = path.read_bytes()
    flip(path, len(sound) // 4)
    with monkeypatch.context() as patched:
        patched.setattr(tables, "intact", lambda folder, stored: True)
        simulator(*RUN)
        assert path.read_bytes() != sound, "without the hash nothing sees the damage"
    assert simulator(*RUN).code == 0
    assert path.read_bytes() == sound


def test_a_change_of_the_config_begins_a_new_run(finished, simulator):
    config = finished / "workshop.yaml"
    config.write_text(config.read_text().replace("at_least: 100", "at_least: 90"))
    assert simulator(*RUN).code == 0
    folders = [path.parent for path in finished.glob("results/workshop/*/manifest.json")]
    assert len(folders) == 2
    documents = {(folder / "experiment.yaml").read_text() for folder in folders}
    assert len(documents) == 2


def test_a_change_of_the_code_sets_the_old_rows_aside(results, simulator, monkeypatch):
    before = manifest.read(results)
    monkeypatch.setattr(provenance, "code", lambda: "other sources")
    assert simulator(*RUN).code == 0
    assert manifest.read(results).code == "other sources"
    assert manifest.read(results.with_name(f"{results.name}.1")) == before


def test_a_second_run_in_a_folder_is_refused_at_once_by_name(results, simulator):
    with atomic.locked(results):
        assert simulator(*RUN).code == 0, "what has ended can be read all the same"
        outcome = simulator(*MORE)
    assert outcome.code == 2
    assert outcome.faults == [
        f"{results}: process {os.getpid()} runs in this folder; wait for it, or name another"
    ]


def test_a_lock_that_does_not_hold_is_caught(results, simulator, monkeypatch):
    monkeypatch.setattr(atomic.fcntl, "flock", lambda handle, how: None)
    with atomic.locked(results):
        assert simulator(*MORE).code == 0, "without the lock a second run goes ahead"


@pytest.mark.parametrize("address", ["s3://bucket/results", "gs://bucket"])
@pytest.mark.parametrize("command", [("run", "workshop.yaml"), ("run", "workshop.yaml", "--dry-run")])
def test_an_address_of_results_is_refused_in_a_clear_word(folder, simulator, address, command):
    outcome = simulator(*command, "--results", address)
    assert outcome.code == 2
    (line,) = outcome.faults
    assert line.startswith(
        f"{address}: is an address; results lie on a file system, local or shared: give a folder"
    )
    assert sorted(path.name for path in folder.iterdir()) == ["workshop.yaml"]
