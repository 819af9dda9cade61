"""The mistakes that newcomers make are answered with what to do next."""

import shutil
from pathlib import Path

import pytest

from simulator.cli.new import starter

GO = "go to the folder that has it"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A current folder with configs/plant.yaml, which has not been run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs/plant.yaml").write_text(starter("plant"))
    return tmp_path


@pytest.fixture
def changed(desk, simulator):
    """Returns the faults that check finds once a text of the starter is replaced."""

    def faults(old, new):
        text = starter("plant")
        assert text.count(old) == 1
        Path("configs/plant.yaml").write_text(text.replace(old, new))
        refused = simulator("check", "plant", "--replications", "0")
        assert refused.code == 2
        return refused.faults

    return faults


def test_in_a_folder_below_the_one_above_is_named(desk, simulator, monkeypatch):
    (desk / "deeper").mkdir()
    monkeypatch.chdir(desk / "deeper")
    for command in ("check", "run"):
        refused = simulator(command, "plant")
        assert refused.faults == [f"plant: there is no such file; there is one in {desk}: go there first"]


def test_in_a_folder_without_configs_it_is_said_that_there_are_none(tmp_path, simulator, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert simulator("check", "bakery").faults == [
        f"bakery: there is no such file and no configs/ in this folder; {GO}, or simulator new bakery writes one"
    ]
    assert simulator("answer", "bakery").faults == [
        f"bakery: has no results in results; nothing has been run here; {GO}, or simulator run CONFIG makes some"
    ]


@pytest.mark.parametrize("command", ["answer", "report", "verify", "compare"])
def test_a_config_that_was_not_run_is_answered_by_the_command_that_runs_it(command, desk, simulator):
    assert simulator(command, "plant").faults == [
        "plant: has no results in results; simulator run plant makes them"
    ]


def test_a_name_that_is_nearly_a_config_is_answered_by_the_config(desk, simulator):
    assert simulator("answer", "plnt").faults == [
        "plnt: has no results in results; nearest is plant, and simulator run plant makes some"
    ]


def test_the_folder_of_all_runs_of_a_config_is_answered_by_one_of_them(finished, simulator):
    (folder,) = Path("results/workshop").iterdir()
    assert simulator("answer", "results/workshop").faults == [
        f"results/workshop: has no manifest.json; give the folder of a run, such as {folder}, or a config's name"
    ]


def test_a_config_that_has_changed_since_is_answered_by_its_newest_run(finished, simulator):
    path = Path("workshop.yaml")
    path.write_text(path.read_text().replace("low: 2 t", "low: 3 t"))
    (folder,) = Path("results/workshop").iterdir()
    assert simulator("answer", "workshop.yaml").faults == [
        f"workshop.yaml: has changed since its newest run; run it again, or open {folder}"
    ]


def test_a_mistyped_key_is_answered_by_the_nearest(changed):
    (fault,) = changed("recipe: forge", "rceipe: forge")
    assert (
        "configs/plant.yaml:28: system.plants.roles.works.rceipe is no key here; nearest is recipe; " in fault
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{initial: 20 t}", "{initial: 20}", "is 20, but billet is counted in kg; give a mass such as 54 kg"),
        ("25 t, every: 7 d}", "25 t, every: 7}", "is 7; give a duration such as 14 h or 3 d"),
        ("rate: 16/h", "rate: 16", "is 16; give a rate such as 8.2/h"),
        ("mean: 6 h}", "mean: 6 hh}", "is 6 hh; there is no unit hh; nearest is h; give one of h, d, week"),
        ("end: 2024-02-01", "end: 2024-02-31", "is 2024-02-31, no day of the calendar; give a date such as"),
        ("end: 2024-02-01", "end: 01.02.2024", "is '01.02.2024'; give a date such as 2023-08-01"),
        (
            "end: 2024-02-01",
            "end: 2023-02-01",
            "has end 2023-02-01, not after start 2024-01-01; give a later",
        ),
        ("by: 2024-01-31", "by: 2024-03-31", "outside the horizon; give a date from 2024-01-01 and before"),
        (
            "low: 10/h, mode: 16/h, high: 20/h",
            "low: 20/h, mode: 16/h, high: 10/h",
            "needs low <= mode <= high",
        ),
        ("triangular:", "trianglar:", "follows trianglar, which is no law; nearest is triangular"),
        (
            "{triangular: {low: 10/h, mode: 16/h, high: 20/h}}",
            "{low: 10/h, high: 20/h}",
            "give a value, or one law such as",
        ),
        ("\n  plants:\n", "\n\tplants:\n", "has a tab where YAML has none; indent with spaces"),
        ("shifts: 1, days", "shifts: 1 days: ", "is no YAML: "),
        (
            "    assumption: a foreman's guess",
            "    evidence: [S01]",
            "cites S01, which is not in the evidence; give",
        ),
    ],
)
def test_a_wrong_value_is_answered_with_its_line_and_one_that_fits(old, new, fault, changed):
    faults = changed(old, new)
    assert any(fault in each and each.startswith("configs/plant.yaml:") for each in faults)


