"""Writes the pages of docs/reference from the models, the commands, the responses and the public names."""

import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

import simulator
from simulator import plots, responses
from simulator.cli.app import app
from simulator.cli.new import starter
from simulator.config import loads, schema
from simulator.config.explaining import LAW_PARTS, properties_of, unit_of
from simulator.config.keys import KEYS, LAW_EXAMPLES

FOLDER = Path(__file__).parents[2] / "docs/reference"
AGAIN = "Written by `make reference` from what the program itself says; do not edit this page."
LAW_NAMES = {name: law for law, name in LAW_PARTS.items()}


def pages() -> dict[str, str]:
    """Return the text of every page by the name of its file."""
    return {
        "config.md": _page("Keys of a config", config()),
        "commands.md": _page("Commands", commands()),
        "responses.md": _page("Columns of a row", columns()),
        "python.md": _page("Names in Python", python()),
    }


def _page(title: str, lines: Iterator[str]) -> str:
    return "\n".join([f"# {title}", "", AGAIN, "", *lines]).rstrip() + "\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def config() -> Iterator[str]:
    """Yield the keys of every part of a config, the laws last."""
    made = schema()
    yield "A part is a mapping; its keys stand below each other. **Bold** keys must be given. How to write them:"
    yield "[guide](../guides/config.md); the same in an editor: [guide](../guides/editor.md)."
    for name in KEYS:
        law = LAW_NAMES.get(name)
        if law is None:
            yield from _part(made, name)
    yield from (
        "",
        "## Laws",
        "",
        "A law stands where a *value or law* may: `rate: {triangular: {low: 1/h, ...}}`.",
    )
    for law, name in LAW_PARTS.items():
        yield from ("", f"### `{law}`", "", _sentences(made["$defs"][name]["description"]))
        yield from ("", f"`{{{law}: {LAW_EXAMPLES[law]}}}`", "")
        yield from _keys(made, name)


def _part(made: dict[str, Any], name: str) -> Iterator[str]:
    node = made if name == "Experiment" else made["$defs"][name]
    yield from ("", f"## {name}", "", _sentences(node["description"]), "")
    yield from _keys(made, name)


def _keys(made: dict[str, Any], name: str) -> Iterator[str]:
    node = made if name == "Experiment" else made["$defs"][name]
    law = LAW_NAMES.get(name)
    needed = (node if law is None else node["properties"][law]).get("required", ())
    yield _row("key", "is", "unit", "default", "meaning", "example")
    yield _row(*["---"] * 6)
    for key, child in properties_of(made, name).items():
        meaning, example = KEYS[name][key]
        shown = f"**`{key}`**" if key in needed else f"`{key}`"
        default = "" if child.get("default") in (None, [], {}, "") else f"`{child['default']}`"
        unit = unit_of(name, key)
        kind = "quantity" if unit and _kind(child) == "text" else _kind(child)
        yield _row(shown, kind, "" if kind == "date" else unit, default, meaning, f"`{example}`")


