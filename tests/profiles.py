"""How many examples property tests try: few and always the same, or many anew when a person asks for them."""

import os

from hypothesis import HealthCheck, settings

ASKED = os.environ.get("SIMULATOR_EXAMPLES")
"""For instance SIMULATOR_EXAMPLES=5000 pytest tests/engines/test_invariants.py."""

settings.register_profile(
    "simulator",
    max_examples=int(ASKED or 40),
    derandomize=ASKED is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("simulator")
