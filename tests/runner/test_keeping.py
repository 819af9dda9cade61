import subprocess
import sys

FREED_AND_ASKED_FOR_ANEW = """
import resource
import numpy as np
{keep}
def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.empty(48_000_000, dtype=np.uint8)[::4096] = 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
first = faults()
print(sum(faults() for _ in range(5)) < first)
"""
KEEP = "from simulator.runner.keeping import keep_memory; keep_memory()"


def printed(script):
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_memory_that_is_freed_is_there_for_the_next_path():
    assert printed(FREED_AND_ASKED_FOR_ANEW.format(keep=KEEP)) == "True"
    assert printed(FREED_AND_ASKED_FOR_ANEW.format(keep="")) == "False"


def test_garbage_is_not_looked_for_among_what_is_loaded():
    script = f"import gc; {KEEP}; print(gc.get_freeze_count() > 1000, gc.get_threshold())"
    assert printed(script) == "True (50000, 20, 50)"
