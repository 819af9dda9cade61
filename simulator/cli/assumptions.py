"""How what came of trying assumptions is printed."""

import shlex
from typing import TYPE_CHECKING

from simulator.cli.tables import Column, Row, counted, duration, print_table, print_text

if TYPE_CHECKING:
    from simulator.model.assumptions import Assumption
    from simulator.model.experiment import Experiment
    from simulator.studies.assumptions import CounterExample, Trial

SOON = 5.0
"""Seconds that nobody needs to be told of."""


def time_of_trials(experiment: "Experiment", draws: int) -> str:
    """Return about how long trying takes, as a sentence; nothing when it takes a moment."""
    from simulator.runner.medians import at_medians
    from simulator.studies.assumptions import replications

    needed = replications(experiment, draws=draws)
    if not needed:
        return ""
    seconds = {each.scenario: each.seconds for each in at_medians(experiment)}
    together = sum(count * seconds[name] for name, count in needed.items())
    if together < SOON:
        return ""
    return f"trying the assumptions takes up to {sum(needed.values()):,} replications, about {duration(together)}"


def print_trials(config: str, trials: "tuple[Trial, ...]") -> None:
    """Print what came of each assumption, then each counter-example."""
    print(
        "ASSUMPTIONS, each tried on draws of the factors with everything else, streams included, the same\n"
    )
    if not trials:
        print("There are none; declare them in the config, under assumptions.\n")
        return
    rows: list[Row] = [(each.name, told(each.assumption), _came_of(each)) for each in trials]
    print_table((Column("assumption"), Column("says", wraps=True), Column("came of it", wraps=True)), rows)
    for each in trials:
        if each.counter_example is not None:
            _print_counter_example(config, each, each.counter_example)
    print()


def told(assumption: "Assumption") -> str:
    """Return an assumption in words: `made increases in rate`."""
    rule = assumption.rule.replace("_", " ")
    of = assumption.factor or f"{assumption.bound:,.12g}"
    return f"{assumption.response} {rule} {of}"


def _came_of(trial: "Trial") -> str:
    over = f"; {trial.passed_over:,} without such a number" if trial.passed_over else ""
    if trial.counter_example is not None:
        return f"does not hold on draw {trial.tried:,}{over}"
    if not trial.tried:
        return f"not tried: no draw could be{over}"
    return f"held on {counted(trial.tried, 'draw')} in {', '.join(trial.scenarios)}{over}"


def _print_counter_example(config: str, trial: "Trial", found: "CounterExample") -> None:
    assumption = trial.assumption
    print(f"\n{trial.name} DOES NOT HOLD in {found.scenario}, replication {found.replication}:")
    for draw, value in zip(found.draws, found.values, strict=True):
        at = f" with {assumption.factor} at {shown(draw[assumption.factor])}" if assumption.factor else ""
        print(f"  {assumption.response} is {value:,.12g}{at}")
    others = [name for name in found.odd if name != assumption.factor]
    listed = ", ".join(f"{name} {shown(found.draws[0][name])}" for name in others)
    at_median = (
        "all factors at their medians" if assumption.factor is None else "all other factors at their medians"
    )
    print_text(
        f"The others drawn are {listed}; the rest stand at their medians."
        if others
        else f"It has {at_median}."
    )
    print("To see it:")
    for command in commands(config, found):
        print(f"  {command}")


def commands(config: str, found: "CounterExample") -> list[str]:
    """Return the commands that carry out each draw of a counter-example."""
    place = ["simulator", "replay", config, "--scenario", found.scenario]
    place += ["--replication", f"{found.replication}", "--medians"]
    return [
        shlex.join(
            [*place, *(word for name in found.odd for word in ("--set", f"{name}={shown(draw[name])}"))]
        )
        for draw in found.draws
    ]


def shown(value: object) -> str:
    """Return the value of a factor as it is written in a config: `4 h`, or `{a: 0.4, b: 0.6}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {share!r}" for name, share in value.items()) + "}"
    return str(value)
