"""The command that measures what replications cost on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli import completion
from simulator.cli.configs import loaded
from simulator.cli.endings import ExitCode
from simulator.cli.options import JsonOption, whole_number
from simulator.cli.tables import print_json
from simulator.errors import ConfigError, Fault

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment

EXAMPLES = (
    "simulator bench configs/examples/bench.yaml",
    "simulator bench shell_exports_2023 --scenario new_production --replications 32",
    "simulator bench configs/examples/bench.yaml --engine-only compiled --growth --parallel --json",
)
STANDARD = "configs/examples/bench.yaml"
_MISSING = f"is {STANDARD} by default, which is not below this folder; give a config"
_UNGROWN = (
    "measures the compiled engine, and --engine-only names the other; leave one of them out, or give"
    " --engine-only compiled"
)


def bench(
    config: Annotated[
        str,
        typer.Argument(
            metavar="CONFIG",
            help="A YAML file, or the name of one in configs/.",
            autocompletion=completion.configs,
        ),
    ] = STANDARD,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario",
            metavar="NAME",
            help="The first by default.",
            autocompletion=completion.scenarios,
        ),
    ] = None,
    replications: Annotated[
        int,
        typer.Option(
            metavar="N",
            parser=whole_number("--replications", low=1, high=100_000),
            help="On each engine.",
        ),
    ] = 16,
    engine_only: Annotated[
        str | None, typer.Option(metavar="NAME", help="compiled or reference; both by default.")
    ] = None,
    growth: Annotated[
        bool, typer.Option("--growth", help="Also with 10 to 3,000 plants, and for a month to ten years.")
    ] = False,
    parallel: Annotated[
        bool, typer.Option("--parallel", help="Also two workers beside two unrelated copies of one.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Measure what replications cost on this machine, on both engines, by stage.

    Both engines carry out the same replications in turn. A process of its own shows how much memory they take
    and whether it grows with their number. Times are processor times, so that other work on the machine adds
    little to them; those of --parallel are by the clock, and need a machine that does nothing else.
    """
    from simulator.cli.benches import (
        print_growth,
        print_machine,
        print_memory,
        print_parallel,
        print_side_by_side,
    )
    from simulator.runner import benchmark

    engines = _engines(engine_only)
    if growth and "compiled" not in engines:
        raise ConfigError([Fault("--growth", _UNGROWN)])
    if config == STANDARD and not Path(STANDARD).is_file():
        raise ConfigError([Fault("CONFIG", _MISSING)])
    experiment = loaded(config)
    name = _scenario(scenario, experiment)
    told: dict[str, Any] = {"config": config, "scenario": name, "machine": benchmark.machine()}
    if not as_json:
        print_machine(told["machine"], config, name)
    measured = benchmark.side_by_side(experiment, name, replications=replications, engines=engines)
    told["engines"] = measured.as_dict()
    if not as_json:
        print_side_by_side(measured)
    if "compiled" in engines:
        resident = benchmark.memory(experiment, name, engine="compiled")
        told["memory"] = resident.as_dict() if resident else None
        if not as_json:
            print_memory(resident)
    if growth:
        grown = benchmark.growth(experiment, name)
        told["growth"] = grown.as_dict()
        if not as_json:
            print_growth(grown)
    if parallel:
        pairs = [benchmark.parallel(experiment, name, writing=writing) for writing in (False, True)]
        told["parallel"] = [each.as_dict() for each in pairs]
        if not as_json:
            print_parallel(pairs)
    if as_json:
        print_json(told)
    return ExitCode.DONE


def _engines(only: str | None) -> tuple[str, ...]:
    from simulator.runner.benchmark import ENGINES

    if only is None:
        return ENGINES
    if only not in ENGINES:
        raise ConfigError([Fault("--engine-only", f"is {only}; give {' or '.join(ENGINES)}")])
    return (only,)


def _scenario(named: str | None, experiment: "Experiment") -> str:
    from simulator.model.checks.names import unknown

    if named is None:
        return next(iter(experiment.scenarios))
    if named not in experiment.scenarios:
        raise ConfigError([Fault("--scenario", unknown("scenario", named, experiment.scenarios))])
    return named
