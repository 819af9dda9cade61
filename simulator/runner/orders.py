"""What a run is asked to do, checked before anything is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from simulator import config, engines, responses
from simulator.engines import CONTRACT_VERSION, EngineName
from simulator.errors import ConfigError, Fault
from simulator.model.checks.assumption_faults import assumption_faults
from simulator.model.checks.claim_faults import claim_faults
from simulator.model.checks.limits import size_faults
from simulator.model.checks.names import allowed, listed
from simulator.model.checks.references import faults as system_faults
from simulator.model.experiment import Experiment
from simulator.model.scenario.scenarios import scenario_faults
from simulator.model.system import TICKS_PER_DAY
from simulator.results.tables import RESERVED
from simulator.runner import cross_check, precision, provenance
from simulator.runner.execute import own_responses
from simulator.runner.places import TIMEOUT_S, at_least_one, choice, place_faults, processors
from simulator.runner.plan import factor_columns
from simulator.runner.stretch import Stretch

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
MOST_VALUES = 4_000_000
"""The most factor values of a Latin hypercube, which is drawn as a whole; about 100 MB."""


@dataclass(frozen=True, slots=True)
class Order:
    """A run that can be carried out."""

    experiment: Experiment
    document: str
    """The resolved experiment, as it is stored."""
    name: str
    digest: str
    scenarios: tuple[str, ...]
    rounds: tuple[int, ...]
    """The replications after which the run may end."""
    stretch: Stretch | None
    """Which of them this job is to compute; None for all."""
    engine: str
    cross_checks: int
    """Replications of each scenario that are repeated on the reference engine."""
    checked: tuple[str, ...]
    """The scenarios of which replications are."""
    workers: int
    """Worker processes; 0 to do all in this one. Those of a scheduler are all used, however many."""
    executor: str
    scheduler: str | None
    """The address of a Dask scheduler that somebody else has started."""
    timeout_s: float
    """Seconds after which the worker of a replication is taken to hang."""
    code: str
    """Fingerprint of the sources that rows come from."""
    notes: tuple[str, ...]
    """What is done otherwise than asked."""
    rerun_failed: bool = False
    """Whether replications that are stored as failed are computed again."""

    @property
    def folder_name(self) -> str:
        """The name of the results folder: the digest, and the stretch when there is one."""
        return self.digest + (self.stretch.suffix if self.stretch else "")

    def wanted(self, replications: int) -> range:
        """Return which of so many replications of each scenario are to be computed."""
        return self.stretch.replications(replications) if self.stretch else range(replications)


def order_for(
    experiment: Experiment,
    *,
    replications: int | None,
    scenarios: Sequence[str] | None,
    workers: int | None,
    executor: str,
    engine: str,
    name: str | None,
    cross_checks: int = cross_check.EACH,
    checked: Sequence[str] | None = None,
    block: str | None = None,
    scheduler: str | None = None,
    timeout: float = TIMEOUT_S,
    rerun_failed: bool = False,
) -> Order:
    """Return the order for the arguments of `run`; raises ConfigError with all that is wrong with them."""
    found = [
        *place_faults(executor=executor, scheduler=scheduler, workers=workers, timeout=timeout),
        *choice("engine", engine, get_args(EngineName)),
        *at_least_one("replications", replications),
        *at_least_one("cross_checks", cross_checks, needed=True),
        *_name_faults(name),
        *_scenario_choice("scenarios", experiment, scenarios),
        *_scenario_choice("checked", experiment, checked),
        *_reserved_names(experiment),
        *(Fault(f"system.{fault.where}", fault.message) for fault in system_faults(experiment.system)),
        *claim_faults(experiment),
        *assumption_faults(experiment),
        *scenario_faults(experiment),
    ]
    found = (
        found
        or _span_faults(experiment, engine)
        or size_faults(experiment, replications)
        or _plan_faults(experiment, replications)
    )
    if found:
        raise ConfigError(found)
    stretch = None if block is None else Stretch.parse(block)
    notes: list[str] = []
    # a job that sees its own replications only cannot say when there are enough
    rounds = precision.rounds(experiment) if stretch is None else precision.rounds(experiment)[-1:]
    if replications is not None:
        rounds = (precision.rounded_up(replications, experiment),)
        if rounds[0] > replications:
            notes.append(
                f"{rounds[0]} replications and not {replications}, as many in each of the"
                f" {experiment.design.scrambles} scrambles"
            )
    if stretch is not None and stretch.of > rounds[0]:
        message = f"cuts {rounds[0]:,} replications into {stretch.of:,}; give at most {rounds[0]:,}"
        raise ConfigError([Fault("block", message)])
    own = own_responses()
    if own and engines.resolved(engine) != "reference":
        notes.append(
            f"{listed(own)}: plain Python and not compiled, so measured more slowly than other responses"
        )
    run = tuple(each for each in experiment.scenarios if scenarios is None or each in scenarios)
    return Order(
        experiment=experiment,
        document=config.resolved(experiment),
        name=name or experiment.name,
        digest=config.digest(experiment, contract=CONTRACT_VERSION),
        scenarios=run,
        rounds=rounds,
        stretch=stretch,
        engine=engines.resolved(engine),
        cross_checks=cross_checks,
        checked=tuple(each for each in run if checked is None or each in checked),
        workers=worker_count(executor, workers, notes),
        executor=executor,
        scheduler=scheduler,
        timeout_s=float(timeout),
        code=provenance.code(),
        notes=tuple(notes),
        rerun_failed=rerun_failed,
    )


def _name_faults(name: object) -> list[Fault]:
    if name is None or (isinstance(name, str) and NAME.fullmatch(name)):
        return []
    message = f"is {name!r}; give at most 64 of a-z, 0-9, '.', '_' and '-', the first a letter or a digit"
    return [Fault("name", message)]


def _scenario_choice(where: str, experiment: Experiment, scenarios: Sequence[str] | None) -> list[Fault]:
    if scenarios is None:
        return []
    if not scenarios:
        return [Fault(where, f"is empty; give one of {listed(experiment.scenarios)}")]
    return [
        Fault(where, f"names {name}, which does not exist; {allowed(name, experiment.scenarios)}")
        for name in scenarios
        if name not in experiment.scenarios
    ]


def _reserved_names(experiment: Experiment) -> list[Fault]:
    named = [
        *(f"factors.{name}" for name in experiment.factors),
        *(f"derived.{name}" for name in experiment.derived),
    ]
    message = f"has the name of a column of every row; give any but {listed(RESERVED)}"
    return [Fault(where, message) for where in named if where.rpartition(".")[2] in RESERVED]


def _span_faults(experiment: Experiment, engine: str) -> list[Fault]:
    """Return what is wrong with a run that ends later than the compiled engine can say, when it is to do it."""
    if engines.resolved(engine) != "compiled":
        return []
    from simulator.engines.compiled.calendar import FAR

    horizon, most_days = experiment.horizon, FAR // TICKS_PER_DAY
    if horizon.days <= most_days:
        return []
    latest = horizon.start + timedelta(days=most_days)
    message = (
        f"is {horizon.end}, and the compiled engine takes {most_days:,} days, some 69 years, from horizon.start; give"
        f" {latest} or earlier, or run with --engine reference, which takes far longer"
    )
    return [Fault("horizon.end", message)]


def _plan_faults(experiment: Experiment, replications: int | None) -> list[Fault]:
    asked = experiment.precision.at_most if replications is None else replications
    factors = len(factor_columns(experiment))
    if experiment.design.kind != "latin_hypercube" or asked * factors <= MOST_VALUES:
        return []
    where = "precision.at_most" if replications is None else "replications"
    most = MOST_VALUES // factors
    message = (
        f"is {asked:,}, and a Latin hypercube of {factors} factors is drawn as a whole; give {most:,} or fewer,"
        " or design kind sobol"
    )
    return [Fault(where, message)]


def worker_count(executor: str, workers: int | None, notes: list[str]) -> int:
    """Return how many worker processes to use, 0 for none; why none, where some were asked for, is noted."""
    if executor == "serial":
        return 0
    here = [name for name, each in responses.registered().items() if not _importable(each.function)]
    if here:
        notes.append(
            f"one process and not several: workers cannot import the responses {listed(here)}, defined in a"
            " notebook, a script or a function; define them at the top of a module"
        )
        return 0
    return workers or processors()


def _importable(function: object) -> bool:
    """Return whether a worker gets a function by importing its module."""
    module, name = getattr(function, "__module__", ""), getattr(function, "__qualname__", "")
    return module not in ("", "__main__", "__mp_main__") and "<locals>" not in name
