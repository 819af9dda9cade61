"""What was drawn for the factors in the replications that have a value, dealt into classes of like values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.analysis.intervals import Floats, Ints
from simulator.analysis.sample import Sample
from simulator.model.experiment import Experiment

if TYPE_CHECKING:
    from simulator.results import Run

NULL: Final = "(null)"
"""The column of a number that was drawn at random and used nowhere; no factor can have this name."""
SEED: Final = 1931
"""Of the null and of resampling; fixed, so that the same rows give the same indices."""
GROUPS: Final = 64
"""Into so many groups independent replications are dealt to be resampled."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """Columns of factors that vary, the null at the end, with the units that are resampled."""

    names: tuple[str, ...]
    """`factor`, or `factor.name` for a share of a Dirichlet factor; the last is `NULL`."""
    values: Floats
    """Shape (columns, n)."""
    held: tuple[str, ...]
    """Factors that have one value throughout."""
    unit: Ints
    """The unit of resampling of each replication, shape (n,), from 0: its scramble, else a group."""
    method: str
    """In words, what is resampled."""
    replication: Ints
    """Of which replications, shape (n,)."""
    _classes: dict[int, tuple[Ints, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def units(self) -> int:
        """How many units there are."""
        return int(self.unit.max()) + 1

    def classes(self, most: int) -> tuple[Ints, ...]:
        """Return for each column the class of each value, shape (n,), from 0: at most so many, near equal in size.

        Values that are equal are in one class. They are found once, however many quantities are asked about.
        """
        if most not in self._classes:
            self._classes[most] = tuple(classes(column, most) for column in self.values)
        return self._classes[most]

    def serves(self, sample: Sample) -> bool:
        """Return whether this is what was drawn where a sample of the same scenario has values."""
        return np.array_equal(self.replication, sample.replication)


def drawn(run: "Run", sample: Sample) -> Drawn:
    """Return what was drawn where a sample has values."""
    wanted = list(factor_columns(run.experiment))
    there = np.isin(run.numbers(sample.scenario), sample.replication)
    names, columns, held = [], [], []
    for name, values in zip(wanted, run.values(sample.scenario, wanted), strict=True):
        kept = values[there]
        if kept.min() == kept.max():
            held.append(name)
        else:
            names.append(name)
            columns.append(kept)
    random = np.random.Generator(np.random.PCG64(SEED)).random(int(sample.replication.max()) + 1)
    if sample.scramble is not None:
        unit = np.unique(sample.scramble, return_inverse=True)[1]
        method = f"bootstrap of {unit.max() + 1} scrambles"
    else:
        unit = np.arange(len(sample.values)) % GROUPS
        method = f"bootstrap of {unit.max() + 1} groups of replications"
    return Drawn(
        names=(*names, NULL),
        values=np.array([*columns, random[sample.replication]]),
        held=tuple(held),
        unit=unit,
        method=method,
        replication=sample.replication,
    )


def factor_columns(experiment: Experiment) -> Iterator[str]:
    """Iterate over the columns of the factors: one a factor, one a share of a Dirichlet factor."""
    for name, factor in experiment.factors.items():
        if factor.dirichlet is None:
            yield name
        else:
            yield from (f"{name}.{key}" for key in factor.dirichlet)


def classes(values: Floats, most: int) -> Ints:
    """Return the class of each value, shape (n,), from 0: at most so many, near equal in size; equals together."""
    rising = np.sort(values)
    starts = np.unique(rising[np.arange(1, most) * len(values) // most])
    inner = starts[starts > rising[0]]
    found: Ints = np.searchsorted(inner, values, side="right")
    return found
