"""What a factor is and what it rests on, for those who read how much it matters."""

from dataclasses import dataclass

from simulator.model.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Standing:
    """A factor as the document has it."""

    does: str
    """What it sets or scales, else the derived numbers that it enters."""
    evidence: tuple[str, ...]
    grades: tuple[str, ...]
    """The Admiralty grades of its evidence, the best first, each once."""
    assumption: str | None

    def __str__(self) -> str:
        best = self.grades[0] if self.grades else "no grade" if self.evidence else ""
        return (
            ", ".join(each for each in (best, "assumption" if self.assumption else "") if each) or "nothing"
        )


def standing(experiment: Experiment, name: str) -> Standing:
    """Return what a factor is and rests on; of the null, that it is used nowhere."""
    factor = experiment.factors.get(name)
    if factor is None:
        return Standing("a number drawn at random and used nowhere", (), (), None)
    register = experiment.evidence
    grades = {register[row].admiralty_grade for row in factor.evidence if row in register} - {""}
    does = []
    if factor.sets:
        does.append(f"sets {', '.join(factor.sets)}")
    if factor.scales:
        does.append(f"scales {', '.join(factor.scales)}")
    enters = [key for key, derived in experiment.derived.items() if name in derived.operands]
    if enters:
        does.append(f"enters {', '.join(enters)}")
    return Standing(
        "; ".join(does) or "sets nothing", factor.evidence, tuple(sorted(grades)), factor.assumption
    )
