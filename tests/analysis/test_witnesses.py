from simulator.analysis.witnesses import roots, same_page, used_before

ROW = {"quantity": "shells", "source": "a paper"}
NORMAL = {"normal": {"mean": 0.0, "sd": 1.0}}


def experiment(run_of, claims, factors=None, evidence=None):
    rows = {name: {"id": name, **ROW, **more} for name, more in (evidence or {}).items()}
    claims = {name: {"observed": NORMAL, "evidence": list(ids)} for name, ids in claims.items()}
    factors = {name: {"distribution": NORMAL, "evidence": list(ids)} for name, ids in (factors or {}).items()}
    return run_of({"base": {}}, claims=claims, factors=factors, evidence=rows).experiment


def test_rows_that_repeat_a_source_go_back_to_it(run_of):
    repeats = {"S01": {}, "S02": {"note": "Same root source as S01: not independent"}}
    found = experiment(run_of, {}, evidence=repeats | {"S03": {"note": "same source as S02"}, "S04": {}})
    assert roots(found.evidence) == {"S01": "S01", "S02": "S01", "S03": "S01", "S04": "S04"}


def test_rows_that_repeat_each_other_are_one_witness(run_of):
    circle = {"S01": {"note": "Same root source as S02"}, "S02": {"note": "Same root source as S01"}}
    assert roots(experiment(run_of, {}, evidence=circle).evidence) == {"S01": "S01", "S02": "S01"}


def test_evidence_that_set_a_prior_is_no_new_witness(run_of):
    found = experiment(run_of, {"a": ["S01"], "b": ["S02"]}, {"plants": ["S01"]})
    assert used_before(found, ["a", "b"]) == {"a": "S01 has set the prior of plants"}


def test_a_repetition_of_what_set_a_prior_is_no_new_witness(run_of):
    rows = {"S01": {}, "S02": {"note": "Same root source as S01: not independent"}}
    found = experiment(run_of, {"a": ["S02"]}, {"plants": ["S01"]}, rows)
    assert used_before(found, ["a"]) == {"a": "S02 has set the prior of plants"}


def test_of_two_observations_from_one_source_the_first_is_used(run_of):
    found = experiment(run_of, {"a": ["S01"], "b": ["S01", "S05"]})
    assert used_before(found, ["a", "b"]) == {"b": "S01 has been used for a"}


def test_another_figure_of_the_same_page_is_told_and_not_left_out(run_of):
    rows = {"S06": {"url": "page"}, "S07": {"url": "page"}, "S08": {}, "S09": {}}
    found = experiment(run_of, {"a": ["S06"], "b": ["S08"]}, {"load": ["S07"], "other": ["S09"]}, rows)
    assert used_before(found, ["a", "b"]) == {}
    assert same_page(found, "a") == {"load": "S07"}
    assert same_page(found, "b") == {}
