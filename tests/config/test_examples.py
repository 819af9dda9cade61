"""The shipped examples show every key that a config can have."""

from pathlib import Path

from simulator.config import load
from simulator.model.quantities import Frozen

EXAMPLES = Path(__file__).parents[2] / "configs" / "examples"


def kinds(base=Frozen):
    """All final kinds of written values, by walking down from their base."""
    below = base.__subclasses__()
    return {base} if not below else {kind for each in below for kind in kinds(each)}


def used(value, found):
    if isinstance(value, Frozen):
        found |= {(type(value), name) for name in value.model_fields_set}
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        value = tuple(value.values())
    for item in value if isinstance(value, tuple) else ():
        used(item, found)
    return found


def test_the_examples_use_every_key_of_the_schema():
    shown = set()
    for path in sorted(EXAMPLES.glob("*.yaml")):
        used(load(path), shown)
    missing = {
        f"{kind.__name__}.{name}"
        for kind in kinds()
        if kind.__module__.startswith("simulator.model")
        for name in kind.model_fields
        if (kind, name) not in shown
    }
    assert not missing, f"no example shows {sorted(missing)}"
