import json


def test_a_report_is_written_beside_the_rows_and_what_it_leaves_out_is_said(finished, simulator):
    outcome = simulator("report", "workshop")
    assert outcome.code == 0
    (folder,) = (finished / "results" / "workshop").iterdir()
    first, *others = outcome.out.splitlines()
    assert first.startswith(f"results/workshop/{folder.name}/report.html: ")
    assert first.endswith(" MB")
    assert f"  simulator answer results/workshop/{folder.name} --question threshold" in others
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_report_goes_where_it_is_wanted_and_is_told_as_json(finished, simulator):
    told = json.loads(simulator("report", "workshop", "--output", "answer.html", "--json").out)
    assert told["file"] == "answer.html"
    assert told["bytes"] == (finished / "answer.html").stat().st_size
    assert {"what", "command"} == set(told["missing"][0])


def test_a_place_that_cannot_be_written_is_refused_in_a_line(finished, simulator):
    (finished / "keep.yaml").write_text("title: mine\n")
    for place in ("workshop.yaml/answer.html", "keep.yaml", ".", "", "/dev/full"):
        outcome = simulator("report", "workshop", "--output", place)
        assert outcome.code == 2
        assert len(outcome.faults) == 1
        assert "cannot be written" in outcome.err
    assert (finished / "keep.yaml").read_text() == "title: mine\n"


def test_a_folder_that_is_not_there_is_made_for_a_report(finished, simulator):
    assert simulator("report", "workshop", "--output", "none/sub/answer.html").code == 0
    assert (finished / "none/sub/answer.html").is_file()
