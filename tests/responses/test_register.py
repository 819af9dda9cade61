import math

import numpy as np
import pytest

from simulator.errors import ModelError, RunError
from simulator.model.system import System
from simulator.path import Kind, SamplePath
from simulator.responses import describe, measure, registered, response, unregister

pytestmark = pytest.mark.usefixtures("own_register")


@pytest.fixture
def path(system, path_of):
    return path_of(system, [(5, Kind.MADE, "filling/1/0", "shell", 4)])


def test_a_response_of_the_user_is_a_column_of_its_name(path):
    @response(unit="items")
    def made_in_south(path: SamplePath, system: System) -> int:
        made = path.of(Kind.MADE)
        south = [line.region == 1 for line in system.lines]
        return int(made["amount"][np.array(south)[made["entity"]]].sum())

    assert measure(path, {}).columns["made_in_south"] == 4.0


def test_numbers_by_key_are_columns_under_the_name(path):
    @response(unit="items")
    def halves(path: SamplePath, system: System) -> dict[str, float]:
        return {"": 3, "first": 1.5, "second": np.float32(1.5)}

    columns = measure(path, {}).columns
    assert [columns[name] for name in ("halves", "halves.first", "halves.second")] == [3.0, 1.5, 1.5]
    assert all(type(columns[name]) is float for name in ("halves", "halves.first", "halves.second"))


def test_yes_and_no_are_one_and_zero(path):
    @response(unit="1")
    def answers(path: SamplePath, system: System) -> dict[str, bool]:
        return {"yes": True, "no": np.False_}

    assert registered()["answers"].measure(path) == {"answers.yes": 1.0, "answers.no": 0.0}


def test_nan_says_that_there_is_no_number(path):
    @response(unit="d")
    def first_loss(path: SamplePath, system: System) -> float:
        return math.nan

    assert math.isnan(measure(path, {}).columns["first_loss"])


def test_built_in_responses_come_before_those_of_the_user(path):
    @response(unit="items")
    def another(path: SamplePath, system: System) -> int:
        return 1

    assert list(measure(path, {}).columns)[-1] == "another"


@pytest.mark.parametrize("given", ["four", None, math.inf, [1, 2], {"a": "four"}, 1j, np.ones(2)])
def test_anything_but_numbers_fails_the_replication(path, given):
    @response(unit="items")
    def wrong(path: SamplePath, system: System) -> object:
        return given

    with pytest.raises(RunError, match=r"response wrong gave .*; give a finite number, or NaN"):
        measure(path, {})


def test_a_key_that_is_no_text_fails_the_replication(path):
    @response(unit="items")
    def wrong(path: SamplePath, system: System) -> object:
        return {1: 2.0}

    with pytest.raises(RunError, match=r"response wrong gave a number under 1; give numbers under text"):
        measure(path, {})


def test_a_response_that_raises_fails_the_replication_and_says_which(path):
    @response(unit="items")
    def broken(path: SamplePath, system: System) -> float:
        return 1 / 0

    with pytest.raises(
        RunError, match=r'response broken raised ZeroDivisionError: .*unregister\("broken"\)'
    ) as error:
        measure(path, {})
    assert isinstance(error.value.__cause__, ZeroDivisionError)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"a": 1}, "split.b announced and not given"),
        ({"a": 1, "b": 2, "c": 3}, "split.c given and not announced"),
    ],
)
def test_other_keys_than_announced_fail_the_replication(path, given, told):
    @response(columns=lambda system: {"a": ("items", "one"), "b": ("items", "other")})
    def split(path: SamplePath, system: System) -> object:
        return given

    with pytest.raises(RunError, match=f"response split has column {told}"):
        measure(path, {})


def test_announced_columns_come_in_the_order_announced(path):
    @response(columns=lambda system: {"b": ("items", "other"), "a": ("items", "one")})
    def split(path: SamplePath, system: System) -> object:
        return {"a": 1, "b": 2}

    assert list(registered()["split"].measure(path).items()) == [("split.b", 2.0), ("split.a", 1.0)]


def _elsewhere(name):
    """A function of some name that was defined somewhere else."""

    def function(path: SamplePath, system: System) -> float:
        return 1.0

    function.__name__ = function.__qualname__ = name
    function.__module__ = "elsewhere"
    return function


def test_two_responses_cannot_have_one_name():
    with pytest.raises(
        ModelError, match=r"there is a response made already, from simulator\.responses\.materials"
    ):
        response(unit="items")(_elsewhere("made"))


def test_a_cell_run_again_takes_the_place_of_its_first_run(path):
    for given in (1.0, 2.0):

        @response(unit="items")
        def again(path: SamplePath, system: System, given: float = given) -> float:
            return given

    assert measure(path, {}).columns["again"] == 2.0


@pytest.mark.parametrize("name", ["claims", "<lambda>", "_hidden", "Upper", "a.b"])
def test_a_name_that_is_no_column_is_refused(name):
    with pytest.raises(ModelError, match="cannot name a response"):
        response(unit="items")(_elsewhere(name))


def test_a_response_without_unit_is_refused():
    with pytest.raises(ModelError, match="needs a unit"):
        response()


def test_an_unregistered_response_is_not_measured(path):
    response(unit="items")(_elsewhere("fleeting"))
    unregister("fleeting")
    assert "fleeting" not in measure(path, {}).columns


def test_taking_out_what_is_not_there_lists_what_is():
    with pytest.raises(ModelError, match="there is no response mad; there are made, rejected"):
        unregister("mad")


def test_the_description_is_the_first_line_of_the_docstring_unless_given(system):
    @response(unit="items")
    def told(path: SamplePath, system: System) -> float:
        """What is told.

        And more.
        """
        return 1.0

    @response(unit="kg", description="As given.")
    def given(path: SamplePath, system: System) -> float:
        """Not this."""
        return 1.0

    meanings = describe(system, {})
    assert meanings["told"] == ("items", "What is told.")
    assert meanings["given"] == ("kg", "As given.")


def test_keys_that_were_measured_are_described_as_their_response(system):
    @response(unit="items", description="Parts.")
    def parts(path: SamplePath, system: System) -> dict[str, float]:
        return {"a": 1, "b": 2}

    meanings = describe(system, {}, measured=["made", "parts.a", "parts.b", "partsy"])
    assert meanings["parts.a"] == meanings["parts.b"] == ("items", "Parts.")
    assert not {"parts", "partsy"} & set(meanings)
