"""A million rows of the shape of the experiment of record: written, hashed and answered, with time and memory."""

import json
import math
import multiprocessing
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from simulator import config, responses
from simulator.model.experiment import Experiment
from simulator.model.realising.realise import realise
from simulator.model.scenario.derive import derived_units
from simulator.model.scenario.scenarios import Scenario
from simulator.results import folder as results_folder
from simulator.results.manifest import BlockRecord, Manifest
from simulator.results.meanings import Column
from simulator.results.run import Run
from simulator.results.tables import Outcome, Rows, commit
from simulator.runner.blocks import MOST
from simulator.runner.execute import claim_column
from simulator.runner.plan import plan
from simulator.runner.running import summarised

CONFIG = Path(__file__).parents[2] / "configs" / "shell_exports_2023.yaml"
STRIDE = 7919
"""A prime: multiples of it, modulo a number of replications that it does not divide, are a permutation."""
WORKERS = 2


@cache
def experiment() -> Experiment:
    """Return the experiment of record."""
    return config.load(CONFIG)


@cache
def columns() -> dict[str, Column]:
    """Return the columns that its rows have, without carrying out a replication."""
    asked = experiment()
    scenario = Scenario(asked, next(iter(asked.scenarios)))
    drawn = plan(asked, 1)
    described = scenario.describe(drawn.draw(0))
    system = realise(described, horizon=asked.horizon, seed=asked.seed, replication=0)
    found = {column.name: column for column in drawn.columns}
    found |= {name: Column(name, unit, f"derived {name}") for name, unit in derived_units(asked).items()}
    for name, (unit, description) in responses.describe(system, asked.claims).items():
        found[name] = Column(name, unit, description)
    return found


def value(at_least: float, replication: int, replications: int) -> float:
    """Return the quantity of a claim: over a run, twice its figure by even steps, each once, in mixed order."""
    return 2.0 * at_least * (1 + replication * STRIDE % replications) / replications


def quantile(at_least: float, probability: float, replications: int) -> float:
    """Return the order statistic that `value` has for a probability."""
    return 2.0 * at_least * math.ceil(probability * replications) / replications


def made(folder: Path, scenario: str, first: int, stop: int, replications: int) -> BlockRecord:
    """Commit a block of made-up rows; every number that no claim asks for is drawn."""
    named, asked = columns(), experiment()
    random = np.random.Generator(np.random.PCG64([first, len(scenario)]))
    numbers = random.random((stop - first, len(named)), dtype=np.float32).astype(np.float64)
    figures = {claim_column(name): claim.at_least for name, claim in asked.claims.items()}
    places = {name: place for place, name in enumerate(named)}
    for name, at_least in figures.items():
        for row in range(stop - first):
            numbers[row, places[name]] = value(at_least, first + row, replications)
    series = [name for name in named if name.partition(".")[0] in ("made", "delivered")]
    weeks = math.ceil((asked.horizon.end - asked.horizon.start).days / 7)
    counts = random.poisson(300.0, (stop - first, len(series), weeks))
    outcomes = tuple(
        Outcome(dict(zip(named, row, strict=True)), dict(zip(series, weekly, strict=True)))
        for row, weekly in zip(numbers.tolist(), counts, strict=True)
    )
    return commit(folder, Rows(scenario, first, outcomes, dict(named)), seconds_each=0.01)


def written(folder: Path, replications: int, block: int = MOST) -> Run:
    """Write so many replications of every scenario as a run does, and finish the run."""
    asked = experiment()
    contents = Manifest(
        name=asked.name,
        digest=folder.name,
        status="running",
        seed=asked.seed,
        scenarios=tuple(asked.scenarios),
        replications=replications,
    )
    contents = results_folder.create(folder, contents, config.resolved(asked))
    tasks = [
        (folder, name, first, min(first + block, replications), replications)
        for first in range(0, replications, block)
        for name in asked.scenarios
    ]
    for record in _committed(tasks):
        contents = contents.with_block(record)
        results_folder.save(folder, contents)
    begun = time.perf_counter()
    contents = summarised(Run(folder, asked, contents))
    say(f"finished in {time.perf_counter() - begun:.1f} s")
    results_folder.save(folder, replace(contents, status="complete"))
    return Run(folder, asked, contents)


def _committed(tasks: list[tuple[Path, str, int, int, int]]) -> Iterator[BlockRecord]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        yield from pool.map(made, *zip(*tasks, strict=True))


def most_memory() -> float:
    """Return the most memory that this process had so far, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write(folder: Path, replications: int, block: int) -> dict[str, float]:
    """Write a run in this process, and return its size, its time, and the memory above that of what is loaded."""
    import duckdb
    import pyarrow.parquet
    import scipy.special

    columns()
    loaded = duckdb, pyarrow.parquet, scipy.special
    before, begun = most_memory(), time.perf_counter()
    run = written(folder, replications, block)
    seconds = time.perf_counter() - begun
    bytes_ = sum(each.runs.bytes + each.weekly.bytes for each in run.manifest.blocks)
    rows = sum(each.count for each in run.manifest.blocks)
    blocks = len(run.manifest.blocks)
    return {
        "rows": rows,
        "blocks": blocks,
        "bytes": bytes_,
        "seconds": seconds,
        "memory": most_memory() - before if loaded else 0.0,
    }


def answer(folder: Path, replications: int) -> dict[str, float]:
    """Answer all claims of a run in this process, see that they are right, and return time and memory."""
    import duckdb
    import scipy.special

    from simulator.analysis.estimate import claims
    from simulator.runner import open_results

    loaded = duckdb, scipy.special
    before, begun = most_memory(), time.perf_counter()
    found = claims(open_results(folder))
    seconds = time.perf_counter() - begun
    for each in found:
        expected = tuple(quantile(each.at_least, share, replications) for share in (0.05, 0.5, 0.95))
        assert (each.p05, each.median, each.p95) == expected, each
        assert (each.n, each.hits) == (replications, replications - math.ceil(replications / 2) + 1), each
    return {"answers": len(found), "seconds": seconds, "memory": most_memory() - before if loaded else 0.0}


def apart(what: str, folder: Path, replications: int, block: int = MOST) -> dict[str, float]:
    """Do one of the two in a process of its own, so that the memory is of it alone."""
    command = [sys.executable, "-m", "tests.scale.million", what, str(folder), str(replications), str(block)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure a million rows, or as many replications of each scenario as are asked for; print what comes."""
    if len(sys.argv) > 2:
        what, folder, replications, block = sys.argv[1:]
        if what == "write":
            say(json.dumps(write(Path(folder), int(replications), int(block))))
        else:
            say(json.dumps(answer(Path(folder), int(replications))))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    replications = math.ceil(rows / len(experiment().scenarios))
    with TemporaryDirectory(prefix="million-", dir=Path("results")) as root:
        folder = Path(root) / "million"
        put = apart("write", folder, replications)
        say(
            f"{put['rows']:,.0f} rows in {put['blocks']:,.0f} blocks: {put['bytes'] / 1e6:,.0f} MB, written and"
            f" hashed in {put['seconds']:.0f} s; the parent took {put['memory']:.0f} MB above what it loads",
        )
        told = apart("answer", folder, replications)
        say(
            f"{told['answers']} answers in {told['seconds']:.1f} s with {told['memory']:.0f} MB above what it"
            " loads, all equal to the known quantiles"
        )


if __name__ == "__main__":
    main()
