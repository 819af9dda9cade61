"""One run made of what several jobs computed, each in a folder of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.config.files import shown
from simulator.errors import ResultsError
from simulator.results import atomic, manifest, tables
from simulator.results import folder as results_folder
from simulator.results.manifest import BlockRecord, Manifest, StoredFile
from simulator.results.run import Run
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

    The parts stay as they are. What the results folder has already is kept, so parts may come in several goes.
    When nothing is missing the run is complete, with the content hash of a run that was never cut. Raises
    ResultsError for folders that are not parts of one run, for a part with a damaged file, for parts that
    overlap without being equal, and when the results folder cannot be written or another process holds it.
    """
    if not parts:
        raise ResultsError("nothing to merge; give the folders of the parts")
    runs = [opened(results_folder.local(part)) for part in parts]
    _refuse_strangers(runs)
    first = runs[0].manifest
    folder = results_folder.local(results).absolute() / first.name / first.digest
    atomic.make_folder(folder)
    with atomic.locked(folder):
        contents = _begun(folder, runs)
        for part in runs:
            if part.folder.absolute() != folder:
                contents = _with_part(folder, contents, part)
        run = Run(folder, runs[0].experiment, contents)
        missing = tuple(_missing(run))
        contents = replace(
            contents if missing else summarised(run), status="interrupted" if missing else "complete"
        )
        results_folder.save(folder, contents)
        atomic.clear_leftovers(folder)
    return Merged(replace(run, manifest=contents), missing)


def _refuse_strangers(runs: Sequence[Run]) -> None:
    """Refuse folders that are not parts of one run: of one document, one size, one engine, the same sources."""
    first = runs[0]
    for other in runs[1:]:
        for what in ("name", "digest", "replications", "engine", "code"):
            mine, theirs = getattr(first.manifest, what), getattr(other.manifest, what)
            if mine != theirs:
                raise ResultsError(
                    f"{shown(other.folder)}: has {what} {theirs} and {shown(first.folder)} has {mine}, so they are"
                    " not parts of one run; give folders of one config, one --replications, one version"
                )


def _begun(folder: Path, runs: Sequence[Run]) -> Manifest:
    """Return the manifest to add parts to: what the folder has that is sound, or that of an empty run."""
    first = runs[0].manifest
    if (folder / manifest.NAME).exists():
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
    document = results_folder.read_document(runs[0].folder, runs[0].manifest)
    return results_folder.create(folder, begun, document)


def _with_part(folder: Path, contents: Manifest, part: Run) -> Manifest:
    """Return the manifest with the blocks, the plan, the cross-checks, the time and the notes of a part."""
    before, added = contents, []
    for record in part.manifest.blocks:
        gaps = contents.missing(record.scenario, range(record.first, record.stop))
        if not gaps:
            continue
        if gaps != [range(record.first, record.stop)]:
            raise ResultsError(
                f"{shown(part.folder)}: has {record.scenario}, replications {record.first} to {record.stop - 1}, of"
                f" which {shown(folder)} has some; merge parts that do not overlap, into other --results"
            )
        for stored in (record.runs, record.weekly):
            _copy(part.folder, folder, stored)
        contents = contents.with_block(record)
        added.append(record)
    for check in part.manifest.cross_checks:
        contents = contents.with_cross_check(check)
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


def _copy(source: Path, target: Path, stored: StoredFile) -> None:
    """Copy a file that is what its record says; raises ResultsError when it is not."""
    if not tables.intact(source, stored):
        raise ResultsError(
            f"{shown(source / stored.path)}: is missing or damaged; run that block again to compute it anew"
        )
    atomic.write(target / stored.path, (source / stored.path).read_bytes())


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
