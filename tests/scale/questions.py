"""All questions that simulate no levels, asked of made-up rows of the shape of the experiment of record."""

import math
import resource
import subprocess
import sys
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from simulator import config
from simulator.analysis.estimate import claim_column
from simulator.cli.questions import QUESTIONS, SIMULATE
from simulator.model.experiment import Experiment
from simulator.results import folder as results_folder
from simulator.results.manifest import BlockRecord, Manifest
from simulator.results.run import Run
from simulator.results.tables import Outcome, Rows, commit
from simulator.runner import provenance, stored_plan
from simulator.runner.plan import Plan, plan
from simulator.runner.running import summarised
from tests.scale.million import CONFIG, columns, most_memory, say

REPLICATIONS = 20_000
BLOCK = 1_000
SCENARIOS = 4


@cache
def experiment() -> Experiment:
    """Return the experiment of record, with scenarios of other stocks until there are four."""
    asked = config.load(CONFIG)
    more = {f"stock_{number}": {"old_stock": 1_000_000 * number} for number in range(1, SCENARIOS)}
    scenarios = dict([*asked.scenarios.items(), *more.items()][:SCENARIOS])
    return asked.model_copy(update={"scenarios": scenarios})


def made(folder: Path, scenario: str, drawn: Plan, first: int) -> BlockRecord:
    """Commit a block whose factors are those of the plan, and whose claims hang on some of them and on luck."""
    asked, named = experiment(), columns()
    place = list(asked.scenarios).index(scenario)
    random = np.random.Generator(np.random.PCG64([first, place]))
    count = min(BLOCK, REPLICATIONS - first)
    factors = drawn.values[first : first + count]
    scores = (
        np.argsort(np.argsort(drawn.values, axis=0), axis=0)[first : first + count] / len(drawn.values) - 0.5
    )
    weights = np.zeros(factors.shape[1])
    weights[: min(12, len(weights))] = np.linspace(3.0, 0.2, min(12, len(weights)))
    numbers = random.random((count, len(named)))
    numbers[:, : factors.shape[1]] = factors
    places = {name: column for column, name in enumerate(named)}
    for number, (name, claim) in enumerate(asked.claims.items()):
        moved = scores @ np.roll(weights, number) + random.normal(0.0, 0.5, count) - 0.5 + 0.3 * place
        numbers[:, places[claim_column(name)]] = np.round(claim.at_least * np.exp(moved))
    outcomes = tuple(
        Outcome(dict(zip(named, row, strict=True)), {"made": np.arange(44)}) for row in numbers.tolist()
    )
    return commit(folder, Rows(scenario, first, outcomes, dict(named)), seconds_each=0.02)


def written(folder: Path) -> Run:
    """Write the rows as a finished run."""
    asked = experiment()
    begun = Manifest(
        name=asked.name,
        digest=folder.name,
        status="running",
        seed=asked.seed,
        scenarios=tuple(asked.scenarios),
        replications=REPLICATIONS,
        engine="compiled",
        code=provenance.code(),
    )
    contents = results_folder.create(folder, begun, config.resolved(asked))
    contents = replace(contents, plan=stored_plan.store(folder, asked, REPLICATIONS))
    drawn = plan(asked, REPLICATIONS)
    for scenario in asked.scenarios:
        for first in range(0, REPLICATIONS, BLOCK):
            contents = contents.with_block(made(folder, scenario, drawn, first))
    contents = summarised(Run(folder, asked, contents))
    results_folder.save(folder, replace(contents, status="complete"))
    return Run(folder, asked, contents)


def main() -> None:
    """Write the rows, ask every question in a process of its own, then write the report; print time and memory."""
    Path("results").mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="questions-", dir=Path("results")) as root:
        folder = Path(root) / "made_up"
        rows = sum(block.count for block in written(folder).manifest.blocks)
        say(f"{rows:,} rows, {len(columns())} columns, written; this process took {most_memory():.0f} MB")
        whole = 0.0
        for name in (each for each in QUESTIONS if each not in (*SIMULATE, "score")):
            begun = time.perf_counter()
            command = [sys.executable, "-m", "simulator", "answer", str(folder), "--question", name]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            seconds = time.perf_counter() - begun
            whole += seconds
            first = done.stdout.partition("\n")[0]
            say(f"{name:<12} {seconds:5.1f} s  {first[:100]}")
        begun = time.perf_counter()
        command = [sys.executable, "-m", "simulator", "report", str(folder)]
        subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        seconds, size = time.perf_counter() - begun, (folder / "report.html").stat().st_size
        say(f"report       {seconds:5.1f} s  {size / 1e6:.1f} MB, a page of all of these and the explorer")
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        say(f"together     {whole:5.1f} s, at most {math.ceil(most)} MB in a process")


if __name__ == "__main__":
    main()
