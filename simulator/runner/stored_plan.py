"""The plan of a run in its results folder: drawn in pieces, and read from there ever after."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from simulator.errors import ResultsError
from simulator.model.experiment import Draw, Experiment
from simulator.results import folder as results_folder
from simulator.results.manifest import StoredFile
from simulator.runner.plan import Plan, plan

PIECE = 1024
"""Replications of a piece; a piece is drawn whole, so that it never changes."""
AT_ONCE = 16
"""Pieces that are drawn together: a Sobol sequence is drawn from its beginning every time."""


class StoredPlan:
    """The value of every factor in every replication of a run, of which one piece is held in memory."""

    def __init__(self, folder: Path, experiment: Experiment, files: Sequence[StoredFile] = ()) -> None:
        """Read the plan in a results folder; `files` are those that the manifest vouches for."""
        self._folder = folder
        self._files = {piece.path: piece for piece in files}
        self._whole = _is_whole(experiment)
        self._piece: Plan | None = None

    def draw(self, replication: int) -> Draw:
        """Return the value of every factor in one replication.

        Raises ResultsError when the stored piece cannot be read, is another one, or does not have it.
        """
        if self._piece is None or replication not in self._piece.replications:
            first = 0 if self._whole else replication // PIECE * PIECE
            known = self._files.get(results_folder.plan_path(first))
            self._piece = Plan(*results_folder.read_plan(self._folder, first, known), first)
        if replication not in self._piece.replications:
            raise ResultsError(
                f"{self._folder}: has no plan for replication {replication}; give a smaller one"
            )
        return self._piece.draw(replication)


def store(
    folder: Path,
    experiment: Experiment,
    replications: int,
    *,
    wanted: range | None = None,
    stored: Sequence[StoredFile] = (),
) -> tuple[StoredFile, ...]:
    """Draw the pieces of a plan that have the `wanted` of its replications, and return the files of all pieces.

    Pieces that are `stored` stay as they are. Raises ResultsError for a stored Latin hypercube of another number
    of replications, since every number has a hypercube of its own.
    """
    there = {piece.path: piece for piece in stored}
    missing = []
    for first, stop in _pieces(experiment, range(replications) if wanted is None else wanted, replications):
        piece = there.get(results_folder.plan_path(first))
        if piece is None:
            missing.append((first, stop))
        elif _is_whole(experiment) and piece.rows != stop:
            raise ResultsError(
                f"{folder}: has a Latin hypercube of {piece.rows} replications, which cannot be extended;"
                f" give {piece.rows} replications, or name another results folder"
            )
    for group in _together(missing):
        drawn = plan(experiment, group[-1][1], first=group[0][0])
        for first, stop in group:
            values = drawn.values[first - drawn.first : stop - drawn.first]
            piece = results_folder.save_plan(folder, first, drawn.columns, values)
            there[piece.path] = piece
    return tuple(there[path] for path in sorted(there))


def _pieces(experiment: Experiment, wanted: range, replications: int) -> Iterator[tuple[int, int]]:
    """Iterate over the first replication of each piece that has some wanted ones, and one past its last."""
    if _is_whole(experiment):
        yield 0, replications
        return
    for first in range(wanted.start // PIECE * PIECE, wanted.stop, PIECE):
        yield first, first + PIECE


def _together(pieces: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Iterate over groups of pieces that follow one another."""
    group: list[tuple[int, int]] = []
    for piece in pieces:
        if group and (len(group) == AT_ONCE or piece[0] != group[-1][1]):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _is_whole(experiment: Experiment) -> bool:
    """Return whether a design has no pieces: no point of a Latin hypercube is known without the others."""
    return experiment.design.kind == "latin_hypercube"
