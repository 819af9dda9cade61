"""What may stand in the place of a word of the command line, as shells ask when they complete it.

A shell waits for the answer, and its user wants no message: nothing that takes long is loaded, and a file that is
broken has no names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import typer

from simulator.cli.documents import names_in

Words = Iterator[str | tuple[str, str]]
"""Words, those with something to say about them with a help."""
Completer = Callable[[typer.Context, str], list[str | tuple[str, str]]]

CONFIGS = Path("configs")
DOCUMENT = "experiment.yaml"
MANIFEST = "manifest.json"
RUNS = {"run", "runs"}
SUBJECTS = RUNS | {"config", "configs"}
"""Arguments by which a command is told what it is about."""


def _fitting(words: Callable[[typer.Context], Words]) -> Completer:
    """Return the words that begin as what is typed; none, and no message, where files cannot be read."""

    def complete(context: typer.Context, incomplete: str) -> list[str | tuple[str, str]]:
        try:
            found = list(words(context))
        except (OSError, ValueError):
            return []
        return [each for each in found if _word(each).startswith(incomplete)]

    return complete


def _word(each: str | tuple[str, str]) -> str:
    return each if isinstance(each, str) else each[0]


def listed(complete: Completer) -> Completer:
    """Return what completes the last of words that commas part."""

    def last(context: typer.Context, incomplete: str) -> list[str | tuple[str, str]]:
        before, comma, typed = incomplete.rpartition(",")
        given = before.split(",")
        return [
            f"{before}{comma}{each}" for each in map(_word, complete(context, typed)) if each not in given
        ]

    return last


def followed(complete: Completer, ending: str) -> Completer:
    """Return what completes a word that something follows, such as = and a value."""

    def with_ending(context: typer.Context, incomplete: str) -> list[str | tuple[str, str]]:
        return [f"{_word(each)}{ending}" for each in complete(context, incomplete)]

    return with_ending


def choices(meanings: Mapping[str, str] | Iterable[str]) -> Completer:
    """Return what completes one of a few words."""
    return _fitting(lambda context: iter(meanings.items() if isinstance(meanings, Mapping) else meanings))


@_fitting
def configs(context: typer.Context) -> Words:
    """Yield the names of configs, and the YAML files of this folder; a path is for the shell to complete."""
    yield from sorted(path.stem for path in CONFIGS.glob("*.yaml"))
    yield from sorted(str(path) for path in Path().glob("*.y*ml"))


@_fitting
def runs(context: typer.Context) -> Words:
    """Yield the names of configs that were run, then the folders of their runs."""
    results = _results(context)
    found = sorted(path.parent for path in results.glob(f"*/*/{MANIFEST}"))
    yield from dict.fromkeys(folder.parent.name for folder in found)
    yield from map(str, found)


def _results(context: typer.Context) -> Path:
    return Path(context.params.get("results") or "results")


def _section(name: str) -> Completer:
    """Return what completes a name of a section of the document that the command is about."""

    def words(context: typer.Context) -> Words:
        for document in _documents(context):
            yield from names_in(document.read_text(encoding="utf-8"), name)
            return

    return _fitting(words)


claims, scenarios, factors = map(_section, ("claims", "scenarios", "factors"))


@_fitting
def responses(context: typer.Context) -> Words:
    """Yield the columns of the rows of the run that the command is about."""
    from simulator.results import columns

    for document in _documents(context):
        rows = sorted((document.parent / "runs").glob("*.parquet"))
        if rows:
            yield from columns.names(rows[0])
            return


def _documents(context: typer.Context) -> Iterator[Path]:
    """Yield the documents that the first argument may mean, the likeliest first."""
    # where an option still lacks its value the arguments before it are left as they were typed
    given = next((context.params[name] for name in SUBJECTS if context.params.get(name)), context.args)
    text = given if isinstance(given, str) else next(iter(given), "")
    if not text:
        return
    written = [path for path in (Path(text), CONFIGS / f"{text}.yaml") if path.is_file()]
    stored = sorted((_results(context) / Path(text).stem).glob(f"*/{MANIFEST}"), key=_age)
    run = [path.with_name(DOCUMENT) for path in (Path(text) / MANIFEST, *stored) if path.is_file()]
    yield from [*run, *written] if RUNS & context.params.keys() else [*written, *run]


def _age(path: Path) -> float:
    return -path.stat().st_mtime
