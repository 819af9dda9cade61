import pytest

from simulator.analysis.terms import SCALE, term


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.0, "almost no chance, beyond the scale"),
        (0.00999, "almost no chance, beyond the scale"),
        (0.01, "almost no chance"),
        (0.04999, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.45, "roughly even chance"),
        (0.54999, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (0.99, "almost certain"),
        (0.99001, "almost certain, beyond the scale"),
        (1.0, "almost certain, beyond the scale"),
    ],
)
def test_a_term_holds_from_its_lower_end_up_to_and_without_its_upper_end(probability, word):
    assert term(probability) == word


def test_the_terms_follow_on_each_other_without_gaps():
    assert [end for _, end, _ in SCALE[:-1]] == [start for start, _, _ in SCALE[1:]]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.06, 0.19, "very unlikely"),
        (0.06, 0.21, "very unlikely to unlikely"),
        (0.1, 0.6, "very unlikely to likely"),
        (0.0, 0.009, "almost no chance, beyond the scale"),
        (0.0, 0.03, "almost no chance"),
        (0.0, 0.06, "almost no chance to very unlikely"),
        (0.97, 1.0, "almost certain"),
        (0.995, 1.0, "almost certain, beyond the scale"),
        (0.0, 0.99001, "almost no chance to almost certain"),
        (0.0, 1.0, ""),
    ],
)
def test_an_interval_is_given_by_the_terms_at_its_ends(low, high, words):
    assert term(low, high) == words
