"""Every law: what factors draw from it, what streams draw from it, and what is refused."""

import math

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import integrate, stats

from simulator import streams
from simulator.model.distributions import (
    LAWS,
    STREAM_LAWS,
    Beta,
    Constant,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Normal,
    Quantiles,
    Triangular,
    Uniform,
    UniformInteger,
    Weibull,
)
from simulator.model.experiment import Factor
from simulator.model.quantities import Quantity, hours
from simulator.model.realising.draws import coded

MEMBERS: dict[Distribution, object] = {
    Uniform(low=hours(2), high=hours(5)): stats.uniform(2, 3),
    Triangular(low=hours(2), mode=hours(3), high=hours(7)): stats.triang(0.2, 2, 5),
    Exponential(mean=hours(3)): stats.expon(scale=3),
    Lognormal(median=hours(3), gsd=2.0): stats.lognorm(math.log(2), scale=3),
    Lognormal(mean=hours(12), gsd=2.0): stats.lognorm(
        math.log(2), scale=12 * math.exp(-(math.log(2) ** 2) / 2)
    ),
    Normal(mean=hours(3), sd=hours(2)): stats.norm(3, 2),
    Beta(a=4.0, b=2.5): stats.beta(4, 2.5),
    Gamma(mean=hours(6), shape=2.5): stats.gamma(2.5, scale=2.4),
    Erlang(mean=hours(6), phases=3): stats.gamma(3, scale=2),
    Weibull(scale=hours(20), shape=1.7): stats.weibull_min(1.7, scale=20),
}
"""Laws that SciPy has too."""

OTHERS = (
    Constant(value=hours(4)),
    UniformInteger(low=Quantity(3.0), high=Quantity(9.0)),
    Quantiles(p05=hours(2), p50=hours(5), p95=hours(11)),
    Quantiles(p05=hours(2), p50=hours(5), p95=hours(11), low=hours(0)),
    Quantiles(p05=hours(2), p50=hours(5), p95=hours(11), low=hours(1), high=hours(20)),
    Empirical(values=(hours(4), hours(1), hours(2))),
)
U = (np.arange(2000) + 0.5) / 2000


def named(law: Distribution) -> str:
    return f"{law.law}-{len(law.model_fields_set)}"


def test_every_law_is_among_the_members() -> None:
    assert {law.law for law in (*MEMBERS, *OTHERS)} == set(LAWS)


@pytest.mark.parametrize("law", MEMBERS, ids=named)
def test_quantiles_are_those_of_scipy(law: Distribution) -> None:
    np.testing.assert_allclose(law.quantile(U), MEMBERS[law].ppf(U), rtol=1e-9)  # type: ignore[attr-defined]


@pytest.mark.parametrize("law", MEMBERS, ids=named)
def test_the_mean_is_that_of_scipy(law: Distribution) -> None:
    assert law.mean_number == pytest.approx(MEMBERS[law].mean(), rel=1e-9)  # type: ignore[attr-defined]


@pytest.mark.parametrize("law", OTHERS, ids=named)
def test_the_mean_is_the_integral_of_the_quantiles(law: Distribution) -> None:
    mean, _ = integrate.quad(lambda u: float(law.quantile(np.array([u]))[0]), 0, 1, limit=500)
    assert law.mean_number == pytest.approx(mean, rel=2e-3)


@pytest.mark.parametrize("law", [*MEMBERS, *OTHERS], ids=named)
def test_quantiles_never_fall(law: Distribution) -> None:
    assert np.all(np.diff(law.quantile(U)) >= 0)


@pytest.mark.parametrize(
    "law", [law for law in (*MEMBERS, *OTHERS) if law.law in STREAM_LAWS and law.law != "erlang"], ids=named
)
def test_streams_draw_the_same_numbers_as_factors(law: Distribution) -> None:
    np.testing.assert_allclose(streams.quantiles(*coded(law.variate()), U), law.quantile(U), rtol=1e-9)


def test_an_erlang_law_of_streams_has_the_quantiles_of_factors() -> None:
    law = Erlang(mean=hours(6), phases=3)
    code, params = coded(law.variate())
    drawn = [streams.sample(code, params, 1, 2, 3, index) for index in range(20_000)]
    assert stats.kstest(drawn, stats.gamma(3, scale=2).cdf).pvalue > 1e-6


@pytest.mark.parametrize("law", [law for law in (*MEMBERS, *OTHERS) if law.law not in STREAM_LAWS], ids=named)
def test_streams_refuse_laws_for_factors(law: Distribution) -> None:
    with pytest.raises(ValueError, match=f"{law.law} is a law for factors; give .*exponential"):
        law.variate()


