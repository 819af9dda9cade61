"""When the first, second, third item came, in one path and in another."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from simulator.path import Kind, SamplePath

Ticks = npt.NDArray[np.int64]


def nth_ticks(path: SamplePath, kind: Kind, *, entities: Collection[int] | None = None) -> Ticks:
    """Return the ticks of the first, second, third ... item that the rows of a kind count.

    Of all entities together, or of some by number. Shape (items,), in order: with `Kind.UNLOADED` when the n-th
    good item was finished, with `Kind.USED` of a line that takes one item a lot when its n-th lot was begun.
    """
    rows = path.of(kind)
    if entities is not None:
        rows = rows[np.isin(rows["entity"], list(entities))]
    return np.repeat(rows["tick"], rows["amount"])


def first_later(before: Ticks, after: Ticks) -> int | None:
    """Return the first n, from 0, whose tick after a change is later than before it, or that no longer comes.

    None when the change delayed nothing.
    """
    common = min(len(before), len(after))
    late = np.flatnonzero(after[:common] > before[:common])
    if len(late):
        return int(late[0])
    return common if len(after) < len(before) else None
