"""Which numbers of a realised system stand for other parts of it."""

from dataclasses import Field, fields
from functools import cache
from typing import Any, get_type_hints

from simulator.model.system import (
    Grid,
    Holding,
    Line,
    Link,
    LotRecipe,
    Material,
    Plant,
    Recipe,
    Region,
    Store,
    Supplier,
)

REFERENCES: dict[type, dict[str, str]] = {
    Material: {"counts_as": "materials"},
    Holding: {"material": "materials"},
    Store: {"region": "regions"},
    Region: {"grid": "grids"},
    Grid: {"region": "regions"},
    Recipe: {"inputs": "materials", "output": "materials"},
    LotRecipe: {"inputs": "materials", "output": "materials"},
    Plant: {"role": "roles", "region": "regions"},
    Line: {
        "plant": "plants",
        "role": "roles",
        "region": "regions",
        "grid": "grids",
        "calendar": "calendars",
        "from_store": "stores",
        "to_store": "stores",
    },
    Supplier: {"material": "materials", "store": "stores"},
    Link: {"from_store": "stores", "to_store": "stores", "materials": "materials"},
}
"""By kind of part and field, the section whose parts it means by number; of pairs the first does."""
SECTIONS = ("materials", "regions", "grids", "calendars", "stores", "roles", "plants")
"""The sections whose parts others refer to."""
ABSENT = "delivered"
"""Stands for no part: the end of a link that leaves the system."""


@cache
def parts_of(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:
    """Return the fields of a part that are written, each with its type."""
    hints = get_type_hints(kind)
    return tuple((each, hints[each.name]) for each in fields(kind) if each.compare)
