"""A frozen value that shows as a table."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from simulator.analysis.figures import figure

if TYPE_CHECKING:
    import pandas as pd


class Tabular(ABC):
    """What every answer is: a value whose rows and columns people and programs read."""

    __slots__ = ()

    @abstractmethod
    def to_frame(self) -> "pd.DataFrame":
        """Return the value as a table of plain numbers and texts."""

    def _repr_html_(self) -> str:
        table: str = self.to_frame().to_html(index=False, float_format=figure, border=0)
        return table

    def __str__(self) -> str:
        table: str = self.to_frame().to_string(index=False, float_format=figure)
        return table
