"""What a person holds for certain of every replication, for a check to try."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulator.model.quantities import Frozen, Name, Number

MOST_CHARACTERS = 256
"""Of the name of a response, which joins up to three names of parts."""
Rule = Literal["increases_in", "decreases_in", "unaffected_by", "at_least", "at_most"]


class Assumption(Frozen):
    """A rule that a response is to keep in every replication, whatever is drawn.

    It never falls, never rises, or stays the same when one factor alone is made larger, all streams being the
    same; or it stays on one side of a number, in the unit of the response.
    """

    response: Annotated[str, Field(max_length=MOST_CHARACTERS)]
    """The column of a claim or a response, such as `made.shell`."""
    increases_in: Name | None = None
    """A factor with which it never falls."""
    decreases_in: Name | None = None
    """A factor with which it never rises."""
    unaffected_by: Name | None = None
    """A factor with which it stays the same."""
    at_least: Number | None = None
    at_most: Number | None = None
    scenarios: Annotated[tuple[Name, ...], Field(strict=False, min_length=1)] | None = None
    """Where it is to hold; everywhere when none are named."""

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        given = [name for name in RULES if getattr(self, name) is not None]
        if len(given) != 1:
            has = f"has {' and '.join(given)}; " if given else ""
            raise ValueError(f"{has}needs one of {', '.join(RULES)}")
        return self

    @property
    def rule(self) -> Rule:
        """Which rule it is."""
        return next(name for name in RULES if getattr(self, name) is not None)

    @property
    def factor(self) -> str | None:
        """The factor that is moved; None for a bound."""
        return self.increases_in or self.decreases_in or self.unaffected_by

    @property
    def bound(self) -> float | None:
        """The number that bounds the response; None for a rule about a factor."""
        return self.at_most if self.at_least is None else self.at_least


RULES: tuple[Rule, ...] = ("increases_in", "decreases_in", "unaffected_by", "at_least", "at_most")
