"""What the pages say can be followed."""

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find

import simulator
from simulator import responses
from simulator.cli import main
from simulator.config import loads
from simulator.config.reading import document
from simulator.model.assumptions import Assumption
from simulator.path import Kind
from simulator.studies.assumptions import trials
from simulator.testing import invariants, strategies
from simulator.testing.strategies import random_system

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("experiments/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_is_finished(page: Path) -> None:
    assert "@@" not in page.read_text(encoding="utf-8")


def test_the_config_of_the_readme_is_valid() -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    experiment = loads(text, name="README.md")
    assert list(experiment.claims) == ["two_thousand"]


def blocks(page: str) -> list[str]:
    """Return the Python code of a page, block by block."""
    return re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


def test_no_page_has_code_that_is_not_carried_out_here() -> None:
    # the tutorial and the guides are walked from end to end in tests/docs
    walked = [ROOT / "docs/tutorial.md", *ROOT.glob("docs/guides/*.md")]
    pages = [str(page.relative_to(ROOT)) for page in PAGES if page not in walked]
    found = {page: len(blocks(page)) for page in pages}
    assert {page: count for page, count in found.items() if count} == {
        "README.md": 1,
        "docs/extending.md": 1,
        "docs/property_testing.md": 4,
    }


def test_the_notebook_of_the_readme_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = blocks("README.md")
    assert code.count("replications=64") == 1
    (tmp_path / "configs").symlink_to(ROOT / "configs")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code.replace("replications=64", "replications=4"), names)
    assert names["run"].replications == 4
    assert simulator.open_results("network").folder.samefile(names["run"].folder)
    assert len(names["path"].rows) > 0


def test_the_response_of_the_page_on_extending_counts_the_bodies_of_the_north(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (code,) = blocks("docs/extending.md")
    experiment = simulator.load(ROOT / "configs/examples/network.yaml")
    path = simulator.simulate(experiment, scenario="as_is", replication=3)
    try:
        exec(code, {"__name__": "page"})
        found = responses.measure(path, {}).columns["bodies_made_in_north"]
    finally:
        responses.unregister("bodies_made_in_north")
    system = path.system
    expected = sum(
        row["amount"]
        for row in path.of(Kind.MADE)
        if system.regions[system.lines[row["entity"]].region].name == "north"
        and system.materials[row["material"]].name == "body"
    )
    assert found == expected > 0


def test_the_counter_example_of_the_page_on_assumptions_is_what_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = (ROOT / "docs/assumptions.md").read_text(encoding="utf-8")
    shown = page.partition("more_plants_help DOES NOT HOLD")[2].partition("```")[0]
    config = (ROOT / "configs/examples/network.yaml").read_text(encoding="utf-8")
    rule = "assumptions:\n  more_plants_help: {response: made.shell, increases_in: plants}\n"
    start, _, rest = config.partition("assumptions:\n")
    folder = tmp_path / "configs/examples"
    folder.mkdir(parents=True)
    (folder / "network.yaml").write_text(
        start + rule + "sweep:" + rest.partition("sweep:")[2], encoding="utf-8"
    )
    (folder / "steel_2019.csv").symlink_to(ROOT / "configs/examples/steel_2019.csv")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "configs/examples/network.yaml", "--assumptions", "--draws", "64"]) == 1
    assert shown in capsys.readouterr().out


def test_the_assumptions_of_the_page_on_them_are_those_of_the_examples() -> None:
    page = (ROOT / "docs/assumptions.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```yaml\n(assumptions:\n.*?)```", page, re.DOTALL)
    names = "one_plant", "network"
    examples = [simulator.load(ROOT / f"configs/examples/{name}.yaml").assumptions for name in names]
    told = document(text, name="page").tree["assumptions"]
    declared = {name: each.tree() for assumptions in examples for name, each in assumptions.items()}
    assert declared == {name: Assumption(**each).tree() for name, each in told.items()}


@pytest.mark.parametrize("name", ["one_plant", "network"])
def test_the_assumptions_of_the_examples_hold_on_the_first_draws(name: str) -> None:
    found = trials(simulator.load(ROOT / f"configs/examples/{name}.yaml"), draws=24)
    assert [each.name for each in found if each.counter_example is not None] == []
    assert all(each.tried for each in found)


def test_the_code_of_the_page_on_property_testing_does_what_it_says() -> None:
    names: dict[str, Any] = {}
    for code in blocks("docs/property_testing.md"):
        exec(code, names)
    names["without_links_nothing_leaves"]()
    names["what_an_experiment_makes_is_sound"]()
    assert names["path"].system == names["found"].system == random_system(7)
    described = find(names["short_of_power"], lambda system: len(system.regions) == 2)
    assert all(region.grid.allotment.number <= 20 for region in described.regions.values())


def test_the_page_on_property_testing_names_every_strategy_and_invariant() -> None:
    text = (ROOT / "docs/property_testing.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(\w+)`", text))
    assert {*strategies.__all__} - {"random_system"} <= told
    assert {each.__name__ for each in (*invariants.INVARIANTS, invariants.darkness)} <= told
    for name, listed in re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE):
        if name in strategies.__all__:
            arguments = inspect.signature(getattr(strategies, name)).parameters
            assert set(re.findall(r"`(\w+)`", listed)) <= set(arguments), name
