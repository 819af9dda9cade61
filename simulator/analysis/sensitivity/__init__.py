"""What matters: how much each factor tells of a response, or of whether a claim is met, from rows already stored."""

from simulator.analysis.sensitivity.answer import sensitivity
from simulator.analysis.sensitivity.found import FactorSensitivity, Sensitivity
from simulator.analysis.sensitivity.resampling import Index
from simulator.analysis.sensitivity.singly import FactorShare, Shares, leading, shares

__all__ = [
    "FactorSensitivity",
    "FactorShare",
    "Index",
    "Sensitivity",
    "Shares",
    "leading",
    "sensitivity",
    "shares",
]
