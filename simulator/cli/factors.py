"""What the factors of an experiment rest on, in words."""

from typing import TYPE_CHECKING

from simulator.cli.tables import counted

if TYPE_CHECKING:
    from simulator.model.experiment import Experiment


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
