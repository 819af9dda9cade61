"""Pictures of what `simulator.analysis` and `simulator.responses` computed; each is loaded when first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.plots.beliefs import belief
    from simulator.plots.bottleneck import bottleneck
    from simulator.plots.fans import weekly
    from simulator.plots.gains import information
    from simulator.plots.importance import sensitivity
    from simulator.plots.judgements import claim
    from simulator.plots.losses import lost_output
    from simulator.plots.marginals import factors
    from simulator.plots.observations import observed
    from simulator.plots.plane import contours
    from simulator.plots.prospects import outlook
    from simulator.plots.ridges import ridge
    from simulator.plots.saving import save
    from simulator.plots.scores import score
    from simulator.plots.shifts import compare
    from simulator.plots.spread import ecdf, exceedance
    from simulator.plots.states import gantt
    from simulator.plots.threshold import threshold
    from simulator.plots.trajectories import power, stocks

__all__ = [
    "belief",
    "bottleneck",
    "claim",
    "compare",
    "contours",
    "ecdf",
    "exceedance",
    "factors",
    "gantt",
    "information",
    "lost_output",
    "observed",
    "outlook",
    "power",
    "ridge",
    "save",
    "score",
    "sensitivity",
    "stocks",
    "threshold",
    "weekly",
]

_HOME = {
    "belief": "beliefs",
    "bottleneck": "bottleneck",
    "claim": "judgements",
    "compare": "shifts",
    "contours": "plane",
    "ecdf": "spread",
    "exceedance": "spread",
    "factors": "marginals",
    "gantt": "states",
    "information": "gains",
    "lost_output": "losses",
    "observed": "observations",
    "outlook": "prospects",
    "power": "trajectories",
    "ridge": "ridges",
    "save": "saving",
    "score": "scores",
    "sensitivity": "importance",
    "stocks": "trajectories",
    "threshold": "threshold",
    "weekly": "fans",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
