"""The back-tests hold to their own rules, and another series needs only a config and a file of what happened."""

import csv
from datetime import date

import numpy as np
import pytest

import simulator
from simulator.analysis.hindsight import published_after
from simulator.config import load, outcomes, register
from tests.backtests.table import CONFIGS, END, HEAD, PAGE, ROOT, START, outcomes_of, rows, written

REGISTER = register(ROOT / "configs/evidence/register.csv")
DESCRIBED_BEFORE = {"britain_1915": ("H01",)}
"""Evidence published after the day of the prediction, about what was known by then."""


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_a_back_test_is_sound_with_its_outcomes(config):
    experiment = load(config)
    found = outcomes(outcomes_of(config), experiment)
    assert found.foretold
    assert all(factor.supported for factor in experiment.factors.values())
    assert all(each in REGISTER for row in found.rows for each in row.evidence)
    assert all(row.evidence and row.as_of for row in found.foretold)


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_inputs_were_published_before_the_day_that_is_predicted_from(config):
    experiment = load(config)
    (day,) = {row.as_of for row in outcomes(outcomes_of(config), experiment).foretold}
    assert published_after(experiment, day) == DESCRIBED_BEFORE.get(config.stem, ())


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_no_figure_that_happened_is_cited_by_an_input(config):
    from simulator.model.grounds import grounds

    experiment = load(config)
    found = outcomes(outcomes_of(config), experiment)
    happened = {row.evidence[0] for row in found.foretold if row.value != 0.0}
    cited = {
        each for part in grounds(experiment) if not part.place.startswith("claims.") for each in part.evidence
    }
    assert not happened & cited
    assert all(row.by > row.as_of for row in found.foretold)


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_what_happened_is_the_figure_of_the_register(config):
    times = {"britain_1915": 1_000}.get(config.stem, 1)
    for row in outcomes(outcomes_of(config), load(config)).rows:
        figures = [REGISTER[each] for each in row.evidence]
        known = {
            each.value_central or each.value_low for each in figures if each.value_central or each.value_low
        }
        assert row.value == 0.0 or any(float(value) * times == pytest.approx(row.value) for value in known)


def test_evidence_published_later_is_found_out():
    experiment = load(ROOT / "configs/backtests/us_155mm_2024.yaml")
    assert published_after(experiment, date(2024, 3, 1)) == ("R14",)
    assert "R16" in published_after(experiment, date(2023, 2, 28))


def test_the_page_has_a_row_for_every_series_of_every_back_test():
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition(START)[2].partition(END)[0].strip().splitlines()
    assert table[:2] == list(HEAD)
    told = [tuple(cell.strip() for cell in line.split("|")[1:4]) for line in table[2:]]
    expected = []
    for config in CONFIGS:
        series = [row.series for row in outcomes(outcomes_of(config), load(config)).foretold]
        expected += [(config.stem, name, str(series.count(name))) for name in dict.fromkeys(series)]
    assert [(name, series.rpartition(" (")[0], points) for name, series, points in told] == expected


SYSTEM = """
title: How many tractors will the works make?
system:
  materials: {tractor: {unit: item}}
  regions: {here: {}}
  stores: {yard: {region: here, holds: {tractor: {}}}}
  recipes: {build: {inputs: {}, output: tractor}}
  plants:
    total: 2
    roles: {works: {share: 1, recipe: build, regions: {here: 1}, rate: 1/h, to: yard}}
horizon: {start: 1930-01-01, end: 1931-01-01}
factors:
  speed:
    distribution: {lognormal: {median: 1, gsd: 1.3}}
    scales: plants.roles.works.rate
    assumption: guessed
claims:
  january: {quantity: made, materials: [tractor], at_least: 1, from: 1930-01-01, by: 1930-01-31}
  march:   {quantity: made, materials: [tractor], at_least: 1, from: 1930-03-01, by: 1930-03-31}
  total:   {quantity: made, materials: [tractor], at_least: 1, from: 1930-01-01, by: 1930-12-31}
design: {kind: sobol, scrambles: 32}
seed: 5
"""
OUTCOMES = """series,claim,from,by,value,per,plan
a month,,1929-12-01,1929-12-31,1200,month,
a month,january,,,1450,month,2000
a month,march,,,1600,month,
in all,total,,,18000,,
"""


def test_a_series_nobody_here_has_seen_needs_only_a_config_and_a_file(tmp_path, monkeypatch, capsys):
    from simulator.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "tractors.yaml").write_text(SYSTEM, encoding="utf-8")
    (tmp_path / "seen.csv").write_text(OUTCOMES, encoding="utf-8")
    run = simulator.run(load("tractors.yaml"), replications=256, workers=1)
    found = simulator.score(run, "seen.csv")
    assert [point.model.median for point in found.points] == pytest.approx([1488, 1488, 17520], rel=0.03)
    assert [each.naive_points for each in found.series] == [2, 0]
    assert np.isfinite(found.to_frame()["crps"]).all()
    assert (
        main(["answer", "tractors", "--question", "score", "--outcomes", "seen.csv", "--plot", "s.svg"]) == 0
    )
    out = " ".join(capsys.readouterr().out.split())
    assert "Of 3 figures that happened, 3 lie in the central 90 % of what baseline foretold" in out
    assert (tmp_path / "s.svg").read_text().count("<svg") == 1
    assert main(["answer", "tractors", "--question", "score"]) == 2
    assert "--outcomes FILE" in capsys.readouterr().err
    assert len(rows("tractors", found)) == 2
    assert written(f"a\n{START}\nold\n{END}\nb", ["new"]) == f"a\n{START}\nnew\n{END}\nb"


def test_what_happened_does_not_touch_the_run(tmp_path):
    config = tmp_path / "tractors.yaml"
    config.write_text(SYSTEM, encoding="utf-8")
    before = simulator.run(load(config), replications=32, results=tmp_path / "results", workers=1)
    (tmp_path / "tractors.outcomes.csv").write_text(OUTCOMES, encoding="utf-8")
    after = simulator.run(load(config), replications=32, results=tmp_path / "results", workers=1)
    assert before.folder == after.folder
    assert before.content_hash == after.content_hash


def test_the_files_of_outcomes_lie_beside_their_configs():
    files = sorted(path.name for path in (ROOT / "configs/backtests").glob("*.csv"))
    assert files == [outcomes_of(config).name for config in CONFIGS]
    for config in CONFIGS:
        with outcomes_of(config).open(encoding="utf-8", newline="") as file:
            assert {"claim", "value"} <= set(next(csv.reader(file)))
