"""The command that finds every fault of configs, and says what to expect of the sound ones before a run."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli import completion
from simulator.cli.configs import blaming, loaded
from simulator.cli.endings import ExitCode, tell
from simulator.cli.options import JsonOption, WorkersOption, whole_number
from simulator.cli.tables import print_json
from simulator.errors import ConfigError, Fault

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment
    from simulator.runner.sizes import Size

EXAMPLES = (
    "simulator check configs/examples/one_plant.yaml",
    "simulator check configs/*.yaml --replications 0",
    "simulator check configs/examples/network.yaml --assumptions --draws 50",
    "simulator check shell_exports_2023 --json",
)


def check(
    configs: Annotated[
        list[str],
        typer.Argument(
            metavar="CONFIG...",
            help="YAML files, or names of ones in configs/.",
            autocompletion=completion.configs,
        ),
    ],
    replications: Annotated[
        int,
        typer.Option(
            metavar="N",
            parser=whole_number("--replications", low=0),
            help="Of each scenario, for the prior predictive; 0 for none.",
        ),
    ] = 16,
    workers: WorkersOption = None,
    assumptions: Annotated[
        bool,
        typer.Option("--assumptions", help="Try the declared assumptions instead; exit code 1 if one fails."),
    ] = False,
    draws: Annotated[
        int | None,
        typer.Option(
            metavar="N", parser=whole_number("--draws", low=2), help="To try assumptions on; 200 by default."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Find every fault of configs; then say what to expect of the sound ones, before any run.

    Said are the size of a replication and the time of a run, what the factors rest on, the most that each
    scenario could make beside what it makes with all factors at their medians, and the prior predictive: each
    observed quantity beside what the model says of it before it has seen it. What is very large is not
    simulated: its time, what it makes and its prior predictive are left out.
    """
    from simulator.cli.expectations import print_sizes

    if draws is not None and not assumptions:
        raise ConfigError([Fault("--draws", "is for --assumptions; give both, or leave it out")])
    sound: dict[str, Experiment] = {}
    for config in dict.fromkeys(configs):
        try:
            experiment, sized = _sound(config, replications or None, workers)
            if not as_json:
                print_sizes(config, experiment, sized)
            elif sys.stderr.isatty():
                print(f"{config} is valid; what to expect of it takes a while to simulate", file=sys.stderr)
            sound[config] = experiment
        except ConfigError as error:
            tell(error)
    if assumptions:
        kept = _tried(sound, draws, as_json=as_json)
    else:
        kept = True
        _expected(sound, replications, workers, as_json=as_json)
    if len(sound) < len(set(configs)):
        return ExitCode.REFUSED
    return ExitCode.DONE if kept else ExitCode.NOT_HELD


def _expected(
    sound: "dict[str, Experiment]", replications: int, workers: int | None, *, as_json: bool
) -> None:
    """Say what to expect of configs."""
    from simulator.cli.expectations import print_expectations
    from simulator.runner.expectations import expectations

    found: dict[str, Any] = {}
    for config, experiment in sound.items():
        with blaming(config):
            expected = expectations(experiment, replications=replications, workers=workers)
        if as_json:
            found[config] = expected.as_dict()
            continue
        if len(sound) > 1:
            print(f"WHAT TO EXPECT of {config}\n")
        print_expectations(expected)
    if as_json:
        print_json({"configs": found})


def _tried(sound: "dict[str, Experiment]", draws: int | None, *, as_json: bool) -> bool:
    """Say what comes of trying the assumptions of configs; return whether none failed."""
    from simulator.cli.assumptions import commands, print_trials, time_of_trials
    from simulator.studies.assumptions import DRAWS, trials

    found: dict[str, Any] = {}
    kept = True
    for config, experiment in sound.items():
        takes = time_of_trials(experiment, draws or DRAWS)
        if takes:
            print(f"{config}: {takes}", file=sys.stderr)
        tried = trials(experiment, draws=draws or DRAWS)
        kept = kept and not any(each.counter_example for each in tried)
        if not as_json:
            print_trials(config, tried)
            continue
        found[config] = {"title": experiment.title, "assumptions": {}}
        for each in tried:
            again = commands(config, each.counter_example) if each.counter_example else []
            found[config]["assumptions"][each.name] = each.as_dict() | {"commands": again}
    if as_json:
        print_json({"configs": found})
    return kept


def _sound(
    config: str, replications: int | None, workers: int | None
) -> "tuple[Experiment, tuple[Size, ...]]":
    """Return the experiment of a config that a run would accept, and its sizes; raises ConfigError with all faults.

    It is one that the prior predictive of so many replications by so many workers would accept, too.
    """
    from simulator.runner.orders import order_for
    from simulator.runner.sizes import sizes
    from simulator.studies.assumptions import response_faults

    experiment = loaded(config)
    with blaming(config):
        for asked in dict.fromkeys((None, replications)):
            order_for(
                experiment,
                replications=asked,
                scenarios=None,
                workers=workers,
                executor="processes",
                engine="auto",
                name=experiment.name,
            )
        sized = sizes(experiment)
        unknown = list(response_faults(experiment, sized))
        if unknown:
            raise ConfigError(unknown)
    return experiment, sized
