import os
from datetime import date

import pytest

from simulator.config import load, load_system, loads
from simulator.config.files import MIB
from simulator.config.register import COLUMNS
from simulator.errors import ConfigError
from simulator.model.distributions import Empirical
from simulator.model.quantities import Quantity, hours

SYSTEM = """\
materials: {steel: {unit: kg}}
regions: {north: {}}
stores: {yard: {region: north, holds: {steel: {initial: 5 t}}}}
"""


def faults_of(path):
    with pytest.raises(ConfigError) as refused:
        load(path)
    return str(refused.value)


def test_an_experiment_is_loaded_with_its_defaults(cases):
    experiment = load(cases / "valid" / "least.yaml")
    assert experiment.title == "One yard"
    assert experiment.horizon.end == date(2023, 2, 1)
    assert experiment.system.stores["yard"].holds["steel"].initial == Quantity(5000.0, "kg")
    assert experiment.scenarios == {"baseline": {}}


def test_a_path_to_a_system_says_the_same_as_the_system_in_place(write, least):
    inline = loads(least)
    write("configs/systems/yard.yaml", SYSTEM)
    write("configs/a.yaml", least[: least.index("system:")] + "system: systems/yard.yaml\n")
    assert load("configs/a.yaml") == inline


def test_a_name_alone_means_the_config_of_that_name(write, least):
    write("configs/steel.yaml", least)
    assert load("steel") == loads(least)


def test_a_file_without_ending_goes_before_the_config_of_that_name(write, least):
    write("configs/steel.yaml", least)
    write("steel", least.replace("One yard", "Another yard"))
    assert load("steel").title == "Another yard"


def test_an_unknown_name_is_refused_with_the_nearest(write, least):
    write("configs/shells_2023.yaml", least)
    assert (
        faults_of("shels_2023") == "shels_2023: there is no such file; did you mean configs/shells_2023.yaml?"
    )
    assert faults_of("zzz") == "zzz: there is no such file; give a path, or the name of a config in configs/"


def test_a_missing_file_is_refused_with_the_nearest_in_its_folder(write, least):
    write("a/shells.yaml", least)
    assert faults_of("a/shels.yaml") == "a/shels.yaml: there is no such file; did you mean a/shells.yaml?"


def test_a_missing_folder_is_refused(write):
    assert faults_of("none/x.yaml").startswith("none/x.yaml: there is no such file; give a path")


def test_a_folder_is_refused(tmp_path):
    assert faults_of(tmp_path) == f"{tmp_path}: is a folder; give a file"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert faults_of(pipe) == f"{pipe}: is no ordinary file; give a file"


def test_a_file_that_may_not_be_read_is_refused(write, least, monkeypatch):
    path = write("a.yaml", least)

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert faults_of("a.yaml") == "a.yaml: cannot be read: permission denied"


@pytest.mark.parametrize("path", ["a\0b.yaml", "x" * 5000])
def test_a_path_that_no_file_can_have_is_refused(path):
    assert faults_of(path).split(": ")[1] in (
        "there is no such file; give a path, or the name of a config in configs/",
        "cannot be read",
    )


def test_a_file_of_10_mib_is_refused_by_its_size(write):
    write("big.yaml", b"a: 1\n" * (2 * MIB))
    assert faults_of("big.yaml") == "big.yaml: is 10.0 MiB; give a file of at most 1 MiB"


def test_a_file_just_within_the_size_is_read(write, least):
    write("full.yaml", least.encode().ljust(MIB - 1, b"#") + b"\n")
    assert load("full.yaml").title == "One yard"


def test_bytes_that_are_no_text_are_refused_with_their_line(write, least):
    write("bytes.yaml", least.encode() + b"\xfe\xff")
    assert faults_of("bytes.yaml") == "bytes.yaml:7: is no UTF-8 text: byte fe; save the file as UTF-8"


def test_utf_16_is_refused(write, least):
    write("wide.yaml", least.encode("utf-16"))
    assert faults_of("wide.yaml") == "wide.yaml:1: is no UTF-8 text: byte ff; save the file as UTF-8"


def test_a_large_system_file_is_refused_where_it_is_named(write, least):
    write("system.yaml", b"#" * (MIB + 1))
    write("a.yaml", least[: least.index("system:")] + "system: system.yaml\n")
    assert (
        faults_of("a.yaml")
        == "a.yaml:3: system cannot be read; system.yaml: is 1.1 MiB; give a file of at most 1 MiB"
    )


