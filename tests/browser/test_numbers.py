"""The numbers of the page's script, held to those of the package."""

import numpy as np
import pytest

from simulator.analysis import terms
from simulator.analysis.estimate import chance
from simulator.analysis.figures import percent
from simulator.analysis.intervals import clopper_pearson, quantile

CASES = [
    (hits, n, level)
    for n in (1, 2, 30, 41, 600, 4_096, 10_000)
    for hits in sorted({0, 1, 2, n // 20, n // 3, n // 2, n - 2, n - 1, n} & set(range(n + 1)))
    for level in (0.95, 0.9933333333333333)
]


@pytest.fixture
def ask(opened, report):
    """A function that has a page work out an expression of one argument."""
    page = opened(report)
    return lambda expression, argument: page.evaluate(f"(it) => {expression}", argument)


def test_intervals_are_those_of_the_package(ask):
    found = ask(
        "it.map(([hits, n, level]) => numbers.clopperPearson(hits, n, level))", [list(each) for each in CASES]
    )
    for case, (low, high) in zip(CASES, found, strict=True):
        hits, n, level = case
        interval = clopper_pearson(hits, n, level=level)
        assert (low, high) == pytest.approx((interval.low, interval.high), abs=1e-10), case


def test_probabilities_and_words_are_written_as_in_the_package(ask):
    found = ask(
        """it.cases.map(([hits, n, level]) => {
            const interval = numbers.clopperPearson(hits, n, level);
            return [numbers.chance(hits, n, interval), numbers.term(it.scale, it.beyond, interval)];
        })""",
        {"cases": [list(each) for each in CASES], "scale": terms.SCALE, "beyond": terms.BEYOND},
    )
    for (hits, n, level), said in zip(CASES, found, strict=True):
        interval = clopper_pearson(hits, n, level=level)
        assert said == [chance(hits, n, interval), terms.term(interval.low, interval.high)]


def test_per_cents_are_rounded_as_in_the_package(ask):
    shares = [0.0, 1.0, 0.5, 0.1225, 0.1235, 0.00049, 0.0005, 0.000051, 0.99995, 0.999, 1 / 3, 2e-7]
    for toward in ("nearest", "up", "down"):
        assert ask("it[0].map((share) => numbers.percent(share, it[1]))", [shares, toward]) == [
            percent(share, toward=toward) for share in shares
        ]


def test_figures_have_four_significant_digits(ask):
    written = {0: "0", 5: "5", 0.000123456: "0.0001235", 0.5: "0.5", 12.345678: "12.35", 999.96: "1,000"}
    written |= {
        1234.4: "1,234",
        15_350: "15,350",
        123_450: "123,400",
        123_550: "123,600",
        3_462_246: "3,462,000",
    }
    assert ask("it.map(numbers.figure)", list(written)) == list(written.values())


def test_a_claim_is_marked_within_its_bar_and_at_an_end_when_beyond(ask):
    edges, values = [0.0, 10.0, 20.0, 100.0], [-5.0, 0.0, 5.0, 10.0, 60.0, 100.0, 1e9]
    marked = "it[1].map((value) => tiles.barAt({ steps: it[0], whole: it[2] }, value))"
    assert ask(marked, [edges, values, False]) == [0, 0, 0.5, 1, 2.5, 3, 3]
    assert ask(marked, [edges, values, True]) == [0, 0, 1, 1, 3, 3, 4]


def test_order_statistics_are_those_of_the_package(ask):
    random = np.random.Generator(np.random.PCG64(7))
    for n in (1, 2, 19, 20, 21, 40, 333):
        values = random.integers(0, 50, n).astype(float)
        mask = random.random(n) < 0.7
        found = ask(
            """(() => {
                const values = Float32Array.from(it.values);
                return rows.quantiles(rows.rising(values), values, Uint8Array.from(it.mask), [0.05, 0.5, 0.95])
                    .map((each) => Number.isNaN(each) ? null : each);
            })()""",
            {"values": values.tolist(), "mask": mask.astype(int).tolist()},
        )
        kept = values[mask]
        assert found == [quantile(kept, each) if len(kept) else None for each in (0.05, 0.5, 0.95)]
