import numpy as np
import pytest

from simulator.analysis.chance import Share, enough, factor_share, indicator_share


def twins(share: float, n: int, *, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of a number of which factors explain a share of the variance."""
    rng = np.random.default_rng(seed)
    factors = rng.normal(0.0, np.sqrt(share), n)
    return tuple(10.0 + factors + rng.normal(0.0, np.sqrt(1.0 - share), n) for _ in range(2))


@pytest.mark.parametrize("share", [0.0, 0.25, 0.75, 1.0])
def test_the_share_of_the_factors_is_found(share):
    found, interval = factor_share(*twins(share, 20_000))
    assert abs(found - share) < 0.04
    assert interval.low <= found <= interval.high


def test_numbers_of_other_factors_would_be_taken_for_chance():
    first, second = twins(0.75, 20_000)
    found, _ = factor_share(first, np.roll(second, 1))
    assert found < 0.05


def test_the_interval_covers_the_share():
    inside = sum(
        interval.low <= 0.6 <= interval.high
        for _, interval in (factor_share(*twins(0.6, 200, seed=seed)) for seed in range(120))
    )
    assert 102 <= inside <= 120  # 95 % of 120 less 5 standard errors


def test_what_never_differs_has_no_share():
    ones = np.ones(50)
    assert factor_share(ones, ones)[0] == 0.0


def test_scrambles_are_resampled_whole():
    first, second = twins(0.5, 640)
    copied = np.tile(first[:20], 32), np.tile(second[:20], 32)
    alone = factor_share(*copied)[1]
    together = factor_share(*copied, np.tile(np.arange(20), 32))[1]
    assert together.high - together.low > 3 * (alone.high - alone.low)
    assert together.method == "bootstrap of scrambles of pairs"


def test_pairs_that_all_agree_leave_room_for_some_that_do_not():
    hits = (np.arange(256) % 4 == 0).astype(float)
    found, interval = indicator_share(hits, hits)
    assert found == interval.high == 1.0
    # 1.16 % of pairs may differ: 1 - 0.0116 / (2 * 0.25 * 0.75)
    assert interval.low == pytest.approx(0.969, abs=0.001)
    assert factor_share(hits, hits)[1].low == 1.0
    other = np.roll(hits, 1)
    assert indicator_share(hits, other) == factor_share(hits, other)


def test_a_share_of_few_hits_is_not_told():
    hits = np.zeros(256)
    hits[:40] = 1.0
    assert not enough(hits, hits)
    assert enough(np.arange(256) % 2.0, np.arange(256) % 2.0)
    unknown = Share("s", "c", "claim", float("nan"), 0.0, 1.0, 256)
    assert str(unknown) == "not told apart with 256 pairs"
    assert (
        str(Share("s", "c", "claim", 0.75, 0.7, 0.8, 256)) == "75.0 % [70.0 to 80.0 %] factors, 25.0 % chance"
    )
