import numpy as np
import pytest

from simulator.report.steps import ABSENT, MOST, steps


def generator():
    return np.random.Generator(np.random.PCG64(11))


LAWS = {
    "uniform": generator().uniform(0.7, 1.0, 5000),
    "normal": generator().normal(0.0, 1.0, 5000),
    "small": generator().uniform(1e-9, 3e-9, 5000),
    "great": generator().lognormal(16.0, 1.0, 5000),
    "narrow": generator().uniform(123.4, 123.5, 5000),
    "whole": generator().integers(0, 4000, 5000).astype(float),
    "few": generator().uniform(0.0, 1.0, 7),
    "two": np.array([0.25, 0.75]),
}


@pytest.mark.parametrize("values", LAWS.values(), ids=LAWS)
def test_a_range_of_steps_has_just_the_values_between_its_ends(values):
    chosen = steps(values, "1")
    codes = chosen.codes(values)
    assert 2 * len(chosen.values) <= ABSENT
    for low in range(0, len(chosen.values), 3):
        for high in range(low, len(chosen.values), 4):
            inside = (values >= chosen.values[low]) & (values <= chosen.values[high])
            assert ((codes >= 2 * low) & (codes <= 2 * high)).tolist() == inside.tolist()


@pytest.mark.parametrize("values", LAWS.values(), ids=LAWS)
def test_all_steps_have_all_values_and_differ_as_they_are_written(values):
    chosen = steps(values, "1")
    assert chosen.values[0] <= values.min()
    assert chosen.values[-1] >= values.max()
    assert list(chosen.values) == sorted(set(chosen.values))
    assert len(set(chosen.labels)) == len(chosen.labels) <= MOST + 2


def test_steps_are_round_numbers():
    chosen = steps(LAWS["uniform"], "1")
    assert chosen.labels[:3] == ("0.70", "0.71", "0.72")
    assert chosen.values[:3] == (0.7, 0.71, 0.72)
    assert not chosen.whole


def test_few_values_are_steps_themselves():
    chosen = steps(np.array([3.0, 1.0, 1.0, 2.5, 2.5, 3.0, 3.0]), "1")
    assert (chosen.values, chosen.labels, chosen.whole) == ((1.0, 2.5, 3.0), ("1", "2.5", "3"), True)
    assert chosen.codes(np.array([1.0, 3.0, np.nan])).tolist() == [0, 4, ABSENT]


def test_days_stay_whole_and_are_written_as_days():
    few = steps(738886.0 + np.arange(100) % 3, "date")
    assert few.labels == ("2024-01-01", "2024-01-02", "2024-01-03")
    many = steps(738886.0 + np.arange(400), "date")
    assert all(value == int(value) for value in many.values)
    assert many.labels[0] <= "2024-01-01"


def test_a_long_tail_shares_a_step_which_says_so():
    chosen = steps(LAWS["great"], "1")
    gaps = np.diff(chosen.values)
    assert gaps[-1] > 2.0 * gaps[1]
    assert chosen.ends[1] == f"{chosen.labels[-2]} to {chosen.labels[-1]}"
    assert chosen.ends[0] == chosen.labels[0]
    assert np.mean(LAWS["great"] > chosen.values[-2]) < 0.01
