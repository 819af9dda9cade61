"""Intervals cover as often as they say wherever a run ends, and those that allow for no looks do not."""

import pytest

from tests.truth import coverage, table
from tests.truth.coverage import RULES, TWINS, Rule

FEW = {None: 300, 32: 40}
"""Runs by the scrambles of their design."""


def named(rules: tuple[Rule, ...]) -> list[str]:
    return [", ".join(coverage.opening(rule)) for rule in rules]


@pytest.mark.parametrize("rule", RULES, ids=named(RULES))
def test_the_intervals_of_a_run_that_ends_when_they_are_narrow_cover(rule: Rule) -> None:
    assert coverage.coverage(rule, FEW[rule.design.scrambles]).passes


@pytest.mark.parametrize("rule", TWINS, ids=named(TWINS))
def test_intervals_that_allow_for_nothing_or_are_the_wrong_ones_are_found_out(rule: Rule) -> None:
    assert not coverage.coverage(rule, 300 if rule.design.scrambles is None else 100).passes


def test_the_page_lists_every_rule_and_every_twin() -> None:
    lines = table.PAGE.read_text(encoding="utf-8").splitlines()
    listed = [tuple(map(str.strip, line.split("|")[1:3])) for line in lines if line.startswith("|")]
    expected = [coverage.opening(rule) for rule in (*RULES, *TWINS)]
    assert [each for each in listed if each in expected] == expected, "make truth writes the page anew"
