"""Hypothesis strategies for systems and their parts."""

from simulator.testing.strategies.descriptions import descriptions, horizons
from simulator.testing.strategies.network import calendars, grids, links, regions, stores, suppliers
from simulator.testing.strategies.plants import plants, recipes
from simulator.testing.strategies.scope import Features, Scope, scopes
from simulator.testing.strategies.systems import materials, systems
from simulator.testing.strategies.variates import share_variates, shares, variates

__all__ = [
    "Features",
    "Scope",
    "calendars",
    "descriptions",
    "grids",
    "horizons",
    "links",
    "materials",
    "plants",
    "recipes",
    "regions",
    "scopes",
    "share_variates",
    "shares",
    "stores",
    "suppliers",
    "systems",
    "variates",
]
