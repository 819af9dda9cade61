"""The command that prints the register of evidence: by factor for a config, or one row."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli import completion
from simulator.cli.factors import support
from simulator.cli.options import JsonOption
from simulator.cli.tables import NO_BREAK, Column, Row, print_json, print_table, print_text
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
        str | None,
        typer.Option(
            metavar="CONFIG",
            help="A YAML file, or the name of one in configs/.",
            autocompletion=completion.configs,
        ),
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
        _print_all(experiment, as_json=as_json)
    else:
        message = "name a row, such as S01, or a config with --config"
        raise ConfigError([Fault("simulator evidence", message)])


def _found(id_: str, experiment: "Experiment | None") -> "Evidence":
    """Return a row by its id; raises ConfigError when there is none."""
    from simulator.model.checks.names import allowed

    rows = _registered() if experiment is None else experiment.evidence
    if not rows and experiment is None:
        raise ConfigError(f"{REGISTERS}/ has no register here; name a config that has evidence with --config")
    if not rows:
        cure = "it gets some by evidence: PATH, and factors that cite its rows (docs/guides/evidence.md)"
        raise ConfigError(f"{id_} is no evidence of the config, which cites none; {cure}")
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
    from simulator.model.grounds import grounds

    return [each.place for each in grounds(experiment) if id_ in each.evidence]


def _print_all(experiment: "Experiment", *, as_json: bool) -> None:
    """Print what factors rest on, then what parts of the system do."""
    from simulator.analysis.priors import prior
    from simulator.model.grounds import grounds

    parts = [each for each in grounds(experiment) if each.place.startswith("system.")]
    if as_json:
        print_json(
            {
                "factors": {name: _factor(experiment, factor) for name, factor in experiment.factors.items()},
                "system": {
                    each.place: {
                        "evidence": _grades(experiment, each.evidence),
                        "assumption": each.assumption,
                    }
                    for each in parts
                },
            }
        )
        return
    rests_on = Column("evidence (grade)", wraps=True), Column("assumption", wraps=True)
    rows: list[Row] = [
        (name, prior(factor, gap=NO_BREAK), _graded(experiment, factor.evidence), factor.assumption or "")
        for name, factor in experiment.factors.items()
    ]
    if rows:
        print_table((Column("factor"), Column("prior", wraps=True), *rests_on), rows)
        print()
    print_text(support(experiment))
    if parts:
        print("\nParts of the system:\n")
        print_table(
            (Column("part"), *rests_on),
            [
                (
                    each.place.removeprefix("system."),
                    _graded(experiment, each.evidence),
                    each.assumption or "",
                )
                for each in parts
            ],
        )


def _factor(experiment: "Experiment", factor: "Factor") -> dict[str, Any]:
    from simulator.analysis.priors import prior

    return {
        "prior": prior(factor),
        "sets": factor.sets,
        "scales": factor.scales,
        "evidence": _grades(experiment, factor.evidence),
        "assumption": factor.assumption,
    }


def _grades(experiment: "Experiment", ids: Iterable[str]) -> dict[str, str]:
    rows = experiment.evidence
    return {each: rows[each].admiralty_grade if each in rows else "" for each in ids}


def _graded(experiment: "Experiment", ids: Iterable[str]) -> str:
    grades = _grades(experiment, ids)
    return (
        ", ".join(f"{each}{NO_BREAK}({grade})" if grade else each for each, grade in grades.items()) or "none"
    )