def test_files_are_shown_from_the_current_folder_when_below_it(write, least, monkeypatch):
    path = write("configs/a.yaml", least + "seed: -1\n")
    assert faults_of(path).startswith("configs/a.yaml:7: ")
    monkeypatch.chdir("/")
    assert faults_of(path).startswith(f"{str(path).lstrip('/')}:7: ")


def test_only_cited_evidence_is_kept(cases):
    experiment = load(cases / "valid" / "system_elsewhere.yaml")
    assert list(experiment.evidence) == ["S02"]
    assert experiment.evidence["S02"].source == "another paper"


def test_what_may_be_written_short_is_spelled_out(cases):
    experiment = load(cases / "valid" / "short_forms.yaml")
    assert experiment.factors["stock"].scales == ("stores.yard.holds.steel.initial",)
    assert experiment.factors["stock"].evidence == ("S01",)
    assert experiment.derived["rest"].sets == ("stores.yard.holds.122.releasable",)
    assert experiment.claims["stock"].evidence == ("S01",)
    assert experiment.evidence["S01"].id == "S01"
    assert list(experiment.evidence) == ["S01"]


def test_a_column_of_a_file_is_the_law_of_its_values(cases):
    experiment = load(cases / "valid" / "short_forms.yaml")
    assert experiment.factors["stock"].distribution == Empirical(
        values=[Quantity(3.5), Quantity(4.0), Quantity(7.0)]
    )
    assert experiment.system.suppliers["mill"].quantity == Empirical(
        values=[Quantity(3500.0, "kg"), Quantity(4000.0, "kg"), Quantity(7000.0, "kg")]
    )


def test_the_columns_of_a_system_file_lie_beside_the_system_file(write, least):
    write("systems/amounts.csv", "t\n1\n2\n")
    law = "{csv: {file: amounts.csv, column: t, unit: t}}"
    supplier = f"suppliers: {{mill: {{material: steel, to: yard, every: 1 d, quantity: {law}}}}}\n"
    write("systems/yard.yaml", SYSTEM + supplier)
    write("a.yaml", least[: least.index("system:")] + "system: systems/yard.yaml\n")
    assert load("a.yaml").system.suppliers["mill"].quantity.bounds()[1].unit == "kg"


def test_a_column_may_hold_dates_and_rates(write, least):
    write("a.csv", "day,rate\n2023-01-02,5\n2023-01-03,6\n")
    text = least + (
        "factors:\n"
        "  a: {distribution: {csv: {file: a.csv, column: day}}}\n"
        "  b: {distribution: {csv: {file: a.csv, column: rate, unit: /d}}}\n"
        "derived:\n"
        "  c: {min: [a], sets: stores.yard.holds.steel.added.0.at}\n"
        "  d: {ratio: [b, b], scales: stores.yard.holds.steel.initial}\n"
    )
    text = text.replace("initial: 5 t", "initial: 5 t, added: [{at: 2023-01-02, amount: 1 t}]")
    experiment = loads(text)
    assert experiment.units() == {"a": "date", "b": "1/h"}
    assert experiment.factors["b"].distribution.values[0] == Quantity(5 / 24, "1/h")


def test_a_material_may_be_called_csv(least):
    experiment = loads(least.replace("steel", "csv"))
    assert list(experiment.system.materials) == ["csv"]


def test_scenarios_hold_quantities_and_may_take_a_value_away(cases):
    scenarios = load(cases / "valid" / "short_forms.yaml").scenarios
    assert scenarios["without_limit"] == {
        "stores.yard.holds.steel.capacity": None,
        "regions.north.grid.allotment": Quantity(2000.0, "kW"),
    }
    assert scenarios["late"]["suppliers.mill.every"] == {"uniform": {"low": hours(24), "high": hours(48)}}


def test_a_loaded_experiment_reads_quantities_in_values_given_later(cases):
    experiment = load(cases / "valid" / "short_forms.yaml")
    tighter = experiment.with_value("stores.yard.holds.steel.capacity", "500 t")
    assert tighter.system.stores["yard"].holds["steel"].capacity == Quantity(500_000.0, "kg")


def test_a_system_file_is_loaded_alone(write):
    write("yard.yaml", SYSTEM)
    assert load_system("yard.yaml").stores["yard"].region == "north"


