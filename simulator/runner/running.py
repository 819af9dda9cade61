"""Running an experiment: as many replications as it needs, committed block by block."""

import logging
import math
import shutil
import time
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

from simulator.config.files import shown
from simulator.errors import ResultsError
from simulator.model.experiment import Experiment
from simulator.results import atomic, manifest, query
from simulator.results import folder as results_folder
from simulator.results.hashing import content_hash
from simulator.results.manifest import BlockRecord, CrossCheck, Manifest
from simulator.results.run import Run
from simulator.runner import cross_check, failures, precision, provenance, stored_plan
from simulator.runner.blocks import Retry, cut, size_for
from simulator.runner.crew import Done, Task, crew
from simulator.runner.cross_check import Repeated
from simulator.runner.executors import Executor
from simulator.runner.kept_rows import of_another_engine
from simulator.runner.orders import Order, order_for
from simulator.runner.places import TIMEOUT_S
from simulator.runner.standing import Standing, standing
from simulator.runner.stored import compared
from simulator.runner.summary import summary
from simulator.runner.warming import warm_up_for_workers


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is; replications are counted over all scenarios."""

    done: int
    total: int
    """To the next look, or to the end."""
    failed: int
    per_second: float
    """Replications committed a second since the run was started or taken up again."""
    seconds_left: float
    """To `total` at this rate; infinite before the first block."""
    scenarios: Mapping[str, int]
    """Replications done, by scenario."""
    look: int
    """Which look the run is heading for, from 1."""
    looks: int
    repeated: int = 0
    """Replications repeated on the reference engine, once all are done."""
    to_repeat: int = 0
    """How many are to be; 0 as long as replications are missing."""
    standing: Standing | None = None
    """How likely the claim looks that is furthest from the precision asked for; None without claims."""


def run(
    experiment: Experiment,
    *,
    replications: int | None = None,
    scenarios: Sequence[str] | None = None,
    workers: int | None = None,
    executor: str = "processes",
    scheduler: str | None = None,
    timeout: float = TIMEOUT_S,
    results: str | Path | None = "results",
    engine: str = "auto",
    cross_checks: int = cross_check.EACH,
    checked: Sequence[str] | None = None,
    block: str | None = None,
    rerun_failed: bool = False,
    name: str | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Run:
    """Run an experiment, or go on with it where it was left, and return what it came to.

    Without `replications` the run ends when the experiment's `precision` is reached, or at its cap. Rows are
    kept in `results`/`name`/digest, `name` being the experiment's own when it is not given; with `results=None`
    in a temporary folder that lasts as long as the value returned. A folder keeps all replications it ever
    got, so asking for fewer computes nothing. `executor` is `processes`, with a worker for each processor
    unless `workers` says otherwise; `dask`, with as many, or with those of the `scheduler` at an address such as
    `tcp://10.0.0.1:8786`; or `serial`. The rows are the same. A replication that ends its worker, or keeps it
    for more than `timeout` seconds, fails, and the run goes on; a serial one has no worker that can be replaced.
    Replications that fail are rows with an error; with `rerun_failed` those that are stored are computed again
    first, and no others, and the manifest's notes say what came of it. `progress` is told of every block.
    `engine` is `auto`, which is `compiled`, or `reference`, which gives the same rows slowly; rows that another
    engine made before are kept. Of a run on the
    compiled engine so many replications of each scenario as `cross_checks` says, chosen by address, are repeated
    on the reference engine, and paths and stored numbers compared; the manifest says how that came out. `checked`
    names the scenarios of which that is done, all unless it is given. `block`, such as "3/16", computes one of so
    many stretches of the replications into a folder of its own, for `merge` to make one run of.

    Raises ConfigError for what cannot be run, with nothing written; ResultsError for a folder that cannot be
    written or that another run holds; RunError when workers cannot be had or die one after the other, when
    the engines differ, or when more replications failed than the experiment's `failures` let, with the rows kept;
    ConfigError, with the rows kept too, when `precision` asks for quantiles of what the first rows do not have.
    What is done otherwise than asked, or slowly, is logged as a warning, which Python prints on standard error
    unless logging is set up otherwise.
    """
    there = results_folder.local(results or ".")
    order = order_for(
        experiment,
        replications=replications,
        scenarios=scenarios,
        workers=workers,
        executor=executor,
        scheduler=scheduler,
        timeout=timeout,
        engine=engine,
        name=name,
        cross_checks=cross_checks,
        checked=checked,
        block=block,
        rerun_failed=rerun_failed,
    )
    for note in order.notes:
        logging.getLogger(__name__).warning("%s", note)
    keeper = _Temporary() if results is None else None
    root = keeper.folder if keeper is not None else there.absolute()
    folder = root / order.name / order.folder_name
    with _taken(folder, order) as contents:
        if kept := of_another_engine(contents, engine, rerun_failed=rerun_failed):
            logging.getLogger(__name__).warning("%s", kept)
        name = order.name if keeper is not None else shown(folder)
        running = _Running(order, folder, contents, progress or (lambda _: None), shown=name)
        finished = running.carry_out()
    return Run(folder, experiment, finished, keeper)


def summarised(run: Run) -> Manifest:
    """Write the summary of a run that has all its rows, and return its manifest with their hashes."""
    content = content_hash(run.folder, run.records())
    contents = replace(run.manifest, content_hash=content)
    answers = summary(replace(run, manifest=contents))
    return replace(contents, summary=results_folder.save_summary(run.folder, answers))


class _Temporary:
    """A folder that lasts as long as this value, or the process."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="simulator-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)


