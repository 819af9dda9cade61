from dataclasses import FrozenInstanceError, replace

import pytest

from simulator.model.realising.freezing import quick
from simulator.model.system import Line, LotRecipe

RECIPE = LotRecipe("forge", ((0, 3),), 1, 60, 5, 0.5)


def test_a_value_made_quickly_is_the_value_that_its_class_makes():
    line = Line("forging/0/1", 0, 0, 2, lot=30, recipes=(RECIPE,))
    found = quick(Line)("forging/0/1", 0, 0, 2, lot=30, recipes=(RECIPE,))
    assert type(found) is Line
    assert (found, hash(found), repr(found)) == (line, hash(line), repr(line))
    assert replace(found, lot=1) == replace(line, lot=1)


def test_a_value_made_quickly_cannot_be_changed():
    found = quick(LotRecipe)("forge", ((0, 3),), 1, 60, 5, 0.5)
    with pytest.raises(FrozenInstanceError):
        found.ticks = 1


def test_a_value_made_quickly_needs_what_its_class_needs():
    with pytest.raises(TypeError):
        quick(LotRecipe)("forge")
