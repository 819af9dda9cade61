"""Whether the assumptions of an experiment hold on draws of it, with the plainest draw on which one does not."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator import responses
from simulator.errors import Fault, ModelError
from simulator.model.assumptions import Assumption
from simulator.model.checks.names import allowed
from simulator.model.experiment import Draw, Experiment
from simulator.model.quantities import Quantity
from simulator.model.scenario.scenarios import Scenario, median_draw
from simulator.runner.execute import flat, unfold
from simulator.runner.plan import plan
from simulator.runner.sizes import Size

DRAWS = 200
"""How many draws of each scenario are tried, unless another number is asked for."""


@dataclass(frozen=True, slots=True)
class CounterExample:
    """One replication in which an assumption does not hold, or two that differ in its factor alone."""

    scenario: str
    replication: int
    draws: tuple[Draw, ...]
    """The lower value of the factor first; factors at their medians as far as the assumption fails there too."""
    values: tuple[float, ...]
    """The response in each draw."""
    odd: tuple[str, ...]
    """The factors that are not at their medians, that of the assumption among them."""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "scenario": self.scenario,
            "replication": self.replication,
            "draws": [flat(draw) for draw in self.draws],
            "values": list(self.values),
            "not_at_median": list(self.odd),
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying one assumption."""

    name: str
    assumption: Assumption
    scenarios: tuple[str, ...]
    """Where it was tried: those it names, else all that draw its factor."""
    tried: int
    """Draws on which it was tried, over all scenarios; up to the first on which it did not hold."""
    passed_over: int
    """Draws that describe no system or have no such number."""
    counter_example: CounterExample | None

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        found = self.counter_example
        return {
            "response": self.assumption.response,
            "rule": self.assumption.rule,
            "of": self.assumption.factor or self.assumption.bound,
            "scenarios": list(self.scenarios),
            "tried": self.tried,
            "passed_over": self.passed_over,
            "holds_on_these": found is None if self.tried else None,
            "counter_example": found.as_dict() if found else None,
        }


def response_faults(experiment: Experiment, sized: tuple[Size, ...]) -> Iterator[Fault]:
    """Yield the responses that assumptions name and that no replication of their scenarios has."""
    own = [each for each in responses.registered().values() if each.columns is None]
    columns = {
        each.scenario: list(responses.describe(each.system, experiment.claims))
        for each in sized
        if experiment.assumptions
    }
    for name, assumption in experiment.assumptions.items():
        known = dict.fromkeys(
            column for each in scenarios_of(experiment, assumption) for column in columns[each]
        )
        named = assumption.response
        if named not in known and not any(each.owns(named) for each in own):
            message = f"names {named}, which is no column of a claim or a response; {allowed(named, known)}"
            yield Fault(f"assumptions.{name}.response", message)


def scenarios_of(experiment: Experiment, assumption: Assumption) -> list[str]:
    """Return the scenarios in which an assumption is tried: those it names, else all that draw its factor."""
    return [
        name
        for name, fixed in experiment.scenarios.items()
        if (assumption.scenarios is None or name in assumption.scenarios) and assumption.factor not in fixed
    ]


def replications(experiment: Experiment, *, draws: int) -> dict[str, int]:
    """Return the most replications that trying takes in each scenario, counter-examples apart."""
    moved: dict[str, set[str | None]] = {}
    for assumption in experiment.assumptions.values():
        for name in scenarios_of(experiment, assumption):
            # None is the draw as it stands, from which a factor is moved
            moved.setdefault(name, {None}).add(assumption.factor)
    return {name: draws * len(factors) for name, factors in moved.items()}


def trials(experiment: Experiment, *, draws: int = DRAWS) -> tuple[Trial, ...]:
    """Return what comes of trying each assumption on `draws` draws of the plan, in every scenario it is about.

    For a rule about a factor, replication r is carried out as drawn, and with that factor as drawn for another
    replication, all other factors and all streams the same. It raises ConfigError for a scenario that cannot
    be compiled, RunError for a response that cannot be measured. Nothing is proved by draws on which a rule holds.
    """
    bench = _Bench(experiment, draws)
    return tuple(_trial(bench, name, each) for name, each in experiment.assumptions.items())


