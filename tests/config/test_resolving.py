import re

import pytest

from simulator.config import digest, load, loads, resolved
from simulator.errors import ConfigError


def test_a_resolved_experiment_loads_to_itself(experiment_file):
    experiment = load(experiment_file)
    text = resolved(experiment)
    again = loads(text)
    assert again == experiment
    assert resolved(again) == text


def test_a_resolved_experiment_refers_to_no_file_and_leaves_nothing_open(cases):
    text = resolved(load(cases / "valid" / "system_elsewhere.yaml"))
    assert text == (cases / "resolved" / "system_elsewhere.yaml").read_text(encoding="utf-8")


def test_two_ways_of_writing_one_experiment_resolve_to_one_text(least):
    other = (
        least.replace("5 t", "5_000 kg").replace("One yard", "'One yard'")
        + "precision: {}\nscenarios: {baseline: {}}\n"
    )
    assert resolved(loads(other)) == resolved(loads(least))


def test_a_text_given_to_a_scenario_later_is_resolved_to_canonical_units(cases):
    experiment = load(cases / "valid" / "short_forms.yaml")
    later = experiment.model_copy(
        update={"scenarios": {"late": {"regions.north.grid.allotment": "3 MW", "a": [{"b": "1 d"}]}}}
    )
    assert "    regions.north.grid.allotment: 3000 kW\n    a:\n      - b: 24 h\n" in resolved(later)


def test_an_experiment_too_large_to_load_again_is_refused(least):
    experiment = loads(least)
    wordy = experiment.model_copy(update={"title": "x" * (1 << 20)})
    with pytest.raises(
        ConfigError, match=r"^the experiment is 1\.1 MiB with all it refers to; give at most 1 MiB"
    ):
        resolved(wordy)


def test_a_digest_is_sixteen_hexadecimal_digits_of_what_is_asked(least):
    asked = loads(least)
    named = digest(asked, contract="1")
    assert re.fullmatch("[0-9a-f]{16}", named)
    assert digest(loads(least + "# a remark\n"), contract="1") == named
    assert digest(loads(least), contract="2") != named


@pytest.mark.parametrize(
    "change",
    [
        "seed: 1\n",
        "design: {kind: latin_hypercube}\n",
        "scenarios: {other: {}}\n",
        "factors: {a: {distribution: 1, scales: stores.yard.holds.steel.initial}}\n",
    ],
)
def test_a_digest_changes_with_what_is_asked(least, change):
    assert digest(loads(least + change), contract="1") != digest(loads(least), contract="1")


def test_a_digest_does_not_change_with_how_long_a_run_goes_on(least):
    longer = loads(least + "precision: {at_most: 4096, half_width: 0.01}\n")
    assert digest(longer, contract="1") == digest(loads(least), contract="1")


def test_a_digest_does_not_change_with_what_is_assumed_of_the_rows(least):
    assumed = loads(least + "assumptions: {some: {response: stock.yard.steel, at_least: 0}}\n")
    assert digest(assumed, contract="1") == digest(loads(least), contract="1")
    assert "at_least: 0" in resolved(assumed)


def test_a_digest_does_not_change_with_the_levels_that_are_swept(least):
    factor = (
        "factors: {share: {distribution: {beta: {a: 2, b: 3}}, scales: stores.yard.holds.steel.initial}}\n"
    )
    swept = loads(least + factor + "sweep: {share: [0.25, 0.5]}\n")
    assert digest(swept, contract="1") == digest(loads(least + factor), contract="1")
    assert "sweep" in resolved(swept)


def test_the_order_of_parts_is_part_of_what_is_asked(least):
    two = least.replace("{north: {}}", "{north: {}, south: {}}")
    turned = least.replace("{north: {}}", "{south: {}, north: {}}")
    assert digest(loads(two), contract="1") != digest(loads(turned), contract="1")


def test_a_digest_does_not_change_with_how_many_replications_may_fail(least):
    lenient = loads(least + "failures: {at_most: 0.25}\n")
    assert digest(lenient, contract="1") == digest(loads(least), contract="1")
    assert "failures:\n  at_most: 0.25\n" in resolved(lenient)
    assert "failures" not in resolved(loads(least))
