"""The errors a caller may catch; every one is a SimulatorError and prints as whole lines a person can act on."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what a person wrote: where it stands, what it is, what to do next."""

    where: str
    """`file:line`, or a path into a document, or a command-line option; empty when there is no place."""
    message: str
    """What is wrong, what is allowed, and what to do next, in one line."""

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class SimulatorError(Exception):
    """The root of all errors that this package raises on purpose."""


class ConfigError(SimulatorError):
    """What a person wrote cannot be used; `faults` has all that is wrong with it, in the order it is written."""

    def __init__(self, faults: Iterable[Fault] | str) -> None:
        self.faults: tuple[Fault, ...] = (Fault("", faults),) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ModelError(SimulatorError):
    """A value of the model breaks one of its own rules, for instance a draw that gives a share above 1."""


class RunError(SimulatorError):
    """An experiment could not be carried out."""


class ResultsError(SimulatorError):
    """A results folder cannot be read or written."""


class TooFewError(ResultsError):
    """A run has too few replications for an answer; more of them may give one."""
