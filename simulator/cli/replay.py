"""The command that shows one replication in full."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli import completion
from simulator.cli.configs import loaded
from simulator.cli.endings import ExitCode
from simulator.cli.options import EngineOption, JsonOption, ResultsOption, whole_number
from simulator.cli.tables import print_json
from simulator.errors import ConfigError, Fault, ModelError, ResultsError

if TYPE_CHECKING:
    from simulator.cli.replays import Seen
    from simulator.model.experiment import Experiment
    from simulator.path import SamplePath
    from simulator.results import Run
    from simulator.testing.documents import RealisedSystem

EXAMPLES = (
    "simulator replay one_plant --replication 17",
    "simulator replay shell_exports_2023 --scenario new_production --gantt gantt.html",
    "simulator replay configs/examples/one_plant.yaml --path path.csv",
    "simulator replay counter_example.yaml --engine reference",
    "simulator replay one_plant --medians --set rate=12/h",
)
PICTURES = (".html", ".png", ".svg")
MARKED = re.compile(r"^(?:E +| *)realised_system *:", re.MULTILINE)
"""How the text of a realised system is told from a config, also as pytest prints it."""


def replay(
    run: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help="A results folder, a config (run or not), a config's name, or the realised system that a "
            "property test printed.",
            autocompletion=completion.runs,
        ),
    ],
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Needed when there are several.", autocompletion=completion.scenarios
        ),
    ] = None,
    replication: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole_number("--replication", low=0),
            help="Counted from 0; that of the file for a realised system, else 0.",
        ),
    ] = None,
    gantt: Annotated[
        str | None, typer.Option(metavar="FILE", help="Draw the states of the lines: .png, .svg or .html.")
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write all that happened, a row each: .csv or .parquet."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PATH=VALUE",
            help="Of a config: fix a factor, or a path, first.",
            autocompletion=completion.followed(completion.factors, "="),
        ),
    ] = None,
    medians: Annotated[
        bool, typer.Option("--medians", help="Of a config: all factors that are not set at their medians.")
    ] = False,
    engine: EngineOption = "auto",
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> int:
    """Carry out one replication again, and show what happened in it.

    Shown are the balance of every material, the hours of the lines by role and state, what was made and
    delivered by week, whether everything held that must always hold, and whether the responses equal the row
    that the run stored.
    """
    from simulator.cli.replays import print_replay

    for option, file in (("--gantt", gantt), ("--path", path)):
        if file is not None and not Path(file).absolute().parent.is_dir():
            raise ConfigError(
                [Fault(option, f"is {file}; its folder does not exist, make it or name another")]
            )
    if gantt is not None and Path(gantt).suffix not in PICTURES:
        raise ConfigError([Fault("--gantt", f"is {gantt}; give a file that ends in {', '.join(PICTURES)}")])
    realised = _realised(run)
    if realised is not None:
        if settings or medians:
            option = "--set" if settings else "--medians"
            raise ConfigError(
                [Fault(option, "is for a config; a realised system has no factors, leave it out")]
            )
        found = _of_system(realised, scenario=scenario, replication=replication, engine=engine)
    else:
        changed = bool(settings) or medians
        stored, experiment = (
            (None, loaded(run, settings=settings or ())) if changed else _source(run, results)
        )
        named = _scenario(scenario, experiment)
        try:
            found = _of_experiment(stored, experiment, named, replication or 0, engine, medians=medians)
        except ModelError as error:
            for line in str(error).splitlines():
                print(f"{named}, replication {replication or 0} fails: {line}", file=sys.stderr)
            return ExitCode.FAILED
    if as_json:
        print_json(found.as_dict())
    else:
        print_replay(found)
    if path is not None:
        _write_path(found.path, path)
    if gantt is not None:
        _draw(found.path, gantt)
    return ExitCode.DONE if found.sound else ExitCode.FAILED


def _realised(file: str) -> "RealisedSystem | None":
    """Return the realised system that a file holds; None for a file of another kind, or none."""
    from simulator.config.files import read_text, shown

    try:
        text = read_text(Path(file))
    except ConfigError:
        # a folder, or a name
        return None
    if MARKED.search(text) is None:
        return None
    from simulator.testing import documents

    return documents.loads(text, name=shown(Path(file)))


def _of_system(
    realised: "RealisedSystem", *, scenario: str | None, replication: int | None, engine: str
) -> "Seen":
    """Unfold a realised system at its own address, or in another replication."""
    from simulator.cli.replays import seen
    from simulator.engines import resolved, simulate

    if scenario is not None:
        raise ConfigError(
            [Fault("--scenario", f"is {scenario}; a realised system has no scenarios, leave it out")]
        )
    number = realised.replication if replication is None else replication
    return seen(
        simulate(realised.system, seed=realised.seed, replication=number, engine=engine),
        claims={},
        scenario=None,
        seed=realised.seed,
        replication=number,
        engine=resolved(engine),
        row=None,
    )


def _of_experiment(
    stored: "Run | None",
    experiment: "Experiment",
    scenario: str,
    replication: int,
    engine: str,
    *,
    medians: bool,
) -> "Seen":
    """Carry out a replication of a run, or of a config; raises ModelError when it fails."""
    from simulator.cli.replays import seen, stored_row
    from simulator.engines import resolved

    return seen(
        _unfolded(stored, experiment, scenario, replication, engine, medians=medians),
        claims=experiment.claims,
        scenario=scenario,
        seed=experiment.seed,
        replication=replication,
        engine=resolved(engine),
        row=stored_row(stored, scenario, replication),
    )


def _source(run: str, results: str) -> "tuple[Run | None, Experiment]":
    """Return a run with its experiment; for a config that was not run as it stands, the experiment alone."""
    from simulator.config import load
    from simulator.config.files import config_path
    from simulator.runner import open_results

    try:
        opened = open_results(run, results)
    except ResultsError:
        file = config_path(run)
        if not file.is_file():
            raise
        return None, load(file)
    return opened, opened.experiment


def _scenario(named: str | None, experiment: "Experiment") -> str:
    """Return the scenario that is meant; raises ConfigError when that is not clear."""
    from simulator.model.checks.names import listed, unknown

    if named is None and len(experiment.scenarios) == 1:
        return next(iter(experiment.scenarios))
    if named is None:
        raise ConfigError([Fault("--scenario", f"is needed; give one of {listed(experiment.scenarios)}")])
    if named not in experiment.scenarios:
        raise ConfigError([Fault("--scenario", unknown("scenario", named, experiment.scenarios))])
    return named


def _unfolded(
    stored: "Run | None",
    experiment: "Experiment",
    scenario: str,
    replication: int,
    engine: str,
    *,
    medians: bool,
) -> "SamplePath":
    from simulator import runner

    if medians:
        from simulator.model.scenario.scenarios import Scenario, median_draw
        from simulator.runner.execute import unfold

        compiled, draw = Scenario(experiment, scenario), median_draw(experiment)
        return unfold(experiment, compiled, draw, replication=replication, engine=engine)
    if stored is None:
        return runner.simulate(experiment, scenario=scenario, replication=replication, engine=engine)
    return runner.replay(stored, scenario=scenario, replication=replication, engine=engine)


def _write_path(unfolded: "SamplePath", file: str) -> None:
    from simulator.results.export import write_frame

    written = write_frame(unfolded.frame(), file)
    print(f"{written}: {len(unfolded.rows):,} rows", file=sys.stderr)


def _draw(unfolded: "SamplePath", file: str) -> None:
    from simulator import plots

    written = plots.save(plots.gantt(unfolded), file)
    print(f"{written}: the states of {len(unfolded.system.lines):,} lines", file=sys.stderr)
