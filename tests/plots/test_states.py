from datetime import date

import pytest

from simulator import plots
from simulator.errors import ResultsError
from simulator.model.system import State
from simulator.responses import intervals

DAY = 24 * 3600 * 1000


def test_a_few_lines_are_drawn_as_they_were(path, records):
    line = path.system.lines[0]
    drawn = records(plots.gantt(path, [line.name]))
    known = intervals(path).of(0)
    assert len(drawn) == len(known.start)
    start = (path.system.start - date(1970, 1, 1)).days * DAY
    assert [record["start"] - start for record in drawn] == known.start.tolist()
    assert [record["stop"] - start for record in drawn] == known.stop.tolist()
    assert [record["state"] for record in drawn] == [State(value).name.lower() for value in known.value]


def test_lines_may_be_named_by_plant_or_role(path, records):
    roles = {line.name.split("/")[0] for line in path.system.lines}
    role = min(roles)
    drawn = {record["line"] for record in records(plots.gantt(path, [role]))}
    assert drawn == {line.name for line in path.system.lines if line.name.startswith(f"{role}/")}
    plant = f"{role}/0"
    assert {record["line"] for record in records(plots.gantt(path, [plant]))} == {
        line.name for line in path.system.lines if line.name.startswith(f"{plant}/")
    }


def test_all_lines_have_a_row_role_by_role(path, records):
    chart = plots.gantt(path)
    rows = chart.to_dict()["encoding"]["y"]["sort"]
    assert sorted(rows) == sorted(line.name for line in path.system.lines)
    order = [role.name for role in path.system.roles]
    places = [order.index(name.split("/")[0]) for name in rows]
    assert places == sorted(places)
    assert {record["line"] for record in records(chart)} == set(rows)


def test_states_have_colours_of_their_own(path):
    scale = plots.gantt(path).to_dict()["encoding"]["color"]["scale"]
    assert set(scale["domain"]) == {state.name.lower() for state in State}
    assert len(set(scale["range"])) == len(State)


def test_some_days_may_be_drawn_alone(path, records):
    days = date(2024, 1, 10), date(2024, 1, 11)
    drawn = records(plots.gantt(path, days=days))
    first = (days[0] - date(1970, 1, 1)).days * DAY
    assert min(record["start"] for record in drawn) == first
    assert max(record["stop"] for record in drawn) == first + 2 * DAY


def test_too_much_to_draw_is_drawn_in_cells_and_said_so(path, monkeypatch, records):
    monkeypatch.setattr("simulator.plots.states.MOST_MARKS", 100)
    monkeypatch.setattr("simulator.plots.states.MOST_CELLS", 2_000)
    chart = plots.gantt(path)
    assert 0 < len(records(chart)) <= 2_000
    assert chart.to_dict()["title"]["subtitle"] == [
        "Each cell of a day has the state that the line was in longest while it was open."
    ]


def test_an_unknown_line_is_refused_with_the_nearest(path):
    with pytest.raises(ResultsError, match="no line forgng; nearest is forging"):
        plots.gantt(path, ["forgng"])


def test_days_outside_the_run_are_refused(path):
    with pytest.raises(ResultsError, match=r"has no day of the run; give days in 2023-12-18 to 2024-03-31"):
        plots.gantt(path, days=(date(2025, 1, 1), date(2025, 1, 2)))


def test_it_renders(path, rendered):
    assert rendered(plots.gantt(path, days=(date(2024, 1, 10), date(2024, 1, 12)))).startswith(b"\x89PNG")
