"""Arguments and options that several commands have."""

from typing import Annotated

import typer

RunArgument = Annotated[
    str, typer.Argument(metavar="RUN", help="A results folder, a config, or the name of a config.")
]
ConfigArgument = Annotated[
    str, typer.Argument(metavar="CONFIG", help="A YAML file, or the name of one in configs/.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
ResultsOption = Annotated[
    str, typer.Option("--results", metavar="DIR", help="The folder that results are kept in.")
]
ScenarioOption = Annotated[
    str | None, typer.Option("--scenario", metavar="NAME", help="One scenario only; all by default.")
]
