"""Words for probabilities: the scale of the United States intelligence community.

Intelligence Community Directive 203, *Analytic Standards*, 2 January 2015, gives seven terms with a range
each and leaves what lies outside 1 to 99 % without one. Neighbouring ranges share their ends: here a term
holds from its lower end up to and without its upper end, except that the last also holds at 99 %.
"""

from typing import Final

SCALE: Final[tuple[tuple[float, float, str], ...]] = (
    (0.01, 0.05, "almost no chance"),
    (0.05, 0.20, "very unlikely"),
    (0.20, 0.45, "unlikely"),
    (0.45, 0.55, "roughly even chance"),
    (0.55, 0.80, "likely"),
    (0.80, 0.95, "very likely"),
    (0.95, 0.99, "almost certain"),
)
"""From, to, term; rising."""
BEYOND: Final = "beyond the scale"


def term(low: float, high: float | None = None) -> str:
    """Return the term of a probability, or of an interval of probabilities.

    An interval that spans several terms is given by its ends, "very unlikely to unlikely". What lies wholly
    below 1 % is "almost no chance, beyond the scale", wholly above 99 % "almost certain, beyond the scale". An
    interval from 0 to 1, as where all replications failed, says nothing and has no term: "".
    """
    upper = low if high is None else high
    if low <= 0.0 and upper >= 1.0:
        return ""
    if upper < SCALE[0][0]:
        return f"{SCALE[0][2]}, {BEYOND}"
    if low > SCALE[-1][1]:
        return f"{SCALE[-1][2]}, {BEYOND}"
    first, last = _nearest(low), _nearest(upper)
    return first if first == last else f"{first} to {last}"


def _nearest(probability: float) -> str:
    """Return the term whose range has the probability, or the outermost term on its side."""
    for _, end, words in SCALE:
        if probability < end:
            return words
    return SCALE[-1][2]
