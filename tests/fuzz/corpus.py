"""Sound experiments that mutations start from: small ones, written out and generated."""

import random
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings

from simulator.config import resolved
from simulator.model.claims import Claim
from simulator.model.description import SystemDescription
from simulator.model.experiment import Experiment, Factor, Horizon
from simulator.testing.strategies import descriptions

ROOT = Path(__file__).parents[2]
GENERATED = 150
KEPT = 25
"""The shortest of those generated: most of the time goes into reading."""
WRITTEN = (
    "configs/examples/one_plant.yaml",
    "tests/config/cases/valid/least.yaml",
    "tests/config/cases/valid/short_forms.yaml",
)
LARGE = ("configs/examples/network.yaml", "configs/shell_exports_2023.yaml", "configs/examples/bench.yaml")
LARGE_EVERY = 200
"""One input in so many starts from a large config."""
START = date(2023, 1, 30)
"""The first day of generated experiments; nothing dated in them comes sooner."""
BESIDE = (
    "configs/examples/steel_2019.csv",
    "configs/systems/north_korea_2023.yaml",
    "configs/evidence/register.csv",
    "tests/config/cases/files/register.csv",
    "tests/config/cases/files/times.csv",
    "tests/config/cases/files/yard.yaml",
)
"""Files that configs refer to."""


def original(luck: random.Random) -> str:
    """Choose a sound experiment, as text."""
    if luck.randrange(LARGE_EVERY) == 0:
        return _written(luck.choice(LARGE))
    if luck.randrange(2) == 0:
        return _written(luck.choice(WRITTEN))
    return luck.choice(_generated())


@cache
def _written(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def _generated() -> tuple[str, ...]:
    """Return experiments about generated systems, the same ones every time."""
    found: list[str] = []

    @settings(max_examples=GENERATED, derandomize=True, database=None, phases=[Phase.generate])
    @given(descriptions(max_plants=3))
    def collect(system: SystemDescription) -> None:
        text = resolved(_asked_of(system))
        found.append(re.sub(r"^ +\w+: \[\]\n", "", text, flags=re.MULTILINE))

    collect()
    return tuple(sorted(found, key=len)[:KEPT])


def _asked_of(system: SystemDescription) -> Experiment:
    horizon = Horizon(start=START, end=START + timedelta(days=12))
    factors: dict[str, Any] = {
        "plants": {"distribution": {"uniform_integer": {"low": 2, "high": 4}}, "sets": ["plants.total"]},
        "scrap": {"distribution": {"beta": {"a": 2.0, "b": 50.0}}, "sets": ["plants.roles.forging.reject"]},
    }
    last = horizon.end - timedelta(days=1)
    claim = {
        "quantity": "made",
        "materials": sorted({recipe.output for recipe in system.recipes.values()})[:1],
        "at_least": 9.0,
        "from": horizon.start,
        "by": last,
    }
    return Experiment(
        title="A generated question",
        system=system,
        horizon=horizon,
        factors={name: Factor.model_validate(each) for name, each in factors.items()},
        claims={"bodies": Claim.model_validate(claim)},
    )


def sound() -> tuple[str, ...]:
    """Return every config there is to start from, with the files they refer to beside them in mind."""
    return (*map(_written, dict.fromkeys((*WRITTEN, *LARGE))), *_generated())
