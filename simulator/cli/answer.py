"""The command that prints the answers of a run: the claims again, or any question asked by name."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli import completion
from simulator.cli.answers import answers, cross_checked, print_answers, print_not_reached
from simulator.cli.options import JsonOption, ResultsOption, RunArgument, WorkersOption, whole_number
from simulator.cli.questions import QUESTIONS, question
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import counted, finite, print_json, print_text
from simulator.errors import ConfigError, Fault, ResultsError

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.analysis.tabular import Tabular
    from simulator.results import Run

ENDINGS = (".png", ".svg", ".html")
TAKES = {
    "claim": {"scenario", "replications"},
    "threshold": {"scenario", "factor", "replications"},
    "compare": {"response"},
    "bottleneck": {"scenario", "replications"},
    "sensitivity": {"scenario", "response"},
    "belief": {"scenario", "at-least"},
    "information": {"scenario", "at-least"},
    "score": {"scenario"},
}
"""Which options each question looks at, besides the claim."""

EXAMPLES = (
    "simulator answer one_plant",
    "simulator answer configs/examples/one_plant.yaml --claim two_thousand",
    "simulator answer shell_exports_2023 --question belief --claim lower_count --at-least 200000",
    "simulator answer shell_exports_2023 --question threshold --plot threshold.png",
    "simulator answer us_155mm --question score --outcomes configs/backtests/us_155mm.outcomes.csv",
    "simulator answer shell_exports_2023 --question all",
)


def answer(
    run: RunArgument,
    questions: Annotated[
        list[str] | None,
        typer.Option(
            "--question",
            metavar="|".join([*QUESTIONS, "all"]),
            help="What is asked; may be repeated. threshold and bottleneck simulate anew, for minutes.",
            autocompletion=completion.choices(QUESTIONS | {"all": "every question"}),
        ),
    ] = None,
    claim: Annotated[
        str | None,
        typer.Option(
            metavar="ID", help="One claim; by default all, or the first.", autocompletion=completion.claims
        ),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="One scenario; by default all, or the first.",
            autocompletion=completion.scenarios,
        ),
    ] = None,
    response: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            help="A response instead of the quantity of the claim.",
            autocompletion=completion.responses,
        ),
    ] = None,
    factor: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The factor that threshold moves; by default `sweep`.",
            autocompletion=completion.factors,
        ),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole_number("--replications", low=1),
            help="Of each new simulation, where a question simulates.",
        ),
    ] = None,
    workers: WorkersOption = None,
    outcomes: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="The CSV of what happened, for score; by default configs/backtests/NAME.outcomes.csv.",
        ),
    ] = None,
    at_least: Annotated[
        float | None,
        typer.Option(
            metavar="FIGURE", help="Another figure for the claim, in the unit of its quantity; with --claim."
        ),
    ] = None,
    plot: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Draw the answer of one question as .png, .svg or .html."),
    ] = None,
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> None:
    """Print how likely every claim of a run is, from the rows that are stored; or answer a question by name."""
    from simulator.runner import open_results

    names = _chosen(questions or (), plot)
    given: dict[str, object] = {
        "scenario": scenario,
        "response": response,
        "factor": factor,
        "replications": replications,
    }
    given["at-least"] = at_least
    _refuse_idle({name for name, value in given.items() if value is not None}, names)
    if at_least is not None and claim is None:
        raise ConfigError([Fault("--at-least", "is a figure for one claim; name it with --claim")])
    opened = open_results(run, results)
    if claim is not None:
        from simulator.analysis.estimate import claim_of

        claim_of(opened, claim)
    if not names:
        _print_claims(opened, claim, as_json=as_json)
        return
    asked = Asked(claim, scenario, response, factor, replications, workers, outcomes, at_least)
    if as_json:
        answered = dict(_answered(opened, names, asked))
        print_json({name: _values(found) for name, found in answered.items()})
        if plot is not None:
            _draw(names[0], answered[names[0]], plot)
        return
    for place, (name, found) in enumerate(_answered(opened, names, asked)):
        if len(names) > 1:
            print(f"{'' if not place else chr(10)}{name.upper()}: {QUESTIONS[name]}?\n")
        if isinstance(found, ResultsError):
            print_text(f"No answer: {found}")
            continue
        question(name).show(found)
        if plot is not None:
            print(f"\ndrawn in {_draw(name, found, plot)}")
    print()
    print_text(_source(opened))


def _chosen(asked: Sequence[str], plot: str | None) -> tuple[str, ...]:
    """Return the names of questions in the order in which they are answered; raises ConfigError for others."""
    from simulator.model.checks.names import allowed

    unknown = [name for name in asked if name not in QUESTIONS and name != "all"]
    if unknown:
        cure = allowed(unknown[0], [*QUESTIONS, "all"])
        raise ConfigError([Fault("--question", f"is {unknown[0]}; {cure}")])
    names = tuple(name for name in QUESTIONS if name in asked or "all" in asked)
    if plot is not None and len(names) != 1:
        raise ConfigError([Fault("--plot", "draws the answer of one question; give one --question")])
    if plot is not None and not plot.lower().endswith(ENDINGS):
        raise ConfigError([Fault("--plot", f"is {plot}; give a name that ends in {', '.join(ENDINGS)}")])
    return names


def _refuse_idle(given: set[str], names: Sequence[str]) -> None:
    """Refuse options that no question asked would look at; raises ConfigError."""
    for option in sorted(given):
        takers = [name for name in QUESTIONS if option in TAKES[name]]
        if not set(takers) & set(names):
            message = f"says nothing here; give it with --question {' or '.join(takers)}"
            raise ConfigError([Fault(f"--{option}", message)])


def _answered(
    run: "Run", names: Sequence[str], asked: Asked
) -> Iterator[tuple[str, "Tabular | ResultsError"]]:
    """Iterate over questions with their answers; of several, one without an answer does not keep the others."""
    for name in names:
        try:
            yield name, question(name).ask(run, asked)
        except ResultsError as refusal:
            if len(names) == 1:
                raise
            yield name, refusal


def _values(found: "Tabular | ResultsError") -> Any:
    """Return an answer as plain values for JSON: all of it where it says how, else its table."""
    if isinstance(found, ResultsError):
        return {"refused": str(found)}
    whole = getattr(found, "as_dict", None)
    return finite(whole() if whole is not None else {"rows": found.to_frame().to_dict("records")})


def _draw(name: str, found: Any, path: str) -> "Path":
    from simulator import plots

    return plots.save(getattr(plots, name)(found), path)


def _print_claims(run: "Run", claim: str | None, *, as_json: bool) -> None:
    """Print how likely every claim is, or one claim in full."""
    from simulator.analysis.estimate import Estimates, claims
    from simulator.analysis.exceedance import curves
    from simulator.cli.claims import grounds_of, print_claim

    estimates = Estimates(tuple(each for each in claims(run) if claim in (None, each.claim)))
    if as_json:
        found = answers(run, estimates)
        if claim is not None:
            _add_curves(found, curves(run, f"claims.{claim}"))
            found["grounds"] = grounds_of(run.experiment, claim)
        print_json(found)
        return
    print(f"{run.experiment.title}\n")
    print_answers(run, estimates, claim=claim)
    if claim is not None:
        print()
        print_claim(run, claim)
    print()
    print_not_reached(run)
    print_text(_source(run))


def _add_curves(found: dict[str, Any], exceedances: Any) -> None:
    for each in exceedances:
        rows = each.to_frame()[["at_least", "probability", "low", "high", "term", "hits"]]
        claims = found["scenarios"][each.scenario]["claims"]
        claims[each.column.removeprefix("claims.")]["exceedance"] = finite(rows.to_dict("records"))


def _source(run: "Run") -> str:
    """Return in a line what was run, how, and where it lies."""
    from simulator.config.files import shown

    design, contents = run.experiment.design, run.manifest
    kind = design.kind.replace("_", " ") + (f" in {design.scrambles} scrambles" if design.scrambles else "")
    block = f", block {contents.block} of a run" if contents.block else ""
    state = "" if run.complete else f", {contents.status} before its end"
    failed = f", {run.failed:,} failed" if run.failed else ""
    checks = f"; {cross_checked(contents.cross_checks)}" if contents.cross_checks else ""
    return (
        f"{shown(run.folder)}: {counted(run.replications, 'replication')} of each scenario{block}{failed}{state}; "
        f"design {kind}, seed {contents.seed}, {contents.engine} engine{checks}"
    )
