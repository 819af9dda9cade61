"""Whether what a prediction rests on was published before the date it is made for."""

from datetime import date

from simulator.model.experiment import Experiment
from simulator.model.grounds import grounds


def published_after(experiment: Experiment, day: date) -> tuple[str, ...]:
    """Return the ids of evidence, dated after a day, that the factors and the system of an experiment cite.

    A source dated by its month or its year counts from the first day of that; one without a date is not told.
    What claims cite is what was said to have happened, and may be later.
    """
    cited = {
        each
        for ground in grounds(experiment)
        if not ground.place.startswith("claims.")
        for each in ground.evidence
    }
    dated = {name: _day(row.source_date) for name, row in experiment.evidence.items() if name in cited}
    return tuple(sorted(name for name, when in dated.items() if when is not None and when > day))


def _day(text: str) -> date | None:
    """Return the first day that a source's date may mean."""
    parts = text.split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        return date(year, month, day)
    except ValueError:
        return None
