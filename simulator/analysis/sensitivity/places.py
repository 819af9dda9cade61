"""Places of columns by an index, as far as their intervals tell them apart."""

from collections.abc import Sequence

from simulator.analysis.sensitivity.resampling import Index


def places(found: Sequence[Index], apart: Sequence[bool]) -> tuple[tuple[int, int] | None, ...]:
    """Return for each the best and the worst place among those told from chance; None for the others.

    Those whose intervals overlap are tied: a place is behind all that lie wholly above, ahead of all wholly
    below.
    """
    in_play = [each for each, told in zip(found, apart, strict=True) if told]
    return tuple(
        (
            1 + sum(other.above(each) for other in in_play),
            len(in_play) - sum(each.above(other) for other in in_play),
        )
        if told
        else None
        for each, told in zip(found, apart, strict=True)
    )
