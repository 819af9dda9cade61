"""How often intervals of a run that ends when they are narrow enough cover the truth, simulated with known laws."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import ndtri
from scipy.stats import binom

from simulator.analysis.intervals import (
    Floats,
    Interval,
    Ints,
    mean_interval,
    proportion_interval,
    quantile,
    quantile_interval,
)
from simulator.config import load
from simulator.model.experiment import Design, Precision, QuantilePrecision
from simulator.results.spending import confidence
from simulator.runner.design import points
from simulator.runner.precision import half_width_of, rounds
from tests.truth.checking import ALPHA, CASES_FOLDER

LEVEL = 0.95
INDEPENDENT = Design()
SOBOL = Design(kind="sobol", scrambles=32)
CAP = 1024
"""Replications at which a run ends at the latest."""
EXTENSIONS = 2
"""How often each run is extended after its answer, to twice as many replications."""
Look = tuple[int, float]
"""Replications, and the confidence of the interval that is made of them."""
Drawn = tuple[Floats, Ints | None]
"""The values of a run's replications, and their scrambles."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a run ends, what it says then, and what would be true."""

    name: str
    design: Design
    precision: Precision
    truth: float
    interval: Callable[[Floats, Ints | None, float], tuple[float, Interval]]
    """From values, their scrambles and a confidence to the half-width asked for and the interval."""
    allows: bool = True
    """Whether the error is spent on all looks, or each look spends 5 % as if there were no other."""

    @property
    def looks(self) -> tuple[Look, ...]:
        """The looks that are planned, as the runner plans them."""
        any_ = load(CASES_FOLDER / "renewal.yaml")
        planned = rounds(any_.model_copy(update={"precision": self.precision, "design": self.design}))
        return tuple((n, self._level(len(planned), 0)) for n in planned)

    @property
    def extensions(self) -> tuple[Look, ...]:
        """The look of each extension."""
        cap = self.looks[-1][0]
        return tuple((cap << each, self._level(1, each)) for each in range(1, EXTENSIONS + 1))

    def _level(self, looks: int, extensions: int) -> float:
        return confidence(looks, extensions) if self.allows else LEVEL


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of simulated runs have intervals that cover the truth."""

    runs: int
    ended: int
    """At the look that the run ends at."""
    always: int
    """At every look and every extension, so wherever one may choose to stop."""
    replications: float
    """Of a run, in the mean."""

    @property
    def passes(self) -> bool:
        """Whether 95 % may be true of both: fewer would not be seen more often than ALPHA."""
        return all(binom.cdf(covered, self.runs, LEVEL) >= ALPHA for covered in (self.ended, self.always))

    def cells(self) -> tuple[str, ...]:
        """Return what the table says of it."""
        shares = (f"{100.0 * covered / self.runs:.1f} %" for covered in (self.ended, self.always))
        return f"{self.replications:.0f}", f"{self.runs:,}", *shares


def coverage(rule: Rule, runs: int) -> Coverage:
    """Return how many of the first `runs` simulated runs of a rule cover."""
    looks, extensions = rule.looks, rule.extensions
    found = [_of_run(rule, looks, extensions, run) for run in range(runs)]
    ended, always, replications = (sum(column) for column in zip(*found, strict=True))
    return Coverage(runs, int(ended), int(always), replications / runs)


def _of_run(
    rule: Rule, looks: tuple[Look, ...], extensions: tuple[Look, ...], run: int
) -> tuple[bool, bool, int]:
    """Return whether the interval covers where a run ends, whether all do, and the replications it ends at."""
    values, scramble = _scores(rule.design, run, CAP << EXTENSIONS)
    narrow, covered = [], []
    for n, level in (*looks, *extensions):
        asked, found = rule.interval(values[:n], None if scramble is None else scramble[:n], level)
        narrow.append(found.half_width <= asked)
        covered.append(found.low <= rule.truth <= found.high)
    end = next((place for place in range(len(looks)) if narrow[place]), len(looks) - 1)
    return covered[end], all(covered), looks[end][0]


@cache
def _scores(design: Design, run: int, replications: int) -> Drawn:
    """Return a response of a standard normal law: three quarters of its variance from two factors, the rest chance."""
    chance = np.random.Generator(np.random.PCG64(run)).standard_normal(replications)
    factors = ndtri(points(design, seed=run, dimensions=2, replications=replications))
    values = math.sqrt(0.375) * factors.sum(axis=1) + 0.5 * chance
    return values, None if design.scrambles is None else np.arange(replications) % design.scrambles


def claim(probability: float, half_width: float, design: Design, *, allows: bool = True) -> Rule:
    """Return the rule for a claim of a known probability."""

    def interval(values: Floats, scramble: Ints | None, level: float) -> tuple[float, Interval]:
        hit = values >= -ndtri(probability)
        return half_width, proportion_interval(hit, scramble, level=level)

    precision = Precision(half_width={"any": half_width}, at_most=CAP)
    name = f"P = {probability:g} within {half_width:g}"
    return Rule(name, design, precision, probability, interval, allows)


def spread(probability: float, within: float, design: Design, *, allows: bool = True) -> Rule:
    """Return the rule for a quantile of a lognormal response, of which the scores are the logarithms."""
    asked = QuantilePrecision(at=(probability,), within=within)

    def interval(scores: Floats, scramble: Ints | None, level: float) -> tuple[float, Interval]:
        values = np.exp(scores)
        found = quantile_interval(values, probability, scramble, level=level)
        return half_width_of(asked, quantile(values, probability)), found

    precision = Precision(quantiles={"any": asked}, at_most=CAP)
    name = f"{100 * probability:g} % quantile within {100 * within:g} % of it"
    return Rule(name, design, precision, math.exp(ndtri(probability)), interval, allows)


def fixed(name: str, n: int, truth: float, interval: Callable[[Floats, Ints | None], Interval]) -> Rule:
    """Return a rule that looks once at n replications, and makes an interval of 95 % in a way of its own."""

    def made(values: Floats, scramble: Ints | None, level: float) -> tuple[float, Interval]:
        return math.inf, interval(values[:n], None if scramble is None else scramble[:n])

    design = SOBOL if "scrambles" in name else INDEPENDENT
    return Rule(name, design, Precision(at_most=n), truth, made, allows=False)


def _wald(values: Floats, _: Ints | None) -> Interval:
    share = float(np.mean(values >= -ndtri(0.01)))
    reach = 1.96 * math.sqrt(share * (1.0 - share) / len(values))
    return Interval(share - reach, share + reach, "Wald")


def _few_scrambles(values: Floats, scramble: Ints | None) -> Interval:
    assert scramble is not None
    few = scramble < 2
    found = mean_interval(values[few], scramble[few], level=LEVEL)
    # t of one degree of freedom is 12.7 where the normal law has 1.96
    reach = found.interval.half_width * 1.96 / 12.706
    return Interval(found.mean - reach, found.mean + reach, "normal over 2 scrambles")


CLAIMS = ((0.001, 0.01), (0.01, 0.015), (0.1, 0.04), (0.5, 0.07), (0.9, 0.04))
QUANTILES = ((0.05, 0.25), (0.5, 0.15), (0.95, 0.25))
RULES = tuple(
    rule
    for design in (INDEPENDENT, SOBOL)
    for rule in (*(claim(*each, design) for each in CLAIMS), *(spread(*each, design) for each in QUANTILES))
)
TWINS = (
    claim(0.1, 0.04, INDEPENDENT, allows=False),
    claim(0.5, 0.07, SOBOL, allows=False),
    spread(0.5, 0.15, INDEPENDENT, allows=False),
    fixed("Wald's interval of P = 0.01 at n = 100", 100, 0.01, _wald),
    fixed("mean over 2 scrambles by the normal law", 256, 0.0, _few_scrambles),
)
INTRODUCTION = f"""## How often the intervals cover

