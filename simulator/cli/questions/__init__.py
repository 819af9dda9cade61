"""The questions that a run answers, each asked and shown by a module of its own."""

from importlib import import_module
from typing import Any, Protocol

from simulator.analysis.tabular import Tabular
from simulator.cli.questions.asked import Asked

QUESTIONS = {
    "claim": "how likely is each claim, and what does that rest on",
    "threshold": "how many plants would it take",
    "compare": "do the scenarios differ: new production, or stock",
    "bottleneck": "what held production back",
    "sensitivity": "which factors matter",
    "belief": "what would you have to believe",
    "information": "which piece of intelligence is worth most",
    "score": "how well did it predict what is known by now",
}
"""What each asks, by name, in the order in which they are answered together."""
SIMULATE = ("threshold", "bottleneck")
"""Those that simulate anew, and take minutes."""


class Question(Protocol):
    """A question of the command line: what answers it, and what prints the answer."""

    def ask(self, run: Any, asked: Asked) -> Tabular:
        """Return the answer; raises ResultsError where the rows do not bear one."""
        ...

    def show(self, found: Any) -> None:
        """Print the answer: a sentence, a table, what to know about it."""
        ...


def question(name: str) -> Question:
    """Return the module of a question; what it needs is loaded when it is asked."""
    module: Any = import_module(f"simulator.cli.questions.{name}")
    return module  # type: ignore[no-any-return] # a module with these two functions
