"""The command that prints the register of evidence: by factor for a config, or one row."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.factors import prior, support
from simulator.cli.options import JsonOption
from simulator.cli.tables import NO_BREAK, Column, Row, print_json, print_table
from simulator.errors import ConfigError, Fault

if TYPE_CHECKING:
    from simulator.model.evidence import Evidence
    from simulator.model.experiment import Experiment, Factor

EXAMPLES = (
    "simulator evidence --config configs/shell_exports_2023.yaml",
    "simulator evidence S01",
    "simulator evidence S01 --config shell_exports_2023 --json",
)
REGISTERS = "configs/evidence"
"""Where registers are looked for when no config is named."""


def evidence(
    id_: Annotated[
        str | None, typer.Argument(metavar="ID", help="A row of the register; without it all by factor.")
    ] = None,
    config: Annotated[
        str | None, typer.Option(metavar="CONFIG", help="A YAML file, or the name of one in configs/.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print what each factor of a config rests on, with grades; or one row of the register in full.

    A row is looked for among those that the config cites or, when none is named, in configs/evidence.
    Grades are of the NATO Admiralty code: A to F for the source, 1 to 6 for what it says.
    """
    from simulator.config import load

    experiment = None if config is None else load(config)
    if id_ is not None:
        _print_row(_found(id_, experiment), experiment, as_json=as_json)
    elif experiment is not None:
        _print_factors(experiment, as_json=as_json)
    else:
        message = "name a row, such as S01, or a config with --config"
        raise ConfigError([Fault("simulator evidence", message)])


def _found(id_: str, experiment: "Experiment | None") -> "Evidence":
    """Return a row by its id; raises ConfigError when there is none."""
    from simulator.model.names import allowed

    rows = _registered() if experiment is None else experiment.evidence
    if id_ not in rows:
        place = REGISTERS if experiment is None else "the config"
        raise ConfigError([Fault("", f"{id_} is no evidence of {place}; {allowed(id_, rows)}")])
    return rows[id_]


def _registered() -> dict[str, "Evidence"]:
    from pathlib import Path

    from simulator.config import register

    return {
        name: row for path in sorted(Path(REGISTERS).glob("*.csv")) for name, row in register(path).items()
    }


def _print_row(row: "Evidence", experiment: "Experiment | None", *, as_json: bool) -> None:
    cited = [] if experiment is None else _citing(row.id, experiment)
    if as_json:
        print_json(row.model_dump() | ({} if experiment is None else {"cited_by": cited}))
        return
    fields: list[Row] = [(name.replace("_", " "), text) for name, text in row.model_dump().items() if text]
    if experiment is not None:
        fields.append(("cited by", ", ".join(cited) or "nothing"))
    print_table((Column("field"), Column("value", wraps=True)), fields)


def _citing(id_: str, experiment: "Experiment") -> list[str]:
    factors = (f"factor {name}" for name, each in experiment.factors.items() if id_ in each.evidence)
    claims = (f"claim {name}" for name, each in experiment.claims.items() if id_ in each.evidence)
    return [*factors, *claims]


def _print_factors(experiment: "Experiment", *, as_json: bool) -> None:
    if as_json:
        print_json({name: _factor(experiment, factor) for name, factor in experiment.factors.items()})
        return
    rows: list[Row] = [
        (name, prior(factor), _graded(experiment, factor), factor.assumption or "")
        for name, factor in experiment.factors.items()
    ]
    columns = (
        Column("factor"),
        Column("prior", wraps=True),
        Column("evidence (grade)", wraps=True),
        Column("assumption", wraps=True),
    )
    print_table(columns, rows)
    print(f"\n{support(experiment)}")


def _factor(experiment: "Experiment", factor: "Factor") -> dict[str, Any]:
    return {
        "prior": prior(factor),
        "sets": factor.sets,
        "scales": factor.scales,
        "evidence": {
            each: experiment.evidence[each].admiralty_grade if each in experiment.evidence else ""
            for each in factor.evidence
        },
        "assumption": factor.assumption,
    }


def _graded(experiment: "Experiment", factor: "Factor") -> str:
    grades = _factor(experiment, factor)["evidence"]
    return (
        ", ".join(f"{each}{NO_BREAK}({grade})" if grade else each for each, grade in grades.items()) or "none"
    )
