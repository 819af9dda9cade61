"""What keeps a line from running, a bit for each bar; the lowest tells its state.

Bits stand in the order of the states, so that the first state that holds is the number of the lowest bit (clause 11).
"""

from collections.abc import Callable
from typing import Any

import numba
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from simulator.model.system import State

NOT_COMMISSIONED, UNDER_REPAIR, OFF_SHIFT, BLOCKED, AWAITING_MATERIAL, AWAITING_POWER, RUNNING = (
    1 << state for state in State
)
"""Not commissioned; failed; closed; with a done lot; empty; drawing no power. The last always holds."""
DARK = 1 << len(State)
"""On a dark feeder."""
NOT_AT_WORK = NOT_COMMISSIONED | UNDER_REPAIR | OFF_SHIFT
"""Each of these keeps a line from loading and from connecting."""
READY = AWAITING_POWER | RUNNING
"""What a line has that wants power: nothing bars it but that it draws none yet."""


def _lowest_of_int(bars: Any) -> Any:
    return (int(bars) & -int(bars)).bit_length() - 1


@intrinsic  # type: ignore[untyped-decorator]
def _lowest_of_word(context: Any, bars: Any) -> Any:
    """Count the zeros below it, in one instruction."""

    def place(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), place


lowest: Callable[[Any], Any] = _lowest_of_int if numba.config.DISABLE_JIT else _lowest_of_word
"""Return the number of the lowest bit of a word that has one."""
