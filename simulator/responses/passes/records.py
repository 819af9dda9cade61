"""Records of whole numbers, by name: what belongs together lies together, and is fetched at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Records = npt.NDArray[np.void]


def record(fields: str) -> np.dtype[np.void]:
    """Return the type of a record of 64-bit whole numbers, whose names are given in one string."""
    return np.dtype([(name, np.int64) for name in fields.split()])
