"""Hypothesis strategies for every value that a user writes, and for realised systems."""

from simulator.testing.strategies.descriptions import descriptions, horizons
from simulator.testing.strategies.experiments import experiments
from simulator.testing.strategies.laws import distributions
from simulator.testing.strategies.systems import random_system, systems
from simulator.testing.strategies.values import calendars, grids, links, materials, roles, stores, suppliers

__all__ = [
    "calendars",
    "descriptions",
    "distributions",
    "experiments",
    "grids",
    "horizons",
    "links",
    "materials",
    "random_system",
    "roles",
    "stores",
    "suppliers",
    "systems",
]
