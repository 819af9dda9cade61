"""What the explorer of a report needs of a run, small enough to travel inside the page."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.analysis import terms
from simulator.analysis.estimate import claim_column
from simulator.analysis.inputs import claim_in_words, input_names
from simulator.analysis.intervals import LEVEL, Floats
from simulator.analysis.sample import scrambles
from simulator.analysis.subset import FEWEST, main_responses
from simulator.report.steps import Steps, steps, united

if TYPE_CHECKING:
    from simulator.results import Run

MOST: Final = 10_000
"""Replications that travel along."""
BUDGET: Final = 2_900_000
"""Bytes that the columns may take; of the responses those that fit travel along."""


@dataclass(frozen=True, slots=True)
class Explorer:
    """What is embedded in the page, and what the page says about it."""

    data: str
    """JSON that is safe inside a `script` element."""
    n: tuple[int, ...]
    """Replications of each scenario that travel along, failed ones included."""
    of: tuple[int, ...]
    """Replications of each scenario that the run has."""
    intervals: str
    """How sure and by what method the intervals are, and why another place may have a narrower one."""
    factors: int
    left_out: tuple[str, ...]
    """Responses for which there was no room."""


@dataclass(slots=True)
class _Blocks:
    """Typed arrays in Base64, each of them once."""

    found: list[dict[str, str]] = field(default_factory=list)
    place: dict[tuple[str, str], int] = field(default_factory=dict)
    size: int = 0

    def add(self, values: np.ndarray[Any, Any]) -> int:
        """Return the place of an array."""
        kind = values.dtype.newbyteorder("<").str[1:]
        text = base64.b64encode(values.astype(values.dtype.newbyteorder("<")).tobytes()).decode()
        if (kind, text) not in self.place:
            self.place[kind, text] = len(self.found)
            self.found.append({"type": kind, "data": text})
            self.size += len(text)
        return self.place[kind, text]


def explorer(run: "Run") -> Explorer | None:
    """Return what the explorer of a run needs; None when there is nothing to choose or nothing to ask.

    The replications are the first 10,000 of every scenario. Raises ResultsError for rows that are damaged.
    """
    of = tuple(len(run.numbers(scenario)) for scenario in run.scenarios)
    n = tuple(min(each, MOST) for each in of)
    if not run.claims or not min(n, default=0):
        return None
    blocks = _Blocks()
    claims = _claims(run, blocks)
    factors = list(_factors(run, blocks))
    if not factors:
        return None
    responses, left_out = _responses(run, blocks)
    content = {
        "n": n,
        "of": of,
        "failed": _failed(run),
        "level": run.confidence,
        "scale": terms.SCALE,
        "beyond": terms.BEYOND,
        "fewest": FEWEST,
        "scenarios": list(run.scenarios),
        "claims": claims,
        "factors": factors,
        "responses": responses,
        "blocks": blocks.found,
    }
    return Explorer(embedded(content), n, of, _intervals(run), len(factors), left_out)


def embedded(content: object) -> str:
    """Return JSON that an HTML parser takes for text whatever stands in it, and any JavaScript for JSON."""
    text = json.dumps(content, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _failed(run: "Run") -> list[int]:
    """Return how many of the replications that travel along failed, by scenario."""
    return [
        len(run.failures(scenario).intersection(run.numbers(scenario)[:MOST].tolist()))
        for scenario in run.scenarios
    ]


def _intervals(run: "Run") -> str:
    said = f"Intervals here are exact ones of Clopper and Pearson at {100.0 * run.confidence:.4g} %"
    if run.confidence > LEVEL:
        said += f", which leaves {100.0 * LEVEL:.4g} % over all looks at the rows"
    scrambled = (
        scrambles(run.experiment.design, run.numbers(scenario)) is not None for scenario in run.scenarios
    )
    if any(scrambled):
        return (
            f"{said}. At the top of the page an interval may be narrower: it is taken from the means of scrambles, "
            "which differ little as the points of each lie evenly; those within a range need not."
        )
    return f"{said}, as at the top of the page."


def _columns(run: "Run", names: Sequence[str]) -> Iterator[tuple[Floats, ...]]:
    """Iterate over columns, each by scenario and of shape (n of the scenario,)."""
    for columns in zip(*(run.values(scenario, names) for scenario in run.scenarios), strict=True):
        yield tuple(values[:MOST] for values in columns)


def _claims(run: "Run", blocks: _Blocks) -> list[Mapping[str, Any]]:
    """Return the claims, with bits for the replications that have the quantity, and for those that reach it."""
    columns = _columns(run, [claim_column(name) for name in run.claims])
    return [
        {
            "name": name,
            "says": claim_in_words(run, name, claim.at_least),
            "at_least": claim.at_least,
            "there": [blocks.add(_bits(~np.isnan(values))) for values in found],
            "hits": [blocks.add(_bits(values >= claim.at_least)) for values in found],
        }
        for (name, claim), found in zip(run.claims.items(), columns, strict=True)
    ]


def _factors(run: "Run", blocks: _Blocks) -> Iterator[Mapping[str, Any]]:
    """Iterate over the factors that differ between replications, with the steps that ranges of them have."""
    names = [name for name, kind in input_names(run.experiment).items() if kind == "factor"]
    for name, found in zip(names, _columns(run, names), strict=True):
        if not any(len(np.unique(values[~np.isnan(values)])) > 1 for values in found):
            continue
        chosen = steps(united(found), run.column(name).unit)
        codes = [blocks.add(chosen.codes(values)) for values in found]
        yield {**_described(run, name, chosen), "labels": chosen.labels, "codes": codes}


def _responses(run: "Run", blocks: _Blocks) -> tuple[list[Mapping[str, Any]], tuple[str, ...]]:
    """Return responses, those asked for most as long as there is room, and the names of the others."""
    names, left_out = main_responses(run), []
    found: list[Mapping[str, Any]] = []
    for name, columns in zip(names, _columns(run, names), strict=True):
        values = united(columns)
        if len(np.unique(values[~np.isnan(values)])) < 2:
            continue
        small = [_small(each) for each in columns]
        if blocks.size + sum(4 * -(-each.nbytes // 3) for each in small) > BUDGET:
            left_out.append(name)
            continue
        chosen = steps(values, run.column(name).unit)
        described = _described(run, name, chosen)
        found.append({**described, "columns": [blocks.add(each) for each in small]})
    return found, tuple(left_out)


def _described(run: "Run", name: str, chosen: Steps) -> Mapping[str, Any]:
    unit = run.column(name).unit
    return {
        "name": name,
        "unit": "" if unit in ("1", "date") else unit,
        "date": unit == "date",
        "whole": chosen.whole,
        "ends": chosen.ends,
        "steps": chosen.values,
    }


def _small(values: Floats) -> np.ndarray[Any, Any]:
    """Return values in the smallest type that has them whole, or else with 24 bits."""
    if not np.isnan(values).any() and np.all(values == np.floor(values)) and values.min() >= 0.0:
        for kind in (np.uint8, np.uint16):
            if values.max() <= np.iinfo(kind).max:
                return values.astype(kind)
    return values.astype(np.float32)


def _bits(flags: np.ndarray[Any, np.dtype[np.bool_]]) -> np.ndarray[Any, Any]:
    """Return flags as bits, the first in the lowest bit of the first byte."""
    return np.packbits(flags, bitorder="little")
