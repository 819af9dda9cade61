"""Faults planted in the reference engine's own code, each of a kind that both engines could share.

A fault is a change of a few words in one function, which is read from its source, changed and put in its place, so
that a comparison of the two engines would not notice it if both had it: only an exact value does.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from simulator.engines.reference import chance, lines, regions, stores
from simulator.streams import sampling
from tests.truth.checking import Estimate, measured
from tests.truth.forms import CASES, Case

ENGINE = "reference"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in words, the case that it concerns, and a text of a function with what stands in its place."""

    fault: str
    case: Case
    owner: Any
    """The class or module whose function it is."""
    function: str
    old: str
    new: str

    def estimates(self) -> list[Estimate]:
        """Return an estimate of every form of the case from the engine with the fault in it."""
        with planted(self):
            return measured(self.case, scenario="truth", engine=ENGINE)


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """Have the reference engine run with a fault, until the context ends."""
    changed = edited(getattr(fault.owner, fault.function), fault.old, fault.new)
    places = {(fault.owner, fault.function): changed}
    if fault.owner is sampling:
        # the engine's own loop calls what is changed only when it is interpreted as well
        places |= {(chance, fault.function): changed, (chance, "_numbers"): interpreted(chance._numbers)}
    sound = {(owner, name): getattr(owner, name) for owner, name in places}
    try:
        for (owner, name), function in places.items():
            setattr(owner, name, function)
        yield
    finally:
        for (owner, name), function in sound.items():
            setattr(owner, name, function)


def edited(function: Callable[..., Any], old: str, new: str) -> Callable[..., Any]:
    """Return a function, interpreted, with a text of its source replaced.

    Raises ValueError when the text does not stand there once.
    """
    plain = interpreted(function)
    source = textwrap.dedent(inspect.getsource(plain))
    if source.count(old) != 1:
        raise ValueError(f"{old!r} stands {source.count(old)} times in {plain.__qualname__}; name it anew")
    body = source[source.index("def ") :].replace(old, new)
    found: dict[str, Any] = {}
    exec(compile(body, f"<{plain.__qualname__} with a fault>", "exec"), plain.__globals__, found)
    changed: Callable[..., Any] = found[plain.__name__]
    return changed


def interpreted(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of the package as it is written, whether it is compiled or not."""
    plain: Callable[..., Any] = getattr(function, "py_func", function)
    return plain


_CASE = {case.name: case for case in CASES}
FAULTS = (
    Fault(
        "repairs ask for no crew",
        _CASE["repair"],
        regions.Region,
        "__init__",
        "self.limited = crews < NO_LIMIT",
        "self.limited = False",
    ),
    Fault(
        "a repair goes on while its line waits for a crew",
        _CASE["repair"],
        lines.Line,
        "start_repair",
        "self.repair.ticks(self.repairs_ended)",
        "max(1, self.repair.ticks(self.repairs_ended) - self.network.now + self.failed_since)",
    ),
    Fault(
        "the clock of the next failure also runs under repair",
        _CASE["availability"],
        lines.Line,
        "_end_repair",
        "self.to_failure = self._running_ticks_to_failure()",
        "self.to_failure = max(1, self._running_ticks_to_failure() - self.network.now + self.failed_since)",
    ),
    Fault(
        "the time to a failure is longer by that of the repair after it",
        _CASE["availability_short"],
        lines.Line,
        "_running_ticks_to_failure",
        "return self.failure.ticks(self.repairs_ended)",
        "return self.failure.ticks(self.repairs_ended) + self.repair.ticks(self.repairs_ended)",
    ),
    Fault(
        "a store has room for one more",
        _CASE["buffer_one"],
        stores.Shelf,
        "__init__",
        "holding.capacity - holding.initial",
        "holding.capacity - holding.initial + 1",
    ),
    Fault(
        "a law is drawn by its rate instead of its mean",
        _CASE["buffer_unequal"],
        chance.Stream,
        "__init__",
        "coded(variate or UNIFORM)",
        "coded(variate and Variate(variate.law, (1.0 / variate.params[0],)) or UNIFORM)",
    ),
    Fault(
        "work takes 15 % longer than was drawn",
        _CASE["mg1_erlang3"],
        lines.Line,
        "_lot_ticks",
        "self.work.ticks(self.lot)",
        "self.work.ticks(self.lot) * 115 // 100",
    ),
    Fault(
        "an Erlang time has one phase fewer",
        _CASE["renewal_short"],
        sampling,
        "sample",
        "for phase in range(phases):",
        "for phase in range(phases - 1):",
    ),
)
