"""What is believed of a factor before a run, in words."""

from collections.abc import Mapping

from simulator.model.distributions import Constant
from simulator.model.experiment import Factor
from simulator.model.quantities import Quantity


def prior(factor: Factor, *, gap: str = " ") -> str:
    """Return the law of a factor as a person would write it: `triangular low 4 h, mode 14 h, high 22 h`.

    `gap` stands between a name and its value, for instance a space at which no line is broken.
    """
    if factor.distribution is None:
        return f"dirichlet {_named(factor.dirichlet or {}, gap)}"
    if isinstance(factor.distribution, Constant):
        return f"{_value(factor.distribution.value)} for certain"
    ((law, parameters),) = factor.distribution.tree().items()
    return f"{law.replace('_', ' ')} {_named(parameters, gap)}"


def _named(parameters: Mapping[str, object], gap: str) -> str:
    told = (f"{name} {_value(value)}" for name, value in parameters.items() if value is not None)
    return ", ".join(each.replace(" ", gap) for each in told)


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value):,} value{'' if len(value) == 1 else 's'}"
    if isinstance(value, Quantity) and value.unit != "1":
        return str(value)
    return f"{value.number if isinstance(value, Quantity) else value:,.12g}"
