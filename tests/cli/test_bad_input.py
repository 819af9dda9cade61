"""Whatever a person gives, what is wrong is said in a line, with exit code 2 and nothing written."""

import os
import re
import time

import pytest

SHELLS = "hundred: {quantity: made, materials: [shell]"

FAULTS = {
    "an unknown key": ("lot: 5", "lott: 5", "lott is no key here; .*nearest is lot"),
    "a wrong unit": ("rate: 1/h, from", "rate: 1 furlong, from", "furlong"),
    "a wrong dimension": ("rate: 1/h, from", "rate: 40 MW, from", "is 40 MW; give a rate such as"),
    "not a number": ("at_least: 100", "at_least: .nan", r"\.nan|nan"),
    "infinity": ("at_least: 100", "at_least: .inf", r"\.inf|inf"),
    "a negative rate": ("rate: 1/h, from", "rate: -1/h, from", "is -1/h; give a rate of 0/h or more"),
    "a share over 1": ("share: 1,", "share: 1.5,", "1.5"),
    "shares that do not add up to 1": ("regions: {here: 1}", "regions: {here: 0.5}", r"adds up to 0\.5"),
    "an input nobody supplies": (
        "billet: {unit: kg}, shell",
        "billet: {unit: kg}, fuze: {unit: item}, shell",
        "fuze",
    ),
    "a claim on what nobody makes": (SHELLS, "hundred: {quantity: made, materials: [billet]", "billet"),
    "a factor that sets nothing": (
        "derived: {scrap: {one_minus: [good], sets: plants.roles.works.reject}}\n",
        "",
        "factors.good sets nothing",
    ),
    "a path that exists nowhere": (
        "sets: plants.roles.works.rate",
        "sets: plants.roles.work.rate",
        "nearest is works",
    ),
    "two factors on one path": (
        "beta: {a: 45, b: 5}}",
        "beta: {a: 45, b: 5}}, sets: plants.roles.works.reject",
        "sets plants.roles.works.reject, which .* sets too",
    ),
    "a duplicate key": ("seed: 3", "seed: 3\nseed: 4", "seed.*(twice|first|already|again)"),
    "a tag": ("seed: 3", "seed: !!python/object:os.system 3", "tag"),
    "an anchor": ("seed: 3", "seed: &three 3", "anchor"),
    "a merge key": ("seed: 3", "seed: 3\n<<: {seed: 4}", "merge|<<"),
    "an absurd size": ("at_most: 400", "at_most: 1000000000000", "1000000000000|1e\\+12|1,000,000,000,000"),
}
MORE = {
    "an input nobody supplies": (
        ("forge: {inputs: {billet: 50 kg}", "forge: {inputs: {billet: 50 kg, fuze: 1}"),
        ("holds: {", "holds: {fuze: {}, "),
    )
}

ELSEWHERE = "nothing has been run here; go to the folder that has it, or simulator run CONFIG makes some"


def edited(text, name):
    """The workshop with one thing wrong in it."""
    old, new, _ = FAULTS[name]
    for before, after in ((old, new), *MORE.get(name, ())):
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def assert_refused(outcome, folder, before, *, says):
    assert outcome.code == 2
    assert outcome.out == ""
    assert len(outcome.faults) == 1, outcome.err
    assert outcome.faults[0].isprintable()
    assert re.search(says, outcome.err), outcome.err
    assert "Traceback" not in outcome.err
    assert {path.relative_to(folder) for path in folder.rglob("*")} == before


def there(folder):
    return {path.relative_to(folder) for path in folder.rglob("*")}


@pytest.mark.parametrize("written", [".nan", "nan", "NaN", "inf", "-inf", "Infinity", "nan h", ".inf/h"])
@pytest.mark.parametrize("place", ["at_least: 100", "rate: 1/h, from", "low: 2 t", "lot: 5,"])
def test_what_is_no_finite_number_is_told_to_be_one(place, written, folder, workshop, simulator):
    old = re.search(r"(?<=: )[^,]+", place)[0]
    (folder / "bad.yaml").write_text(
        workshop.replace(place, place.replace(old, written), 1), encoding="utf-8"
    )
    outcome = simulator("check", "bad.yaml")
    shown = rf"'?{re.escape(written)}'?"
    assert_refused(
        outcome, folder, there(folder), says=rf"^bad\.yaml:\d+: .* is {shown}; give a finite number$"
    )


