"""The file of what happened: a CSV with one figure a row, found beside the experiment that foretold it."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from simulator.config.files import FOLDER, shown
from simulator.config.scalars import scalar
from simulator.config.tables import Row, table
from simulator.errors import ConfigError, Fault
from simulator.model.checks.names import allowed
from simulator.model.claims import Claim
from simulator.model.experiment import Experiment
from simulator.model.outcomes import DAYS, Outcome, Outcomes

REQUIRED = ("claim", "value")
OPTIONAL = ("series", "from", "by", "low", "high", "per", "plan", "as_of", "evidence", "note")
SUFFIX = ".outcomes.csv"
HOME = FOLDER / "backtests"
"""Where the outcomes of a config are looked for by its name."""


def outcomes_path(name: str) -> Path:
    """Return where the outcomes of the config of a name are, when no file is given."""
    return HOME / f"{name}{SUFFIX}"


def outcomes(path: str | Path, experiment: Experiment) -> Outcomes:
    """Return what a file says happened, beside the claims of an experiment.

    A row with a claim is what its quantity foretold; one without was known before. See docs/backtests.md for the
    columns. Raises ConfigError with every fault, each with its line.
    """
    read = table(Path(path))
    missing = [f"lacks the column {column}" for column in REQUIRED if column not in read.columns]
    strange = [
        f"has the column {column!r}, which outcomes have not"
        for column in read.columns
        if column not in (*REQUIRED, *OPTIONAL)
    ]
    if missing or strange:
        every = f"{', '.join(REQUIRED)} and, where wanted, {', '.join(OPTIONAL)}"
        raise ConfigError([Fault(f"{read.name}:1", f"{each}; give {every}") for each in missing + strange])
    faults: list[Fault] = []
    found: list[tuple[int, Outcome]] = []
    for row in read.rows:
        reader = _Cells(row, f"{read.name}:{row.line}", faults)
        outcome = reader.outcome(experiment)
        if outcome is not None:
            found.append((row.line, outcome))
    faults += _across(read.name, found)
    if not faults and not any(outcome.claim for _, outcome in found):
        faults.append(Fault(read.name, "has no row with a claim; give one for each figure that is foretold"))
    if faults:
        raise ConfigError(faults)
    return Outcomes(shown(Path(path)), tuple(outcome for _, outcome in found))


def _across(name: str, found: Sequence[tuple[int, Outcome]]) -> list[Fault]:
    """Return the faults that only two rows together have."""
    faults = []
    first: dict[tuple[object, ...], int] = {}
    for line, row in found:
        what = f"claim {row.claim}" if row.claim else f"window {row.from_} to {row.by}"
        key = row.series, row.claim, row.from_, row.by, row.evidence
        line_before = first.setdefault(key, line)
        if line_before != line:
            message = (
                f"repeats the {what}, first on line {line_before}; give each observer's figure its evidence"
            )
            faults.append(Fault(f"{name}:{line}", message))
    ends: dict[str, date] = {}
    for _, row in found:
        if row.claim:
            ends[row.series] = min(row.by, ends.get(row.series, row.by))
    for line, row in found:
        end = ends.get(row.series)
        if row.claim is None and end is None:
            given = allowed(row.series, dict.fromkeys(ends))
            faults.append(Fault(f"{name}:{line}", f"series {row.series!r} foretells nothing; {given}"))
        elif row.claim is None and end is not None and row.by >= end:
            message = (
                f"was known on {row.by}, but {row.series or 'the series'} foretells {end}; give an earlier by"
            )
            faults.append(Fault(f"{name}:{line}", message))
    return faults


class _Cells:
    """Reads the cells of one row, and takes note of what is wrong with them."""

    def __init__(self, row: Row, where: str, faults: list[Fault]) -> None:
        self.cells = row.cells
        self.where = where
        self.faults = faults
        self.wrong = False

    def outcome(self, experiment: Experiment) -> Outcome | None:
        """Return the row's figure, or None when something is wrong with it."""
        name = self.cells["claim"]
        claim = self._claim(name, experiment.claims)
        from_, by = self._window(claim)
        low, high = self._error()
        value = self._value(low, high)
        per = self.cells.get("per") or None
        if per is not None and per not in DAYS:
            self._refuse(f"per is {per}; {allowed(per, DAYS)}, or nothing for the count of the window")
        plan, as_of = self._number("plan"), self._date("as_of")
        if plan is not None and not name:
            self._refuse("has a plan and no claim; give the plan with the figure that is foretold")
        if as_of is not None and by is not None and as_of >= by:
            self._refuse(
                f"as_of is {as_of}, not before {by}, when the figure became known; give an earlier date"
            )
        if self.wrong or value is None or from_ is None or by is None:
            return None
        evidence = tuple(self.cells.get("evidence", "").split())
        series = self.cells.get("series", "")
        return Outcome(series, name or None, from_, by, value, low, high, per, plan, as_of, evidence)

    def _claim(self, name: str, claims: Mapping[str, Claim]) -> Claim | None:
        if name and name not in claims:
            self._refuse(f"claim {name} does not exist; {allowed(name, claims)}")
        return claims.get(name)

    def _window(self, claim: Claim | None) -> tuple[date | None, date | None]:
        """Return the window: of the claim, or of the cells where there is none."""
        from_, by = self._date("from"), self._date("by")
        if claim is not None:
            for key, told, meant in (("from", from_, claim.from_), ("by", by, claim.by)):
                if told not in (None, meant):
                    self._refuse(f"{key} is {told}, but the claim has {meant}; give that, or nothing")
            return claim.window
        if not self.cells["claim"] and not self.wrong:
            if from_ is None or by is None:
                self._refuse("has no claim; give from and by, the window of a figure that was known before")
            elif by < from_:
                self._refuse(f"has by {by} before from {from_}; give a later by")
        return from_, by

    def _error(self) -> tuple[float | None, float | None]:
        """Return the range of the observation; both of its ends or none."""
        low, high = self._number("low"), self._number("high")
        if (low is None) != (high is None):
            self._refuse("has one of low, high; give both, or value alone")
        elif low is not None and high is not None and not 0.0 < low <= high:
            self._refuse(f"has low {low:g} and high {high:g}; give a low above 0 and no more than high")
        return low, high

    def _value(self, low: float | None, high: float | None) -> float | None:
        value = self._number("value")
        if value is None and low is not None and high is not None and low > 0.0:
            return math.sqrt(low * high)
        if value is None and not self.cells["value"]:
            self._refuse("has no value; give one, or low and high, or leave the row out")
        return value

    def _number(self, column: str) -> float | None:
        """Return the number in a cell, None where there is none; none is below 0."""
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            found = scalar(text)
        except ValueError as error:
            self._refuse(f"{column} {error}")
            return None
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            self._refuse(f"{column} is {text}; give a number")
            return None
        if found < 0:
            self._refuse(f"{column} is {text}; give 0 or more")
            return None
        return float(found)

    def _date(self, column: str) -> date | None:
        text = self.cells.get(column, "")
        if not text:
            return None
        try:
            found = scalar(text)
        except ValueError as error:
            self._refuse(f"{column} {error}")
            return None
        if not isinstance(found, date):
            self._refuse(f"{column} is {text}; give a date such as 2023-08-01")
            return None
        return found

    def _refuse(self, message: str) -> None:
        self.wrong = True
        self.faults.append(Fault(self.where, message))
