"""Tasks carried out by the workers of a Dask scheduler."""

import asyncio
import logging
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, final
from uuid import uuid4

import dask
from distributed import Client, Future, LocalCluster, Worker
from distributed.scheduler import KilledWorker

from simulator.errors import RunError
from simulator.runner import provenance
from simulator.runner.executors import starting
from simulator.runner.executors.executor import Care, Executor, Job, Outcome, Result, Task, result
from simulator.runner.executors.processes import START_S
from simulator.runner.executors.remote import UNPREPARED, carried_out, prepared
from simulator.runner.executors.scratch import scratch
from simulator.runner.executors.staff import Staff
from simulator.runner.executors.tries import Attempt, Tries

LOOPBACK = "127.0.0.1"
CONNECT_S = 5.0
"""Seconds in which a scheduler must answer."""
LOOK_S = 0.5
"""Seconds between looks at which workers there are."""
WORKERS_S = 60.0
"""Seconds that a scheduler may be without a worker."""
SETTINGS = {
    "distributed.scheduler.worker-ttl": None,
    "distributed.worker.profile.enabled": False,
    "distributed.comm.timeouts.connect": "10s",
}
"""Settings of Dask for a cluster of this machine, whose workers are watched by the executor."""
LOST = "was lost"
"""How a worker ended of which nothing else is known."""


