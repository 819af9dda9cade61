"""A picture as a file."""

from pathlib import Path

from simulator.errors import ResultsError
from simulator.plots.look import Picture


def save(chart: Picture, path: str | Path) -> Path:
    """Write a picture and return where: `.png`, `.svg`, or `.html` with all it needs inside.

    Needs neither a browser nor a network. Raises ResultsError for another ending or a place that cannot be
    written.
    """
    target = Path(path)
    kind = target.suffix.removeprefix(".").lower()
    try:
        if kind == "png":
            chart.save(target, format="png", scale_factor=2)
        elif kind == "svg":
            chart.save(target, format="svg")
        elif kind == "html":
            chart.save(target, format="html", inline=True)
        else:
            raise ResultsError(
                f"{target}: pictures are saved as .png, .svg or .html; give one of these endings"
            )
    except OSError as error:
        raise ResultsError(f"{target}: cannot be written ({error.strerror}); give another place") from error
    return target
