import numpy as np
import pytest

from simulator import streams
from simulator.model.distributions import (
    STREAM_LAWS,
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Lognormal,
    Quantiles,
    Triangular,
    Uniform,
    UniformInteger,
    Weibull,
)
from simulator.model.quantities import Quantity, hours
from simulator.model.realising.draws import CODES, draw, draws, key_word, key_words

LAWS = [
    Constant(value=hours(3)),
    Uniform(low=hours(2), high=hours(5)),
    UniformInteger(low=Quantity(2.0), high=Quantity(9.0)),
    Triangular(low=hours(1), mode=hours(2), high=hours(7)),
    Exponential(mean=hours(4)),
    Lognormal(median=hours(4), gsd=2.0),
    Lognormal(mean=hours(4), gsd=1.5),
    Weibull(scale=hours(3), shape=1.7),
    Quantiles(p05=hours(1), p50=hours(2), p95=hours(4)),
    Quantiles(p05=hours(1), p50=hours(2), p95=hours(4), low=hours(0)),
    Quantiles(p05=hours(1), p50=hours(2), p95=hours(4), low=hours(0), high=hours(9)),
    Empirical(values=(hours(3), hours(1), hours(8))),
    Erlang(mean=hours(6), phases=3),
]


def test_every_law_that_streams_follow_is_tried_here_and_has_a_code():
    assert {law.law for law in LAWS} == STREAM_LAWS
    assert {law.variate().law for law in LAWS} == set(CODES)


@pytest.mark.parametrize("law", [law for law in LAWS if not isinstance(law, Erlang)], ids=str)
def test_a_draw_is_the_quantile_at_the_uniform_of_its_address(law):
    word = streams.key_word("repair", "works/0/1")
    for index in range(50):
        u = np.array([streams.uniform(7, word, 3, index)])
        found = draw(law.variate(), "repair", "works/0/1", index=index, seed=7, replication=3)
        assert found == pytest.approx(law.quantile(u)[0], rel=1e-9)


def test_an_erlang_draw_sums_exponentials_at_indices_of_its_own():
    law = Erlang(mean=hours(6), phases=3)
    word = streams.key_word("flow", "works/0/0")
    u = np.array([streams.uniform(7, word, 0, index) for index in (12, 13, 14)])
    found = draw(law.variate(), "flow", "works/0/0", index=4, seed=7, replication=0)
    assert found == pytest.approx(-2.0 * np.log1p(-u).sum(), rel=1e-12)


def test_seed_replication_kind_entity_and_index_each_give_another_number():
    law = Uniform(low=hours(0), high=hours(1)).variate()
    address = {"kind": "rate", "entity": "works/0", "index": 0, "seed": 1, "replication": 0}
    other = {"kind": "work", "entity": "works/1", "index": 1, "seed": 2, "replication": 1}
    found = {draw(law, **address)} | {draw(law, **{**address, name: value}) for name, value in other.items()}
    assert len(found) == 6


def test_key_words_are_those_of_the_streams():
    assert key_word("rate", "works/0") == streams.key_word("rate", "works/0")


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_draws_of_many_entities_are_the_draw_of_each(law):
    names = tuple(f"works/{number}" for number in range(20))
    address = {"index": 2, "seed": 7, "replication": 3}
    one_by_one = [draw(law.variate(), "rate", name, **address) for name in names]
    assert draws(law.variate(), key_words("rate", names), **address) == one_by_one


def test_no_entities_have_no_draws():
    found = draws(LAWS[1].variate(), key_words("rate", ()), index=0, seed=7, replication=3)
    assert found == []
