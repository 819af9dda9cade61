"""The command that runs an experiment, or goes on with it, and prints what it answers."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli import completion, progress
from simulator.cli.answers import answers, cross_checked, print_answers, print_not_reached
from simulator.cli.configs import blaming, loaded
from simulator.cli.endings import ExitCode, Interrupted
from simulator.cli.options import (
    ConfigArgument,
    EngineOption,
    JsonOption,
    ResultsOption,
    WorkersOption,
    whole_number,
)
from simulator.cli.requirements import requirements
from simulator.cli.tables import counted, duration, print_json
from simulator.errors import ConfigError, Fault

if TYPE_CHECKING:
    from simulator.analysis.estimate import Estimates
    from simulator.model.experiment import Experiment
    from simulator.results import Run
    from simulator.runner.orders import Order

EXAMPLES = (
    "simulator run configs/examples/one_plant.yaml",
    "simulator run configs/examples/one_plant.yaml --replications 64 --set plants.total=2",
    'simulator run configs/examples/one_plant.yaml --require "two_thousand>=0.5"',
)


def run(
    config: ConfigArgument,
    replications: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole_number("--replications", low=1),
            help="Of each scenario; by default as many as `precision` asks for.",
        ),
    ] = None,
    scenarios: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="These scenarios only; all by default.",
            autocompletion=completion.listed(completion.scenarios),
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PATH=VALUE",
            help="Fix a factor, or a place in the system; may be repeated.",
            autocompletion=completion.followed(completion.factors, "="),
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=whole_number("--seed", low=0, high=2**31 - 1),
            help="Instead of the config's; 0 to 2,147,483,647.",
        ),
    ] = None,
    engine: EngineOption = "auto",
    cross_checks: Annotated[
        int,
        typer.Option(
            metavar="N",
            parser=whole_number("--cross-checks", low=1),
            help="Of each scenario, repeated on the reference engine to see that the compiled one equals it.",
        ),
    ] = 2,
    executor: Annotated[
        str,
        typer.Option(
            metavar="processes|serial|dask",
            help="How work is spread: over processes, not at all, or over workers of Dask.",
            autocompletion=completion.choices(("processes", "serial", "dask")),
        ),
    ] = "processes",
    workers: WorkersOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="A Dask scheduler, as in tcp://10.0.0.1:8786; by default Dask works on this machine alone.",
        ),
    ] = None,
    timeout: Annotated[
        int,
        typer.Option(
            metavar="SECONDS",
            parser=whole_number("--timeout", low=1),
            help="A replication that keeps a worker longer fails, and the worker is replaced.",
        ),
    ] = 600,
    block: Annotated[
        str | None,
        typer.Option(
            metavar="I/N",
            help="Compute this of N parts of the replications only, for simulator merge to join.",
        ),
    ] = None,
    require: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CLAIM[@SCENARIO]>=P",
            help="Exit with 1 unless the claim's whole interval is at P or above; may be repeated.",
            autocompletion=completion.followed(completion.claims, ">="),
        ),
    ] = None,
    rerun_failed: Annotated[
        bool,
        typer.Option("--rerun-failed", help="Compute again the replications that failed, and only these."),
    ] = False,
    results: ResultsOption = "results",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Run an experiment, or go on where it was left, and print how likely its claims are.

    Every finished block of replications is kept, so a run that is stopped goes on when the same command is
    given again. The experiment as it was run, its rows and its answers lie in DIR/NAME/DIGEST.
    """
    from simulator.analysis.estimate import claims
    from simulator.runner import failures

    if not results:
        raise ConfigError([Fault("--results", "is empty; give a folder")])
    experiment = loaded(config, settings=set_ or (), seed=seed)
    chosen = None if scenarios is None else [name.strip() for name in scenarios.split(",") if name.strip()]
    if block and require:
        raise ConfigError([Fault("--require", "has no answer in a part of a run; ask it of the merged run")])
    required = requirements(require or (), experiment, scenarios=chosen or tuple(experiment.scenarios))
    asked = {
        "replications": replications,
        "scenarios": chosen,
        "workers": workers,
        "executor": executor,
        "scheduler": scheduler,
        "timeout": timeout,
        "engine": engine,
        "cross_checks": cross_checks,
        "block": block,
        "rerun_failed": rerun_failed,
        "name": experiment.name,
    }
    with blaming(config):
        if dry_run:
            _print_intention(experiment, asked, results, as_json=as_json)
            return ExitCode.DONE
        finished = _carried_out(experiment, asked, results)
    if block:
        return _block_finished(finished, as_json=as_json)
    estimates = claims(finished)
    shortfalls = [line for each in required for line in each.shortfalls(estimates)]
    failed, tolerated = list(failures.told(finished)), failures.tolerated(finished)
    if as_json:
        more = {
            "notes": finished.manifest.notes,
            "failures": failed,
            "failures_tolerated": tolerated,
            "not_held": shortfalls,
        }
        print_json(answers(finished, estimates) | more)
    else:
        _print_finished(finished, estimates)
    for line in [*failed, *shortfalls]:
        print(line, file=sys.stderr)
    return ExitCode.FAILED if not tolerated else ExitCode.NOT_HELD if shortfalls else ExitCode.DONE


