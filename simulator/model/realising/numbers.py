"""The numbers by which the parts of a system refer to each other: their places in the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from simulator.model.description import SystemDescription


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of every part, by name."""

    materials: dict[str, int]
    regions: dict[str, int]
    grids: dict[str, int]
    """By the name of the region; regions without a grid are not in it."""
    stores: dict[str, int]
    calendars: dict[str, int]

    @classmethod
    def of(cls, description: SystemDescription) -> Self:
        """Return the numbers of the parts of a description."""
        return cls(
            _numbered(description.materials),
            _numbered(description.regions),
            _numbered(name for name, region in description.regions.items() if region.grid is not None),
            _numbered(description.stores),
            _numbered(description.calendars),
        )


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}