@pytest.mark.parametrize("written", [".nan", "nan", "inf/h"])
def test_a_setting_that_is_no_finite_number_is_told_to_be_one(written, folder, simulator):
    outcome = simulator("run", "workshop.yaml", "--set", f"rate={written}", "--dry-run")
    assert_refused(outcome, folder, there(folder), says=rf"^--set.* is {written}; give a finite number$")


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_config_is_one_line_with_file_line_and_cure(name, command, folder, workshop, simulator):
    (folder / "bad.yaml").write_text(edited(workshop, name), encoding="utf-8")
    outcome = simulator(command, "bad.yaml")
    assert_refused(outcome, folder, there(folder), says=rf"^bad\.yaml:\d+: .*({FAULTS[name][2]})")


FILES = {
    "a missing file": (None, r"^bad\.yaml: there is no such file; give a path"),
    "10 MiB": (
        b"# long\n" * (10 * 1024 * 1024 // 7),
        r"^bad\.yaml: is 10\.0 MiB; give a file of at most 1 MiB",
    ),
    "bytes that are no text": (b"title: \xff\xfe\x00", r"^bad\.yaml:1: is no UTF-8 text: byte ff"),
    "5,000 brackets": (b"title: " + b"[" * 5000, r"^bad\.yaml:1: .*deep"),
    "nothing": (b"", r"^bad\.yaml.*empty"),
}


@pytest.mark.parametrize("command", ["check", "run", "replay", "evidence"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_config_is_one_line_and_quick(name, command, folder, simulator):
    content, says = FILES[name]
    if content is not None:
        (folder / "bad.yaml").write_bytes(content)
    before = there(folder)
    began = time.process_time()
    outcome = simulator(command, *(["--config"] if command == "evidence" else []), "bad.yaml")
    assert time.process_time() - began < 20
    if command == "replay" and content is None:
        says = r"^bad\.yaml: there is no such file"
    assert_refused(outcome, folder, before, says=says)


OPTIONS = {
    "absurd replications": (
        ["--replications", "1000000000000"],
        r"^--replications: is 1,000,000,000,000; give",
    ),
    "no replications": (["--replications", "0"], r"^--replications: is 0; give a whole number of 1 or more$"),
    "a word for a number": (
        ["--replications", "many"],
        r"^--replications: is 'many'; give a whole number of 1 or more$",
    ),
    "half a replication": (["--replications", "1.5"], r"^--replications: is '1\.5'; give a whole number"),
    "nothing for a number": (["--workers", ""], r"^--workers: is ''; give a whole number of 1 or more$"),
    "an engine there is not": (["--engine", "refrence"], r"^--engine: is refrence; nearest is reference"),
    "an executor there is not": (["--executor", "threads"], r"^--executor: is threads; give one of"),
    "no workers": (["--workers", "0"], r"^--workers: is 0; give a whole number of 1 or more$"),
    "absurd workers": (
        ["--dry-run", "--executor", "processes", "--workers", "100000"],
        r"^--workers: is 100,000; give at most [0-9,]+, the larger of 64 and 4 a processor$",
    ),
    "a scenario there is not": (["--scenarios", "as_was"], r"^--scenarios: names as_was.*nearest is as_is"),
    "no scenario": (["--scenarios", ","], r"^--scenarios: is empty; give"),
    "a setting without value": (["--set", "rate"], r"^--set: is 'rate'; give PATH=VALUE"),
    "a setting of nothing": (["--set", "rat=1/h"], r"^--set rat=1/h: .*nearest is rate"),
    "a setting of a wrong unit": (["--set", "rate=3 kg"], r"^--set rate=3 kg: .*give a rate such as"),
    "a claim there is not": (["--require", "hundert>=0.5"], r"^--require: .*hundert.*nearest is hundred"),
    "a requirement that is none": (["--require", "hundred"], r"^--require: is 'hundred'; give CLAIM"),
    "a probability over 1": (["--require", "hundred>=50"], r"^--require: .*P from 0 to 1"),
    "a negative seed": (["--seed", "-1"], r"^--seed: is -1; give a whole number from 0 to 2,147,483,647$"),
    "an option there is not": (["--replication", "4"], r"^simulator run: no such option: --replication"),
    "results nowhere": (["--results", ""], r"^--results: is empty; give a folder"),
    "results in a file": (["--results", "workshop.yaml"], r"^.*workshop\.yaml/workshop.*: cannot be written"),
}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["check", "workshop.yaml", "--replications", "many"],
            "--replications: is 'many'; give a whole number of 0 or more",
        ),
        (
            ["check", "workshop.yaml", "--replications", "-1"],
            "--replications: is -1; give a whole number of 0 or more",
        ),
        (
            ["check", "workshop.yaml", "--replications", "100000000000"],
            "--replications: is 100,000,000,000; give from 1 to 100,000,000 replications of a scenario",
        ),
        (
            ["check", "workshop.yaml", "--workers", "0", "--replications", "0"],
            "--workers: is 0; give a whole number of 1 or more",
        ),
        (
            ["check", "workshop.yaml", "--workers", "100000", "--replications", "0"],
            "--workers: is 100,000; give at most 64, the larger of 64 and 4 a processor",
        ),
        (
            ["replay", "workshop.yaml", "--replication", "x"],
            "--replication: is 'x'; give a whole number of 0 or more",
        ),
    ],
)
def test_a_bad_number_is_one_line_of_the_same_words_in_every_command(
    arguments, says, folder, simulator, monkeypatch
):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    before = there(folder)
    outcome = simulator(*arguments)
    assert_refused(outcome, folder, before, says=rf"^{re.escape(says)}$")