@final
class Dask(Executor[Task, Result]):
    """One task at a time on each worker of a scheduler; tasks of a worker that is lost or hangs go to another.

    Without a scheduler, one is started with some workers of its own, which listen on the loopback interface only.
    """

    def __init__(
        self,
        job: Job[Task, Result],
        *,
        workers: int = 1,
        scheduler: str | None = None,
        care: Care[Task, Result] | None = None,
    ) -> None:
        self._job = job
        self._care: Care[Task, Result] = care or Care()
        self._wanted = workers
        self._scheduler = scheduler
        self._within = ExitStack()
        self._client: Client | None = None
        self._own: Staff | None = None
        self._places: dict[str, _Place] = {}
        self._shunned: set[str] = set()
        self._done: SimpleQueue[tuple[_Place, Future]] = SimpleQueue()
        self._looked = self._seen = 0.0

    @property
    def workers(self) -> int:
        return max(1, len(self._places)) if self._scheduler else self._wanted

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        client = self._connected()
        tries = Tries(tasks, self._care, workers=self.workers)
        while True:
            yield from self._look(client, tries)
            for place in self._places.values():
                if place.ready and place.attempt is None and tries.left:
                    attempt = tries.next()
                    place.give(client, attempt, limit_s=tries.limit_s(attempt), done=self._done)
            if not tries.left and all(place.attempt is None for place in self._places.values()):
                return
            with suppress(Empty):
                yield from self._taken(*self._done.get(timeout=LOOK_S), tries)

    def _connected(self) -> Client:
        if self._client is None:
            silenced = logging.getLogger("distributed")
            self._within.callback(silenced.setLevel, silenced.level)
            silenced.setLevel(logging.CRITICAL)
            address = self._scheduler
            if address is None:
                address, self._own = self._within.enter_context(_own_cluster(self._wanted))
            self._client = self._within.enter_context(_client(address))
            self._seen = time.monotonic()
            self._payload = pickle.dumps(self._job)
            self._key = uuid4().hex
            self._code = provenance.sources(), provenance.code()
        return self._client

    def _look(self, client: Client, tries: Tries[Task, Result]) -> Iterator[Result]:
        """See which workers there are: have new ones make ready, and let go of those that are lost or hang."""
        now = time.monotonic()
        if now < self._looked + LOOK_S and self._places:
            return
        self._looked = now
        if self._own is not None:
            self._own.replace_ended()
        there = self._there(client)
        if there:
            self._seen = now
        elif now > self._seen + WORKERS_S:
            raise RunError(
                f"{self._at}: has had no worker for {WORKERS_S:g} s; start some with dask worker, then run again"
                " to go on from what was committed"
            )
        for address in there - self._shunned - self._places.keys():
            self._places[address] = _Place(address)
            self._prepare(self._places[address])
        for place in list(self._places.values()):
            if place.address not in there:
                yield from self._ended(place, self._how(place), tries)
            elif place.deadline <= now:
                self._end(client, place)
                yield from self._ended(place, f"hung for {place.limit_s:g} s", tries)

    def _prepare(self, place: "_Place") -> None:
        place.prepare(self._connected(), self._key, self._payload, self._code, done=self._done)

    def _there(self, client: Client) -> set[str]:
        """Return the addresses of the workers that the scheduler has."""
        try:
            return set(client.nthreads())
        except (OSError, TimeoutError, RuntimeError, CancelledError) as error:
            raise self._gone() from error

    def _taken(self, place: "_Place", future: Future, tries: Tries[Task, Result]) -> Iterator[Result]:
        """Return the result that a worker has, if it has one."""
        if place.future is not future:
            return  # of a worker that was let go of
        try:
            found: Outcome = future.result(timeout=CONNECT_S)
        except (KilledWorker, TimeoutError, OSError):
            yield from self._ended(place, self._how(place), tries)
        except CancelledError as error:
            raise self._gone() from error
        except Exception as error:
            raise RunError(
                f"the worker at {place.address} cannot work for this run ({type(error).__name__}: {error});"
                " install the same version of the simulator there, and of Python and Dask"
            ) from error
        else:
            attempt = place.attempt
            if attempt is None:
                place.made_ready(_of_worker(found, place.address))
            elif found == UNPREPARED:
                tries.unstarted(attempt, "has forgotten what to do")
                self._prepare(place)
            else:
                place.rest()
                tries.survived()
                yield result(found)

    def _ended(self, place: "_Place", how: str, tries: Tries[Task, Result]) -> Iterator[Result]:
        """Let go of a worker that has ended, and see to what it was doing."""
        del self._places[place.address]
        attempt = place.attempt
        place.cancel()
        if attempt is not None:
            yield from tries.died(attempt, how)
        elif not place.ready:
            tries.unstarted(None, how)

    def _how(self, place: "_Place") -> str:
        return (self._own.how(place.pid) if self._own is not None else "") or LOST

    def _end(self, client: Client, place: "_Place") -> None:
        """End the process of a worker that hangs, if it can be reached, and give it nothing more."""
        self._shunned.add(place.address)
        if self._own is not None:
            self._own.end(place.pid)
        elif place.pid:
            # its nanny, if it has one, does so and starts another; nobody waits for one that cannot
            kill = {"workers": [place.address], "nanny": True, "on_error": "ignore"}
            threading.Thread(
                target=_quietly,
                args=(client.run, os.kill, place.pid, signal.SIGKILL),
                kwargs=kill,
                daemon=True,
            ).start()

    @property
    def _at(self) -> str:
        return self._scheduler or "the Dask scheduler of this run"

    def _gone(self) -> RunError:
        return RunError(
            f"{self._at}: the Dask scheduler does not answer any more; what was committed is kept: start it and its"
            " workers again, then run again to go on"
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for place in self._places.values():
            place.cancel()
        self._places = {}
        self._client = None
        self._within.close()


@final
class _Place:
    """One worker of a scheduler, and what it is doing."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.ready = False
        self.pid = 0
        self.attempt: Attempt[Any] | None = None
        self.future: Any = None
        self.limit_s = START_S
        self.deadline = 0.0

    def prepare(
        self, client: Client, key: str, payload: bytes, code: tuple[str, str], *, done: SimpleQueue[Any]
    ) -> None:
        """Have the worker make ready."""
        self.ready, self.attempt = False, None
        self._submit(client, prepared, key, payload, code, limit_s=START_S, done=done)
        self._key = key

    def made_ready(self, pid: int) -> None:
        """Take note that the worker has made ready."""
        self.pid, self.ready = pid, True
        self.rest()

    def give(self, client: Client, attempt: Attempt[Any], *, limit_s: float, done: SimpleQueue[Any]) -> None:
        """Have the worker carry out a task."""
        self.attempt = attempt
        self._submit(client, carried_out, self._key, attempt.task, limit_s=limit_s, done=done)

    def rest(self) -> None:
        """Take note that the worker has done what it was to do."""
        self.attempt, self.future, self.deadline = None, None, float("inf")

    def cancel(self) -> None:
        """Have the scheduler forget what it was to do."""
        future, self.future = self.future, None
        if future is not None:
            with suppress(Exception):
                future.cancel(force=True)

    def _submit(
        self,
        client: Client,
        work: Callable[..., Outcome],
        *arguments: Any,
        limit_s: float,
        done: SimpleQueue[Any],
    ) -> None:
        # the worker is named, so that what ends it can be nothing but this task
        self.future = client.submit(
            work, *arguments, key=f"simulator-{uuid4().hex}", workers=[self.address], pure=False
        )
        self.limit_s, self.deadline = limit_s, time.monotonic() + limit_s
        self.future.add_done_callback(lambda future: done.put((self, future)))


def _of_worker(found: Outcome, address: str) -> Any:
    """Return what a worker that has made ready says; raises RunError that names it."""
    good, value = found
    if not good:
        raise RunError(f"the worker at {address}: {value}")
    return value


def _quietly(call: Callable[..., Any], *arguments: Any, **named: Any) -> None:
    with suppress(Exception):
        call(*arguments, **named)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise RunError(
            f"{address}: no Dask scheduler answers within {CONNECT_S:g} s; start one with dask scheduler, or leave"
            " the address out to work on this machine alone"
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=CONNECT_S)


@contextmanager
def _own_cluster(workers: int) -> Iterator[tuple[str, Staff]]:
    """Give the address of a scheduler of this process and its workers, and end them."""
    with dask.config.set(SETTINGS), ExitStack() as within:
        folder = within.enter_context(scratch())
        cluster = LocalCluster(
            n_workers=0,
            processes=False,
            host=LOOPBACK,
            protocol="tcp://",
            dashboard_address=f"{LOOPBACK}:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=logging.CRITICAL,
        )
        within.callback(_quietly, cluster.close, timeout=CONNECT_S)
        own = Staff(_serve, cluster.scheduler_address, str(folder), count=workers)
        within.callback(own.finish)
        own.replace_ended()
        yield cluster.scheduler_address, own


def _serve(scheduler: str, folder: str) -> None:
    """Be a worker of a scheduler of the process that started this one."""
    starting.settle()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(SETTINGS):
        asyncio.run(_worker(scheduler, folder))


async def _worker(scheduler: str, folder: str) -> None:
    worker = Worker(
        scheduler,
        nthreads=1,
        host=LOOPBACK,
        dashboard_address=f"{LOOPBACK}:0",
        memory_limit=0,
        local_directory=folder,
        silence_logs=logging.CRITICAL,
    )
    async with worker:
        await worker.finished()
