"""The command in this process, a workshop to run it on, and a run of it that is made once."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.cli import main, progress

CONFIGS = Path(__file__).parents[2] / "configs"

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
      works: {share: 1, recipe: forge, regions: {here: 1}, lot: 5, rate: 1/h, from: yard, to: yard}
  links:
    road: {from: yard, to: delivered, materials: [shell], load: 30, every: 1 d, transit: 2 h}
evidence:
  P01: {quantity: shells made, value_low: "100", unit: shells, source: a newspaper, admiralty_grade: C3}
horizon: {start: 2024-01-01, end: 2024-01-08}
factors:
  rate:
    distribution: {uniform: {low: 0.4/h, high: 1.2/h}}
    sets: plants.roles.works.rate
    evidence: [P01]
  steel:
    distribution: {uniform: {low: 2 t, high: 20 t}}
    sets: stores.yard.holds.billet.initial
    assumption: between two tons and twenty
  good: {distribution: {beta: {a: 45, b: 5}}}
derived: {scrap: {one_minus: [good], sets: plants.roles.works.reject}}
scenarios:
  as_is: {}
  sure: {rate: 1/h, stores.yard.holds.billet.initial: 20 t}
claims:
  hundred: {quantity: made, materials: [shell], at_least: 100, from: 2024-01-01, by: 2024-01-07, evidence: [P01]}
  trips:
    {quantity: departures, links: [road], at_least: 9, from: 2024-01-01, by: 2024-01-07,
     observed: {uniform_integer: {low: 4, high: 6}}}
sweep: {rate: {from: 0.5, to: 1, step: 0.25}}
precision: {half_width: 0.1, at_most: 400}
seed: 3
"""


@dataclass(frozen=True)
class Outcome:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def faults(self):
        return self.err.splitlines()


@pytest.fixture
def simulator(capsys, monkeypatch):
    """Carries out a command in this process, which says nothing of how far it is."""
    monkeypatch.setattr(progress, "FIRST", 3600.0)

    def carried_out(*arguments):
        capsys.readouterr()
        code = main([str(each) for each in arguments])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return carried_out


@pytest.fixture
def workshop():
    """A config that runs in milliseconds, as text."""
    return WORKSHOP


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A fresh current folder with the workshop in `workshop.yaml`."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "workshop.yaml").write_text(WORKSHOP, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with the workshop and the results of 40 replications of each of its scenarios."""
    place = tmp_path_factory.mktemp("made")
    (place / "workshop.yaml").write_text(WORKSHOP, encoding="utf-8")
    before = Path.cwd()
    os.chdir(place)
    try:
        assert main(["run", "workshop.yaml", "--replications", "40", "--executor", "serial"]) == 0
    finally:
        os.chdir(before)
    return place


@pytest.fixture
def finished(made, tmp_path, monkeypatch):
    """A current folder of one's own with a copy of the workshop and its results."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path
