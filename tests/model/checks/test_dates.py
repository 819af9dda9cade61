from datetime import date

import pytest

from simulator.model.checks.dates import date_faults, dated_events, early_faults
from simulator.model.description import SystemDescription
from simulator.model.experiment import Horizon
from simulator.model.quantities import Quantity, hours

HORIZON = Horizon(start=date(2023, 1, 1), end=date(2023, 4, 1), warm_up=hours(36))


def put(tree, place, day):
    if place == "addition":
        tree["stores"]["depot"]["holds"]["body"]["added"][0]["at"] = day
        return "stores.depot.holds.body.added.0.at"
    if place == "delivery":
        tree["suppliers"]["mill"]["first"] = day
        return "suppliers.mill.first"
    if place == "table":
        addition = {"at": day, "amount": Quantity(5.0, "kg")}
        tree["suppliers"]["mill"] = {"material": "steel", "to": "depot", "table": [addition]}
        return "suppliers.mill.table.0.at"
    tree["links"]["sea"]["first"] = day
    return "links.sea.first"


PLACES = pytest.mark.parametrize("place", ["addition", "delivery", "table", "departure"])


@PLACES
@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2023, 3, 31)])
def test_events_from_the_first_instant_to_the_last_day_are_in_the_run(arsenal, place, day):
    where = put(arsenal, place, day)
    description = SystemDescription.model_validate(arsenal)
    assert (where, day) in list(dated_events(description))
    assert date_faults(description, HORIZON) == []


@PLACES
def test_an_event_before_the_warm_up_is_a_fault(arsenal, place):
    # 36 h before 2023-01-01 00:00 is 2022-12-30 12:00
    where = put(arsenal, place, date(2022, 12, 30))
    description = SystemDescription.model_validate(arsenal)
    faults = date_faults(description, HORIZON)
    assert [str(fault) for fault in faults] == [
        (
            f"{where}: is 2022-12-30, before the run begins; give a date from horizon.start "
            f"2023-01-01 less its "
            "warm-up of 36 h on"
        )
    ]
    assert early_faults(description, HORIZON) == faults


@PLACES
def test_an_event_at_the_end_is_a_fault_of_what_is_written_but_not_of_a_draw(arsenal, place):
    where = put(arsenal, place, date(2023, 4, 1))
    description = SystemDescription.model_validate(arsenal)
    assert [str(fault) for fault in date_faults(description, HORIZON)] == [
        f"{where}: is 2023-04-01, not before horizon.end 2023-04-01; give an earlier date"
    ]
    assert early_faults(description, HORIZON) == []
