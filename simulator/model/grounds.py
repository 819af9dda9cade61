"""What the parts of a document rest on: the evidence that they name, the assumptions that they state."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.model.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Ground:
    """What one part of a document rests on."""

    place: str
    """A path into the document, such as `factors.rate`."""
    evidence: tuple[str, ...]
    assumption: str | None


def grounds(experiment: Experiment) -> tuple[Ground, ...]:
    """Return what factors, claims and parts of the system rest on, of those that say it, in that order."""
    tree = experiment.tree()
    parts = "factors", "claims", "system"
    return tuple(found for part in parts for found in _named((part,), tree[part]))


def _named(keys: tuple[str, ...], tree: Any) -> Iterator[Ground]:
    if isinstance(tree, list):
        tree = {str(place): item for place, item in enumerate(tree)}
    if not isinstance(tree, dict):
        return
    if tree.get("evidence") or tree.get("assumption"):
        yield Ground(".".join(keys), tuple(tree["evidence"]), tree["assumption"])
    for key, item in tree.items():
        if key not in ("evidence", "assumption"):
            yield from _named((*keys, key), item)