def test_as_many_workers_as_four_a_processor_are_taken_beyond_64(folder, simulator, monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(32)))
    outcome = simulator("run", "workshop.yaml", "--workers", "128", "--dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert "in 128 worker processes" in outcome.out
    outcome = simulator("run", "workshop.yaml", "--workers", "129", "--dry-run")
    assert outcome.faults == ["--workers: is 129; give at most 128, the larger of 64 and 4 a processor"]


@pytest.mark.parametrize("name", OPTIONS)
def test_a_bad_option_is_one_line_that_names_it(name, folder, simulator):
    arguments, says = OPTIONS[name]
    before = there(folder)
    outcome = simulator("run", "workshop.yaml", "--executor", "serial", *arguments)
    assert_refused(outcome, folder, before, says=says)


def test_a_results_folder_that_cannot_be_written_is_named(folder, simulator):
    outcome = simulator("run", "workshop.yaml", "--executor", "serial", "--results", "/proc/none")
    assert_refused(outcome, folder, there(folder), says=r"^/proc/none/workshop/.*: cannot be written")


def test_every_fault_of_a_config_has_a_line_of_its_own(folder, workshop, simulator):
    text = workshop.replace("lot: 5", "lott: 5").replace("at_least: 9", "at_least: .nan")
    (folder / "bad.yaml").write_text(text, encoding="utf-8")
    outcome = simulator("run", "bad.yaml")
    assert outcome.code == 2
    assert len(outcome.faults) == 2
    assert all(re.match(r"bad\.yaml:\d+: ", line) for line in outcome.faults)


def test_what_cannot_be_printed_in_a_name_is_escaped(folder, simulator):
    outcome = simulator("run", "no\x1b[31m\nsuch.yaml")
    assert outcome.code == 2
    assert len(outcome.faults) == 1
    assert "\x1b" not in outcome.err
    assert "\\x1b[31m" in outcome.err


@pytest.mark.parametrize("command", ["answer", "compare", "export", "replay"])
def test_a_run_that_there_is_not_is_one_line(command, folder, simulator):
    outcome = simulator(command, "workshp", *(["rows.csv"] if command == "export" else []))
    assert outcome.code == 2
    assert outcome.faults == [f"workshp: has no results in results; {ELSEWHERE}"]


@pytest.mark.parametrize("option", ["--gantt", "--path"])
def test_a_file_in_a_folder_that_does_not_exist_is_refused_before_the_replay(option, folder, simulator):
    before = there(folder)
    outcome = simulator(
        "replay", "workshop.yaml", "--scenario", "as_is", "--replication", "0", option, "no/a.png"
    )
    assert_refused(outcome, folder, before, says=rf"^{option}: is no/a\.png; its folder does not exist")


def test_a_stock_that_is_too_large_to_count_is_refused_by_check_with_the_file(folder, workshop, simulator):
    text = workshop.replace("billet: {initial: 20 t}", "billet: {initial: 1e16 kg}")
    text = (
        text.replace("    sets: stores.yard.holds.billet.initial", "    scales: plants.roles.works.rate")
        .replace("{low: 2 t, high: 20 t}", "{low: 1, high: 2}")
        .replace(", stores.yard.holds.billet.initial: 20 t", "")
    )
    (folder / "much.yaml").write_text(text, encoding="utf-8")
    outcome = simulator("check", "much.yaml", "--replications", "0")
    assert outcome.code == 2
    assert outcome.faults == [
        "much.yaml: stores.yard.holds.billet.initial comes to 1e+16; give less than 4,503,599,627,370,496"
    ]
