"""Faults that are planted in the compiled engine."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from simulator.engines import compiled
from simulator.path import Kind, SamplePath, sorted_rows

Fault = Callable[[SamplePath], SamplePath]


def _last_made(path: SamplePath) -> int:
    return int(np.flatnonzero(path.rows["kind"] == Kind.MADE)[-1])


def one_more_made(path: SamplePath) -> SamplePath:
    """Add 1 to the amount of the last row of what was made."""
    rows = path.rows.copy()
    rows["amount"][_last_made(path)] += 1
    return replace(path, rows=rows)


def a_row_too_few(path: SamplePath) -> SamplePath:
    """Leave out the last row of what was made."""
    return replace(path, rows=np.delete(path.rows, _last_made(path)))


def a_row_too_many(path: SamplePath) -> SamplePath:
    """Write the last row of what was made a second time, a tick later."""
    again = path.rows[_last_made(path)].copy()
    again["tick"] += 1
    return replace(path, rows=sorted_rows(np.append(path.rows, again)))


def one_more_event(path: SamplePath) -> SamplePath:
    """Count a bound event too many."""
    return replace(path, bound_events=path.bound_events + 1)


FAULTS = (one_more_made, a_row_too_few, a_row_too_many, one_more_event)


def plant(monkeypatch: pytest.MonkeyPatch, fault: Fault) -> None:
    """Let every path of the compiled engine have a fault."""
    sound = compiled.simulate
    monkeypatch.setattr(compiled, "simulate", lambda *given, **named: fault(sound(*given, **named)))
