"""Settings of the command line, `PATH=VALUE`."""

from collections.abc import Iterable
from typing import Any

from simulator.config.reading import document
from simulator.config.shorthand import with_quantities
from simulator.errors import ConfigError, Fault


def setting(text: str) -> tuple[str, Any]:
    """Return the path and the value of a setting such as `regions.jagang.grid.allotment=40 MW`.

    The value is read as in a file. Raises ConfigError.
    """
    path, mark, value = text.partition("=")
    path = path.strip()
    if not (path and mark and value.strip()):
        raise ConfigError([Fault("--set", f"is {text!r}; give PATH=VALUE, such as plants.total=70")])
    try:
        found = document(f"value: {value.strip()}", name="--set")
    except ConfigError as error:
        raise _refused(path, [f"value {fault.message}" for fault in error.faults]) from None
    messages = [fault.message for fault in found.faults]
    read = with_quantities(found.tree["value"], refuse=lambda _, message: messages.append(f"value {message}"))
    if set(found.tree) != {"value"}:
        messages.append("value has more than one line; give one value")
    if messages:
        raise _refused(path, messages)
    return path, read


def _refused(path: str, messages: Iterable[str]) -> ConfigError:
    return ConfigError([Fault("--set", f"{path}: the {message}") for message in messages])