@contextmanager
def _taken(folder: Path, order: Order) -> Iterator[Manifest]:
    """Hold the folder of a run, and give the manifest to go on from.

    Rows that other sources made are never added to: their folder is set aside under another name. So is that
    of rows which the reference engine was found to differ from, when it is to make them now, and that of rows
    whose manifest is gone.
    """
    atomic.make_folder(folder)
    with atomic.locked(folder):
        there = manifest.read(folder) if (folder / manifest.NAME).exists() else None
        if not results_folder.has_tables(folder) if there is None else _usable(there, order):
            atomic.clear_leftovers(folder)
            contents = _begun(folder, order, there)
            results_folder.clear_unlisted(folder)
            yield contents
            return
        results_folder.set_aside(folder)
    with _taken(folder, order) as contents:
        yield contents


def _usable(there: Manifest, order: Order) -> bool:
    return there.code == order.code and not (there.differences and order.engine != there.engine)


def _begun(folder: Path, order: Order, there: Manifest | None) -> Manifest:
    """Return the manifest that a run starts from, of which nothing is lost, damaged or too much."""
    if there is None:
        contents = Manifest(
            name=order.name,
            digest=order.digest,
            status="running",
            seed=order.experiment.seed,
            scenarios=order.scenarios,
            replications=0,
            block=str(order.stretch or ""),
            code=order.code,
            times={"started": _now(), "seconds": 0.0},
        )
        return results_folder.create(folder, contents, order.document)
    renewed, wrong = results_folder.renewed_document(folder, there, order.document)
    kept, lost = results_folder.usable(folder, renewed)
    for line in (*wrong, *lost):
        logging.getLogger(__name__).warning("%s", line)
    every = [name for name in order.experiment.scenarios if name in {*kept.scenarios, *order.scenarios}]
    return replace(kept, scenarios=tuple(every))


