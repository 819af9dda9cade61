from datetime import date

import pytest

from simulator.config import setting
from simulator.errors import ConfigError
from simulator.model.quantities import Quantity, hours


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("regions.jagang.grid.allotment=40 MW", "regions.jagang.grid.allotment", Quantity(40_000.0, "kW")),
        ("active_plants = 90", "active_plants", 90),
        ("links.sea.first=2023-08-10", "links.sea.first", date(2023, 8, 10)),
        ("regions.a.grid.policy=shed", "regions.a.grid.policy", "shed"),
        ("a.capacity=null", "a.capacity", None),
        ("a.b=[1, 2 d]", "a.b", [1, hours(48)]),
        ("a.b={uniform: {low: 1 h, high: 2 h}}", "a.b", {"uniform": {"low": hours(1), "high": hours(2)}}),
    ],
)
def test_a_setting_is_read_as_in_a_file(text, path, value):
    assert setting(text) == (path, value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a.b", "--set: is 'a.b'; give PATH=VALUE, such as plants.total=70"),
        ("=3", "--set: is '=3'; give PATH=VALUE, such as plants.total=70"),
        ("a.b= ", "--set: is 'a.b= '; give PATH=VALUE, such as plants.total=70"),
        ("a.b=.nan", "--set: a.b: the value is .nan; give a finite number"),
        ("a.b=1\nc: 2", "--set: a.b: the value has more than one line; give one value"),
    ],
)
def test_what_is_no_setting_is_refused(text, message):
    with pytest.raises(ConfigError) as refused:
        setting(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a.b=[1", "--set: a.b: the value is no YAML: "),
        ("a.b=3 mw", "--set: a.b: the value is 3 mw; there is no unit mw; nearest is MW; "),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_its_path(text, start):
    with pytest.raises(ConfigError) as refused:
        setting(text)
    assert str(refused.value).startswith(start)
