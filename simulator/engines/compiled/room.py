"""Memory that tables are cut from."""

from collections.abc import Mapping, Sequence

import numba
import numpy as np

from simulator.engines.compiled.layout import (
    CACHE_LINE,
    KINDS,
    Fields,
    Ints,
    Records,
    Tables,
    address_of,
    bound,
)

BLOCK = 1 << 18
"""Bytes that are asked for at once; most tables of a small system fit."""


class Room:
    """Cuts tables out of blocks of zeros, each from the beginning of a cache line on, and knows where they lie."""

    fields: Fields
    """The tables so far, by name."""

    def __init__(self) -> None:
        self.fields = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._begin(BLOCK)

    def _begin(self, size: int) -> None:
        """Begin a block; what is left of the one before stays unused."""
        self._block = np.zeros(size + CACHE_LINE, np.uint8)
        self._address = address_of(self._block)
        self._next = -self._address % CACHE_LINE
        self._end = self._next + size

    def zeros(self, name: str, count: int) -> Records:
        """Return a table of so many zeros."""
        kind = KINDS[name]
        size = -(-count * kind.itemsize // CACHE_LINE) * CACHE_LINE
        if self._next + size > self._end:
            self._begin(max(size, BLOCK))
        table: Records = np.ndarray(count, kind, self._block, self._next)
        self.fields[name] = table
        self._places[name] = (self._address + self._next, count)
        self._next += size
        return table

    def filled(self, name: str, rows: Sequence[tuple[float, ...]] | Sequence[float] | Ints) -> Records:
        """Return a table of rows: tuples with all fields, or numbers."""
        table = self.zeros(name, len(rows))
        if len(rows):
            table[:] = rows
        return table

    def parts(self, name: str, parts: Sequence[Mapping[str, float]]) -> Records:
        """Return a table of parts, each given as its fields by name; those not given are 0."""
        fields = KINDS[name].names or ()
        return self.filled(name, [tuple([part.get(field, 0) for field in fields]) for part in parts])

    def taken(self, name: str, table: Records) -> None:
        """Take in a table that has memory of its own."""
        self.fields[name] = table
        self._places[name] = (address_of(table), len(table))

    def bound(self) -> Tables:
        """Return the tables, all of them, with their directory."""
        if numba.config.DISABLE_JIT:
            return bound(self.fields)
        directory = [number for name in KINDS for number in self._places[name]]
        return Tables(**self.fields, directory=np.array(directory, dtype=np.int64))
