"""What a question is about, as the options of the command line say it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a question; None where its own choice is wanted."""

    claim: str | None = None
    scenario: str | None = None
    response: str | None = None
    """A column of the rows."""
    factor: str | None = None
    replications: int | None = None
    """Of each new simulation."""
    workers: int | None = None
    outcomes: str | None = None
    """A file of what happened."""
    at_least: float | None = None
    """Another figure for the claim, in the unit of its quantity."""
