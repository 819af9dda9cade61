"""What held production back: what lines waited for, and what lifting each constraint would have added."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from simulator.analysis.account import account
from simulator.analysis.bottleneck import Bottleneck, Counterfactual, Told, lifted, paired
from simulator.analysis.differences import written
from simulator.model.experiment import Factor
from simulator.results import Run
from simulator.studies.lifts import Lift, lifts
from simulator.studies.threshold import first_claim
from simulator.studies.variants import names_of, scenario_of, simulated, stored

if TYPE_CHECKING:
    from simulator.runner import Progress

REPLICATIONS = 256
"""Of each variant, unless another number is asked for."""
PAIRED = 4
"""Of how many constraints that add most all pairs are tried."""
BASE = "as_it_is"
NAME = "bottleneck"
"""Of the folder that its runs lie in."""


def bottleneck(
    run: Run,
    claim: str | None = None,
    scenario: str | None = None,
    *,
    replications: int = REPLICATIONS,
    workers: int | None = None,
    executor: str = "processes",
    progress: "Callable[[Progress], None] | None" = None,
) -> Bottleneck:
    """Return what held production back in a scenario, the first of the run unless one is named.

    Read from stored rows: what lines of the final stage lost by what they waited for. Simulated: what each constraint
    adds to the quantity of the claim, the first unless one is named, when it alone is lifted, and the pairs of
    the four that add most. The constraints are those that the system has: power, supply of each material that
    comes from outside, breakdowns, crews, rejects, hours, commissioning, room in stores, transport, and the
    capacity of each role, which is doubled since it cannot be without end. All is drawn as it is
    otherwise. The rows are kept in the folder of the run, and are not computed again. Raises ResultsError for
    what the run has not, and what `simulator.run` raises.
    """
    carried_out = partial(
        simulated, replications=replications, workers=workers, executor=executor, progress=progress
    )
    return _bottleneck(run, claim, scenario, carried_out)


def stored_bottleneck(run: Run, claim: str | None = None, scenario: str | None = None) -> Bottleneck:
    """Return what `bottleneck` would, from what it stored before; nothing is simulated.

    Raises as `bottleneck` does, and ResultsError when it was not asked for before or what is stored does not belong
    to the rows of the run.
    """
    return _bottleneck(run, claim, scenario, stored)


def _bottleneck(
    run: Run, claim: str | None, scenario: str | None, carried_out: Callable[..., Run]
) -> Bottleneck:
    asked, named = first_claim(run, claim), scenario_of(run, scenario)
    every = {each.name: each for each in lifts(run.experiment, named)}
    factors: dict[str, Factor] = {}
    for each in every.values():
        factors |= each.factors

    def variants(changes: Mapping[str, Mapping[str, object]]) -> Run:
        return carried_out(run, named, changes, name=NAME, factors=factors)

    found = Counterfactual(asked, BASE)
    study = variants({BASE: {}, **{name: each.changes for name, each in every.items()}})
    found.add(study)
    alone = lifted(found, {name: _told(each) for name, each in every.items()})
    most = [each.name for each in alone[:PAIRED]]
    couples = list(combinations(most, 2))
    pairs = dict(zip(names_of("pair", couples), couples, strict=True))
    if pairs:
        together = {name: {**every[a].changes, **every[b].changes} for name, (a, b) in pairs.items()}
        found.add(variants(together))
    column = study.column(f"claims.{asked}")
    return Bottleneck(
        title=run.experiment.title,
        scenario=named,
        claim=asked,
        quantity=column.description,
        at_least=run.claims[asked].at_least,
        unit=column.unit,
        base=found.case(BASE),
        lifted=alone,
        pairs=paired(found, pairs),
        account=account(run, named),
    )


def _told(lift: Lift) -> Told:
    changes = tuple(f"{place} = {written(value) or 'none'}" for place, value in lift.changes.items())
    return Told(lift.name, lift.words, changes)
