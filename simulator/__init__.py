"""The public names of the simulator, each loaded when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator import plots
    from simulator.analysis.belief import belief
    from simulator.analysis.compare import compare
    from simulator.analysis.estimate import Estimate, claim
    from simulator.analysis.information import information
    from simulator.analysis.score import score
    from simulator.analysis.sensitivity import sensitivity
    from simulator.analysis.subset import subset
    from simulator.config import load
    from simulator.errors import ConfigError, ModelError, ResultsError, RunError, SimulatorError
    from simulator.model.experiment import Experiment
    from simulator.model.system import System
    from simulator.path import SamplePath
    from simulator.report.page import write_report as report
    from simulator.responses import response
    from simulator.results import Run
    from simulator.runner import merge, open_results, run, simulate
    from simulator.studies.bottleneck import bottleneck
    from simulator.studies.contours import contours
    from simulator.studies.judgement import judge
    from simulator.studies.threshold import threshold

__version__ = "0.1.0"

__all__ = [
    "ConfigError",
    "Estimate",
    "Experiment",
    "ModelError",
    "ResultsError",
    "Run",
    "RunError",
    "SamplePath",
    "SimulatorError",
    "System",
    "belief",
    "bottleneck",
    "claim",
    "compare",
    "contours",
    "information",
    "judge",
    "load",
    "merge",
    "open_results",
    "plots",
    "report",
    "response",
    "run",
    "score",
    "sensitivity",
    "simulate",
    "subset",
    "threshold",
]

_HOME = {
    "ConfigError": "simulator.errors",
    "Estimate": "simulator.analysis.estimate",
    "Experiment": "simulator.model.experiment",
    "ModelError": "simulator.errors",
    "ResultsError": "simulator.errors",
    "Run": "simulator.results",
    "RunError": "simulator.errors",
    "SamplePath": "simulator.path",
    "SimulatorError": "simulator.errors",
    "System": "simulator.model.system",
    "belief": "simulator.analysis.belief",
    "bottleneck": "simulator.studies.bottleneck",
    "claim": "simulator.analysis.estimate",
    "compare": "simulator.analysis.compare",
    "contours": "simulator.studies.contours",
    "judge": "simulator.studies.judgement",
    "information": "simulator.analysis.information",
    "load": "simulator.config",
    "merge": "simulator.runner",
    "open_results": "simulator.runner",
    "response": "simulator.responses",
    "run": "simulator.runner",
    "score": "simulator.analysis.score",
    "sensitivity": "simulator.analysis.sensitivity",
    "simulate": "simulator.runner",
    "subset": "simulator.analysis.subset",
    "threshold": "simulator.studies.threshold",
}
"""The module each public name comes from; `plots` and `report` are modules themselves."""


def __getattr__(name: str) -> Any:
    """Load a public name on first use (PEP 562), so that `import simulator` stays quick."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name) if name in _HOME else import_module(f"simulator.{name}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
