"""The command that finds every fault of configs, and says what to expect of the sound ones before a run."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.configs import blaming, loaded
from simulator.cli.endings import ExitCode, tell
from simulator.cli.options import JsonOption, WorkersOption, whole_number
from simulator.cli.tables import print_json
from simulator.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment

EXAMPLES = (
    "simulator check configs/examples/one_plant.yaml",
    "simulator check configs/*.yaml --replications 0",
    "simulator check shell_exports_2023 --json",
)


def check(
    configs: Annotated[
        list[str], typer.Argument(metavar="CONFIG...", help="YAML files, or names of ones in configs/.")
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
    as_json: JsonOption = False,
) -> int:
    """Find every fault of configs; then say what to expect of the sound ones, before any run.

    Said are the size of a replication and the time of a run, what the factors rest on, the most that each
    scenario could make beside what it makes with all factors at their medians, and the prior predictive: each
    observed quantity beside what the model says of it before it has seen it. What is very large is not
    simulated: its time, what it makes and its prior predictive are left out.
    """
    from simulator.cli.expectations import print_expectations, print_sizes
    from simulator.runner.expectations import expectations
    from simulator.runner.sizes import sizes

    sound: dict[str, Experiment] = {}
    for config in dict.fromkeys(configs):
        try:
            experiment = _sound(config, replications or None, workers)
            if not as_json:
                print_sizes(config, experiment, sizes(experiment))
            elif sys.stderr.isatty():
                print(f"{config} is valid; what to expect of it takes a while to simulate", file=sys.stderr)
            sound[config] = experiment
        except (ConfigError, ModelError) as error:
            tell(error)
    found: dict[str, Any] = {}
    for config, experiment in sound.items():
        expected = expectations(experiment, replications=replications, workers=workers)
        if as_json:
            found[config] = expected.as_dict()
            continue
        if len(sound) > 1:
            print(f"WHAT TO EXPECT of {config}\n")
        print_expectations(expected)
    if as_json:
        print_json({"configs": found})
    return ExitCode.DONE if len(sound) == len(set(configs)) else ExitCode.REFUSED


def _sound(config: str, replications: int | None, workers: int | None) -> "Experiment":
    """Return the experiment of a config that a run would accept; raises ConfigError with all faults.

    It is one that the prior predictive of so many replications by so many workers would accept, too.
    """
    from simulator.runner.orders import order_for

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
    return experiment
