"""The page: sections set in one HTML file that fetches nothing and runs no script but its own."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.analysis.inputs import listed
from simulator.errors import ResultsError
from simulator.report import renderers, sections
from simulator.report.answers import Answers
from simulator.report.explorer import explorer
from simulator.report.section import Missing, Warned
from simulator.report.sections.common import counted, run_command, stored_counts
from simulator.results import atomic

if TYPE_CHECKING:
    from simulator.results import Run

NAME = "report.html"
"""The file in the folder of a run, unless another is named."""
ENDINGS = (".html", ".htm")
HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; img-src data:; style-src {style}; script-src {script}; "
    "base-uri 'none'; form-action 'none'"
)
TURNS = {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Embeddings, overrides and isolates of the direction of text, each with what is shown in its place."""


@dataclass(frozen=True, slots=True)
class Page:
    """A report, ready to be written."""

    html: str
    missing: tuple[Missing, ...]
    """What it leaves out, with the commands after which the next one has it."""

    def write(self, path: Path) -> Path:
        """Put the page at a place, whole or not at all, in a folder that is made when it is missing.

        Raises ResultsError when that cannot be done.
        """
        atomic.make_folder(path.parent)
        atomic.write(path, self.html.encode())
        return path


def write_report(run: "Run", path: str | Path | None = None) -> Path:
    """Write the report of a run as one HTML file, whole or not at all, and return where; in its folder by default.

    Nothing is simulated: what takes levels, constraints or twins is there when it was asked for before. Raises
    ResultsError for a run without replications, for rows that are damaged, and for a place that is no HTML file or
    cannot be written.
    """
    place = place_of(run, path)
    return page(run).write(place)


def place_of(run: "Run", path: str | Path | None) -> Path:
    """Return where the report of a run is written; raises ResultsError for what no page could be."""
    place = Path(run.folder) / NAME if path is None else Path(path)
    if place.suffix.lower() not in ENDINGS or place.is_dir():
        example = place.with_suffix(".html") if place.name and not place.is_dir() else place / NAME
        raise ResultsError(
            f"{place}: cannot be written as a page; name a file that ends in .html, such as {example}"
        )
    return place


def page(run: "Run") -> Page:
    """Return the report of a run; the same run gives the same page. Raises as `write_report` does."""
    answers = Answers(run)
    style, script = _assets("css"), _assets("js")
    with renderers.working():
        first, last = sections.first(answers), sections.last(answers)
        others = list(sections.others(answers))
        html = _template().render(
            title=run.experiment.title,
            name=run.manifest.name,
            warnings=list(warnings(run)),
            first=first,
            sections=others,
            last=last,
            explorer=explorer(run),
            policy=POLICY.format(style=_source(style), script=_source(script)),
            style=style,
            script=script,
        )
    return Page(html, tuple(missing for each in (first, *others) for missing in each.missing))


def warnings(run: "Run") -> Iterator[Warned]:
    """Iterate over what a reader has to know before anything else."""
    contents = run.manifest
    if not run.complete:
        yield Warned(
            f"This run did not get to its end: it has {stored_counts(run)}, where {contents.replications:,} of each "
            "were to be. Every answer rests on all that its scenario has. From the config as it was run, this goes on:",
            run_command(run, contents.name),
        )
    if contents.block:
        yield Warned(
            f"These are the rows of block {contents.block} of a run alone; simulator merge joins the blocks."
        )
    if run.failed:
        failed = (
            f"{lost:,} of {run.counts[name]:,} of {name}"
            for name in run.scenarios
            if (lost := sum(block.failed for block in contents.of(name)))
        )
        yield Warned(
            f"{counted(run.failed, 'replication')} ended in an error, and every answer leaves them out: "
            f"{listed(list(failed))}."
        )
    if contents.differences:
        yield Warned(
            f"The two engines differ in {len(contents.differences):,} replications: these rows are not to be used."
        )


def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_unturned,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["bound"] = _bound
    return environment.get_template("report.html.j2")


def _bound(text: str) -> str:
    """Return a text in which a number and its per cent sign stand in one line."""
    return re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text)


def _unturned(value: Any) -> Any:
    """Return a text with the characters written out that would have a browser set what follows the other way round."""
    return value.translate(TURNS) if type(value) is str else value


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
