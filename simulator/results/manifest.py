"""The manifest of a results folder: what is committed there, and what it was made with."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from simulator.errors import ResultsError

NAME = "manifest.json"
FORMAT = 3
"""Raised when a reader of this format could not read what is written."""

Status = Literal["running", "interrupted", "complete"]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a block: where it is under the results folder, and what is in it."""

    path: str
    sha256: str
    bytes: int
    rows: int
    columns: str = ""
    """Of a file of a block a digest of its columns, units and meanings: files that share it have the same."""


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """A committed block: replications `first` to `first + count - 1` of one scenario."""

    scenario: str
    first: int
    count: int
    failed: int
    """Replications that ended in an error; their rows say which."""
    seconds_each: float
    """Processor time of the quickest replication of the block."""
    runs: StoredFile
    weekly: StoredFile
    hits: Mapping[str, int] = field(default_factory=dict)
    """By claim, replications in which its quantity reaches what it says."""

    @property
    def stop(self) -> int:
        """One past the last replication."""
        return self.first + self.count


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A replication that was repeated on the reference engine, and compared with what another engine gives."""

    scenario: str
    replication: int
    engine: str
    """The engine whose path was set beside that of the reference engine."""
    contract: str
    """The version of the contract that both carry out."""
    rows: int
    """Rows of the reference path."""
    bound_events: int
    equal: bool
    """Whether the paths are equal byte for byte, and what is stored is what the reference path gives."""
    difference: str = ""
    """The first row that differs, as each engine has it, or the first stored number that does."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a results folder holds; readers believe it and not what lies in the folder."""

    name: str
    """The config's name."""
    digest: str
    """Of the resolved document, without how often and where it is run."""
    status: Status
    seed: int
    scenarios: tuple[str, ...]
    """In the order of the document."""
    replications: int
    """Replications of each scenario that were asked for, or that the precision asked for came to."""
    document: str = ""
    """SHA-256 of the document that is stored beside the manifest."""
    block: str = ""
    """`I/N` where one of N jobs made these rows, of its stretch of the replications; empty for a whole run."""
    looks: int = 1
    """How often the rule that ends the run may look, since the last of `answers`; these share their error."""
    answers: tuple[int, ...] = ()
    """Replications of each scenario with which the run had ended before, each time it was extended."""
    engine: str = "reference"
    plan: tuple[StoredFile, ...] = ()
    """The pieces of the plan, by replication."""
    blocks: tuple[BlockRecord, ...] = ()
    """In the order in which they were committed."""
    cross_checks: tuple[CrossCheck, ...] = ()
    """In the order of scenarios and replications."""
    content_hash: str = ""
    """SHA-256 of all rows, whatever the blocks; empty until a run ends."""
    summary: str = ""
    """SHA-256 of the summary that is stored beside the manifest of a run that has ended."""
    versions: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    """Fingerprint of the sources that rows depend on."""
    machine: Mapping[str, str | int] = field(default_factory=dict)
    times: Mapping[str, str | float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """What was done otherwise than asked."""

    def of(self, scenario: str) -> tuple[BlockRecord, ...]:
        """Return the blocks of a scenario by replication."""
        blocks = (block for block in self.blocks if block.scenario == scenario)
        return tuple(sorted(blocks, key=lambda block: block.first))

    def with_block(self, record: BlockRecord) -> "Manifest":
        """Return the manifest with one more block."""
        return replace(self, blocks=(*self.blocks, record))

    def with_replaced(self, old: BlockRecord, new: BlockRecord) -> "Manifest":
        """Return the manifest with a block in the place of another one of the same replications."""
        return replace(self, blocks=tuple(new if block == old else block for block in self.blocks))

    def with_cross_check(self, check: CrossCheck) -> "Manifest":
        """Return the manifest with one more cross-check, in place of an earlier one of that replication."""
        address = check.scenario, check.replication
        others = (each for each in self.cross_checks if (each.scenario, each.replication) != address)
        place = {name: number for number, name in enumerate(self.scenarios)}
        every = sorted((*others, check), key=lambda each: (place.get(each.scenario, 0), each.replication))
        return replace(self, cross_checks=tuple(every))

    @property
    def differences(self) -> tuple[CrossCheck, ...]:
        """The cross-checks in which the engines differ."""
        return tuple(each for each in self.cross_checks if not each.equal)

    def missing(self, scenario: str, wanted: range) -> list[range]:
        """Return the stretches of the wanted replications that no block of a scenario covers."""
        gaps: list[range] = []
        reached = wanted.start
        for block in self.of(scenario):
            if block.first > reached:
                gaps.append(range(reached, min(block.first, wanted.stop)))
            reached = max(reached, block.stop)
        gaps.append(range(reached, wanted.stop))
        return [gap for gap in gaps if gap]

    def text(self) -> str:
        """Return the manifest as it is written, with a seal: the SHA-256 of the text when the seal is empty."""
        head = {"format": FORMAT, "seal": "", **asdict(replace(self, blocks=()))}
        del head["blocks"]
        text = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
        blocks = ",\n  ".join(map(_line, self.blocks))
        text = f'{text},\n "blocks": [\n  {blocks}\n ]\n}}\n'
        return sealed(text)


def sealed(text: str) -> str:
    """Return the text of a manifest with its seal in the place of the empty one."""
    return text.replace(_EMPTY, f'"seal": "{hashlib.sha256(text.encode()).hexdigest()}"', 1)


_EMPTY = '"seal": ""'


def _line(record: BlockRecord) -> str:
    """Return a block as it is written, without the copies that `asdict` makes: there may be thousands."""
    return json.dumps(record, ensure_ascii=False, default=_fields)


def _fields(value: BlockRecord | StoredFile | Mapping[str, object]) -> dict[str, object]:
    if isinstance(value, Mapping):
        return dict(value)
    return {name: getattr(value, name) for name in value.__slots__}


def read(folder: Path) -> Manifest:
    """Return the manifest of a results folder; raises ResultsError when there is none that can be used."""
    path = folder / NAME
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text)
    except FileNotFoundError as error:
        raise ResultsError(
            f"{folder}: is no results folder, it has no {NAME}; give a folder of a run"
        ) from error
    except OSError as error:
        raise ResultsError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise ResultsError(f"{path}: is damaged ({error}); {_REMEDY}") from error
    if not isinstance(document, dict) or "format" not in document:
        raise ResultsError(f"{path}: is no manifest; {_REMEDY}")
    written = document.pop("format")
    if written != FORMAT:
        raise ResultsError(
            f"{path}: was written by another version of the simulator (format {written}, here {FORMAT}); use that"
            f" one, or {_REMEDY}"
        )
    seal = document.pop("seal", "")
    if sealed(text.replace(f'"seal": "{seal}"', _EMPTY, 1)) != text:
        raise ResultsError(f"{path}: is damaged (it is not as it was written); {_REMEDY}")
    try:
        return _parse(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ResultsError(f"{path}: is damaged ({type(error).__name__}: {error}); {_REMEDY}") from error


_REMEDY = "move the folder away and run again"


def _parse(document: dict[str, Any]) -> Manifest:
    blocks = tuple(
        BlockRecord(**{**block, "runs": StoredFile(**block["runs"]), "weekly": StoredFile(**block["weekly"])})
        for block in document.pop("blocks")
    )
    plan = tuple(StoredFile(**piece) for piece in document.pop("plan", ()))
    checks = tuple(CrossCheck(**check) for check in document.pop("cross_checks", ()))
    document = {name: tuple(value) if isinstance(value, list) else value for name, value in document.items()}
    return Manifest(plan=plan, blocks=blocks, cross_checks=checks, **document)
