"""How far an answer can be relied on, by what its most important factors rest on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.model.evidence import Evidence
from simulator.model.experiment import Experiment, Factor

Level = Literal["low", "moderate", "high"]

FIRST_TWO, FIRST_THREE = 2, 3
_GRADE = re.compile(r"([A-F])([1-6])")


@dataclass(frozen=True, slots=True)
class Confidence:
    """A word for the confidence in an answer, apart from its probability, and what it is due to."""

    level: Level
    reasons: tuple[str, ...]
    """What each of the most important factors rests on, the most important first."""

    def __str__(self) -> str:
        return f"{self.level} confidence: {'; '.join(self.reasons)}"


def confidence(experiment: Experiment, factors: Sequence[str]) -> Confidence:
    """Return the confidence in an answer whose most important factors are these, the most important first.

    Low when the first two rest on grade D or worse, on no evidence or on an assumption; high when the first three
    rest on B2 or better; else moderate. Names that are no factors of the experiment, such as derived ones, are left
    out; without any factor the confidence is low, as nothing says what the answer depends on.
    """
    known = [name for name in factors if name in experiment.factors]
    leading = known[:FIRST_THREE]
    standing = [_standing(experiment.factors[name], experiment.evidence) for name in leading]
    reasons = tuple(f"{name} rests on {each.told}" for name, each in zip(leading, standing, strict=True))
    if not leading:
        why = "no factor stands out" if experiment.factors else "the config has no factors"
        return Confidence("low", (why,))
    if all(each.weak for each in standing[:FIRST_TWO]):
        return Confidence("low", reasons)
    if len(leading) == FIRST_THREE and all(each.strong for each in standing):
        return Confidence("high", reasons)
    return Confidence("moderate", reasons)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What a factor rests on."""

    told: str
    weak: bool
    strong: bool


def _standing(factor: Factor, register: Mapping[str, Evidence]) -> _Standing:
    grades = sorted(_grades(factor, register))
    best = "".join(grades[0]) if grades else ""
    if factor.assumption:
        told = "an assumption" + (f" (best evidence {best})" if best else "")
        return _Standing(told, weak=True, strong=False)
    if not best:
        return _Standing("no graded evidence", weak=True, strong=False)
    return _Standing(
        f"evidence of grade {best}", weak=best[0] >= "D", strong=best[0] <= "B" and best[1] <= "2"
    )


def _grades(factor: Factor, register: Mapping[str, Evidence]) -> Iterator[tuple[str, str]]:
    for row in factor.evidence:
        found = _GRADE.fullmatch(register[row].admiralty_grade) if row in register else None
        if found:
            yield found[1], found[2]
