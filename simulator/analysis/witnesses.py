"""Which observations say anything new: evidence that has set a prior is no witness of the posterior.

Rows of the register are one witness when they are the same row, or when the note of one says that it has the
same root source as the other.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simulator.model.evidence import Evidence
    from simulator.model.experiment import Experiment

SAME_ROOT: Final = re.compile(r"\bsame (?:root )?source as ([A-Z][0-9]{2,4})\b", re.IGNORECASE)


def roots(evidence: "Mapping[str, Evidence]") -> dict[str, str]:
    """Return for each row of a register the row that stands for its witness: itself, or the one it goes back to."""
    back = {}
    for name, row in evidence.items():
        found = SAME_ROOT.search(row.note)
        back[name] = found.group(1).upper() if found else name
    return {name: _followed(name, back) for name in evidence}


def used_before(experiment: "Experiment", names: Sequence[str]) -> dict[str, str]:
    """Return why claims are no new witnesses, by id; those that are one have no entry.

    A claim is none when a factor cites its evidence, or when a claim before it in `names` goes back to the same
    source.
    """
    root = roots(experiment.evidence)
    taken: dict[str, str] = {}
    for factor_name, factor in experiment.factors.items():
        for each in factor.evidence:
            taken.setdefault(root.get(each, each), f"set the prior of {factor_name}")
    reasons = {}
    for name in names:
        cited = [(each, root.get(each, each)) for each in experiment.claims[name].evidence]
        again = next(((each, of) for each, of in cited if of in taken), None)
        if again is not None:
            reasons[name] = f"{again[0]} has {taken[again[1]]}"
            continue
        for _, of in cited:
            taken.setdefault(of, f"been used for {name}")
    return reasons


def same_page(experiment: "Experiment", name: str) -> dict[str, str]:
    """Return the factors whose prior rests on another figure of a page that a claim rests on, with that page's row."""
    register = experiment.evidence
    pages = {register[each].url for each in experiment.claims[name].evidence if each in register} - {""}
    return {
        factor_name: each
        for factor_name, factor in experiment.factors.items()
        for each in factor.evidence
        if each in register and register[each].url in pages
    }


def _followed(name: str, back: Mapping[str, str]) -> str:
    """Return where going back from row to row ends; a circle ends where it closes."""
    seen = [name]
    while (before := back.get(seen[-1], seen[-1])) not in seen:
        seen.append(before)
    return min(seen[seen.index(before) :])