def _carried_out(experiment: "Experiment", asked: dict[str, Any], results: str) -> "Run":
    """Run, showing how far it is; an interruption says how to go on."""
    there = _finished(experiment, asked, results)
    if there is not None:
        return there
    from simulator.runner import run as carry_out

    with progress.shown() as watch:
        try:
            return carry_out(experiment, **asked, results=results, progress=watch)
        except Interrupted as stop:
            done = f" with {watch.last.done:,} of {watch.last.total:,} replications" if watch.last else ""
            stop.advice = f"{done}; the same command goes on from there"
            raise


def _finished(experiment: "Experiment", asked: dict[str, Any], results: str) -> "Run | None":
    """Return the run when there is nothing left to do in it; what computes need not be loaded then."""
    from simulator.errors import ResultsError
    from simulator.runner.finished import finished
    from simulator.runner.places import place_faults

    place = {each: asked[each] for each in ("executor", "scheduler", "workers", "timeout")}
    if asked["block"] or asked["scenarios"] == [] or place_faults(**place):
        return None
    names = "name", "replications", "scenarios", "engine", "cross_checks"
    try:
        return finished(experiment, **{each: asked[each] for each in names}, results=results)
    except ResultsError:
        return None  # running says what is wrong, and what next


def _print_intention(experiment: "Experiment", asked: dict[str, Any], results: str, *, as_json: bool) -> None:
    """Print what a run would do; nothing is written."""
    from simulator.results import folder as results_folder
    from simulator.results import manifest
    from simulator.runner.kept_rows import of_another_engine
    from simulator.runner.orders import order_for

    order = order_for(experiment, **asked)
    folder = results_folder.local(results) / order.name / order.folder_name
    there = manifest.read(folder) if (folder / manifest.NAME).is_file() else None
    if there and there.code != order.code:
        there = None
    done = {name: sum(block.count for block in there.of(name)) if there else 0 for name in order.scenarios}
    again = sum(block.failed for block in there.blocks) if there and order.rerun_failed else 0
    kept = of_another_engine(there, asked["engine"], rerun_failed=order.rerun_failed) if there else ""
    notes = [*order.notes, *filter(None, [kept])]
    plan = {
        "folder": str(folder),
        "scenarios": done,
        "replications": [len(order.wanted(each)) for each in order.rounds],
        "engine": order.engine,
        "cross_checks": order.cross_checks if order.engine != "reference" else 0,
        "workers": order.workers,
        "computed_again": again,
        "notes": notes,
    }
    if as_json:
        print_json(plan)
        return
    amount = _extent(tuple(len(order.wanted(each)) for each in order.rounds))
    print(f"would run {amount} of each of {counted(len(done), 'scenario')} into {folder}")
    print(
        "\n".join(f"  {name}: {counted(count, 'replication')} there already" for name, count in done.items())
    )
    print(f"by the {order.engine} engine, {_place(order)}")
    if order.engine != "reference":
        print(
            f"{counted(order.cross_checks, 'replication')} of each scenario repeated on the reference engine"
        )
    if again:
        print(f"{counted(again, 'replication')} that failed computed again")
    for note in notes:
        print(f"note: {note}")


def _place(order: "Order") -> str:
    if order.scheduler is not None and order.workers:
        return f"on the workers of {order.scheduler}"
    processes = counted(order.workers, "worker process", "worker processes")
    return f"in {processes if order.workers else 'this process'}"


def _extent(rounds: tuple[int, ...]) -> str:
    if len(rounds) == 1:
        return counted(rounds[0], "replication")
    return f"{rounds[0]:,} to {rounds[-1]:,} replications, as many as the precision asked for takes,"


def _block_finished(run: "Run", *, as_json: bool) -> int:
    """Print what a part of a run has, which is no answer yet, and return the exit code."""
    from simulator.config.files import shown
    from simulator.runner import failures

    failed, tolerated = list(failures.told(run)), failures.tolerated(run)
    if as_json:
        contents = run.manifest
        counts = {name: sum(record.count for record in contents.of(name)) for name in run.scenarios}
        print_json(
            {
                "folder": str(run.folder),
                "block": contents.block,
                "scenarios": counts,
                "failures": failed,
                "failures_tolerated": tolerated,
            }
        )
    else:
        print(
            f"{shown(run.folder)}: block {run.manifest.block}, {counted(run.replications, 'replication')} of each"
            " scenario; simulator merge joins it with the others"
        )
    for line in failed:
        print(line, file=sys.stderr)
    return ExitCode.DONE if tolerated else ExitCode.FAILED


def _print_finished(run: "Run", estimates: "Estimates") -> None:
    from simulator.config.files import shown

    print(f"{run.experiment.title}\n")
    print_answers(run, estimates)
    took = duration(float(run.manifest.times.get("seconds", 0.0)))
    print()
    print_not_reached(run)
    if run.manifest.cross_checks:
        print(cross_checked(run.manifest.cross_checks))
    print(f"{shown(run.folder)}: {counted(run.replications, 'replication')} of each scenario, {took} in all")
