import hashlib
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.streams import key_word, uniform, uniforms4
from simulator.streams.philox import philox, unit

words = st.integers(0, 2**64 - 1)
PLACES = [
    (seed, word, r, i) for seed in (0, 2**64 - 1) for word in (5, 2**63) for r in (0, 1) for i in range(9)
]


def block_of(key, counter):
    """Return the four words of a block as ints."""
    return [int(word) for word in philox(tuple(map(np.uint64, key)), tuple(map(np.uint64, counter)))]


def numpy_block(key, counter):
    """Return the four words of NumPy's generator, which increments its 256-bit counter before it draws."""
    before = (counter[0] + counter[1] * 2**64 - 1) % 2**256
    state = np.array([before >> 64 * k & 2**64 - 1 for k in range(4)], dtype=np.uint64)
    generator = np.random.Philox(counter=state, key=np.array(key, dtype=np.uint64))
    return [int(word) for word in generator.random_raw(4)]


def test_the_block_at_counter_0_under_key_0_is_the_published_one():
    published = "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b"
    assert " ".join(f"{word:016x}" for word in block_of((0, 0), (0, 0))) == published


@given(st.tuples(words, words), st.tuples(words, words))
def test_every_block_is_that_of_an_independent_implementation(key, counter):
    assert block_of(key, counter) == numpy_block(key, counter)


@pytest.mark.parametrize("end", [0, 2**32 - 1, 2**32, 2**63, 2**64 - 1])
def test_blocks_agree_where_words_wrap(end):
    assert block_of((end, end), (end, end)) == numpy_block((end, end), (end, end))


@given(words, words, words, words)
def test_a_uniform_is_one_word_of_the_block_that_its_index_lies_in(seed, word, replication, index):
    block = block_of((seed, word), (index // 4, replication))
    expected = Fraction((block[index % 4] >> 12) * 2 + 1, 2**53)
    assert Fraction(uniform(seed, word, replication, index)) == expected


@pytest.mark.parametrize("block", [0, 1, 2**40, 2**62 - 1])
def test_four_uniforms_of_a_block_are_those_at_its_four_indices(block):
    one_by_one = tuple(uniform(1, 2**63 + 1, 7, 4 * block + k) for k in range(4))
    assert uniforms4(1, 2**63 + 1, 7, block) == one_by_one


@pytest.mark.parametrize(
    ("word", "u"),
    [(0, Fraction(1, 2**53)), (2**64 - 1, 1 - Fraction(1, 2**53)), (2**63, Fraction(2**52 + 1, 2**53))],
)
def test_a_uniform_is_a_midpoint_that_is_never_0_nor_1(word, u):
    found = unit(np.uint64(word))
    assert Fraction(found) == u
    assert Fraction(1.0 - found) == 1 - u


def test_numbers_do_not_depend_on_the_order_in_which_they_are_asked_for():
    forward = [uniform(*place) for place in PLACES]
    assert [uniform(*place) for place in reversed(PLACES)] == forward[::-1]


def test_no_two_addresses_share_a_number():
    assert len({uniform(*place) for place in PLACES}) == len(PLACES)


def test_unsigned_numbers_are_taken_from_python_and_numpy_alike():
    assert uniform(np.int64(3), np.uint64(2**63 + 9), np.int32(1), np.uint64(6)) == uniform(
        3, 2**63 + 9, 1, 6
    )


def test_a_key_word_is_the_first_eight_bytes_of_a_hash():
    digest = hashlib.sha256(b"repair:forge/0/1").hexdigest()
    assert key_word("repair", "forge/0/1") == int(digest[:16], 16)
    assert key_word("rate", "forge/0") == 0x33CD8AC8BD896593


def test_names_that_are_nearly_alike_have_keys_of_their_own():
    entities = [
        "",
        "a",
        "a/1",
        "a/11",
        "a/1/1",
        "a1/1",
        "1/a",
        "A/1",
        "a-1",
        "a_1",
        "a:1",
        "a/1 ",
        "a/01",
        "á",
        "a" * 64,
    ]
    keys = [key_word(kind, entity) for kind in ("", "a", "rate", "work", "working") for entity in entities]
    assert all(one != other for one, other in combinations(keys, 2))
    assert all(0 <= key < 2**64 for key in keys)


def test_a_kind_with_a_colon_is_refused_since_two_addresses_would_read_alike():
    with pytest.raises(ValueError, match="the kind of a stream is 'a:b'; use a name without a colon"):
        key_word("a:b", "c")
