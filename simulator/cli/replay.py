"""The command that shows one replication in full."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.endings import ExitCode
from simulator.cli.options import EngineOption, JsonOption, ResultsOption, whole_number
from simulator.cli.tables import print_json
from simulator.errors import ConfigError, Fault, ModelError, ResultsError

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment
    from simulator.path import SamplePath
    from simulator.results import Run

EXAMPLES = (
    "simulator replay one_plant --replication 17",
    "simulator replay shell_exports_2023 --scenario new_production --gantt gantt.html",
    "simulator replay configs/examples/one_plant.yaml --path path.csv",
)
PICTURES = (".html", ".png", ".svg")


def replay(
    run: Annotated[
        str,
        typer.Argument(metavar="RUN", help="A results folder, a config (run or not), or a config's name."),
    ],
    scenario: Annotated[
        str | None, typer.Option(metavar="NAME", help="Needed when there are several.")
    ] = None,
    replication: Annotated[
        int,
        typer.Option(metavar="N", parser=whole_number("--replication", low=0), help="Counted from 0."),
    ] = 0,
    gantt: Annotated[
        str | None, typer.Option(metavar="FILE", help="Draw the states of the lines: .png, .svg or .html.")
    ] = None,
    path: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write all that happened, a row each: .csv or .parquet."),
    ] = None,
    engine: EngineOption = "auto",
    results: ResultsOption = "results",
    as_json: JsonOption = False,
) -> int:
    """Carry out one replication again, and show what happened in it.

    Shown are the balance of every material, the hours of the lines by role and state, what was made and
    delivered by week, whether everything held that must always hold, and whether the responses equal the row
    that the run stored.
    """
    from simulator.cli.replays import print_replay, seen
    from simulator.engines import resolved

    for option, file in (("--gantt", gantt), ("--path", path)):
        if file is not None and not Path(file).absolute().parent.is_dir():
            raise ConfigError(
                [Fault(option, f"is {file}; its folder does not exist, make it or name another")]
            )
    if gantt is not None and Path(gantt).suffix not in PICTURES:
        raise ConfigError([Fault("--gantt", f"is {gantt}; give a file that ends in {', '.join(PICTURES)}")])
    stored, experiment = _source(run, results)
    named = _scenario(scenario, experiment)
    try:
        unfolded = _unfolded(stored, experiment, named, replication, engine)
    except ModelError as error:
        for line in str(error).splitlines():
            print(f"{named}, replication {replication} fails: {line}", file=sys.stderr)
        return ExitCode.FAILED
    found = seen(
        unfolded, experiment, stored, scenario=named, replication=replication, engine=resolved(engine)
    )
    if as_json:
        print_json(found.as_dict())
    else:
        print_replay(found)
    if path is not None:
        _write_path(unfolded, path)
    if gantt is not None:
        _draw(unfolded, gantt)
    return ExitCode.DONE if found.sound else ExitCode.FAILED


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
    stored: "Run | None", experiment: "Experiment", scenario: str, replication: int, engine: str
) -> "SamplePath":
    from simulator import runner

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