def _kind(node: dict[str, Any]) -> str:
    """Return what a value is, with what is allowed of it."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return "value or law" if name == "Distribution" else f"[{name}](#{name.lower()})"
    if "anyOf" in node:
        kinds = (_kind(each) for each in node["anyOf"] if each.get("type") != "null")
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in node or "const" in node:
        return ", ".join(f"`{each}`" for each in node.get("enum", [node.get("const")]))
    kinds = node.get("type", "")
    if kinds == "array":
        items = node.get("items") or (node.get("prefixItems") or [{}])[0]
        return f"list of {_kind(items)}"
    if kinds == "object":
        inner = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
        found = [_kind(each) for each in inner if isinstance(each, dict)]
        return f"by name, {found[0]}" if found else "mapping"
    if isinstance(kinds, list):
        return "quantity"
    if kinds == "string":
        name = "pattern" in node and node["pattern"].startswith("^[a-z0-9]")
        return "date" if node.get("format") == "date" else "name" if name else "text"
    return {"integer": "whole number", "number": "number"}.get(kinds, kinds) + _bounds(node)


def _bounds(node: dict[str, Any]) -> str:
    names = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to", "exclusiveMaximum": "below"}
    # the stricter of two bounds on a side is what counts
    shown = {name: node[bound] for bound, name in names.items() if bound in node}
    if "above" in shown and shown.get("from", shown["above"]) <= shown["above"]:
        shown.pop("from", None)
    return "".join(f" {name} {number:,}" for name, number in shown.items())


def _sentences(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split())


def commands() -> Iterator[str]:
    """Yield every command with its arguments and options."""
    group: Any = typer.main.get_command(app)
    yield _sentences(group.help) + " Exit codes and a summary: `simulator --help`."
    for name, command in group.commands.items():
        parts = [_usage(each) for each in command.params if each.param_type_name == "argument"]
        yield from ("", f"## `{' '.join(['simulator', name, *parts])}`", "")
        yield from (f"{_sentences(part)}\n" for part in inspect.cleandoc(command.help).split("\n\n"))
        yield _row("argument or option", "meaning", "default")
        yield _row("---", "---", "---")
        for each in command.params:
            if each.name != "help":
                yield _row(f"`{_option(each)}`", _sentences(each.help or ""), _default(each))
        yield from ("", *_epilog(command.epilog))


def _usage(argument: Any) -> str:
    return str(argument.metavar) if argument.required else f"[{argument.metavar}]"


def _option(each: Any) -> str:
    if each.param_type_name == "argument":
        return str(each.metavar)
    return ", ".join(each.opts) + ("" if each.is_flag else f" {each.metavar or each.type.name.upper()}")


def _default(each: Any) -> str:
    value = each.default
    return "" if value in (None, False, (), []) or callable(value) else f"`{value}`"


def _epilog(text: str) -> Iterator[str]:
    """Yield what stands under the options of a command's help, headings and lines."""
    for part in text.replace("\b\n", "").split("\n\n"):
        heading, *lines = part.strip().splitlines()
        yield from (heading, "", "```text", *(line.strip() for line in lines), "```", "")


def columns() -> Iterator[str]:
    """Yield the columns of a row of the network that `simulator new` writes, with their units."""
    experiment = loads(starter("network"), name="network", stem="network")
    scenario = next(iter(experiment.scenarios))
    path = simulator.simulate(experiment, scenario=scenario, replication=0)
    yield "A replication is a row: `scenario`, `replication`, `error`, factors, derived numbers, then these."
    yield "Parts are those of the network of `simulator new --kind network`; `run.columns` has the columns of"
    yield "a run. [Reading results](../guides/read_results.md); [a response of your own](../guides/response.md)."
    yield from ("", _row("column", "unit", "meaning"), _row("---", "---", "---"))
    for name, (unit, meaning) in responses.describe(path.system, experiment.claims).items():
        yield _row(f"`{name}`", unit, meaning)


def python() -> Iterator[str]:
    """Yield the public names with their signatures and what they do."""
    yield "`import simulator as sim`; each name is loaded when it is first used."
    yield from _names("sim", simulator, [name for name in simulator.__all__ if name != "plots"])
    yield from (
        "",
        "## `sim.plots`",
        "",
        "Each draws an answer as a chart; `save` writes .png, .svg, .html.",
    )
    yield from _names("sim.plots", plots, plots.__all__)


def _names(prefix: str, module: Any, names: list[str]) -> Iterator[str]:
    for name in names:
        value = getattr(module, name)
        yield from ("", f"### `{prefix}.{name}{_signature(value)}`", "")
        yield _sentences(inspect.cleandoc(value.__doc__ or "").split("\n\n")[0])
        if inspect.isclass(value) and not issubclass(value, Exception):
            yield from ("", *_members(value))


def _signature(value: Any) -> str:
    if inspect.isclass(value):
        return ""
    text = str(inspect.signature(value))
    return re.sub(r"(?:[a-z_]+\.)+([A-Z]\w*)", r"\1", text.replace("'", ""))


def _members(kind: type) -> Iterator[str]:
    """Yield the public methods and properties that a class has itself, with their first sentence."""
    for name, member in sorted(vars(kind).items()):
        function = getattr(member, "fget", None) or getattr(member, "func", member)
        if not name.startswith("_") and callable(function) and function.__doc__:
            call = re.sub(r"\(self(, )?", "(", _signature(function), count=1)
            shown = name if function is not member else f"{name}{call}"
            yield f"- `{shown}`: {_sentences(function.__doc__.split(chr(10) * 2)[0])}"


def write() -> None:
    """Write all pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"{os.path.relpath(FOLDER / name)}: {len(text.splitlines()):,} lines")  # noqa: T201


if __name__ == "__main__":
    write()
