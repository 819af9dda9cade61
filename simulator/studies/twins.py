"""Twins of replications, kept in the folder of the run whose replications they repeat."""

import json
from contextlib import suppress
from pathlib import Path

import numpy as np

from simulator.analysis.intervals import Floats
from simulator.errors import ResultsError
from simulator.results import atomic
from simulator.results.run import Run
from simulator.studies.variants import FOLDER

NAME = "chance"
"""Of the folder that they lie in."""


def keep(run: Run, scenario: str, values: Floats, *, code: str) -> None:
    """Store the quantities of the claims in twins of the first replications, shape (twins, claims).

    `code` is the fingerprint of the sources that made them. Where nothing can be written, nothing is.
    """
    quantities = [[None if np.isnan(each) else each for each in column] for column in values.T.tolist()]
    document = {
        "code": code,
        "twins": len(values),
        "quantities": dict(zip(run.claims, quantities, strict=True)),
    }
    path = _path(run, scenario)
    with suppress(ResultsError):
        atomic.make_folder(path.parent)
        atomic.write(path, json.dumps(document).encode())


def kept(run: Run, scenario: str, count: int, *, code: str) -> Floats | None:
    """Return the quantities of the claims in the twins of the first `count` replications, shape (count, claims).

    None where there are not so many, where other sources made them, or where the file cannot be used.
    """
    content = atomic.read(_path(run, scenario))
    try:
        document = json.loads(content or b"{}")
        if document.get("code") != code or document["twins"] < count:
            return None
        columns = [document["quantities"][name][:count] for name in run.claims]
        found = np.array(columns, dtype=np.float64).T
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if found.shape == (count, len(columns)) else None


def _path(run: Run, scenario: str) -> Path:
    return Path(run.folder) / FOLDER / NAME / f"{scenario}.json"
