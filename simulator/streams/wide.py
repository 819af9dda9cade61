"""The upper half of the product of two words, which has twice their width."""

from collections.abc import Callable
from typing import Any, Final

import numba
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

WORD_BITS: Final = 64


def _high_of_ints(a: Any, b: Any) -> Any:
    return (a * b) >> WORD_BITS


@intrinsic  # type: ignore[untyped-decorator]
def _high_of_words(context: Any, a: Any, b: Any) -> Any:
    """Multiply as the processor does, in one instruction."""

    def product(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        wide = ir.IntType(2 * WORD_BITS)
        both = builder.mul(*(builder.zext(each, wide) for each in args))
        return builder.trunc(builder.lshr(both, ir.Constant(wide, WORD_BITS)), ir.IntType(WORD_BITS))

    return types.uint64(types.uint64, types.uint64), product


high: Callable[[Any, Any], Any] = _high_of_ints if numba.config.DISABLE_JIT else _high_of_words
"""Return the upper word of the product of two words: ints when interpreted, `uint64` when compiled."""
