"""How figures are written for people to read."""

import math


def percent(probability: float, *, toward: str = "nearest") -> str:
    """Return a probability in per cent with one decimal, or with as many as keep it apart from 0 and 100.

    `toward` is "nearest", "up" or "down": a bound is rounded to the side on which it stays one.
    """
    if math.isnan(probability):
        return "unknown"
    edge = min(probability, 1.0 - probability)
    least = 0.0005 if toward == "nearest" else 0.001
    decimals = 1 if edge <= 0.0 or edge >= least else 1 - math.floor(math.log10(100.0 * edge))
    shift = 10.0**decimals
    scaled = round(100.0 * probability * shift, 6)
    steps = {"nearest": round(scaled), "up": math.ceil(scaled), "down": math.floor(scaled)}
    return f"{steps[toward] / shift:.{decimals}f} %"


def figure(number: float) -> str:
    """Return a number with four significant digits and, from 1,000 on, whole and with commas."""
    if math.isnan(number):
        return "unknown"
    if abs(number) >= 1000.0 or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.4g}"
