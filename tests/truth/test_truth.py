"""Both engines come to the values that theory gives, and a system with a slip in it does not."""

from itertools import product

import pytest

from simulator.model.scenario.scenarios import Scenario
from simulator.runner.execute import unfold
from tests.truth import table
from tests.truth.checking import CASES_FOLDER, ENGINES, estimate, experiment_of, measured, part
from tests.truth.faults import FAULTS, Fault, edited, planted
from tests.truth.forms import CASES, Case, Form

FORMS = [(case, form) for case in CASES for form in case.forms]
each_form = pytest.mark.parametrize(
    ("case", "form"), FORMS, ids=[f"{case.name}, {form.name}" for case, form in FORMS]
)
on_each_engine = pytest.mark.parametrize(
    ("case", "engine"),
    [*product(CASES, ENGINES)],
    ids=[f"{case.name}, {engine}" for case, engine in product(CASES, ENGINES)],
)
TEXTBOOK = {
    ("mm1", "mean number"): 4.0,
    ("mm1", "mean wait, h"): 4.0,
    ("mg1_constant", "mean wait, h"): 2.0,
    ("mg1_uniform", "mean wait, h"): 8 / 3,
    ("mg1_erlang2", "mean wait, h"): 3.0,
    ("repair", "mean up"): 7845 / 2194,
    ("buffer_one", "made an hour"): 3 / 4,
    ("buffer_three", "made an hour"): 5 / 6,
    ("availability", "share up"): 0.9,
    ("availability", "hours up of the first 1,000"): 900.9,
    ("mm3", "share who wait"): 0.6471910112,
    ("mm3", "mean wait, h"): 1.0786516854,
    ("renewal", "renewals in 3 h"): 1.2506196880,
}


@each_form
def test_the_formula_and_the_chain_agree(case: Case, form: Form) -> None:
    assert form.solved() == pytest.approx(form.exact, rel=1e-8)


def test_the_forms_have_the_values_of_the_textbooks() -> None:
    exact = {(case.name, form.name): form.exact for case, form in FORMS}
    assert {key: exact[key] for key in TEXTBOOK} == pytest.approx(TEXTBOOK, rel=1e-9)


@on_each_engine
def test_an_estimate_is_near_the_exact_value(case: Case, engine: str) -> None:
    found = measured(case, scenario="truth", engine=engine)
    warm_up_hours = experiment_of(case).horizon.warm_up.number
    for form, each in zip(case.forms, found, strict=True):
        assert each.replications >= 30
        assert each.passes, f"{form.name}: {each}, exactly {form.exact}"
        # what is left of the empty start when looking begins, and less later
        assert abs(form.unsettled(warm_up_hours)) < 0.05 * each.standard_error
    _assert_on_page(case, engine, [table.cells(each, sees=True) for each in found], slip=False)


@on_each_engine
def test_a_slip_is_found_out(case: Case, engine: str) -> None:
    found = measured(case, scenario="slip", engine=engine)
    for form, each in zip(case.forms, found, strict=True):
        assert not each.passes, f"{form.name}: {each}, exactly {form.exact} without the slip"
        assert abs(each.away) > 5.7
    _assert_on_page(case, engine, [table.cells(each) for each in found], slip=True)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.fault for fault in FAULTS])
def test_a_fault_in_the_engine_is_found_out(fault: Fault) -> None:
    found = fault.estimates()
    for form, each in zip(fault.case.forms, found, strict=True):
        assert not each.passes, f"{form.name}: {each} with {fault.fault}"
    rows = table.rows_of(table.PAGE.read_text(encoding="utf-8"))
    written = [row for row in rows if row[0] == fault.fault]
    assert written == table.rows_about_fault(fault, found), "make truth writes the page anew"


def test_a_fault_is_gone_afterwards() -> None:
    for fault in FAULTS:
        sound = getattr(fault.owner, fault.function)
        with planted(fault):
            assert getattr(fault.owner, fault.function) is not sound
        assert getattr(fault.owner, fault.function) is sound


def test_a_fault_whose_text_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="stands 0 times in estimate"):
        edited(estimate, "no such text", "")


def test_a_check_of_the_compiled_engine_sees_a_tenth() -> None:
    rows = table.rows_of(table.PAGE.read_text(encoding="utf-8"))[: len(FORMS)]
    assert all(float(row[-2].removesuffix(" %")) <= 10 for row in rows)


def test_the_page_lists_every_form_every_slip_and_every_fault() -> None:
    expected = [table.opening(case, form, slip=slip) for slip in (False, True) for case, form in FORMS]
    expected += [opening for fault in FAULTS for opening in table.fault_openings(fault)]
    rows = table.rows_of(table.PAGE.read_text(encoding="utf-8"))
    assert len(rows) == len(expected)
    listed = [row[: len(opening)] for row, opening in zip(rows, expected, strict=True)]
    assert listed == expected, "make truth writes the page anew"


def test_every_case_is_one_of_the_forms_and_has_numbers_of_its_own() -> None:
    assert {case.name for case in CASES} == {file.stem for file in CASES_FOLDER.glob("*.yaml")}
    experiments = [experiment_of(case) for case in CASES]
    assert all(list(each.scenarios) == ["truth", "slip"] for each in experiments)
    assert len({each.seed for each in experiments}) == len(CASES)


def test_a_queue_that_is_not_served_within_five_days_is_refused() -> None:
    case = CASES[0]
    rushed = experiment_of(case).with_value("suppliers.street.quantity", 3)
    path = unfold(rushed, Scenario(rushed, "truth"), {}, replication=0, engine="compiled")
    with pytest.raises(ValueError, match="somebody still waits after five days"):
        part(case.forms[1], path)


def test_a_ratio_is_pooled_and_judged_by_what_is_over_the_exact_one() -> None:
    found = estimate(2.0, [(5.0, 2.0), (5.0, 3.0), (2.0, 1.0), (3.0, 1.0)])
    # surpluses 1, -1, 0, 1: their mean is a quarter, their variance 11/12
    assert found.number == 15 / 7
    assert found.away == pytest.approx(0.25 / (11 / 12 / 4) ** 0.5)
    assert found.standard_error == pytest.approx((11 / 12 / 4) ** 0.5 / 1.75)
    assert found.passes
    assert not estimate(3.0, [(1.0, 1.0), (1.01, 1.0)] * 20).passes


def _assert_on_page(case: Case, engine: str, found: list[table.Row], *, slip: bool) -> None:
    rows = table.rows_of(table.PAGE.read_text(encoding="utf-8"))
    openings = [table.opening(case, form, slip=slip) for form in case.forms]
    first = len(found[0]) * ENGINES.index(engine)
    written = [
        row[len(openings[0]) :][first : first + len(found[0])]
        for row in rows
        if row[: len(openings[0])] in openings
    ]
    assert written == found, "make truth writes the page anew"
