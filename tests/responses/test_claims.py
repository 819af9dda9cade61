import math
from dataclasses import replace
from datetime import date

import pytest

from simulator.errors import ModelError
from simulator.model.claims import Claim
from simulator.model.system import TICKS_PER_DAY
from simulator.path import Kind
from simulator.responses import measure

LINE, OTHER = "filling/0/0", "bodies/0/0"


def claim(quantity="made", at_least=10, start=date(2023, 1, 31), end=date(2023, 2, 1), **of):
    """A claim about 31 January and 1 February: from hour 48 up to and without hour 96."""
    named = of or {"materials": ["shell"]}
    return Claim.model_validate(
        {"quantity": quantity, "at_least": at_least, "from": start, "by": end, **named}
    )


def measured(path, asked):
    columns = measure(path, {"c": asked}).columns
    return columns["claims.c"], columns["claims.c.met_days"]


def never(found):
    amount, days = found
    return amount if math.isnan(days) else f"met after {days} days"


JUST_BEFORE = 1 / 3_600_000


def test_a_window_is_from_midnight_before_the_first_day_to_midnight_after_the_last(system, path_of):
    edges = {48 - JUST_BEFORE: 1, 48: 20, 96 - JUST_BEFORE: 300, 96: 4000}
    path = path_of(system, [(hours, Kind.MADE, LINE, "shell", amount) for hours, amount in edges.items()])
    assert measured(path, claim())[0] == 320


def test_a_claim_is_met_at_the_instant_that_reaches_it(system, path_of):
    path = path_of(system, [(hours, Kind.MADE, LINE, "shell", 5) for hours in (10, 54, 60, 66)])
    assert measured(path, claim(at_least=10)) == (15, 0.5)
    assert measured(path, claim(at_least=10.5)) == (15, 0.75)


def test_a_claim_that_is_not_met_has_no_time(system, path_of):
    path = path_of(system, [(60, Kind.MADE, LINE, "shell", 5), (96, Kind.MADE, LINE, "shell", 5)])
    assert never(measured(path, claim())) == 5


def test_a_claim_of_nothing_is_met_at_once(system, path_of):
    assert measured(path_of(system, []), claim(at_least=0)) == (0, 0.0)


def test_what_was_made_is_of_the_named_materials_only(system, path_of):
    path = path_of(system, [(60, Kind.MADE, LINE, "shell", 5), (60, Kind.MADE, OTHER, "body", 70)])
    assert measured(path, claim())[0] == 5
    assert measured(path, claim(materials=["shell", "body"]))[0] == 75


def test_delivered_counts_what_counts_as_the_material_at_the_end_of_export_routes(system, path_of):
    path = path_of(
        system,
        [
            (50, Kind.RECEIVED, "sea", "shell", 3),
            (60, Kind.RECEIVED, "sea", "old", 9),
            (60, Kind.RECEIVED, "rail", "shell", 100),
            (60, Kind.SHIPPED, "sea", "shell", 100),
        ],
    )
    assert measured(path, claim("delivered")) == (12, 0.5)
    assert never(measured(path, claim("delivered", materials=["old"]))) == 9


def test_departures_and_loads_are_of_the_named_links(system, path_of):
    path = path_of(
        system,
        [
            (50, Kind.DEPARTED, "sea", None, 1),
            (50, Kind.LOADS, "sea", None, 7),
            (72, Kind.DEPARTED, "rail", None, 1),
            (80, Kind.ARRIVED, "sea", None, 1),
        ],
    )
    assert measured(path, claim("departures", 1, links=["sea"])) == (1, 2 / 24)
    assert measured(path, claim("departures", 2, links=["sea", "rail"])) == (2, 1.0)
    assert measured(path, claim("loads", 7, links=["sea"])) == (7, 2 / 24)


def test_available_is_stock_above_floors_before_the_window_with_what_is_made_in_it(system, path_of):
    # the depot keeps 500 old shells above a floor of 200, the port 10; its 30 shells are below its floor
    path = path_of(
        system,
        [
            (40, Kind.MADE, LINE, "shell", 6),
            (48, Kind.MADE, LINE, "shell", 20),
            (49, Kind.SHIPPED, "rail", "shell", 26),
            (96, Kind.MADE, LINE, "shell", 1000),
        ],
    )
    assert measured(path, claim("available", 316)) == (300 + 10 + 6 + 20, 0.0)
    assert measured(path, claim("available", 317)) == (336, 0.0)
    assert never(measured(path, claim("available", 337))) == 336


def test_available_is_reached_by_what_is_made_on_top_of_what_is_there(system, path_of):
    path = path_of(system, [(60, Kind.MADE, LINE, "shell", 5), (72, Kind.MADE, LINE, "shell", 5)])
    assert measured(path, claim("available", 310)) == (320, 0.0)
    assert measured(path, claim("available", 316)) == (320, 1.0)


def test_stock_that_leaves_at_the_first_instant_of_the_window_is_available(system, path_of):
    path = path_of(system, [(48, Kind.SHIPPED, "rail", "old", 300), (47, Kind.SHIPPED, "rail", "old", 30)])
    assert measured(path, claim("available"))[0] == 270 + 10


def test_what_the_first_instant_of_a_run_takes_was_available_before_it(system, path_of):
    path = path_of(system, [(0, Kind.SHIPPED, "rail", "old", 300)])
    assert measured(path, claim("available", start=date(2023, 1, 29)))[0] == 310


def test_what_the_warm_up_made_is_stock_of_a_window_from_the_start_and_not_made_in_it(system, path_of):
    warm = replace(system, first_tick=-5 * TICKS_PER_DAY)
    path = path_of(warm, [(-1, Kind.MADE, LINE, "shell", 7), (0, Kind.MADE, LINE, "shell", 2)])
    assert measured(path, claim(start=date(2023, 1, 29)))[0] == 2
    assert measured(path, claim("available", start=date(2023, 1, 29)))[0] == 310 + 7 + 2


@pytest.mark.parametrize("of", [{"materials": ["shel"]}, {"links": ["see"]}])
def test_a_claim_about_what_the_system_has_not_names_what_it_has(system, path_of, of):
    wrong = claim("departures" if "links" in of else "made", **of)
    with pytest.raises(
        ModelError, match=r"speaks of (material shel|link see); the system has (steel, body|rail, sea)"
    ):
        measure(path_of(system, []), {"c": wrong})