def test_the_faults_of_a_system_file_are_told_with_the_keys_allowed(write):
    write("yard.yaml", SYSTEM.replace("{}", "{grd: 1}").replace("region: north", "region: south"))
    with pytest.raises(ConfigError) as refused:
        load_system("yard.yaml")
    assert str(refused.value) == (
        "yard.yaml:2: regions.north.grd is no key here; nearest is grid; give one of grid, crews"
    )


def test_the_parts_of_a_system_file_are_checked_against_each_other(write):
    write("yard.yaml", SYSTEM.replace("region: north", "region: south"))
    with pytest.raises(ConfigError, match=r"^yard.yaml:3: stores.yard.region names the region south"):
        load_system("yard.yaml")


def test_references_are_checked_although_the_rest_of_the_experiment_is_not_sound(least):
    with pytest.raises(ConfigError) as refused:
        loads(least.replace("region: north", "region: south") + "seed: -1\n", name="a.yaml")
    assert [fault.where for fault in refused.value.faults] == ["a.yaml:6", "a.yaml:7"]


def test_a_refused_value_is_told_once(least):
    with pytest.raises(ConfigError) as refused:
        loads(least + "factors:\n  a: {distribution: {lognormal: {median: .nan, gsd: 2}}}\n")
    assert (
        str(refused.value) == "text:8: factors.a.distribution.lognormal.median is .nan; give a finite number"
    )


def test_a_register_may_be_larger_than_a_config(write, least):
    header = ",".join(COLUMNS) + "\n"
    rows = "".join(f"S{number:04},stock,,5,,t,,,a paper,,,,,{'x' * 2000}\n" for number in range(1000))
    write("register.csv", header + rows)
    write("a.yaml", least + "evidence: register.csv\n")
    assert load("a.yaml").evidence == {}
    write("register.csv", header + rows * 3)
    assert faults_of("a.yaml") == (
        "a.yaml:7: evidence cannot be read; register.csv: is 5.9 MiB; give a file of at most 4 MiB"
    )


def test_a_column_of_too_many_values_is_refused(write, least):
    write("a.csv", "x\n" + "1\n2\n" * 5000)
    law = "factors: {a: {distribution: {csv: {file: a.csv, column: x}}, scales: stores.*.holds.steel.initial}}\n"
    assert len(loads(least + law).factors["a"].distribution.values) == 10_000
    write("a.csv", "x\n" + "1\n2\n" * 5000 + "3\n")
    with pytest.raises(ConfigError, match=r"a\.csv: has too many rows, 10001; give 2 to 10000$"):
        loads(least + law)


def test_rows_that_only_the_system_cites_are_kept(least):
    cited = least.replace("{initial: 5 t}", "{initial: 5 t, evidence: [S01]}")
    rows = "evidence: {S01: {quantity: steel, source: a}, S02: {quantity: coal, source: b}}\n"
    assert set(loads(cited + rows).evidence) == {"S01"}


def test_a_system_that_cites_no_row_of_the_register_is_refused(least):
    cited = least.replace("{initial: 5 t}", "{initial: 5 t, evidence: [S07]}")
    with pytest.raises(ConfigError, match=r"holds\.steel\.evidence\.0 .*S07"):
        loads(cited + "evidence: {S01: {quantity: steel, source: a}}\n")


def test_one_row_may_be_cited_without_a_list_anywhere(least):
    cited = least.replace("{initial: 5 t}", "{initial: 5 t, evidence: S01}")
    experiment = loads(cited + "evidence: {S01: {quantity: steel, source: a}}\n")
    assert experiment.system.stores["yard"].holds["steel"].evidence == ("S01",)
    assert set(experiment.evidence) == {"S01"}


def test_a_material_may_be_called_evidence(least):
    recipe = "  recipes: {shred: {inputs: {evidence: 2 kg}, output: evidence}}\n"
    experiment = loads(least.replace("steel", "evidence") + recipe)
    assert experiment.evidence == {}


def test_an_experiment_is_named_after_its_file_or_else_its_title(write, least):
    assert load(write("yards/north.yaml", least)).name == "north"
    assert load(write("yards/north.yaml", least), name="south").name == "south"
    assert loads(least.replace("One yard", "One yard, twice!")).name == "one_yard_twice"