def test_a_factor_without_evidence_or_assumption_is_named(desk, simulator):
    Path("configs/plant.yaml").write_text(starter("plant").replace("assumption: a foreman's guess", ""))
    assert "1 on neither (rate)" in " ".join(simulator("check", "plant", "--replications", "0").out.split())


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            b"hello\n",
            "configs/plant.yaml:1: is no mapping; give keys and values, such as title: A first question",
        ),
        (b"PK\x03\x04", "configs/plant.yaml:1: has the control character U+0003; leave it out"),
        (b"\xd0\xcf\x11\xe0", "configs/plant.yaml:1: is no UTF-8 text: byte d0; save the file as UTF-8"),
        (b"", "configs/plant.yaml:1: is empty; give a mapping of keys to values"),
    ],
)
def test_a_file_that_is_no_yaml_is_told_from_a_config(content, fault, desk, simulator):
    Path("configs/plant.yaml").write_bytes(content)
    assert simulator("check", "plant").faults == [fault]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_of_windows_are_taken_as_they_are(mark, desk, simulator):
    path = Path("configs/plant.yaml")
    path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    assert simulator("check", "plant", "--replications", "0").code == 0


def test_an_unknown_claim_is_answered_by_those_there_are(finished, simulator):
    cure = "nearest is hundred; give one of hundred, trips"
    assert simulator("answer", "workshop", "--claim", "hundredd").faults[0].endswith(cure)
    required = simulator("run", "workshop.yaml", "--require", "hundredd>=0.5")
    assert required.faults == [f"--require: names the claim hundredd, which does not exist; {cure}"]


def test_results_that_cannot_be_written_are_answered_with_the_folder(finished, simulator):
    shutil.rmtree("results")
    Path("results").write_text("a file in the way")
    (fault,) = simulator("run", "workshop.yaml", "--replications", "4", "--executor", "serial").faults
    assert "results/workshop" in fault
    assert fault.endswith(
        "cannot be written (Not a directory); make room or rights there, or name another folder"
    )


def test_a_mistyped_command_is_answered_by_the_nearest_and_the_help_of_all(simulator):
    assert simulator("rnu", "plant").faults == [
        "simulator: no such command 'rnu'; did you mean 'run'; simulator --help says what can be given"
    ]


def test_evidence_is_told_from_a_config_that_cites_none(desk, simulator):
    assert simulator("evidence", "S01").faults == [
        "configs/evidence/ has no register here; name a config that has evidence with --config"
    ]
    (fault,) = simulator("evidence", "S01", "--config", "plant").faults
    assert fault.startswith(
        "S01 is no evidence of the config, which cites none; it gets some by evidence: PATH"
    )
