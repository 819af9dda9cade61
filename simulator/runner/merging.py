"""One run made of what several jobs computed, each in a folder of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.config.files import shown
from simulator.errors import ResultsError
from simulator.results import atomic, manifest, tables
from simulator.results import folder as results_folder
from simulator.results.manifest import BlockRecord, Manifest, StoredFile
from simulator.results.run import Run
from simulator.runner import cross_check
from simulator.runner.opening import opened
from simulator.runner.running import summarised


@dataclass(frozen=True, slots=True)
class Merged:
    """A run made of parts, and what it still lacks."""

    run: Run
    missing: tuple[str, ...]
    """What no part has, a line a stretch of replications; empty when the run is complete."""


def merge(parts: Sequence[str | Path], *, results: str | Path = "results") -> Merged:
    """Join folders that `run(..., block="I/N")` wrote into the results folder of the whole run.

    The parts stay as they are. What the results folder has already is kept, so parts may come in several goes and
    in any order; a block in which fewer replications failed takes the place of its twin. When nothing is missing
    the run is complete, with the content hash of a run that was never cut. Raises ResultsError, with nothing
    written, for folders that are not parts of one run, for a part with a damaged file, and for blocks of the same
    replications with other rows; ResultsError, too, when the results folder cannot be written or another process
    holds it; RunError, with the rows kept, when a part found the engines to differ.
    """
    if not parts:
        raise ResultsError("nothing to merge; give the folders of the parts")
    runs = [opened(results_folder.local(part)) for part in parts]
    _refuse_strangers(runs)
    first = runs[0].manifest
    folder = results_folder.local(results).absolute() / first.name / first.digest
    runs = [run for run in runs if run.folder.absolute() != folder] or runs
    atomic.make_folder(folder.parent)
    with _held(folder):
        there = _sound(folder, first)
        picks = _picked(there, runs)
        contents = there or _empty(folder, runs)
        for part in runs:
            contents = _with_part(folder, contents, part, [pick for pick in picks if pick.part is part])
        run = Run(folder, runs[0].experiment, contents)
        missing = tuple(_missing(run))
        contents = replace(
            contents if missing else summarised(run), status="interrupted" if missing else "complete"
        )
        results_folder.save(folder, contents)
        atomic.clear_leftovers(folder)
    if contents.differences:
        raise cross_check.refusal(contents.differences, run=shown(folder))
    return Merged(replace(run, manifest=contents), missing)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder, which goes again when nothing came into it."""
    atomic.make_folder(folder)
    try:
        with atomic.locked(folder):
            yield
    finally:
        if not (folder / manifest.NAME).exists():
            with suppress(OSError):
                (folder / atomic.LOCK).unlink()
                folder.rmdir()
                folder.parent.rmdir()


@dataclass(frozen=True, slots=True)
class _Pick:
    """A block of a part that goes into the run, and the one it takes the place of."""

    part: Run
    record: BlockRecord
    instead: BlockRecord | None = None


def _picked(there: Manifest | None, parts: Sequence[Run]) -> list[_Pick]:
    """Return the blocks that go into the run, whatever the order of the parts, all their files sound.

    Of blocks that overlap the one that begins first is taken, and of those the largest; another that overlaps it
    is left out. An extended job has rows of stretches that are another job's now.
    """
    every = [(part, record) for part in parts for record in part.manifest.blocks]
    every.sort(key=lambda each: (each[1].scenario, each[1].first, -each[1].count, each[1].failed))
    taken: dict[tuple[str, int, int], BlockRecord] = {}
    reached: dict[str, list[range]] = {}
    for block in there.blocks if there else ():
        taken[_place(block)] = block
        reached.setdefault(block.scenario, []).append(range(block.first, block.stop))
    picks: list[_Pick] = []
    for part, record in every:
        twin = taken.get(_place(record))
        if twin is not None and _other_rows(part, record, twin):
            picks = [pick for pick in picks if pick.record is not twin]
            known = there is not None and twin in there.blocks
            picks.append(_Pick(part, record, twin if known else None))
        elif twin is None and not _overlaps(record, reached.get(record.scenario, [])):
            picks.append(_Pick(part, record))
        else:
            continue
        taken[_place(record)] = record
        reached.setdefault(record.scenario, []).append(range(record.first, record.stop))
    for pick in picks:
        for stored in (pick.record.runs, pick.record.weekly):
            _see_sound(pick.part.folder, stored)
    return picks


def _place(record: BlockRecord) -> tuple[str, int, int]:
    return record.scenario, record.first, record.count


def _overlaps(record: BlockRecord, taken: Sequence[range]) -> bool:
    return any(record.first < other.stop and other.start < record.stop for other in taken)


def _other_rows(part: Run, record: BlockRecord, twin: BlockRecord) -> bool:
    """Return whether a block is better than its twin; raises ResultsError when it should be its equal and is not."""
    if record.runs.sha256 == twin.runs.sha256 and record.weekly.sha256 == twin.weekly.sha256:
        return False
    if record.failed == twin.failed:
        raise ResultsError(
            f"{shown(part.folder)}: has other rows of {record.scenario}, replications {record.first} to"
            f" {record.stop - 1}, than another part or the run has; simulator verify says which are right"
        )
    return record.failed < twin.failed


