"""The streams of a system as arrays: the address and the law of each (clauses 24 and 25)."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from simulator.engines.compiled.layout import STREAM, STREAMS_OF_A_LINE, Floats, Records, records
from simulator.model.distributions import Variate
from simulator.model.realising.draws import coded, key_word
from simulator.model.system import NONE, Line

KINDS_OF_A_LINE = ("work", "flow", "reject", "failure", "repair")
"""In the order of their numbers in the layout."""
UNIFORM = Variate("uniform", (0.0, 1.0))


class StreamTables:
    """Numbers streams: those of the lines first, then others as they are asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._laws: list[tuple[int, int, int]] = []
        self._params: list[npt.NDArray[np.float64]] = []
        self._length = 0
        self._known: dict[Variate, int] = {}
        self._words: list[int] = []
        self._law_of: list[int] = []
        self._line_words = _line_words(tuple(line.name for line in lines))
        uniform = self._law(UNIFORM)
        shops: dict[tuple[int, int, int], tuple[int, ...]] = {}
        for line in lines:
            shop = (id(line.work), id(line.flow), id(line.breakdown))
            if shop not in shops:
                repair = uniform if line.breakdown is None else self._law(line.breakdown.repair)
                work, flow = (uniform if law is None else self._law(law) for law in (line.work, line.flow))
                shops[shop] = (work, flow, uniform, uniform, repair)
            self._law_of.extend(shops[shop])

    def add(self, kind: str, entity: str, law: Variate | None = UNIFORM) -> int:
        """Return the number of a new stream; NONE for no law."""
        if law is None:
            return NONE
        self._words.append(key_word(kind, entity))
        self._law_of.append(self._law(law))
        return len(self._law_of) - 1

    def _law(self, law: Variate) -> int:
        if law not in self._known:
            code, params = coded(law)
            self._known[law] = len(self._laws)
            self._laws.append((code, self._length, len(params)))
            self._params.append(params)
            self._length += len(params)
        return self._known[law]

    def fields(self) -> dict[str, Records | Floats]:
        """Return the arrays of all streams."""
        laws = np.array(self._laws, dtype=np.int64)[self._law_of]
        streams = records(STREAM, len(laws))
        streams["word"] = np.concatenate([self._line_words, np.array(self._words, dtype=np.uint64)])
        streams["law"], streams["first_param"], streams["params"] = laws.T
        streams["block"] = NONE
        return {
            "streams": streams,
            "params": np.concatenate(self._params),
        }


@lru_cache(maxsize=512)
def _line_words(names: tuple[str, ...]) -> npt.NDArray[np.uint64]:
    """Return the key words of lines, line by line; shape (lines * STREAMS_OF_A_LINE,)."""
    words = [key_word(kind, name) for name in names for kind in KINDS_OF_A_LINE]
    return np.array(words, dtype=np.uint64).reshape(len(names) * STREAMS_OF_A_LINE)