A run that ends when its intervals are narrow enough looks at them several times, and may be extended after its answer.
Runs are simulated by the functions that carry out the rule: points of the design, rounds, intervals and the error
that each look may spend. The response has a known law, three quarters of its variance from two factors and a quarter
chance. Beside the mean number of replications stand the share of runs whose interval covers the truth at the look
they end at, and the share that cover it at every look and also at each of {EXTENSIONS} extensions to twice
as many, which holds wherever somebody who sees the answers chooses to stop. Both must be 95 % or more: a rule that
covers with 95 % fails this check once in a million times.
"""
PLANTED = """The same check must find out intervals that allow for nothing, or are the wrong ones:
"""
HEADINGS = ("design", "precision asked", "replications", "runs", "cover at the end", "at every look")


def design_of(rule: Rule) -> str:
    """Return how the replications of a rule are sampled, in words."""
    return "independent" if rule.design.scrambles is None else f"Sobol, {rule.design.scrambles} scrambles"


def opening(rule: Rule) -> tuple[str, str]:
    """Return the cells of a row that come before what was measured."""
    design = "independent" if rule.design.scrambles is None else f"Sobol, {rule.design.scrambles} scrambles"
    looks_again = not rule.allows and rule.precision.at_most == CAP
    return design, f"{rule.name}, 95 % at each look" if looks_again else rule.name


def measured(rule: Rule) -> Coverage:
    """Return the coverage of a rule from as many runs as the page has."""
    return coverage(rule, 2000 if rule.design.scrambles is None else 500)
