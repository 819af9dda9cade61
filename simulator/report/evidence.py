"""Rows of the register of evidence as cells, which lead to the page of the source."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from simulator.model.experiment import Experiment
from simulator.report.section import Link


def evidence(experiment: Experiment, ids: Iterable[str]) -> Iterator[str | Link]:
    """Iterate over rows of the register by id, each with its grade, as a link where it has the address of a page."""
    for id_ in ids:
        row = experiment.evidence.get(id_)
        if row is None:
            yield id_
            continue
        grade = f" ({row.admiralty_grade})" if row.admiralty_grade else ""
        text = f"{id_}{grade}: {row.quantity}"
        yield Link(text, row.url) if is_page(row.url) else text


def is_page(url: str) -> bool:
    """Return whether a text is the address of a public page, and so may be followed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
