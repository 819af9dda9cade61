"""The command that tells what a reader of a study must know of its model."""

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli import completion
from simulator.cli.options import JsonOption
from simulator.cli.tables import Column, print_json, print_table

if TYPE_CHECKING:
    from simulator.analysis.stress_des import StressDes

EXAMPLES = (
    "simulator describe configs/examples/one_plant.yaml",
    "simulator describe shell_exports_2023 --markdown",
)


def describe(
    config: Annotated[
        str,
        typer.Argument(
            metavar="CONFIG",
            help="A YAML file, or the name of one in configs/.",
            autocompletion=completion.configs,
        ),
    ],
    markdown: Annotated[bool, typer.Option("--markdown", help="As a table for a page of text.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print the STRESS-DES table of a config: purpose, logic, data, experimentation, implementation.

    It is the checklist of what an account of a discrete-event model should tell, filled in from the document.
    """
    from simulator.analysis.stress_des import stress_des
    from simulator.config import load

    found = stress_des(load(config))
    if as_json:
        print_json({each.number: {"asked": each.name, "answer": each.answer} for each in found.items})
    elif markdown:
        print("\n".join(markdown_lines(found)))
    else:
        print_table(
            (Column("item"), Column("what is asked"), Column("answer", wraps=True)),
            [(each.number, each.name, each.answer) for each in found.items],
        )


def markdown_lines(table: "StressDes") -> list[str]:
    """Return the table for a page in Markdown; a bar in a cell would end it, and is escaped."""
    from simulator.analysis.stress_des import HEADINGS

    rows = [(each.number, each.name, each.answer.replace("|", "\\|")) for each in table.items]
    return [f"| {' | '.join(row)} |" for row in (HEADINGS, ("---",) * len(HEADINGS), *rows)]
