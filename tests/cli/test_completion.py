"""Shells are told what may come next, quickly and without a message, whatever state files are in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.cli.documents import names_in

HEAVY = (
    "altair",
    "duckdb",
    "numba",
    "numpy",
    "pandas",
    "pint",
    "pyarrow",
    "ruamel",
    "scipy",
    "simpy",
)


@pytest.fixture
def complete(finished, simulator, monkeypatch):
    """Returns what bash offers for the last word of a line, in a folder with a config and its run."""
    (finished / "configs").mkdir()
    (finished / "configs/bakery.yaml").write_text("claims: {bread: {at_least: 3, by: {x: 1}}, rolls: {}}\n")

    def offered(line, **variables):
        place = str(line.count(" "))
        bash = {"_SIMULATOR_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": place}
        for name, value in (variables or bash).items():
            monkeypatch.setenv(name, value)
        said = simulator()
        assert (said.code, said.err) == (0, "")
        return said.out.split("\n") if said.out.strip() else []

    return lambda *line, **variables: [each for each in offered(*line, **variables) if each]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("simulator ver", ["verify"]),
        ("simulator check ", ["bakery", "workshop.yaml"]),
        ("simulator check bakery wo", ["workshop.yaml"]),
        ("simulator answer wo", ["workshop"]),
        ("simulator answer workshop --claim ", ["hundred", "trips"]),
        ("simulator answer workshop --claim h", ["hundred"]),
        ("simulator answer --question be", ["belief"]),
        ("simulator answer workshop --scenario ", ["as_is", "sure"]),
        ("simulator answer workshop --factor ", ["rate", "steel", "good"]),
        ("simulator answer workshop --response made.", ["made.shell"]),
        ("simulator compare workshop --scenarios as_is,", ["as_is,sure"]),
        ("simulator run workshop.yaml --set s", ["steel="]),
        ("simulator run bakery --require ", ["bread>=", "rolls>="]),
        ("simulator run workshop.yaml --engine c", ["compiled"]),
        ("simulator new --kind n", ["network"]),
        ("simulator answer nothing --claim ", []),
    ],
)
def test_bash_is_offered_what_may_come_next(line, offered, complete):
    assert complete(line) == offered


def test_the_folder_of_a_run_is_offered(complete):
    (folder,) = Path("results/workshop").iterdir()
    assert complete("simulator report results/wor") == [str(folder)]
    assert complete(f"simulator answer {folder} --claim ") == ["hundred", "trips"]


@pytest.mark.parametrize("name", ["zsh", "fish"])
def test_other_shells_are_told_what_each_word_means(name, complete):
    protocol = {
        "_SIMULATOR_COMPLETE": f"complete_{name}",
        "_TYPER_COMPLETE_ARGS": "simulator answer workshop --question b",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    said = "\n".join(complete("", **protocol))
    assert "bottleneck" in said
    assert "what would you have to believe" in said
    assert "threshold" not in said


@pytest.mark.parametrize(
    "content", [b"claims: [", b"\xff\xfe\x00", b"", b"claims:\n\tbread: 1\n", b"- claims"]
)
def test_a_broken_file_offers_nothing_and_says_nothing(content, complete):
    Path("configs/broken.yaml").write_bytes(content)
    assert complete("simulator run broken --require ") == []


def test_broken_rows_offer_nothing_and_say_nothing(complete):
    for path in Path("results").rglob("runs/*.parquet"):
        path.write_bytes(b"PAR1")
    assert complete("simulator answer workshop --response ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_can_be_had(shell, complete):
    script = "\n".join(complete("", _SIMULATOR_COMPLETE=f"source_{shell}"))
    assert f"_SIMULATOR_COMPLETE=complete_{shell}" in script


def test_completion_is_installed_for_the_shell_that_asks(tmp_path):
    said = subprocess.run(
        [sys.executable, "-m", "simulator", "--install-completion", "bash"],
        env={**os.environ, "HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert "_simulator_completion" in (tmp_path / ".bash_completions/simulator.sh").read_text()


def test_nothing_heavy_is_loaded_to_complete(finished):
    code = (
        "import atexit, sys; from simulator.cli import main;"
        f"atexit.register(lambda: print(sorted(set(sys.modules) & set({HEAVY}))));"
        "main()"
    )
    line = "simulator answer workshop --claim "
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "_SIMULATOR_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "4"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.splitlines() == ["hundred", "trips", "[]"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("claims:\n  a: {by: 1}\n  # b: no\n\n  'c':\n    d: 1\nother:\n  e: 1\n", ["a", "c"]),
        ("claims: {a: {x: 1, y: [b, {c: 1}]}, d: 2} # e: 3\n", ["a", "d"]),
        ("claims: {a: 1,\n  b: 2}\nother: {c: 1}\n", ["a", "b"]),
        ("claims:\n    deep-er:\n      x: 1\n    next_1: {}\n", ["deep-er", "next_1"]),
        ("no_claims: {a: 1}\n", []),
        ("claims: none\n", []),
    ],
)
def test_the_names_in_a_section_are_found_in_its_text(text, names):
    assert list(names_in(text, "claims")) == names
