import pandas as pd
import pyarrow.parquet as pq
import pytest

from simulator.errors import ResultsError
from simulator.results.export import export, harmless, write_frame


def test_an_exported_csv_has_the_rows_of_all_scenarios(run, tmp_path):
    assert export(run, tmp_path / "rows.csv") == tmp_path / "rows.csv"
    frame = pd.read_csv(tmp_path / "rows.csv", keep_default_na=False, na_values={"made": ""})
    pd.testing.assert_frame_equal(frame, run.frame(), check_dtype=False)


def test_an_exported_parquet_file_has_the_rows_and_the_units(run, tmp_path):
    export(run, tmp_path / "rows.parquet", scenario="busy")
    table = pq.read_table(tmp_path / "rows.parquet")
    assert table.column("replication").to_pylist() == list(range(7))
    assert table.schema.field("made").metadata[b"unit"] == b"items"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_carry_out_is_made_harmless(text):
    assert harmless(text) == "'" + text
    assert harmless("ModelError: =1") == "ModelError: =1"


def test_a_suffix_that_means_no_format_is_refused(run, tmp_path):
    with pytest.raises(ResultsError, match=r"give a file name that ends in \.csv or \.parquet"):
        export(run, tmp_path / "rows.xlsx")


def test_a_folder_that_does_not_exist_is_named(run, tmp_path):
    with pytest.raises(ResultsError, match="there is no folder"):
        export(run, tmp_path / "none" / "rows.csv")


@pytest.mark.parametrize(("name", "read"), [("path.csv", pd.read_csv), ("path.parquet", pd.read_parquet)])
def test_any_table_is_written_by_the_suffix_of_the_file(name, read, tmp_path):
    frame = pd.DataFrame({"entity": ["works/0/0", "mill"], "amount": [1, -2]})
    assert write_frame(frame, tmp_path / name) == tmp_path / name
    pd.testing.assert_frame_equal(read(tmp_path / name), frame)


def test_a_table_is_not_written_where_it_cannot_be(tmp_path):
    with pytest.raises(ResultsError, match=r"give a file name that ends in \.csv or \.parquet"):
        write_frame(pd.DataFrame(), tmp_path / "path.txt")
