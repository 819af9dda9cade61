"""How much of the error of 5 % an interval of a run may spend, so that all that were looked at keep to it."""

ERROR = 0.05
"""The chance that an interval which a run ends with misses what it is for, however the end was chosen."""
FIRST = 0.8
"""The share of it that the looks before the first answer have; the rest is kept for when a run is extended."""


def confidence(looks: int, extensions: int) -> float:
    """Return the confidence of an interval at one of the looks that were planned at once.

    `extensions` is how often the run was extended after it had given an answer. What the first answer leaves is
    shared by all extensions there may ever be, a half, a sixth, a twelfth and so on; the looks of one share alike.
    """
    share = (1.0 - FIRST) / (extensions * (extensions + 1)) if extensions else FIRST
    return 1.0 - ERROR * share / looks