class _Running:
    """A run that holds its folder."""

    def __init__(
        self,
        order: Order,
        folder: Path,
        contents: Manifest,
        report: Callable[[Progress], None],
        *,
        shown: str,
    ) -> None:
        self._order = order
        self._folder = folder
        self._contents = contents
        self._report = report
        self._shown = shown
        self._began = time.monotonic()
        self._seconds_before = float(contents.times.get("seconds", 0.0))
        self._done_before = sum(block.count for block in contents.blocks)
        self._answered = contents.status == "complete"
        self._checked: set[str] = set()

    def carry_out(self) -> Manifest:
        """Compute what is missing, and return the manifest of the finished run."""
        order, before = self._order, self._contents
        last = before.answers[-1] if before.answers else 0
        self._contents = replace(
            before,
            engine=order.engine,
            looks=before.looks if self._answered else max(before.looks, self._looks_after(last)),
            notes=order.notes,
            versions=provenance.versions(),
            machine=provenance.machine(),
        )
        try:
            for record in self._contents.blocks:
                self._check_quantiles(record)
            with crew(self._order, self._folder) as executor:
                if order.rerun_failed:
                    self._rerun_failed(executor)
                for look, target in enumerate(order.rounds, start=1):
                    self._reach(target, look, executor)
                    if look < len(order.rounds) and precision.reached(self._run()):
                        break
                self._cross_check(executor)
            self._finish(before)
            results_folder.clear_unlisted(self._folder)
        except BaseException:
            # the error that ended the run matters more than a manifest that cannot be written
            with suppress(ResultsError):
                self._save(status="interrupted")
            raise
        finally:
            atomic.clear_leftovers(self._folder)
        return self._contents

    def _rerun_failed(self, executor: Executor[Task, Done]) -> None:
        """Compute again what is stored as failed; a block with new rows takes the place of the one before."""
        chosen = (block for name in self._order.scenarios for block in self._contents.of(name))
        tasks = [Retry(block) for block in chosen if block.failed]
        if tasks and self._order.workers:
            warm_up_for_workers(self._order.engine)
        still = 0
        for record in executor.map(tasks):
            assert isinstance(record, BlockRecord)
            still += record.failed
            (old,) = (each for each in self._contents.of(record.scenario) if each.first == record.first)
            self._contents = self._contents.with_replaced(old, record)
            self._save(status="running")
            results_folder.remove_replaced(self._folder, old, record)
            self._report(self._progress(self._contents.replications, look=1))
        self._note(failures.tried_again(sum(task.record.failed for task in tasks), still))

    def _note(self, line: str) -> None:
        logging.getLogger(__name__).warning("%s", line)
        self._contents = replace(self._contents, notes=(*self._contents.notes, line))

    def _reach(self, target: int, look: int, executor: Executor[Task, Done]) -> None:
        """Compute what is missing until every scenario has `target` replications."""
        before = self._contents.replications
        self._contents = replace(self._contents, replications=max(target, before))
        wanted = self._order.wanted(target)
        missing = {name: self._contents.missing(name, wanted) for name in self._order.scenarios}
        if not any(missing.values()):
            self._store_plan(self._contents.replications)  # some of it may have been lost
            return
        self._stop_if_too_many_failed()
        if self._answered and target > before:
            answers = *self._contents.answers, before
            self._contents = replace(self._contents, answers=answers, looks=self._looks_after(before))
            self._answered = False
        self._store_plan(target)
        self._save(status="running")
        if self._order.workers:
            warm_up_for_workers(self._order.engine)
        blocks = cut(missing, lambda left: self._block_size(left, workers=executor.workers))
        for record in executor.map(blocks):
            assert isinstance(record, BlockRecord)
            self._contents = self._contents.with_block(record)
            self._save(status="running")
            self._check_quantiles(record)
            self._report(self._progress(target, look))
            if any(self._contents.missing(name, wanted) for name in missing):
                self._stop_if_too_many_failed()

    def _store_plan(self, replications: int) -> None:
        """See that the plan has what is wanted of so many replications; what it has of them stays as it is."""
        experiment, stored = self._order.experiment, self._contents.plan
        wanted = self._order.wanted(replications)
        drawn = stored_plan.store(self._folder, experiment, replications, wanted=wanted, stored=stored)
        self._contents = replace(self._contents, plan=drawn)

    def _stop_if_too_many_failed(self) -> None:
        """Raise RunError once more replications of a scenario failed than may of all that it can get."""
        policy = self._order.experiment.failures
        if policy is None:
            return
        cap = len(self._order.wanted(max(self._order.rounds[-1], self._contents.replications)))
        for name in self._order.scenarios:
            if failures.too_many(self._contents, name, at_most=policy.at_most, replications=cap):
                raise failures.refusal(self._run(), name, cap=cap)

    def _check_quantiles(self, record: BlockRecord) -> None:
        """See, once the first rows of a scenario are there, that what quantiles are asked of is in them."""
        experiment = self._order.experiment
        if experiment.precision.quantiles and record.failed < record.count:
            if record.scenario not in self._checked:
                columns = query.columns(self._folder, [record], weekly=False)
                precision.check_quantiles(experiment, record.scenario, columns)
            self._checked.add(record.scenario)

    def _looks_after(self, replications: int) -> int:
        """Return how many of the looks that are planned come after so many replications."""
        return sum(target > replications for target in self._order.rounds)

    def _cross_check(self, executor: Executor[Task, Done]) -> None:
        """Repeat on the reference engine what was chosen and was not found equal before.

        Raises RunError when the engines differ; which rows do is in the manifest then, too.
        """
        if self._order.engine != cross_check.CHECKED:
            return
        equal = {(each.scenario, each.replication) for each in self._contents.cross_checks if each.equal}
        order = self._order
        tasks = list(cross_check.repetitions(self._run(), order.checked, order.cross_checks, done=equal))
        if not tasks:
            return
        done = self._progress(self._contents.replications, look=len(self._order.rounds))
        told = replace(done, to_repeat=len(tasks))
        self._report(told)
        for number, repeated in enumerate(executor.map(tasks), start=1):
            assert isinstance(repeated, Repeated)
            self._contents = self._contents.with_cross_check(self._with_rows(repeated))
            self._save(status="running")
            self._report(replace(told, repeated=number))
        if self._contents.differences:
            raise cross_check.refusal(self._contents.differences, run=self._shown)

    def _with_rows(self, repeated: Repeated) -> CrossCheck:
        """Return the cross-check of a replication whose stored numbers are among what must be equal."""
        check = repeated.check
        difference = check.difference or compared(self._run(), repeated).told
        return replace(check, equal=not difference, difference=difference)

    def _finish(self, before: Manifest) -> None:
        """Write the content hash, the summary and the finished manifest, unless nothing has changed."""
        parts = [(each.blocks, each.plan, each.cross_checks) for each in (before, self._contents)]
        if (
            before.status == "complete"
            and before.summary
            and parts[0] == parts[1]
            and not self._order.rerun_failed
        ):
            self._contents = before
            return
        self._contents = summarised(self._run())
        self._save(status="complete")

    def _block_size(self, left: int, *, workers: int) -> int:
        times = [block.seconds_each for block in self._contents.blocks[-20:] if block.seconds_each]
        return size_for(median(times) if times else None, left=left, workers=workers)

    def _progress(self, target: int, look: int) -> Progress:
        order, blocks = self._order, self._contents.blocks
        done = {name: sum(block.count for block in self._contents.of(name)) for name in order.scenarios}
        within = sum(min(count, len(order.wanted(target))) for count in done.values())
        total = len(order.wanted(target)) * len(order.scenarios)
        new = sum(block.count for block in blocks) - self._done_before
        rate = new / max(time.monotonic() - self._began, 1e-9)
        return Progress(
            done=within,
            total=total,
            failed=sum(block.failed for block in blocks),
            per_second=rate,
            seconds_left=(total - within) / rate if rate else math.inf if within < total else 0.0,
            scenarios=done,
            look=look,
            looks=len(order.rounds),
            standing=standing(self._contents, order.experiment, order.scenarios),
        )

    def _run(self) -> Run:
        return Run(self._folder, self._order.experiment, self._contents)

    def _save(self, *, status: manifest.Status) -> None:
        seconds = self._seconds_before + time.monotonic() - self._began
        times = {**self._contents.times, "seconds": round(seconds, 3), "updated": _now()}
        self._contents = replace(self._contents, status=status, times=times)
        results_folder.save(self._folder, self._contents)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
