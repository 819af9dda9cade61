"""The command that writes a config to start from."""

import json
import re
import shlex
import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from simulator.cli import completion
from simulator.cli.options import JsonOption
from simulator.cli.tables import print_json
from simulator.errors import ConfigError, Fault

EXAMPLES = (
    "simulator new my_plant",
    "simulator new configs/my_network.yaml --kind network",
)
STARTERS = {
    "plant": "one plant short of hours, steel and luck: the least that is a question",
    "network": "forges, filling, power, a road and a ship, with all that the questions ask for",
}
"""What is in the commented configs to start from, by kind."""
SCHEMA = "experiment.schema.json"
"""The schema that the first line of a starter points to, in the folder of the config."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_ENDINGS = (".yaml", ".yml")


def _kind(given: str) -> str:
    from simulator.model.checks.names import allowed

    if given not in STARTERS:
        raise ConfigError([Fault("--kind", f"is {given}; {allowed(given, STARTERS)}")])
    return given


def new(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            help="A file that ends in .yaml, or a name, for configs/NAME.yaml; by default the kind is the name.",
        ),
    ] = None,
    kind: Annotated[
        str,
        typer.Option(
            metavar="plant|network",
            parser=_kind,
            help="One plant; or regions, links, evidence.",
            autocompletion=completion.choices(STARTERS),
        ),
    ] = "plant",
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write a commented config to start from, and beside it the schema by which editors complete and explain it."""
    path = _path(kind if file is None else file)
    _put(path, starter(kind), force=force)
    schema = path.with_name(SCHEMA)
    written = force or not schema.exists()
    if written:
        _put(schema, _schema(), force=force)
    elif not _current(schema):
        print(
            f"{schema}: is there already, and is not the schema of this version, so that editors may mislead; "
            f"simulator schema > {shlex.quote(str(schema))} replaces it",
            file=sys.stderr,
        )
    given = path.stem if path.parent == Path("configs") else str(path)
    following = [f"simulator {command} {given}" for command in ("check", "run", "answer")]
    if as_json:
        made = [str(path), *([str(schema)] if written else [])]
        print_json({"written": made, "kind": kind, "next": following})
        return
    print(f"wrote {path}" + (f", and {schema} for your editor" if written else ""))
    print("\nNext:")
    for command, does in zip(following, ("is it sound, what to expect", "run it", "ask again"), strict=True):
        print(f"  {command:<{max(map(len, following))}}   # {does}")


def starter(kind: str) -> str:
    """Return the text of the config to start from of one of the `STARTERS`."""
    return files("simulator.cli").joinpath("starters", f"{kind}.yaml").read_text(encoding="utf-8")


def _path(given: str) -> Path:
    """Return the file that is meant; raises ConfigError for one that could not be a config."""
    path = Path(given)
    if not path.name:
        raise ConfigError(
            [Fault("FILE", f"is {given or 'empty'}; give a name, or a file that ends in .yaml")]
        )
    if not path.suffix and len(path.parts) == 1:
        path = Path("configs") / f"{given}.yaml"
    if path.suffix not in _ENDINGS:
        raise ConfigError([Fault(given, f"does not end in .yaml; give {path.with_suffix('.yaml')}")])
    if not _NAME.fullmatch(path.stem):
        cure = "give up to 64 small letters, digits, _ and -, a letter or digit first"
        raise ConfigError([Fault(given, f"cannot be the name of a config; {cure}")])
    return path


def _put(path: Path, text: str, *, force: bool) -> None:
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        if error.filename != str(path):
            message = f"cannot be written: {error.filename} is a file, not a folder; give another place"
            raise ConfigError([Fault(str(path), message)]) from None
        message = "is there already; give another name, or --force to replace it"
        raise ConfigError([Fault(str(path), message)]) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(
            [Fault(str(path), f"cannot be written: {reason}; give a file in a folder of yours")]
        ) from None


def _schema() -> str:
    from simulator.config import schema

    return json.dumps(schema(), indent=2) + "\n"


def _current(path: Path) -> bool:
    """Return whether a file has the schema of this version."""
    try:
        return path.read_text(encoding="utf-8") == _schema()
    except (OSError, ValueError):
        return False
