import pytest

from simulator.plots.marks import apart, is_within, lengthened, pointed, share


def test_near_figures_lengthen_an_axis_and_far_ones_do_not():
    assert lengthened((100.0, 200.0), [50.0, 250.0]) == (50.0, 250.0)
    assert lengthened((100.0, 200.0), [-1.0, 301.0]) == (100.0, 200.0)
    assert lengthened((100.0, 1000.0), [11.0, 9.0, 0.0, 9_900.0], logarithmic=True) == (11.0, 9_900.0)


def test_an_axis_of_one_place_takes_any_figure():
    assert lengthened((5.0, 5.0), [80.0]) == (5.0, 80.0)


def test_a_figure_beyond_an_axis_is_pointed_at():
    assert not is_within(7.0, (1.0, 6.0))
    assert pointed("c 7", 7.0, (1.0, 6.0)) == "c 7 \N{RIGHTWARDS ARROW}"
    assert pointed("c 0", 0.0, (1.0, 6.0)) == "\N{LEFTWARDS ARROW} c 0"


def test_a_share_is_that_of_the_scale():
    assert share(100.0, (10.0, 1000.0), logarithmic=True) == pytest.approx(0.5)
    assert share(7.0, (1.0, 6.0)) == 1.0


def test_places_are_moved_no_more_than_the_gaps_take():
    assert apart([50.0, 10.0, 52.0], 12.0, (0.0, 100.0)) == [50.0, 10.0, 62.0]
    assert apart([99.0, 98.0], 12.0, (0.0, 100.0)) == [100.0, 88.0]
    assert apart([], 12.0, (0.0, 100.0)) == []
