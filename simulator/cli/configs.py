"""Configs as commands are given them: loaded, changed by options, blamed by their file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simulator.errors import ConfigError, Fault, ModelError

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment

OPTIONS = ("replications", "scenarios", "workers", "executor", "scheduler", "timeout", "engine")
"""Places of faults that are options of the command line."""


def loaded(config: str, *, settings: Sequence[str] = (), seed: int | None = None) -> "Experiment":
    """Return the experiment of a config with values set by `PATH=VALUE`; raises ConfigError with all faults."""
    from simulator.config import load, setting

    experiment = load(config)
    faults: list[Fault] = []
    for text in settings:
        try:
            path, value = setting(text)
            experiment = experiment.with_value(path, value)
        except ConfigError as error:
            faults += [_of_setting(fault, text) for fault in error.faults]
    if faults:
        raise ConfigError(faults)
    return experiment if seed is None else experiment.model_copy(update={"seed": seed})


@contextmanager
def blaming(config: str) -> Iterator[None]:
    """Let faults of an experiment that was read from a config say which file, or which option, to change."""
    from simulator.config.files import config_path, shown

    try:
        yield
    except ConfigError as error:
        file = shown(config_path(config))
        raise ConfigError([_placed(fault, file) for fault in error.faults]) from error
    except ModelError as error:
        file = shown(config_path(config))
        raise ConfigError([Fault(file, line) for line in str(error).splitlines()]) from error


def _placed(fault: Fault, file: str) -> Fault:
    if fault.where in OPTIONS:
        return Fault(f"--{fault.where}", fault.message)
    if fault.where == "name":
        return Fault(file, f"its name {fault.message}")
    return Fault(f"{file}: {fault.where}" if fault.where else file, fault.message)


def _of_setting(fault: Fault, text: str) -> Fault:
    if fault.where == "--set":
        return fault
    return Fault(f"--set {text}", str(fault))
