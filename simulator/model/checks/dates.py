"""When dated events may happen: from a run's first instant to before its end."""

from collections.abc import Iterable
from datetime import date

from simulator.errors import Fault
from simulator.model.description import SystemDescription
from simulator.model.experiment import Horizon


def date_faults(description: SystemDescription, horizon: Horizon) -> list[Fault]:
    """Return the dated additions, deliveries and departures that fall outside a run (clause 22)."""
    return [
        Fault(where, message)
        for where, day in dated_events(description)
        if (message := before(day, horizon) or _after(day, horizon))
    ]


def early_faults(description: SystemDescription, horizon: Horizon) -> list[Fault]:
    """Return the dated events that fall before a run; one after its end, if drawn, just does not happen."""
    return [
        Fault(where, message) for where, day in dated_events(description) if (message := before(day, horizon))
    ]


def dated_events(description: SystemDescription) -> Iterable[tuple[str, date]]:
    """Yield the place and the date of every dated addition, delivery and first departure."""
    for name, store in description.stores.items():
        for material, holding in store.holds.items():
            for place, addition in enumerate(holding.added):
                yield f"stores.{name}.holds.{material}.added.{place}.at", addition.at
    for name, supplier in description.suppliers.items():
        if supplier.first is not None:
            yield f"suppliers.{name}.first", supplier.first
        for place, addition in enumerate(supplier.table):
            yield f"suppliers.{name}.table.{place}.at", addition.at
    for name, link in description.links.items():
        if link.first is not None:
            yield f"links.{name}.first", link.first


def before(day: date, horizon: Horizon) -> str:
    """Return what is wrong with an event at 00:00 of a day that lies before the run; nothing otherwise."""
    early_h = (horizon.start - day).days * 24
    if early_h <= horizon.warm_up.number:
        return ""
    warm_up = f" less its warm-up of {horizon.warm_up}" if horizon.warm_up.number else ""
    return f"is {day}, before the run begins; give a date from horizon.start {horizon.start}{warm_up} on"


def _after(day: date, horizon: Horizon) -> str:
    return (
        f"is {day}, not before horizon.end {horizon.end}; give an earlier date" if day >= horizon.end else ""
    )
