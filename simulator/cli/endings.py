"""How a command ends: its exit code, with a line on standard error for each thing that is wrong."""

import os
import shlex
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from types import FrameType

import typer

from simulator.errors import ConfigError, RunError, SimulatorError

MOMENT = 0.1
"""Seconds after which an interruption that was lost is raised again."""


class ExitCode(IntEnum):
    """What the exit code of a command says."""

    DONE = 0
    NOT_HELD = 1
    """A required claim, or a declared assumption, does not hold."""
    REFUSED = 2
    """A bad config, or bad arguments."""
    FAILED = 3
    """Replications failed, or engines, rows or checks that must be equal differ."""
    OWN_FAULT = 70
    """An unexpected error."""


class Interrupted(BaseException):
    """A signal asks the command to stop; `advice` says what is kept, and how to go on."""

    def __init__(self, number: int) -> None:
        self.signal = signal.Signals(number)
        self.advice = ""
        super().__init__(self.signal.name)


def ended(arguments: Sequence[str]) -> int:
    """Carry out the command that some arguments ask for, and return its exit code; nothing is raised."""
    name = _name(arguments[0])
    try:
        with _stoppable():
            return _carried_out(arguments)
    except Interrupted as stop:
        _say(f"{name}: stopped by {stop.signal.name}{stop.advice}")
        return 128 + stop.signal
    except typer.TyperException as error:
        _say(f"{name}: {_sentence(error.format_message())}; {name} --help says what can be given")
        return ExitCode.REFUSED
    except SimulatorError as error:
        tell(error)
        return ExitCode.FAILED if isinstance(error, RunError) else ExitCode.REFUSED
    except SystemExit as left:
        # how what serves completion by a shell ends; with another code Typer has noticed that its reader has gone
        if left.code in (None, 0):
            sys.stdout.flush()
            return ExitCode.DONE
        return _reader_gone()
    except BrokenPipeError:
        return _reader_gone()
    except Exception as error:  # noqa: BLE001 - the last to be asked: nothing else is left to say it
        return _own_fault(name, arguments, error)


def _name(first: str) -> str:
    """Return the command that is asked for as messages name it."""
    from simulator.cli.app import app

    known = any(each.name == first for each in app.registered_commands)
    return f"simulator {first}" if known else "simulator"


def _reader_gone() -> int:
    """End quietly as whoever read the output has gone; the interpreter is not to find that out again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def tell(error: SimulatorError) -> None:
    """Write to standard error what is wrong, a line a fault."""
    for line in map(str, error.faults) if isinstance(error, ConfigError) else str(error).splitlines():
        _say(line)


def _carried_out(arguments: Sequence[str]) -> int:
    from simulator.cli.app import app

    command = typer.main.get_command(app)
    code = command.main(list(arguments), prog_name="simulator", standalone_mode=False)
    sys.stdout.flush()
    return int(code or ExitCode.DONE)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn the signals that ask to stop into Interrupted; a second one ends the process at once.

    Code that is interrupted may raise another error instead, as numba does while it compiles: whatever ends a
    command after a signal is that signal. Where nothing can be raised, as in a callback from C, it is raised a
    moment later.
    """
    asked: list[Interrupted] = []

    def stop(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGALRM:
            raise asked[0]
        if asked:
            os._exit(128 + number)
        asked.append(Interrupted(number))
        raise asked[0]

    def lost(what: "sys.UnraisableHookArgs") -> None:
        if isinstance(what.exc_value, Interrupted):
            signal.setitimer(signal.ITIMER_REAL, MOMENT)
        else:
            hook(what)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM)}
    hook, sys.unraisablehook = sys.unraisablehook, lost
    try:
        yield
    except Exception as error:
        if asked:
            raise asked[0] from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = hook
        for each, handler in handlers.items():
            signal.signal(each, handler)


def _own_fault(name: str, arguments: Sequence[str], error: Exception) -> int:
    if os.environ.get("SIMULATOR_DEBUG"):
        traceback.print_exception(error)
        return ExitCode.OWN_FAULT
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    again = f"SIMULATOR_DEBUG=1 simulator {shlex.join(arguments)}"
    _say(f"{name}: unexpected error, {told}; {again} shows where")
    return ExitCode.OWN_FAULT


def _sentence(message: str) -> str:
    """Return what the parser of arguments says as the middle of a line."""
    line = " ".join(message.split()).rstrip(".").replace("'. Did you mean", "'; did you mean").rstrip("?")
    return line[:1].lower() + line[1:]


def _say(line: str) -> None:
    """Write one line to standard error, with what cannot be printed in it escaped."""
    print("".join(each if each.isprintable() else ascii(each)[1:-1] for each in line), file=sys.stderr)
