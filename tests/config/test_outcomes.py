from datetime import date
from pathlib import Path

import pytest

from simulator.config import load, outcomes
from simulator.errors import ConfigError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def read(tmp_path):
    """A function that reads rows beside the claim two_thousand, January 2024."""
    experiment = load(ROOT / "configs/examples/one_plant.yaml")

    def from_text(text):
        file = tmp_path / "o.csv"
        file.write_text(text, encoding="utf-8")
        return outcomes(file, experiment)

    return from_text


def test_two_columns_are_enough(read):
    (row,) = read("claim,value\ntwo_thousand,1_900\n").foretold
    assert (row.claim, row.value, row.from_, row.by) == (
        "two_thousand", 1900.0, date(2024, 1, 1), date(2024, 1, 31),
    )  # fmt: skip


def test_rows_without_a_claim_were_known_before(read):
    found = read(
        "claim,value,from,by\n,10,2023-02-01,2023-02-28\n,9,2022-02-01,2022-02-28\ntwo_thousand,5,,\n"
    )
    assert [row.value for row in found.known("")] == [9.0, 10.0]
    assert [row.value for row in found.foretold] == [5.0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("claim\n", "o.csv:1: lacks the column value; give claim, value"),
        ("claim,value,colour\n", "has the column 'colour', which outcomes have not"),
        ("claim,value\n", "has no row with a claim"),
        ("claim,value\ntwo_thousnd,1\n", "o.csv:2: claim two_thousnd does not exist; nearest is two_thousand"),
        ("claim,value\ntwo_thousand,many\n", "o.csv:2: value is many; give a number"),
        ("claim,value\ntwo_thousand,\n", "o.csv:2: has no value; give one, or low and high, or leave the row out"),
        ("claim,value\ntwo_thousand,-1\n", "value is -1; give 0 or more"),
        ("claim,value\ntwo_thousand,.nan\n", "value is .nan; give a finite number"),
        ("claim,value,low\ntwo_thousand,1,1\n", "has one of low, high"),
        ("claim,value,low,high\ntwo_thousand,1,3,2\n", "has low 3 and high 2"),
        ("claim,value,per\ntwo_thousand,1,hour\n", "per is hour; "),
        ("claim,value\ntwo_thousand,1\ntwo_thousand,2\n", "o.csv:3: repeats the claim two_thousand, first on line 2"),
        ("claim,value,by\ntwo_thousand,1,2024-02-30\n", "by is 2024-02-30, no day of the calendar"),
        ("claim,value,by\ntwo_thousand,1,2024-01-30\n", "by is 2024-01-30, but the claim has 2024-01-31"),
        ("claim,value,as_of\ntwo_thousand,1,2024-01-31\n", "as_of is 2024-01-31, not before 2024-01-31"),
        ("claim,value,from,by\n,1,,\ntwo_thousand,1,,\n", "has no claim; give from and by"),
        ("claim,value,from,by\n,1,2024-01-02,2024-01-31\ntwo_thousand,1,,\n", "was known on 2024-01-31"),
        ("claim,value,from,by\n,1,2023-01-02,2023-01-01\ntwo_thousand,1,,\n", "has by 2023-01-01 before from"),
        ("series,claim,value,from,by\na,,1,2023-01-02,2023-01-03\nb,two_thousand,1,,\n", "series 'a' foretells"),
        ("claim,value,plan,from,by\n,1,5,2023-01-02,2023-01-03\ntwo_thousand,1,,,\n", "has a plan and no claim"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(read, text, told):
    with pytest.raises(ConfigError) as refused:
        read(text)
    assert told in str(refused.value)


def test_all_faults_are_told_at_once(read):
    with pytest.raises(ConfigError) as refused:
        read("claim,value,per\nnobody,x,hour\ntwo_thousand,y,\n")
    assert len(refused.value.faults) == 4


@pytest.mark.parametrize(
    ("from_", "by", "per", "times"),
    [
        ("2024-02-01", "2024-02-29", "month", 1.0),
        ("2024-10-01", "2024-12-31", "month", 3.0),
        ("2024-01-01", "2024-12-31", "year", 1.0),
        ("2024-03-04", "2024-03-17", "week", 2.0),
        ("2024-03-04", "2024-03-13", "day", 10.0),
        ("2024-03-04", "2024-03-13", None, 1.0),
        ("2024-03-04", "2024-03-13", "month", 10 / (365.25 / 12)),
    ],
)
def test_a_window_has_whole_months_where_it_is_made_of_them(from_, by, per, times):
    from simulator.model.outcomes import Outcome

    days = date.fromisoformat(from_), date.fromisoformat(by)
    row = Outcome("", "c", *days, 6.0, None, None, per, None, None, ())
    assert row.times == pytest.approx(times)
    assert row.a_day == pytest.approx(6.0 * times / row.days)
