"""The command line: read what is asked, call, print."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command that some arguments ask for, those of the process by default.

    Returns the exit code: 0 done; 1 a required claim does not hold; 2 a bad config or bad arguments; 3
    replications failed, or a check found a difference; 70 an error of the program's own; 130 and 143 stopped
    by a signal. What is wrong is said on standard error, a line a fault.
    """
    from simulator.cli.endings import ended

    asked = sys.argv[1:] if arguments is None else list(arguments)
    return ended(asked or ["--help"])
