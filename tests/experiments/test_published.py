"""The small run that the repository publishes, so that a reader sees rows and a report before installing anything."""

from pathlib import Path

import pytest

from simulator.analysis.estimate import claims
from simulator.runner import open_results
from simulator.runner.verifying import verify

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "results" / "published"


@pytest.fixture(scope="module")
def run():
    """Open the run of the config as it stands: it is made again, by `make published`, when that changes."""
    return open_results(str(ROOT / "configs" / "shell_exports_2023.yaml"), PUBLISHED)


def test_it_is_whole_and_small(run):
    assert run.complete
    assert run.replications >= 150
    assert sum(file.stat().st_size for file in PUBLISHED.rglob("*") if file.is_file()) < 3_000_000


def test_both_engines_give_its_rows_today(run):
    assert verify(run, replications=1).sound


def test_its_report_says_what_its_rows_say(run):
    text = " ".join(
        (run.folder / "report.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ").split()
    )
    said = [each.chance for each in claims(run)]
    assert len(said) >= 24
    assert [chance for chance in said if chance not in text] == []
