"""What the factors of an experiment are and rest on, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulator.cli.tables import NO_BREAK, counted

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment, Factor


def prior(factor: "Factor") -> str:
    """Return the law of a factor as a person would write it: `triangular low 4 h, mode 14 h, high 22 h`."""
    from simulator.model.distributions import Constant

    if factor.distribution is None:
        return f"dirichlet {_named(factor.dirichlet or {})}"
    if isinstance(factor.distribution, Constant):
        return f"{_value(factor.distribution.value)} for certain"
    ((law, parameters),) = factor.distribution.tree().items()
    return f"{law.replace('_', ' ')} {_named(parameters)}"


def _named(parameters: Mapping[str, Any]) -> str:
    """Return names with their values, which no line break parts."""
    told = (f"{name} {_value(value)}" for name, value in parameters.items() if value is not None)
    return ", ".join(each.replace(" ", NO_BREAK) for each in told)


def _value(value: Any) -> str:
    from simulator.model.quantities import Quantity

    if isinstance(value, list):
        return counted(len(value), "value")
    if isinstance(value, Quantity) and value.unit != "1":
        return str(value)
    return f"{value.number if isinstance(value, Quantity) else value:,.12g}"


def support(experiment: "Experiment") -> str:
    """Return in a line how many factors name evidence, and which do not."""
    factors = experiment.factors
    with_evidence = [name for name, factor in factors.items() if factor.evidence]
    assumed = [name for name, factor in factors.items() if factor.assumption and not factor.evidence]
    neither = [name for name, factor in factors.items() if not factor.supported]
    both = [name for name in with_evidence if factors[name].assumption]
    told = f"{counted(len(factors), 'factor')}: {len(with_evidence)} with evidence"
    told += f", {len(both)} of them with an assumption besides" if both else ""
    told += f"; {len(assumed)} on an assumption alone" + (f" ({', '.join(assumed)})" if assumed else "")
    return told + f"; {len(neither)} on neither" + (f" ({', '.join(neither)})" if neither else "")
