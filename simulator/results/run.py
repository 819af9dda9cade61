"""A run: what a results folder holds, to be read."""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.errors import ResultsError
from simulator.model.checks.names import allowed
from simulator.model.claims import Claim
from simulator.model.experiment import Experiment
from simulator.results import folder as results_folder
from simulator.results import query, tables
from simulator.results.manifest import BlockRecord, Manifest, StoredFile
from simulator.results.meanings import Column
from simulator.results.spending import confidence
from simulator.results.tables import Floats, Integers

if TYPE_CHECKING:
    import pandas as pd

LEFT = "text-align:left"
AT_ONCE = 500_000
"""Numbers that are read at a time, where they may be read column by column; 4 MB."""


@dataclass(frozen=True, eq=False)
class Run:
    """The committed replications of an experiment.

    What another process commits later is not seen; open the folder again for it.
    """

    folder: Path
    experiment: Experiment
    manifest: Manifest
    keeper: object = field(default=None, repr=False)
    """Holds a temporary folder for as long as the run is used."""
    held: dict[tuple[str, str], Floats] | None = field(default=None, repr=False)
    """By scenario and name the columns that were read, where they are kept; see `holding`."""
    _sound: set[str] = field(default_factory=set, init=False, repr=False)
    """Paths of files that were found to be as they were committed."""

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios that were run, in the order of the document."""
        return self.manifest.scenarios

    @property
    def claims(self) -> Mapping[str, Claim]:
        """The claims of the experiment, by id."""
        return self.experiment.claims

    @property
    def replications(self) -> int:
        """How many replications every scenario has, failed ones included."""
        return min(self.counts.values(), default=0)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many replications each scenario has, failed ones included; of a run that was stopped they differ."""
        return {name: sum(block.count for block in self.manifest.of(name)) for name in self.scenarios}

    @property
    def failed(self) -> int:
        """How many replications of all scenarios ended in an error."""
        return sum(block.failed for block in self.manifest.blocks)

    @property
    def confidence(self) -> float:
        """The confidence of each interval, so that the one the run ends with covers the truth with 95 % or more.

        That holds however the end is chosen: an error of 5 % is spent on all looks at the rows, those of later
        extensions included.
        """
        return confidence(self.manifest.looks, len(self.manifest.answers))

    @property
    def complete(self) -> bool:
        """Whether the run got to its end."""
        return self.manifest.status == "complete"

    @property
    def content_hash(self) -> str:
        """The SHA-256 of all rows, the same for any workers, blocks and order."""
        return self.manifest.content_hash

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """Name, unit and meaning of the factors, derived values and responses of a row."""
        return query.columns(self.folder, self.records(), weekly=False)

    @cached_property
    def series(self) -> Mapping[str, Column]:
        """Name, unit and meaning of what is counted by week."""
        return query.columns(self.folder, self.records(), weekly=True)

    def frame(self, scenario: str | None = None, columns: Sequence[str] | None = None) -> "pd.DataFrame":
        """Return a row for every replication of one scenario, or of all: keys, factors, derived, responses.

        With `columns` there are of the numbers only those that are named. A replication that failed has its
        message in the column `error`, which is empty otherwise, and no responses. `attrs` has the `units` and
        `descriptions` of the columns. Raises ResultsError when a file is damaged, and for a column that the
        run has not.
        """
        for name in columns or ():
            self.column(name)
        frame = self._table(scenario, weekly=False, columns=columns).to_pandas()
        for name in columns or ():
            if name not in frame:
                frame.insert(frame.shape[1] - 1, name, np.nan)
        return _described_frame(frame, self.columns)

    def values(self, scenario: str, columns: Sequence[str]) -> Iterator[Floats]:
        """Iterate over the values of columns in a scenario, each of shape (replications,), NaN where none is.

        In memory are as many columns as are small, and one of a large run. Raises as `frame` does.
        """
        if self.held is None:
            yield from self._read(scenario, columns)
        else:
            missing = [name for name in dict.fromkeys(columns) if (scenario, name) not in self.held]
            for name, values in zip(missing, self._read(scenario, missing), strict=True):
                values.flags.writeable = False
                self.held[scenario, name] = values
            yield from (self.held[scenario, name] for name in columns)

    def _read(self, scenario: str, columns: Sequence[str]) -> Iterator[Floats]:
        records = self.records(scenario)
        for name in columns:
            self.column(name)
        self._see_sound([record.runs for record in records])
        rows = sum(record.runs.rows for record in records)
        step = max(1, AT_ONCE // max(1, rows))
        for start in range(0, len(columns), step):
            yield from query.values(self.folder, records, columns[start : start + step])

    def holding(self) -> "Run":
        """Return the run with its columns kept in memory once they are read, for one who asks many questions."""
        return replace(self, held={})

    def numbers(self, scenario: str) -> Integers:
        """Return the numbers of the replications of a scenario in the order of `values`."""
        ranges = [np.arange(block.first, block.stop) for block in self.records(scenario)]
        return np.concatenate([np.arange(0), *ranges])

    def column(self, name: str) -> Column:
        """Return unit and meaning of a column; raises ResultsError for one that the run has not."""
        if name not in self.columns:
            raise ResultsError(f"the run has no column {name}; {allowed(name, self.columns)}")
        return self.columns[name]

    def weekly(self, scenario: str | None = None) -> "pd.DataFrame":
        """Return a row for every week of every replication that did not fail, of one scenario, or of all."""
        frame = self._table(scenario, weekly=True, columns=None).to_pandas()
        return _described_frame(frame, self.series)

    def by_week(self, scenario: str, series: Sequence[str]) -> Iterator[Integers]:
        """Iterate over counts by week in a scenario, each of shape (replications, weeks), those that failed left out.

        Raises ResultsError for a scenario or a series that the run has not, and when a file is damaged.
        """
        records = [record for record in self.records(scenario) if record.weekly.rows]
        for name in series:
            if name not in self.series:
                raise ResultsError(f"the run counts no {name} by week; {allowed(name, self.series)}")
        self._see_sound([record.weekly for record in records])
        replications = sum(record.count - record.failed for record in records)
        for name in series:
            (counts,) = query.values(self.folder, records, [name], weekly=True)
            yield counts.astype(np.int64).reshape(replications, -1 if replications else 0)

    def row(self, scenario: str, replication: int) -> "dict[str, float] | None":
        """Return what is stored of a replication by column; None when it was not run, or failed.

        Raises ResultsError when a file is damaged.
        """
        for block in self.manifest.of(scenario):
            if block.first <= replication < block.stop:
                return tables.row(self.folder, block, replication)
        return None

    def weeks(self, scenario: str, replication: int) -> "dict[str, tables.Integers]":
        """Return what is stored of a replication by week, each of shape (weeks,), by series.

        Empty when it was not run, or failed. Raises as `row` does.
        """
        for block in self.manifest.of(scenario):
            if block.first <= replication < block.stop:
                found = tables.weeks(self.folder, block, replication)
                return {name: counts for name, counts in found.items() if len(counts)}
        return {}

    def failures(self, scenario: str) -> frozenset[int]:
        """Return the replications of a scenario that ended in an error; raises as `row` does."""
        return frozenset(number for number, _ in self.errors(scenario))

    def errors(self, scenario: str) -> Iterator[tuple[int, str]]:
        """Iterate over the replications of a scenario that ended in an error, each with what it says.

        Raises as `row` does.
        """
        for block in self.manifest.of(scenario):
            if block.failed:
                yield from tables.failures(self.folder, block).items()

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the files of rows, weeks and plan, a line each; nothing when they are as committed.

        Compared are their bytes with the hashes of the manifest, and of a finished run also the summary, and all
        rows and weeks with its content hash. Raises ResultsError when a file cannot be read.
        """
        paths = [
            stored.path
            for stored in results_folder.every_file(self.manifest)
            if not tables.intact(self.folder, stored)
        ]
        if self.complete and not results_folder.summary_intact(self.folder, self.manifest):
            paths.append(results_folder.SUMMARY)
        wrong = [f"{self.folder / path}: is missing, damaged or another file" for path in paths]
        if wrong or not self.content_hash:
            return tuple(wrong)
        from simulator.results.hashing import content_hash

        if content_hash(self.folder, self.records()) != self.content_hash:
            return (f"{self.folder}: the rows do not have the content hash of the manifest",)
        return ()

    def records(self, scenario: str | None = None) -> tuple[BlockRecord, ...]:
        """Return the committed blocks of one scenario, or of all, by scenario and replication."""
        if scenario is not None and scenario not in self.scenarios:
            cure = allowed(scenario, self.scenarios)
            raise ResultsError(f"{self.folder}: has no scenario {scenario}; {cure}")
        chosen = self.scenarios if scenario is None else (scenario,)
        return tuple(block for name in chosen for block in self.manifest.of(name))

    def _see_sound(self, files: Sequence[StoredFile]) -> None:
        """Hash the files that were not hashed before; raises ResultsError for one that is damaged."""
        for stored in files:
            if stored.path not in self._sound:
                tables.see_intact(self.folder, stored)
                self._sound.add(stored.path)

    def _table(self, scenario: str | None, *, weekly: bool, columns: Sequence[str] | None) -> Any:
        records = self.records(scenario)
        if not records:
            raise ResultsError(f"{self.folder}: has no replications yet; run the experiment first")
        return tables.joined(self.folder, records, weekly=weekly, columns=columns)

    def __repr__(self) -> str:
        manifest = self.manifest
        failures = f", {self.failed} failed" if self.failed else ""
        return (
            f"Run of {manifest.name}: {len(self.scenarios)} scenarios of {self.replications} replications"
            f"{failures}, {manifest.status}, in {_near(self.folder)}"
        )

    def _repr_html_(self) -> str:
        rows = {
            "run": self.manifest.name,
            "question": self.experiment.title,
            "scenarios": ", ".join(self.scenarios),
            "replications of each": f"{self.replications:,}",
            "failed": f"{self.failed:,}",
            "status": self.manifest.status,
            "folder": _near(self.folder),
        }
        cells = (
            f'<tr><th scope="row" style="{LEFT}">{html.escape(name)}</th>'
            f'<td style="{LEFT}">{html.escape(value)}</td></tr>'
            for name, value in rows.items()
        )
        return f"<table>{''.join(cells)}</table>"


def _near(folder: Path) -> str:
    """Return a folder as it is reached from the current one, where it lies in that."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)


def _described_frame(frame: "pd.DataFrame", columns: Mapping[str, Column]) -> "pd.DataFrame":
    here = {name: column for name, column in columns.items() if name in frame}
    frame.attrs["units"] = {name: column.unit for name, column in here.items()}
    frame.attrs["descriptions"] = {name: column.description for name, column in here.items()}
    return frame