def _refuse_strangers(runs: Sequence[Run]) -> None:
    """Refuse folders that are not parts of one run: of one document, one size, one engine, the same sources."""
    first = runs[0]
    for other in runs[1:]:
        for what in ("name", "seed", "digest", "replications", "engine", "code"):
            mine, theirs = getattr(first.manifest, what), getattr(other.manifest, what)
            if mine != theirs:
                raise ResultsError(
                    f"{shown(other.folder)}: has {what} {theirs} and {shown(first.folder)} has {mine}, so they are"
                    " not parts of one run; give folders of one config, one --replications, one version"
                )


def _sound(folder: Path, first: Manifest) -> Manifest | None:
    """Return what the folder has that is sound, to be added to; None when it has no run yet."""
    if not (folder / manifest.NAME).exists():
        return None
    there = manifest.read(folder)
    if there.code != first.code:
        raise ResultsError(
            f"{shown(folder)}: has rows that other sources of the simulator made; move it away, or merge"
            " into other --results"
        )
    kept, _ = results_folder.usable(folder, there)
    if first.replications <= there.replications:
        return kept
    # an answer that was given is a look at the rows: extending the run after it is another
    answers = (*there.answers, there.replications) if there.status == "complete" else there.answers
    return replace(kept, replications=first.replications, answers=answers, looks=1)


def _empty(folder: Path, runs: Sequence[Run]) -> Manifest:
    """Write the document and the manifest of a run without rows, and return the manifest."""
    first = runs[0].manifest
    every = {name for run in runs for name in run.scenarios}
    begun = Manifest(
        name=first.name,
        digest=first.digest,
        status="interrupted",
        seed=first.seed,
        scenarios=tuple(name for name in runs[0].experiment.scenarios if name in every),
        replications=first.replications,
        engine=first.engine,
        versions=first.versions,
        code=first.code,
        machine=first.machine,
        times={"started": str(first.times.get("started", "")), "seconds": 0.0},
    )
    document = results_folder.read_document(runs[0].folder, first)
    return results_folder.create(folder, begun, document)


def _with_part(folder: Path, contents: Manifest, part: Run, picks: Sequence[_Pick]) -> Manifest:
    """Return the manifest with the blocks picked of a part, its plan, cross-checks, time and notes."""
    before = contents
    for pick in picks:
        for stored in (pick.record.runs, pick.record.weekly):
            atomic.write(folder / stored.path, (part.folder / stored.path).read_bytes())
        if pick.instead is None:
            contents = contents.with_block(pick.record)
        else:
            contents = contents.with_replaced(pick.instead, pick.record)
    for check in part.manifest.cross_checks:
        contents = contents.with_cross_check(check)
    added = [pick.record for pick in picks]
    notes = dict.fromkeys((*contents.notes, *part.manifest.notes, *_other_versions(contents, part.manifest)))
    plan = _with_plan(folder, before, part, added)
    return replace(contents, plan=plan, notes=tuple(notes), times=_times(contents, part, added))


def _times(contents: Manifest, part: Run, added: Sequence[BlockRecord]) -> dict[str, str | float]:
    """Return the times of a run when the blocks of a part have been added; their seconds are summed."""
    share = sum(record.count for record in added) / max(1, _rows(part))
    seconds = float(contents.times.get("seconds", 0.0)) + share * float(
        part.manifest.times.get("seconds", 0.0)
    )
    updated = max(str(contents.times.get("updated", "")), str(part.manifest.times.get("updated", "")))
    return {**contents.times, "seconds": round(seconds, 3), "updated": updated}


def _rows(part: Run) -> int:
    return sum(block.count for block in part.manifest.blocks)


def _other_versions(contents: Manifest, part: Manifest) -> Iterator[str]:
    for name, version in part.versions.items():
        if contents.versions.get(name) != version:
            yield f"some rows were made with {name} {version}, others with {contents.versions.get(name)}"


def _see_sound(folder: Path, stored: StoredFile) -> None:
    if not tables.intact(folder, stored):
        raise ResultsError(
            f"{shown(folder / stored.path)}: is missing or damaged; run that block again to compute it anew"
        )


def _with_plan(
    folder: Path, contents: Manifest, part: Run, added: Sequence[BlockRecord]
) -> tuple[StoredFile, ...]:
    """Store the pieces of a part's plan, and return the files of the whole plan.

    A piece may reach over several parts, and two machines may draw a factor otherwise in its last digit: a
    replication has the values of the part that computed it.
    """
    files = {piece.path: piece for piece in contents.plan}
    for piece in part.manifest.plan:
        first = results_folder.plan_first(piece)
        columns, theirs = results_folder.read_plan(part.folder, first, piece)
        values = theirs
        if piece.path in files:
            values = results_folder.read_plan(folder, first, files[piece.path])[1]
            for record in added:
                rows = slice(max(record.first - first, 0), max(record.stop - first, 0))
                values[rows] = theirs[rows]
        files[piece.path] = results_folder.save_plan(folder, first, columns, values)
    return tuple(files[path] for path in sorted(files))


def _missing(run: Run) -> Iterator[str]:
    wanted = run.manifest.replications
    for scenario in run.scenarios:
        for gap in run.manifest.missing(scenario, range(wanted)):
            yield f"{scenario}: replications {gap.start} to {gap.stop - 1} of {wanted}"
