"""Arguments and options that several commands have."""

from collections.abc import Callable
from typing import Annotated

import typer

from simulator.cli import completion
from simulator.errors import ConfigError, Fault


def whole_number(option: str, *, low: int, high: int | None = None) -> Callable[[str | int], int]:
    """Return what reads the value of an option as a whole number; it raises ConfigError for any other."""
    wanted = f"of {low:,} or more" if high is None else f"from {low:,} to {high:,}"

    def read(given: str | int) -> int:
        try:
            number = int(given)
        except ValueError:
            raise _refused(f"{given!r}") from None
        if number < low or (high is not None and number > high):
            raise _refused(f"{number:,}")
        return number

    def _refused(shown: str) -> ConfigError:
        return ConfigError([Fault(option, f"is {shown}; give a whole number {wanted}")])

    return read


def _engine(given: str) -> str:
    from typing import get_args

    from simulator.engines import EngineName
    from simulator.model.checks.names import allowed

    names = get_args(EngineName)
    if given not in names:
        raise ConfigError([Fault("--engine", f"is {given}; {allowed(given, names)}")])
    return given


EngineOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="auto|compiled|reference",
        parser=_engine,
        autocompletion=completion.choices(("auto", "compiled", "reference")),
        help="What carries out the model: compiled kernels, by default, or the SimPy model, which gives the same"
        " rows and takes far longer.",
    ),
]

RunArgument = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help="A results folder, a config, or the name of a config.",
        autocompletion=completion.runs,
    ),
]
ConfigArgument = Annotated[
    str,
    typer.Argument(
        metavar="CONFIG",
        help="A YAML file, or the name of one in configs/.",
        autocompletion=completion.configs,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
ResultsOption = Annotated[
    str, typer.Option("--results", metavar="DIR", help="The folder that results are kept in.")
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="NAME",
        help="One scenario only; all by default.",
        autocompletion=completion.scenarios,
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        parser=whole_number("--workers", low=1),
        help="Processes; one a processor by default.",
    ),
]
