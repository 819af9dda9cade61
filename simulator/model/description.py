"""A system as a person describes it: one document of named parts."""

from typing import Annotated

from pydantic import Field

from simulator.model.calendars import Calendar
from simulator.model.grids import Region
from simulator.model.materials import Material, Recipe, Store
from simulator.model.plants import Plants
from simulator.model.quantities import Frozen, Name
from simulator.model.transport import Link, Supplier


class SystemDescription(Frozen):
    """What exists: the network that one draw turns into a `System` of whole plants, kilowatts and ticks.

    What the parts say of each other is checked by `simulator.model.checks.references.faults`.
    """

    materials: Annotated[dict[Name, Material], Field(min_length=1)]
    regions: Annotated[dict[Name, Region], Field(min_length=1)]
    stores: Annotated[dict[Name, Store], Field(min_length=1)]
    recipes: dict[Name, Recipe] = {}
    calendars: dict[Name, Calendar] = {}
    plants: Plants | None = None
    suppliers: dict[Name, Supplier] = {}
    links: dict[Name, Link] = {}
