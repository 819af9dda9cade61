"""What differs between the documents of two experiments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.analysis.tabular import Tabular
from simulator.model.experiment import Experiment
from simulator.model.quantities import Quantity

if TYPE_CHECKING:
    import pandas as pd

ABSENT = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A place in the document, with what stands there in the one and in the other; empty for nothing."""

    place: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Differences(Tabular):
    """All places in which two documents differ, in the order of the document."""

    changes: tuple[Change, ...]

    def to_frame(self) -> "pd.DataFrame":
        import pandas as pd

        return pd.DataFrame(
            [(each.place, each.a, each.b) for each in self.changes], columns=["place", "a", "b"]
        )


def differences(a: Experiment, b: Experiment) -> Differences:
    """Return where two experiments differ, with all they refer to in place; quantities in canonical units."""
    return Differences(tuple(_changes((), a.tree(), b.tree())))


def _changes(keys: tuple[str, ...], a: Any, b: Any) -> Iterator[Change]:
    if a == b:
        return
    parts_a, parts_b = _parts(a), _parts(b)
    if parts_a is None or parts_b is None:
        yield Change(".".join(keys), written(a), written(b))
        return
    for key in dict.fromkeys([*parts_a, *parts_b]):
        yield from _changes((*keys, key), parts_a.get(key), parts_b.get(key))


def _parts(tree: Any) -> dict[str, Any] | None:
    """Return the parts of a mapping or a list by key; None for what has none."""
    if isinstance(tree, dict):
        return tree
    return {str(place): item for place, item in enumerate(tree)} if isinstance(tree, list) else None


def written(value: Any) -> str:
    """Return a value in one line, as a person would write it; nothing for None."""
    if value is None:
        return ABSENT
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {written(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, float) or (isinstance(value, Quantity) and value.unit == "1"):
        return f"{value.number if isinstance(value, Quantity) else value:.12g}"
    return str(value)
