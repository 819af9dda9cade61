"""Experiments from YAML 1.2 files."""

from simulator.config.loading import load, load_system, loads
from simulator.config.outcomes import outcomes, outcomes_path
from simulator.config.register import register
from simulator.config.resolving import digest, resolved
from simulator.config.schema import schema, system_schema
from simulator.config.values import setting

__all__ = [
    "digest",
    "load",
    "load_system",
    "loads",
    "outcomes",
    "outcomes_path",
    "register",
    "resolved",
    "schema",
    "setting",
    "system_schema",
]