class _Bench:
    """Carries out draws, each once."""

    def __init__(self, experiment: Experiment, draws: int) -> None:
        self.experiment = experiment
        drawn = plan(experiment, draws)
        self.draws = [drawn.draw(replication) for replication in range(draws)]
        self.median = median_draw(experiment)
        self._scenarios = {name: Scenario(experiment, name) for name in experiment.scenarios}
        self._kept = {each.response for each in experiment.assumptions.values()}
        self._done: dict[tuple[str, int, tuple[float, ...]], dict[str, float]] = {}

    def value(self, response: str, scenario: str, replication: int, draw: Draw) -> float:
        """Return a response, NaN where there is none; the streams are those of the replication."""
        key = scenario, replication, tuple(flat(draw).values())
        if key not in self._done:
            self._done[key] = self._measured(scenario, replication, draw)
        return self._done[key].get(response, math.nan)

    def _measured(self, scenario: str, replication: int, draw: Draw) -> dict[str, float]:
        compiled = self._scenarios[scenario]
        try:
            path = unfold(self.experiment, compiled, draw, replication=replication, engine="auto")
        except ModelError:
            return {}
        columns = responses.measure(path, self.experiment.claims).columns
        return {name: columns[name] for name in self._kept if name in columns}


def _trial(bench: _Bench, name: str, assumption: Assumption) -> Trial:
    tried = passed_over = 0
    scenarios = tuple(scenarios_of(bench.experiment, assumption))
    for scenario in scenarios:
        for replication in range(len(bench.draws)):
            put = _put(bench, assumption, replication)
            if put is None:
                continue
            case = _Case(bench, assumption, scenario, replication)
            values = case.values(put)
            if any(map(math.isnan, values)):
                passed_over += 1
                continue
            tried += 1
            if broken(assumption, values):
                return Trial(name, assumption, scenarios, tried, passed_over, case.shrunk(put))
    return Trial(name, assumption, scenarios, tried, passed_over, None)


def _put(bench: _Bench, assumption: Assumption, replication: int) -> tuple[Draw, ...] | None:
    """Return the draws to compare, the lower value of the factor first; None where it would not move."""
    draw = bench.draws[replication]
    factor = assumption.factor
    if factor is None:
        return (draw,)
    other = bench.draws[(replication + len(bench.draws) // 2) % len(bench.draws)][factor]
    if other == draw[factor]:
        return None
    found = draw, {**draw, factor: other}
    return found if _number(draw[factor]) <= _number(other) else found[::-1]


def broken(assumption: Assumption, values: tuple[float, ...]) -> bool:
    """Return whether values of the response, by rising factor, go against an assumption; NaN never does."""
    first, last = values[0], values[-1]
    bound = assumption.bound if assumption.bound is not None else math.nan
    return {
        "increases_in": last < first,
        "decreases_in": last > first,
        "unaffected_by": last != first,
        "at_least": first < bound,
        "at_most": first > bound,
    }[assumption.rule]


@dataclass(frozen=True, slots=True)
class _Case:
    """One replication on which an assumption is tried."""

    bench: _Bench
    assumption: Assumption
    scenario: str
    replication: int

    def values(self, put: tuple[Draw, ...]) -> tuple[float, ...]:
        place = self.assumption.response, self.scenario, self.replication
        return tuple(self.bench.value(*place, draw) for draw in put)

    def fails(self, put: tuple[Draw, ...]) -> bool:
        values = self.values(put)
        return not any(map(math.isnan, values)) and broken(self.assumption, values)

    def shrunk(self, put: tuple[Draw, ...]) -> CounterExample:
        """Return draws nearer to the medians, and to each other, on which the assumption fails as well."""
        median, factor = self.bench.median, self.assumption.factor
        for name in median:
            plainer = tuple({**draw, name: median[name]} for draw in put)
            if name != factor and self.fails(plainer):
                put = plainer
        if factor is not None:
            put = self._nearer(put, factor)
        odd = tuple(name for name in median if any(draw[name] != median[name] for draw in put))
        return CounterExample(self.scenario, self.replication, put, self.values(put), odd)

    def _nearer(self, put: tuple[Draw, ...], factor: str) -> tuple[Draw, ...]:
        """Halve the step of a factor, by the values that were drawn of it, as long as a half of it fails."""
        low, high = (_number(draw[factor]) for draw in put)
        values = {_number(draw[factor]): draw[factor] for draw in self.bench.draws}
        between = sorted(number for number in values if low < number < high)
        while between:
            middle = len(between) // 2
            at = {**put[0], factor: values[between[middle]]}
            if self.fails((put[0], at)):
                put, between = (put[0], at), between[:middle]
            elif self.fails((at, put[1])):
                put, between = (at, put[1]), between[middle + 1 :]
            else:
                break
        return put


def _number(value: Quantity | dict[str, float]) -> float:
    """Return the number of a factor; shares have no order, and none between them."""
    return value.number if isinstance(value, Quantity) else 0.0
