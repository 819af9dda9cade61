"""The streams of a system as arrays: the address and the law of each (clauses 24 and 25)."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simulator import streams
from simulator.engines.compiled.flat import ints
from simulator.engines.compiled.layout import STREAMS_OF_A_LINE
from simulator.engines.compiled.line_tables import LineKinds
from simulator.engines.compiled.room import Room
from simulator.model.distributions import Variate
from simulator.model.realising.draws import CODES, key_word
from simulator.model.system import NONE, Line

KINDS_OF_A_LINE = ("work", "flow", "reject", "failure", "repair")
"""In the order of their numbers in the layout."""
UNIFORM = Variate("uniform", (0.0, 1.0))


class StreamTables:
    """Numbers streams: those of the lines first, then others as they are asked for."""

    def __init__(self, lines: Sequence[Line], kinds: LineKinds) -> None:
        self._laws: list[tuple[int, int, int]] = []
        self._params: list[float] = []
        self._known: dict[Variate, int] = {}
        self._line_words = b"".join([_words(line.name) for line in lines])
        self._words: list[int] = []
        self._law_of: list[int] = []
        uniform = self._law(UNIFORM)
        shops: dict[tuple[int, int, int], int] = {}
        laws: list[tuple[int, ...]] = []
        shop_of = []
        for line in kinds.lines:
            number = shops.setdefault((id(line.work), id(line.flow), id(line.breakdown)), len(shops))
            if number == len(laws):
                repair = uniform if line.breakdown is None else self._law(line.breakdown.repair)
                work = uniform if line.work is None else self._law(line.work)
                flow = uniform if line.flow is None else self._law(line.flow)
                laws.append((work, flow, uniform, uniform, repair))
            shop_of.append(number)
        found = ints(laws).reshape(-1, STREAMS_OF_A_LINE)
        self._line_laws = found[ints(shop_of)[kinds.number_of]].ravel()

    def add(self, kind: str, entity: str, law: Variate | None = UNIFORM) -> int:
        """Return the number of a new stream; NONE for no law."""
        if law is None:
            return NONE
        self._words.append(key_word(kind, entity))
        self._law_of.append(self._law(law))
        return len(self._line_laws) + len(self._law_of) - 1

    def _law(self, law: Variate) -> int:
        number = self._known.setdefault(law, len(self._laws))
        if number == len(self._laws):
            self._laws.append((CODES[law.law], len(self._params), len(law.params)))
            self._params += law.params
        return number

    def write(self, room: Room) -> None:
        """Write the arrays of all streams."""
        of_lines = len(self._line_laws)
        found = room.zeros("streams", of_lines + len(self._law_of))
        found["word"][:of_lines] = np.frombuffer(self._line_words, dtype=np.uint64)
        found["word"][of_lines:] = self._words
        law_of = np.concatenate([self._line_laws, ints(self._law_of)])
        found["law"], found["first_param"], found["params"] = ints(self._laws)[law_of].T
        found["block"] = NONE
        room.zeros("uniforms", 4 * len(law_of))
        room.filled("params", self._params)


@lru_cache(maxsize=100_000)
def _words(line: str) -> bytes:
    """Return the key words of the streams of a line, which stand there in its name, worked out once a name."""
    words: npt.NDArray[np.uint64] = np.array(
        [streams.key_word(kind, line) for kind in KINDS_OF_A_LINE], dtype=np.uint64
    )
    return words.tobytes()
