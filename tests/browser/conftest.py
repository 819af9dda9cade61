"""Runs, their reports, and a browser that looks at them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from simulator import config, runner
from simulator.analysis.inputs import input_names
from simulator.report import explorer
from simulator.report.page import write_report
from simulator.results import Run
from simulator.results.tables import Outcome, Rows, commit
from tests.browser.launching import chromium

WORKSHOP = """\
title: Can the workshop make 100 shells in a week?
system:
  materials: {billet: {unit: kg}, shell: {unit: item}}
  regions: {here: {}}
  stores: {yard: {region: here, holds: {billet: {initial: 20 t}, shell: {}}}}
  recipes: {forge: {inputs: {billet: 50 kg}, output: shell, assumption: as drawn}}
  plants:
    total: 1
    roles:
      works: {share: 1, recipe: forge, regions: {here: 1}, lines: 2, lot: 5, rate: 1/h, from: yard, to: yard}
  links:
    road: {from: yard, to: delivered, materials: [shell], load: 30, every: 1 d, transit: 2 h, first: 2024-01-02}
horizon: {start: 2024-01-01, end: 2024-01-08}
factors:
  rate:
    distribution: {lognormal: {median: 0.7/h, gsd: 1.5}}
    sets: plants.roles.works.rate
    assumption: a guess
  steel: {distribution: {uniform: {low: 2 t, high: 20 t}}, sets: stores.yard.holds.billet.initial, assumption: a guess}
  lines: {distribution: {uniform_integer: {low: 1, high: 4}}, sets: plants.roles.works.lines, assumption: a guess}
  opened:
    distribution: {uniform_integer: {low: 2024-01-01, high: 2024-01-05}}
    sets: links.road.first
    assumption: a guess
scenarios:
  as_is: {}
  two_lines: {lines: 2}
claims:
  hundred: {quantity: made, materials: [shell], at_least: 100, from: 2024-01-01, by: 2024-01-07, assumption: said so}
  many: {quantity: made, materials: [shell], at_least: 170, from: 2024-01-01, by: 2024-01-07, assumption: said so}
  trips: {quantity: departures, links: [road], at_least: 5, from: 2024-01-01, by: 2024-01-07, assumption: said so}
seed: 3
"""
REPLICATIONS = 600
HOSTILE = {
    "Can the workshop make 100 shells in a week?": "</script><script>hacked = 1</script><!-- <script> \"' &amp;",
    "as drawn": "</style></title><img src=x onerror='hacked = 1'>",
    "said so": "<a href=javascript:hacked=1 onfocus=hacked=1 autofocus>x</a>",
    "a guess": "<svg onload=hacked=1></svg> <!-- --> ]]> \N{LINE SEPARATOR} {{ 7 * 7 }} {% raw %}",
}
"""What stands in the config, and what is put in its place."""


@dataclass
class Heard:
    """What a page said and asked for while it was open."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def run_of(text: str, folder: Path, *, replications: int) -> Run:
    """Run the config in a text."""
    path = folder / "workshop.yaml"
    path.write_text(text, encoding="utf-8")
    return runner.run(
        config.load(path), replications=replications, executor="serial", results=folder / "results"
    )


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of two scenarios with factors that are numbers, whole numbers and days."""
    return run_of(WORKSHOP, tmp_path_factory.mktemp("run"), replications=REPLICATIONS)


@pytest.fixture(scope="session")
def report(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its report."""
    return write_report(run, tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture(scope="session")
def cut_short(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run that was interrupted: of one scenario it has fewer rows, of both some that failed."""
    folder = tmp_path_factory.mktemp("cut_short")
    for name in ("runs", "weekly"):
        (folder / name).mkdir()
    blocks = tuple(
        commit(
            folder,
            Rows(scenario, 0, outcomes(run, scenario, kept, every), dict(run.columns)),
            seconds_each=0.1,
        )
        for scenario, kept, every in (("as_is", REPLICATIONS, 7), ("two_lines", 250, 100))
    )
    return Run(folder, run.experiment, replace(run.manifest, status="running", blocks=blocks))


def outcomes(run: Run, scenario: str, kept: int, every: int) -> tuple[Outcome, ...]:
    """Return the first so many rows of a scenario, of which one in `every` has failed."""
    inputs, weekly = input_names(run.experiment), dict(run.series)
    rows = zip(*run.values(scenario, list(run.columns)), strict=True)
    weeks = zip(*run.by_week(scenario, list(weekly)), strict=True)
    found = []
    for number, (row, counts) in enumerate(islice(zip(rows, weeks, strict=True), kept)):
        values = dict(zip(run.columns, map(float, row), strict=True))
        if number % every == 3:
            drawn = {name: value for name, value in values.items() if name in inputs}
            found.append(Outcome(drawn, {}, "ModelError: no"))
        else:
            found.append(Outcome(values, dict(zip(weekly, counts, strict=True))))
    return tuple(found)


@pytest.fixture(scope="session")
def short(cut_short: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its report, in which no more than 500 replications of a scenario travel along."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explorer, "MOST", 500)
        return write_report(cut_short, tmp_path_factory.mktemp("short") / "report.html")


@pytest.fixture(scope="session")
def spread_evenly(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run whose points are those of 32 scrambles."""
    text = WORKSHOP + "design: {kind: sobol, scrambles: 32}\n"
    return run_of(text, tmp_path_factory.mktemp("spread_evenly"), replications=512)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a run whose config has markup and script wherever it may have text."""
    text = WORKSHOP
    for plain, markup in HOSTILE.items():
        assert plain in text
        text = text.replace(plain, json.dumps(markup))
    folder = tmp_path_factory.mktemp("hostile")
    return write_report(run_of(text, folder, replications=64), folder / "report.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; not for the whole session, since its loop would be in the way of others in this process."""
    with chromium() as started:
        yield started


@pytest.fixture
def heard() -> Heard:
    """What is heard of the pages of a test."""
    return Heard()


@pytest.fixture
def opened(browser: Browser, heard: Heard) -> Iterator[Callable[..., Page]]:
    """A function that opens a file, and returns the page once its explorer, if it has scripts, is there."""
    contexts = []

    def open_(path: Path, *, width: int = 1200, scripts: bool = True, at: str = "") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: heard.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: heard.errors.append(str(error)))
        page.on("dialog", lambda dialog: (heard.errors.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: heard.requests.append(request.url))
        page.goto(f"{path.as_uri()}{at}")
        if scripts:
            page.locator("#explorer-tool").wait_for(state="visible")
        return page

    yield open_
    for context in contexts:
        context.close()
