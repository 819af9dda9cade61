"""The report of a run as one page; the package is itself what writes it, `sim.report(run)`."""

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.results import Run


class _Report(ModuleType):
    """A package that is called: it bears the name of the function, whichever of the two is imported first."""

    def __call__(self, run: "Run", path: str | Path | None = None) -> Path:
        """Write the report of a run; see `simulator.report.page.write_report`."""
        from simulator.report.page import write_report

        return write_report(run, path)


sys.modules[__name__].__class__ = _Report
