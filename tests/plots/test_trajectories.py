import dataclasses
from datetime import date

import pytest

from simulator import plots
from simulator.errors import ResultsError
from simulator.path import SamplePath
from simulator.responses import power, stocks

DAY = 24 * 3600 * 1000


def test_every_material_has_a_panel_and_every_store_a_line(path, records):
    drawn = records(plots.stocks(path))
    kept = {
        (path.system.materials[holding.material].name, store.name)
        for store in path.system.stores
        for holding in store.holdings
    }
    assert {(record["panel"].split(" (")[0], record["store"]) for record in drawn} == kept
    units = {record["panel"].split(" (")[1].rstrip(")") for record in drawn}
    assert units <= {"items", "kg"}


def test_stocks_end_as_the_path_does(path, records):
    drawn = records(plots.stocks(path))
    number, name = 0, path.system.stores[0].name
    material = path.system.materials[path.system.stores[0].holdings[0].material].name
    own = [
        record for record in drawn if record["store"] == name and record["panel"].split(" (")[0] == material
    ]
    known = stocks(path).of(number)
    assert own[-1]["value"] == int(known.value[-1])
    assert max(record["value"] for record in own) == known.value.max()
    end = (path.system.start - date(1970, 1, 1)).days * DAY + path.system.end_tick
    assert own[-1]["time"] == end


def test_materials_may_be_named(path, records):
    material = path.system.materials[path.system.stores[0].holdings[0].material].name
    assert {record["panel"].split(" (")[0] for record in records(plots.stocks(path, [material]))} == {
        material
    }
    with pytest.raises(ResultsError, match="no store keeps gold; give one of"):
        plots.stocks(path, ["gold"])


def test_each_grid_has_a_panel_with_supply_and_draw(path, records):
    drawn = records(plots.power(path))
    for number, grid in enumerate(path.system.grids):
        own = [record for record in drawn if record["panel"].startswith(grid.name)]
        assert {record["power"] for record in own} >= {"drawn"}
        values = [record["value"] for record in own if record["power"] == "drawn"]
        assert max(values) == power(path).drawn.of(number).value.max()


def test_a_supply_far_above_what_is_drawn_is_told_and_not_drawn(path, records):
    rows = path.rows.copy()
    rows["amount"][rows["kind"] == 17] *= 1000
    drawn = records(plots.power(SamplePath(path.system, rows, path.bound_events)))
    assert any("is off the scale" in record["panel"] for record in drawn)
    assert all(record["power"] == "drawn" for record in drawn if "is off the scale" in record["panel"])


def test_some_days_may_be_drawn_alone(path, records):
    days = date(2024, 1, 10), date(2024, 1, 11)
    first = (days[0] - date(1970, 1, 1)).days * DAY
    for chart in (plots.stocks(path, days=days), plots.power(path, days=days)):
        times = [record["time"] for record in records(chart)]
        assert (min(times), max(times)) == (first, first + 2 * DAY)


def test_a_system_without_grids_has_no_power_to_draw(path):
    lines = tuple(dataclasses.replace(line, grid=-1) for line in path.system.lines)
    dark = dataclasses.replace(path.system, grids=(), lines=lines)
    with pytest.raises(ResultsError, match="no grid"):
        plots.power(SamplePath(dark, path.rows[path.rows["kind"] < 17], path.bound_events))


def test_long_runs_make_no_more_marks_than_a_picture_has_room_for(path, records):
    panels = sum(len(store.holdings) for store in path.system.stores)
    assert len(records(plots.stocks(path))) <= 4 * 400 * panels


def test_they_render(path, rendered):
    assert rendered(plots.stocks(path)).startswith(b"\x89PNG")
    assert rendered(plots.power(path)).startswith(b"\x89PNG")
