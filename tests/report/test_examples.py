"""The examples that come along are reported on as the workshop of the other tests is."""

from pathlib import Path

import pytest

import simulator as sim
from simulator.report.page import page
from tests.report.reading import Tags

EXAMPLES = Path(__file__).parents[2] / "configs/examples"


@pytest.fixture(scope="module", params=["one_plant", "network"])
def reported(request, tmp_path_factory):
    """A short run of an example, and what stands in its report."""
    experiment = sim.load(EXAMPLES / f"{request.param}.yaml")
    results = tmp_path_factory.mktemp("results")
    run = sim.run(experiment, replications=32, executor="serial", results=results)
    return run, Tags(page(run).html)


def test_every_claim_is_answered_in_every_scenario(reported):
    run, tags = reported
    told = tags.text.partition("How likely each claim is")[2].partition("Made, available, delivered")[0]
    assert run.claims
    for scenario in run.scenarios:
        for name in run.claims:
            found = sim.claim(run, name, scenario=scenario)
            assert f"{name} {found.chance}" in told, (scenario, name)


def test_every_factor_is_shown(reported):
    run, tags = reported
    told = tags.text.partition("Factors, with what they rest on")[2]
    assert run.experiment.factors
    assert [name for name in run.experiment.factors if f" {name} " not in told] == []


def test_every_picture_is_drawn_at_two_widths(reported):
    _, tags = reported
    pictures = [(each["src"], each["alt"]) for each in tags.of("img")]
    assert len(pictures) == len(tags.of("source")) >= 5
    assert all(
        source.startswith("data:image/svg+xml;base64,") and len(source) > 2_000 for source, _ in pictures
    )
    assert len({source for source, _ in pictures}) == len(pictures)
