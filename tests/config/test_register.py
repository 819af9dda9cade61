import pytest

from simulator.config import register
from simulator.config.register import COLUMNS
from simulator.errors import ConfigError


def test_a_register_is_read_by_id_in_the_order_of_the_file(cases):
    rows = register(cases / "files" / "register.csv")
    assert list(rows) == ["S01", "S02"]
    assert rows["S01"].source == "a paper, quoted"
    assert rows["S01"].note == "two\nlines"
    assert rows["S02"].value() == "6"


def test_the_columns_may_stand_in_any_order(write):
    write("register.csv", ",".join(reversed(COLUMNS)) + "\n" + ",,,,,paper,,,,,,,stock,S01\n")
    (row,) = register("register.csv").values()
    assert (row.id, row.quantity, row.source) == ("S01", "stock", "paper")


def test_a_register_without_its_columns_is_refused(write):
    write("register.csv", "id,quantity,valeu_low\nS01,stock,3\n")
    with pytest.raises(ConfigError) as refused:
        register("register.csv")
    messages = [str(fault).partition(";")[0] for fault in refused.value.faults]
    assert messages[0] == "register.csv:1: lacks the column value_low"
    assert messages[-1] == "register.csv:1: has the column 'valeu_low', which a register has not"
    assert len(messages) == len(COLUMNS) - 2 + 1
    assert all(str(fault).endswith(f"; give {', '.join(COLUMNS)}") for fault in refused.value.faults)


def test_a_register_may_be_empty_but_for_its_header(write):
    write("register.csv", ",".join(COLUMNS) + "\n")
    assert register("register.csv") == {}
