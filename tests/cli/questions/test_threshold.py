import pytest

from simulator.analysis.contours import contours_of
from simulator.analysis.threshold import threshold_of
from simulator.cli.questions import threshold as question
from simulator.cli.questions.asked import Asked
from simulator.studies import contours, threshold

N = 100


def answered(run_of, *shares, levels=(10.0, 20.0, 30.0)):
    """An answer where such a share of replications makes 2,000, and the others 500."""
    columns = {
        f"level_{k}": {"claims.c": [2000.0] * round(share * N) + [500.0] * (N - round(share * N))}
        for k, share in enumerate(shares)
    }
    about = {"factor": "plants", "factor_unit": "1", "scenario": "as_is", "reported": (15.0, 25.0)}
    return threshold_of(run_of(columns, claims={"c": {}}), "c", levels, reported_is="by report", **about)


def said(found, capsys):
    question.show(found)
    return " ".join(capsys.readouterr().out.split())


def test_the_answer_begins_with_where_odds_are_even(run_of, capsys):
    told = said(answered(run_of, 0.1, 0.4, 0.8), capsys)
    assert told.startswith(
        "Against plants, even odds of c (at least 1,000 items) in as_is lie at 22 [20 to 25]. At the level 20"
        " within the reported 15 to 25 P is 40.0 % [30.3 to 50.3 %] and the median 500 items."
    )
    assert "20 * 40.0 % [30.3 to 50.3 %]" in told
    assert "* plants as reported: 15 to 25, by report." in told


def test_levels_at_the_ends_of_the_reported_range_are_the_reported_ones(run_of, capsys):
    told = said(answered(run_of, 0.1, 0.4, 0.8, levels=(15.0, 20.0, 25.0)), capsys)
    assert "At the reported 15 to 25 P is" in told
    told = said(answered(run_of, 0.1, 0.4, 0.8, levels=(16.0, 20.0, 25.0)), capsys)
    assert "At the levels 16 to 25 within the reported 15 to 25 P is" in told


def test_what_is_out_of_reach_is_said_with_how_likely_it_is_there(run_of, capsys):
    told = said(answered(run_of, 0.0, 0.0, 0.0), capsys)
    assert "in as_is are not reached by 30: P = under 3.0 % there." in told
    assert "plants changes nothing in as_is" in told


def test_a_turn_is_noted(run_of, capsys):
    assert "does not go one way" in said(answered(run_of, 0.2, 0.9, 0.1), capsys)
    assert "does not go one way" not in said(answered(run_of, 0.2, 0.3, 0.4), capsys)


def test_the_plane_of_two_factors_is_a_table(run_of, capsys):
    columns = {f"pair_{k}": {"claims.c": [2000.0] * k + [500.0] * (4 - k)} for k in range(4)}
    pairs = [(1.0, 5.0), (1.0, 6.0), (2.0, 5.0), (2.0, 6.0)]
    about = {"factors": ("plants", "hours"), "factor_units": ("1", "h"), "scenario": "as_is"}
    told = said(contours_of(run_of(columns, claims={"c": {}}), "c", pairs, **about), capsys)
    assert " to 75.0 % [19.4 to 99.4 %] at plants 2, hours 6 h." in told
    assert "hours plants 5 h 6 h" in told


@pytest.mark.parametrize(
    ("factor", "called"),
    [(None, ("threshold", None)), ("a", ("threshold", "a")), ("a, b", ("contours", ["a", "b"]))],
)
def test_two_factors_are_asked_for_by_a_comma(monkeypatch, factor, called):
    for module in (threshold, contours):
        name = module.__name__.rpartition(".")[2]
        monkeypatch.setattr(
            module, name, lambda run, about, *_, name=name, **more: (name, about, more["replications"])
        )
    found = question.ask(None, Asked(factor=factor))
    assert found == (*called, 256 if called[0] == "threshold" else 64)
