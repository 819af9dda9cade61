"""Faults that the harness must see, each in the process that tries inputs."""

import os
import time

from tests.fuzz.trying import Verdict


def planted(content: bytes) -> Verdict:
    """End as the input says."""
    if content == b"traceback":
        raise KeyError("planted")
    if content == b"hang":
        time.sleep(60)
    if content == b"ask for much":
        bytearray(1 << 32)
    if content == b"hold much":
        held = bytearray(300 << 20)
        held[:: 1 << 12] = b"x" * len(held[:: 1 << 12])
    if content == b"die":
        os._exit(5)
    return Verdict("valid")
