"""A realised system is written as YAML that reads back as the same system, and a bad document is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.engines import simulate
from simulator.errors import ConfigError
from simulator.model.realising.realise import realise
from simulator.model.system import Material
from simulator.testing import documents, systems
from simulator.testing.strategies import descriptions, horizons, random_system
from tests.testing.build import WORKDAY, hours

TEXT = documents.dumps(WORKDAY, seed=3, replication=17)


@settings(max_examples=20)
@given(systems(), st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_a_document_reads_back_as_the_system_it_was_written_from(system, seed, replication):
    text = documents.dumps(system, seed=seed, replication=replication)
    assert documents.loads(text) == documents.RealisedSystem(system, seed, replication)


@settings(max_examples=10)
@given(descriptions(max_plants=3), horizons())
def test_what_a_description_realises_to_reads_back(description, horizon):
    system = realise(description, horizon=horizon, seed=4, replication=2)
    assert documents.loads(documents.dumps(system, seed=4, replication=2)).system == system


def test_a_document_that_was_read_gives_the_same_path():
    system = random_system(7)
    again = documents.loads(documents.dumps(system, seed=1, replication=2))
    paths = [
        simulate(each, seed=1, replication=2, engine="reference").tobytes() for each in (system, again.system)
    ]
    assert paths[0] == paths[1]


def test_parts_are_named_and_defaults_left_out():
    assert "  - name: road\n      from_store: depot\n      to_store: delivered\n" in TEXT
    assert "- [steel, 4]\n" in TEXT
    assert "transit: [constant, 2]\n" in TEXT
    assert "reject" not in TEXT
    # a field without a default is written whatever its value
    assert "calibre: null\n" in TEXT


def test_an_indented_document_is_the_same():
    indented = "".join(f"    {line}\n" for line in TEXT.splitlines())
    assert documents.loads(indented) == documents.loads(TEXT)


def test_parts_of_one_name_cannot_be_written():
    doubled = replace(WORKDAY, materials=(Material("steel", "kg"), Material("steel", "item")))
    with pytest.raises(ValueError, match="materials have names that are not their own"):
        documents.dumps(doubled, seed=0, replication=0)


REFUSED = [
    ("realised_system: 1", "realised_system: 2", "realised_system is 2; give 1, the version that is read here"),
    ("seed: 3", "seed: -3", "seed is -3; give a whole number from 0 to 2147483647"),
    ("seed: 3", "seeds: 3", "the document needs seed"),
    ("seed: 3\n", "seed: 3\nseed: 4\n", "has key seed twice"),
    ("seed: 3", "seed: &a 3", "has the anchor &a"),
    ("seed: 3", "seed: !!int 3", "has the tag"),
    ("start: 2024-01-01", "start: monday", "system.start is monday; give a date"),
    ("start: 2024-01-01", "start: 9999-12-31", "system.start makes a run beyond the years 1 to 9999"),
    ("end_tick: 86400000", "end_tick: 0", "system.end_tick is not after tick 0"),
    ("end_tick: 86400000", "end_tick: 1e7", "system.end_tick is 10000000.0; give a whole number"),
    ("  grids:", "  gridx:", "system.gridx is an unknown key"),
    ("unit: kg", "unit: t", "system.materials.0.unit is no unit; give item or kg"),
    ("material: shell", "material: shel", "names the material shel, which does not exist; nearest is shell"),
    ("name: shell", "name: steel", "system.materials.1.name is steel, which is taken"),
    ("capacity: 6", "capacity: 1", "system.lines.0.to_store is no store with room for a lot"),
    ("capacity: 6", "capacity: [6]", "is a list; give a whole number"),
    ("lot: 2", "lot: 0", "system.lines.0.lot is below 1"),
    ("ticks: 7200000", "ticks: 0", "system.lines.0.recipes.0.ticks is below 1"),
    ("plant: filling/0", "plant: delivered", "system.lines.0.plant needs a plant"),
    ("region: here", "region: there", "names the region there, which does not exist"),
    ("transit: [constant, 2]", "transit: [constant]", "system.links.0.transit has 0 parameters; give value"),
    ("transit: [constant, 2]", "transit: [constant, -2]", "system.links.0.transit draws from -2 to -2"),
    ("transit: [constant, 2]", "transit: [normal, 2, 1]", "system.links.0.transit is no law that engines sample"),
    ("transit: [constant, 2]", "transit: [uniform, 3, 2]", "that do not go together; give low <= high"),
    ("transit: [constant, 2]", "transit: [metalog, 1, 9, 0]", "system.links.0.transit draws from"),
    ("transit: [constant, 2]", "transit: [erlang, 1e9, 2]", "parameters of erlang that do not go together"),
    ("transit: [constant, 2]", "transit: 2", "system.links.0.transit is 2; give a list of a law's name"),
    ("transit: [constant, 2]", "transit: [constant, .nan]", "give a finite number"),
    ("load: 3", "load: 0", "system.links.0.load is below 1"),
    ("minimum: 1", "minimum: 9", "system.links.0.minimum must be from 0 to the load"),
    ("[0, 10]", "[0, -10]", "system.grids.0.supply has a power below 0 kW"),
    ("[0, 10]", "[1, 10]", "system.grids.0.supply needs rising ticks"),
    ("[28800000, 57600000]", "[57600000, 28800000]", "system.calendars.0.open needs stretches within the run"),
    ("[50400000, 4]", "[-1, 4]", "system.suppliers.0.table is out of order or before the run"),
    ("[50400000, 4]", "[50400000]", "system.suppliers.0.table.0 has 1 values; give 2"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "message"), REFUSED)
def test_a_bad_document_is_refused_line_by_line(was, now, message):
    assert was in TEXT
    with pytest.raises(ConfigError) as caught:
        documents.loads(TEXT.replace(was, now, 1), name="bad.yaml")
    assert all(fault.where.startswith("bad.yaml:") for fault in caught.value.faults)
    assert any(message in fault.message for fault in caught.value.faults), caught.value


@pytest.mark.parametrize(
    "text", ["realised_system: 1\nseed: 0\nreplication: 0\nsystem: 3\n", "realised_system: 1\n"]
)
def test_a_document_without_a_system_is_refused(text):
    with pytest.raises(ConfigError, match="system"):
        documents.loads(text)


def test_a_document_that_nests_too_deep_is_refused():
    with pytest.raises(ConfigError, match="nests deeper"):
        documents.loads(f"realised_system: 1\nsystem: {'[' * 40}{']' * 40}\n")


WORKS_BY_DRAW = replace(WORKDAY, lines=(replace(WORKDAY.lines[0], calendar=-1, work=hours(2)),))
DRAWN = documents.dumps(WORKS_BY_DRAW, seed=3, replication=17)
DELIVERED_BY_TICK = TEXT.replace(
    "table:\n        - [50400000, 4]", "quantity: [constant, 1]\n      every: [constant, 0]"
)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (DELIVERED_BY_TICK, "86,400,"),
        (TEXT.replace("- [constant, 24]", "- [constant, 0]"), "86,40"),
        (TEXT.replace("end_tick: 86400000", "end_tick: 31557600000").replace("ticks: 7200000", "ticks: 1"), "28,"),
        (DRAWN.replace("work: [constant, 2]", "work: [constant, 0]"), "86,400,"),
        (DRAWN.replace("work: [constant, 2]", "work: [constant, 0]").replace("ticks: 7200000", "ticks: 0"), "86,400,"),
    ],
)  # fmt: skip
def test_a_system_of_too_many_events_is_refused_with_their_number(text, events):
    with pytest.raises(ConfigError) as caught:
        documents.loads(text, name="long.yaml")
    (fault,) = caught.value.faults
    assert fault.where == "long.yaml:8"
    assert f"system.end_tick comes after about {events}" in fault.message
    assert fault.message.endswith(
        "events; give at most 10,000,000, by an earlier end_tick, longer every or fewer lines"
    )


def test_the_work_that_is_drawn_counts_and_not_the_ticks_beside_it():
    text = DRAWN.replace("ticks: 7200000", "ticks: 0")
    assert documents.loads(text).system.lines[0].work == hours(2)


def test_a_name_that_is_given_twice_is_all_that_is_told():
    with pytest.raises(ConfigError) as caught:
        documents.loads(TEXT.replace("name: shell", "name: steel"))
    assert [fault.message for fault in caught.value.faults] == [
        "system.materials.1.name is steel, which is taken; give another"
    ]


def test_a_document_with_the_letter_that_pytest_prints_is_refused_in_one_line():
    printed = "".join(f"E       {line}\n" for line in TEXT.splitlines())
    with pytest.raises(ConfigError) as caught:
        documents.loads(printed, name="found.yaml")
    assert (
        str(caught.value)
        == "found.yaml:2: starts with the E that pytest puts before lines; remove it from every line"
    )
