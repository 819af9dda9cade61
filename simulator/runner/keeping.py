"""What a worker process keeps, so that it is not made anew for every replication."""

import ctypes
import gc
from contextlib import suppress

MOST_BYTES = 1 << 30
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Settings of glibc's `mallopt`, from its `malloc.h`."""
COLLECT_AFTER = (50_000, 20, 50)
"""Objects made between collections of the youngest generation; collections of one between those of the next."""


def keep_memory() -> None:
    """Have this process keep memory that it frees, and look for garbage less often and not among what is loaded.

    Every replication needs as much memory again. A path of many megabytes would be given back to the system and
    cleared page by page when it is asked for anew: a third of the time of a replication of ten thousand lines.
    Without glibc the memory is left as it is.
    """
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL("libc.so.6")
        library.mallopt(M_MMAP_THRESHOLD, MOST_BYTES)
        library.mallopt(M_TRIM_THRESHOLD, MOST_BYTES)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
