"""A frozen value that shows as a table."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from simulator.analysis.figures import figure
from simulator.analysis.markup import html_table

if TYPE_CHECKING:
    import pandas as pd


class Tabular(ABC):
    """What every answer is: a value whose rows and columns people and programs read."""

    __slots__ = ()

    @abstractmethod
    def to_frame(self) -> "pd.DataFrame":
        """Return the value as a table of plain numbers and texts."""

    @property
    def sentence(self) -> str:
        """The answer in words, where there are any; a notebook shows them above the table."""
        return ""

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that a notebook shows, intervals aside; none named: all of `to_frame`."""
        return ()

    def _repr_html_(self) -> str:
        return html_table(self.to_frame(), self.sentence, self.shown)

    def __str__(self) -> str:
        table: str = self.to_frame().to_string(index=False, float_format=figure)
        return table