@pytest.mark.parametrize("law", OTHERS[2:5], ids=named)
def test_elicited_quantiles_are_met_and_bounds_kept(law: Quantiles) -> None:
    assert law.quantile(np.array([0.05, 0.5, 0.95])) == pytest.approx([2, 5, 11], rel=1e-9)
    ends = law.quantile(np.array([1e-12, 1 - 1e-12]))
    assert law.low is None or ends[0] >= law.low.number
    assert law.high is None or ends[1] <= law.high.number


def test_whole_numbers_are_equally_likely_both_ends_included() -> None:
    drawn = UniformInteger(low=Quantity(3.0), high=Quantity(9.0)).quantile((np.arange(7000) + 0.5) / 7000)
    values, counts = np.unique(drawn, return_counts=True)
    assert values.tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert set(counts.tolist()) == {1000}


def test_an_observed_law_runs_straight_between_its_values() -> None:
    law = Empirical(values=(hours(4), hours(1), hours(2)))
    assert law.quantile(np.array([0.0, 0.25, 0.5, 0.75, 1.0])).tolist() == [1, 1.5, 2, 3, 4]


@pytest.mark.parametrize(
    ("kind", "parameters", "message"),
    [
        (Uniform, {"low": hours(5), "high": hours(2)}, "needs low < high; has 5 h, 2 h"),
        (Uniform, {"low": hours(2), "high": hours(2)}, "low < high"),
        (Uniform, {"low": hours(2), "high": Quantity(5.0, "kg")}, "mixes .* and .*; give one dimension"),
        (UniformInteger, {"low": Quantity(3.0), "high": Quantity(2.0)}, "needs low <= high; has 3, 2"),
        (UniformInteger, {"low": Quantity(3.5), "high": Quantity(9.0)}, "needs whole numbers or dates"),
        (UniformInteger, {"low": hours(3), "high": hours(9)}, "needs whole numbers or dates"),
        (Triangular, {"low": hours(2), "mode": hours(1), "high": hours(3)}, "needs low <= mode <= high"),
        (Exponential, {"mean": hours(0)}, "needs a mean above 0; has 0 h"),
        (Lognormal, {"gsd": 2.0}, "needs either median or mean"),
        (Lognormal, {"median": hours(1), "mean": hours(1), "gsd": 2.0}, "needs either median or mean"),
        (Lognormal, {"median": hours(-1), "gsd": 2.0}, "needs a median or mean above 0; has -1 h"),
        (Lognormal, {"median": hours(1), "gsd": 0.5}, "greater than or equal to 1"),
        (Normal, {"mean": hours(1), "sd": hours(0)}, "needs an sd above 0; has 0 h"),
        (Gamma, {"mean": hours(0), "shape": 1.0}, "needs a mean above 0; has 0 h"),
        (Erlang, {"mean": hours(0), "phases": 2}, "needs a mean above 0; has 0 h"),
        (Weibull, {"scale": hours(0), "shape": 1.0}, "needs a scale above 0; has 0 h"),
        (Quantiles, {"p05": hours(2), "p50": hours(2), "p95": hours(3)}, "needs p05 < p50 < p95"),
        (
            Quantiles,
            {"p05": hours(2), "p50": hours(3), "p95": hours(4), "high": hours(9)},
            "high without low",
        ),
        (Quantiles, {"p05": hours(2), "p50": hours(3), "p95": hours(4), "low": hours(2)}, "needs low < p05"),
        (
            Quantiles,
            {"p05": hours(2), "p50": hours(3), "p95": hours(4), "low": hours(1), "high": hours(4)},
            "needs high > p95",
        ),
        (Quantiles, {"p05": hours(0), "p50": hours(0.001), "p95": hours(10)}, "p50 too near to p05 or p95"),
        (Empirical, {"values": (hours(1),)}, "at least 2 items"),
    ],
)
def test_parameters_that_do_not_go_together_are_refused(kind, parameters, message) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValidationError, match=message):
        kind(**parameters)


def test_a_quantity_is_written_as_a_person_would() -> None:
    written = [
        Quantity(3.0, "h"),
        Quantity(2.5, "kg"),
        Quantity(8.22, "1/h"),
        Quantity(75000.0),
        Quantity(738000.9, "date"),
    ]
    assert [str(quantity) for quantity in written] == ["3 h", "2.5 kg", "8.22/h", "75000", "2021-07-29"]


def test_a_law_that_draws_what_is_no_number_has_no_bounds():
    law = Exponential(mean=Quantity(1.7e308, "h"))
    with pytest.raises(ValueError, match=r"draws numbers larger than 1\.8e308; give smaller ones"):
        law.bounds()


def test_a_factor_that_draws_what_is_no_number_is_refused():
    with pytest.raises(ValidationError, match=r"draws numbers larger than 1\.8e308"):
        Factor.model_validate({"distribution": Uniform(low=Quantity(-1.7e308), high=Quantity(1.7e308))})
