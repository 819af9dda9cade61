"""A first thousand configs changed at random; `make fuzz` tries more."""

from tests.fuzz.run import run


def test_a_thousand_configs_changed_at_random_end_in_a_result_or_in_one_line_errors():
    log = run(0, 1000)
    assert log.failing == {}
    assert log.ended["valid"] > 20
    assert log.ended["refused"] > 500
