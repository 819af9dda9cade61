"""The page: sections set in one HTML file that fetches nothing and runs no script but its own."""

import base64
import hashlib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.report import sections
from simulator.report.answers import Answers
from simulator.results import atomic

if TYPE_CHECKING:
    from simulator.results import Run

NAME = "report.html"
"""The file in the folder of a run, unless another is named."""
HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; img-src data:; style-src {style}; script-src {script}; "
    "base-uri 'none'; form-action 'none'"
)


def write_report(run: "Run", path: str | Path | None = None) -> Path:
    """Write the report of a run as one HTML file, whole or not at all, and return where; in its folder by default.

    Nothing is simulated: what takes levels, constraints or twins is there when it was asked for before. Raises
    ResultsError for a run without replications, for rows that are damaged, and for a place that cannot be written.
    """
    target = Path(run.folder) / NAME if path is None else Path(path)
    atomic.write(target, page(run).encode())
    return target


def page(run: "Run") -> str:
    """Return the report of a run as HTML; the same run gives the same text."""
    answers = Answers(run)
    style, script = _assets("css"), _assets("js")
    explorer = _explorer(run)
    rendered: str = (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=run.experiment.title,
            run=run,
            first=sections.first(answers),
            sections=list(sections.others(answers)),
            last=sections.last(answers),
            explorer=explorer,
            policy=POLICY.format(style=_source(style), script=_source(script)),
            style=style,
            script=script,
        )
    )
    return rendered


def _explorer(run: "Run") -> Any:
    if find_spec("simulator.report.explorer") is None:
        return None
    return import_module("simulator.report.explorer").explorer(run)


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _assets(kind: str) -> str:
    """Return the files of one kind, the report's own first, as one text."""
    paths = sorted((HERE / "assets").glob(f"*.{kind}"), key=lambda path: (path.stem != "report", path.name))
    return "\n".join(path.read_text(encoding="utf-8").strip() for path in paths)


def _source(text: str) -> str:
    """Return what of a policy lets just this text be used inline."""
    if not text:
        return "'none'"
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
