"""How a response is spread over replications, a line for each scenario."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import altair as alt
import numpy as np

from simulator.analysis.estimate import claim_column, claim_of
from simulator.analysis.exceedance import curve_levels, exceedance_of
from simulator.analysis.figures import figure
from simulator.analysis.sample import Sample, sample
from simulator.model.claims import Claim
from simulator.plots.look import (
    FAINT,
    HEIGHT,
    INK,
    WIDTH,
    Picture,
    Record,
    axis,
    colours,
    dashes,
    data,
    inner,
    legend,
    numbers,
    title,
    with_unit,
)
from simulator.plots.marks import is_within, lengthened, pointed, share

if TYPE_CHECKING:
    from simulator.results import Run

WIDE = 10.0
"""Values spread by more than this factor are drawn on a logarithmic axis."""
BEYOND = 0.02
"""By so much of its length an axis goes beyond the greatest value: a curve is seen to end there."""


def exceedance(
    run: "Run",
    response: str | None = None,
    claim: str | None = None,
    scenarios: Sequence[str] | None = None,
    width: int = WIDTH,
) -> Picture:
    """Draw how likely a quantity is to reach each level, a line with its band of 95 % for each scenario.

    The quantity is a response or, when none is named, what the claim speaks of, or what was delivered. The
    claim is a vertical rule; `width` is that of the whole picture, in pixels. Raises ResultsError for what the run
    has not.
    """
    column = response or (claim_column(claim) if claim else "delivered")
    claimed = None if claim is None else claim_of(run, claim)
    samples = _samples(run, column, scenarios)
    logarithmic = _is_wide(samples)
    # all lines go over the whole axis, to where no replication gets
    common = _ends(samples, logarithmic=logarithmic, beyond=BEYOND)
    if claimed is not None and common:
        reach = lengthened((min(common), max(common)), [claimed.at_least], logarithmic=logarithmic)
        common = {*common, *reach, *({claimed.at_least} if is_within(claimed.at_least, reach) else ())}
    drawn = [exceedance_of(each, _levels(each, common, logarithmic=logarithmic)) for each in samples]
    records = [
        {"scenario": curve.scenario, "level": level, "probability": probability, "low": low, "high": high}
        for curve in drawn
        for level, probability, low, high in zip(
            curve.levels, curve.probability, curve.low, curve.high, strict=True
        )
    ]
    names = [each.scenario for each in samples]
    base = alt.Chart(data(records)).encode(
        x=_values(samples[0], width, logarithmic=logarithmic),
        color=alt.Color("scenario:N", scale=colours(names), legend=legend(names, width)),
    )
    dash = dashes(names, legend(names, width))
    y = alt.Y(
        "probability:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=axis("probability of at least so much", format="%"),
    )
    band = base.mark_area(opacity=0.15, interpolate="step-before").encode(
        y=alt.Y("low:Q"), y2=alt.Y2("high:Q")
    )
    line = base.mark_line(strokeWidth=2, interpolate="step-before").encode(y=y, strokeDash=dash)
    layers = [band, line] if claimed is None else [band, line, *_rule(claim, claimed, common)]
    return alt.layer(*layers).properties(
        width=inner(width),
        height=HEIGHT,
        title=title(
            samples[0].description,
            f"Bands: {100 * samples[0].level:.4g} % intervals of each probability. {_replications(samples)}.",
            "" if claimed is None else f"Dashed: {_in_words(claim, claimed)}.",
            width=width,
        ),
    )


def ecdf(
    run: "Run",
    response: str = "delivered",
    scenarios: Sequence[str] | None = None,
    width: int = WIDTH,
) -> Picture:
    """Draw the share of replications in which a response is no more than each value, a line for each scenario.

    `width` is that of the whole picture, in pixels. Raises ResultsError for what the run has not.
    """
    samples = _samples(run, response, scenarios)
    names = [each.scenario for each in samples]
    logarithmic = _is_wide(samples)
    records: list[Record] = []
    for each in samples:
        rising = np.sort(each.values)
        for level in _levels(each, _ends(samples, logarithmic=logarithmic), logarithmic=logarithmic):
            share = float(np.searchsorted(rising, level, side="right")) / len(rising)
            records.append({"scenario": each.scenario, "level": level, "share": share})
    line = (
        alt.Chart(data(records))
        .mark_line(strokeWidth=2, interpolate="step-after")
        .encode(
            x=_values(samples[0], width, logarithmic=logarithmic),
            y=alt.Y(
                "share:Q",
                scale=alt.Scale(domain=[0, 1]),
                axis=axis("share of replications with no more", format="%"),
            ),
            color=alt.Color("scenario:N", scale=colours(names), legend=legend(names, width)),
            strokeDash=dashes(names, legend(names, width)),
        )
    )
    middle = alt.Chart(data([{"share": 0.5}])).mark_rule(color=FAINT).encode(y=alt.Y("share:Q"))
    return alt.layer(middle, line).properties(
        width=inner(width),
        height=HEIGHT,
        title=title(samples[0].description, f"{_replications(samples)}.", width=width),
    )


def _samples(run: "Run", column: str, scenarios: Sequence[str] | None) -> list[Sample]:
    return [sample(run, column, scenario) for scenario in scenarios or run.scenarios]


def _is_wide(samples: list[Sample]) -> bool:
    """Return whether the middle 98 % of the values spread by such a factor that only a log axis shows them."""
    values = np.concatenate([each.values for each in samples])
    if not len(values):
        return False
    low, high = np.quantile(values, (0.01, 0.99))
    return bool(low > 0.0 and high > WIDE * low)


def _ends(samples: list[Sample], *, logarithmic: bool, beyond: float = 0.0) -> set[float]:
    """Return the least value of all that has a place on the axis and the greatest, or what lies beyond that."""
    values = np.concatenate([each.values for each in samples])
    values = values[values > 0.0] if logarithmic else values
    if not len(values):
        return set()
    first, last = float(values.min()), float(values.max())
    return {first, last * (last / first) ** beyond if logarithmic else last + beyond * (last - first)}


def _levels(drawn: Sample, common: set[float], *, logarithmic: bool) -> list[float]:
    levels = sorted({*curve_levels(drawn.values), *common})
    return [level for level in levels if level > 0.0 or not logarithmic]


def _values(drawn: Sample, width: int, *, logarithmic: bool) -> alt.X:
    scale = alt.Scale(type="log", nice=False) if logarithmic else alt.Scale(zero=False)
    return alt.X("level:Q", scale=scale, axis=numbers(with_unit(drawn.column, drawn.unit), inner(width)))


def _rule(name: str | None, claim: Claim, levels: Collection[float]) -> list[alt.Chart]:
    """Return a dashed rule at the figure of a claim, with its name; of one far beyond all levels the name alone."""
    ends = (min(levels), max(levels)) if levels else (claim.at_least, claim.at_least)
    near = is_within(claim.at_least, ends)
    told = name if near else pointed(f"{name} {figure(claim.at_least)}", claim.at_least, ends)
    at = data([{"level": min(max(claim.at_least, ends[0]), ends[1]), "claim": name, "told": told}])
    rule = alt.Chart(at).mark_rule(color=INK, strokeDash=[5, 4]).encode(x=alt.X("level:Q"))
    right = share(claim.at_least, ends) > 0.5
    text = (
        alt.Chart(at)
        .mark_text(align="right" if right else "left", baseline="top", dx=-4 if right else 4, dy=2, color=INK)
        .encode(x=alt.X("level:Q"), y=alt.value(0), text=alt.Text("told:N"))
    )
    return [rule, text] if near else [text]


def _in_words(name: str | None, claim: Claim) -> str:
    return f"{name}, {claim.quantity} at least {figure(claim.at_least)} from {claim.from_} to {claim.by}"


def _replications(samples: list[Sample]) -> str:
    counts = sorted({len(each.values) for each in samples})
    failed = sum(each.failed for each in samples)
    told = " to ".join(f"{count:,}" for count in (counts[0], counts[-1])[: len(counts)])
    return f"{told} replications a scenario" + (f", {failed:,} without a value left out" if failed else "")
