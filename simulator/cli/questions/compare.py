"""Do the scenarios differ: every two of them, replication by replication."""

from typing import TYPE_CHECKING

from simulator.cli.differences import Compared, compared, print_comparisons
from simulator.cli.questions.asked import Asked
from simulator.cli.tables import print_text
from simulator.errors import ResultsError

if TYPE_CHECKING:
    from simulator.results import Run


def ask(run: "Run", asked: Asked) -> Compared:
    """Compare every two scenarios by every claim, by one, or by a response."""
    if len(run.scenarios) < 2:
        raise ResultsError(f"{run.folder}: has one scenario; add another to the config to compare it with")
    return compared([run], None, asked.response, claim=asked.claim)


def show(found: Compared) -> None:
    """Print which scenario makes a claim likeliest, then every difference."""
    print_text(_sentence(found))
    print()
    print_comparisons(found)


def _sentence(found: Compared) -> str:
    from simulator.analysis.figures import figure

    pairs = zip(found.labels, found.comparisons, strict=True)
    (a, b), each = max(pairs, key=lambda pair: abs((pair[1].probability or pair[1].mean).difference))
    median = f"its median differs by {figure(each.median.difference)} {each.unit}"
    if each.probability is None:
        mean = f"{figure(each.mean.difference)} {each.unit}"
        return f"The mean of {each.response} differs most, by {mean}, in {b} less {a}; {median}."
    points = f"{100.0 * each.probability.difference:+.1f} percentage points"
    return f"A claim differs most in how likely {each.claim} is: {points} in {b} less {a}; {median}."
