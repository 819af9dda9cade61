"""The replications of a run that one of several jobs computes."""

import re
from dataclasses import dataclass
from typing import Self

from simulator.errors import ConfigError, Fault

WRITTEN = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Stretch `number`, from 1, of `of` into which the replications of every scenario are cut."""

    number: int
    of: int

    @classmethod
    def parse(cls, written: str) -> Self:
        """Return the stretch that `I/N` stands for; raises ConfigError for anything else."""
        found = WRITTEN.fullmatch(written)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            message = f"is {written!r}; give I/N, such as 1/16 to 16/16, where there are 16 jobs"
            raise ConfigError([Fault("block", message)])
        return cls(int(found[1]), int(found[2]))

    def replications(self, total: int) -> range:
        """Return the replications of the stretch, of `total` ones; all stretches together have each once."""
        return range((self.number - 1) * total // self.of, self.number * total // self.of)

    @property
    def suffix(self) -> str:
        """What follows the digest in the name of the folder that a job writes."""
        width = len(str(self.of))
        return f".block-{self.number:0{width}d}-of-{self.of}"

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
