import numpy as np

from simulator.analysis.exceedance import exceedance
from simulator.analysis.outlook import outlook


def lognormal(n, sigma, *, seed=1):
    return 1000.0 * np.exp(np.random.Generator(np.random.PCG64(seed)).normal(0.0, sigma, n))


def test_every_curve_is_the_exceedance_at_levels_that_all_amounts_share(run_of):
    columns = {
        name: {"claims.c": lognormal(300, 1.0, seed=seed), "claims.d": lognormal(300, 0.5, seed=seed + 9)}
        for seed, name in enumerate("ab")
    }
    run = run_of(columns, claims={"c": {}, "d": {"quantity": "made", "at_least": 777.0}})
    found = outlook(run)
    levels = {curve.levels for each in found.prospects for curve in each.curves}
    assert len(levels) == 1
    assert {1000.0, 777.0} <= set(*levels)
    curve = found.prospects[1].curves[1]
    assert curve == exceedance(run, "claims.c", levels=curve.levels, scenario="b")
    assert len(found.to_frame()) == 4 * len(curve.levels)


def test_only_amounts_that_spread_widely_have_logarithmic_levels(run_of):
    def of(values):
        return outlook(run_of({"base": {"claims.c": values}}, claims={"c": {}}))

    assert of(lognormal(300, 1.0)).logarithmic
    assert not of(lognormal(300, 0.2)).logarithmic
    assert of(lognormal(300, 0.2)).prospects[0].curves[0].levels[0] == 0.0


def test_what_never_is_above_0_is_reached_with_certainty_at_0_alone(run_of):
    found = outlook(run_of({"base": {"claims.c": np.zeros(50)}}, claims={"c": {}}))
    (curve,) = found.prospects[0].curves
    assert dict(zip(curve.levels, curve.probability, strict=True)) == {0.0: 1.0, 1.0: 0.0, 1000.0: 0.0}
