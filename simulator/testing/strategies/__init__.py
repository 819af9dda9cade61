"""Hypothesis strategies for systems; the same systems by a random generator."""

from simulator.testing.strategies.descriptions import descriptions, horizons
from simulator.testing.strategies.systems import random_system, systems

__all__ = ["descriptions", "horizons", "random_system", "systems"]
