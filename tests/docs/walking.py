"""Pages walked as a reader would: commands given, files changed, what is shown compared with what comes."""

import contextlib
import io
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.cli import main
from simulator.config.reading import document

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\S+\.ya?ml)\n")
SECTION = re.compile(r"^(\w+):.*\n(?:(?:[ #].*)?\n)*", re.MULTILINE)
NOT_CARRIED_OUT = {"text", "json", "sh", "lua"}
"""Fences of what is shown, and of what is done outside: in editors, in shells of one's own, on clusters."""


@dataclass(frozen=True)
class Block:
    """A fenced part of a page."""

    kind: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Return the fenced parts of a page, in order."""
    return [Block(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]


def walk(page: Path) -> int:
    """Carry out the blocks of a page in the current folder; return how many commands and codes there were."""
    names: dict[str, Any] = {"__name__": "__main__"}
    done = 0
    for block in blocks(page):
        if block.kind == "console":
            done += _commands(block.text)
        elif block.kind == "python":
            exec(compile(block.text, str(page), "exec"), names)
            done += 1
        elif block.kind == "yaml":
            _edit(block.text)
        else:
            assert block.kind in NOT_CARRIED_OUT, f"{page.name} has a block of {block.kind or 'no kind'}"
    return done


def _commands(text: str) -> int:
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    assert parts[0] == "", "a block begins with a command"
    for line, shown in zip(parts[1::2], parts[2::2], strict=True):
        said = _said(line)
        assert fits(shown, said), f"$ {line}\nshown:\n{shown}\nsaid:\n{said}"
    return len(parts) // 2


def _said(line: str) -> str:
    """Return what a command says; faults, on standard error, count where nothing else is said."""
    program, *arguments = shlex.split(line, comments=True)
    if program != "simulator":
        return subprocess.run(line, shell=True, capture_output=True, text=True, check=True).stdout
    arguments, into = arguments[: _place(arguments)], arguments[_place(arguments) + 1 :]
    arguments = [path for each in arguments for path in _expanded(each)]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    assert code in (0, 1) or not out.getvalue(), err.getvalue()
    if into:
        Path(into[0]).write_text(out.getvalue(), encoding="utf-8")
        return ""
    return out.getvalue() or err.getvalue()


def _expanded(word: str) -> list[str]:
    """Return the paths that a word with * means, as a shell would."""
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


def _place(arguments: list[str]) -> int:
    """Return where output is sent to a file, or the end."""
    return arguments.index(">") if ">" in arguments else len(arguments)


def fits(shown: str, said: str) -> bool:
    """Return whether a text is as it is shown; `...` stands for anything, on a line of its own for lines."""
    lines = [
        re.escape(line.rstrip()).replace(re.escape("..."), ".*") for line in shown.strip("\n").split("\n")
    ]
    pattern = "\n".join(lines)
    pattern = re.sub(r"(?m)^\.\*$\n?", "(?s:.*)", pattern)
    plain = "\n".join(line.rstrip() for line in said.strip("\n").split("\n"))
    return re.fullmatch(pattern, plain) is not None


def _edit(text: str) -> None:
    """Put the sections of a block in the place of those of the file that its first line names."""
    named = FILE.match(text)
    document(text, name="block")
    if named is None:
        return
    file = Path(named[1])
    config = file.read_text(encoding="utf-8") if file.exists() else ""
    for section in SECTION.finditer(text[named.end() :]):
        old = next((each for each in SECTION.finditer(config) if each[1] == section[1]), None)
        new = section[0].rstrip("\n") + "\n\n"
        config = config + new if old is None else config[: old.start()] + new + config[old.end() :]
    file.write_text(config, encoding="utf-8")
