"""The commands by name, with the help of each."""

from collections.abc import Iterable
from typing import Annotated

import typer

from simulator import __version__
from simulator.cli import (
    answer,
    bench,
    check,
    compare,
    describe,
    evidence,
    export,
    merge,
    new,
    replay,
    report,
    run,
    schema,
    verify,
)
from simulator.cli.questions import QUESTIONS

app = typer.Typer(
    name="simulator",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Exit codes:
  0    done
  1    a required claim, or a declared assumption, does not hold
  2    a bad config or bad arguments; standard error has a line for each fault
  3    replications failed, or what must be equal differs: the engines, or stored rows
  70   an unexpected error; SIMULATOR_DEBUG=1 shows where it comes from
  130  stopped by Ctrl-C; 143 by SIGTERM""",
)


def _show_version(asked: bool) -> None:
    if asked:
        print(f"simulator {__version__}")
        raise typer.Exit


@app.callback()
def simulator(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Simulate what a supply system could make and deliver, and set it against what was claimed.

    A CONFIG is a YAML file, or the name of one in configs/. A RUN is a results folder, a config, or the name
    of a config, whose newest run is meant.
    """


def _examples(lines: Iterable[str]) -> str:
    return "\n  ".join(["\b\nExamples:", *lines])


def _questions() -> str:
    return "\n  ".join(["\b\nQuestions:", *(f"{name:<12} {asks}?" for name, asks in QUESTIONS.items())])


def _kinds() -> str:
    return "\n  ".join(["\b\nKinds:", *(f"{name:<12} {what}" for name, what in new.STARTERS.items())])


app.command("new", epilog=f"{_kinds()}\n\n{_examples(new.EXAMPLES)}")(new.new)
app.command("check", epilog=_examples(check.EXAMPLES))(check.check)
app.command("run", epilog=_examples(run.EXAMPLES))(run.run)
app.command("answer", epilog=f"{_questions()}\n\n{_examples(answer.EXAMPLES)}")(answer.answer)
app.command("report", epilog=_examples(report.EXAMPLES))(report.report)
app.command("merge", epilog=_examples(merge.EXAMPLES))(merge.merge)
app.command("compare", epilog=_examples(compare.EXAMPLES))(compare.compare)
app.command("replay", epilog=_examples(replay.EXAMPLES))(replay.replay)
app.command("verify", epilog=_examples(verify.EXAMPLES))(verify.verify)
app.command("export", epilog=_examples(export.EXAMPLES))(export.export)
app.command("evidence", epilog=_examples(evidence.EXAMPLES))(evidence.evidence)
app.command("describe", epilog=_examples(describe.EXAMPLES))(describe.describe)
app.command("bench", epilog=_examples(bench.EXAMPLES))(bench.bench)
app.command("schema", epilog=_examples(schema.EXAMPLES))(schema.schema)
