"""What a user imports from `simulator.testing`."""

import subprocess
import sys

import pytest
from hypothesis import given

from simulator import testing
from simulator.testing import invariants, simulate, systems


@given(systems(max_plants=5))
def test_a_rule_of_a_users_own_is_a_few_lines(system):
    path = simulate(system, replication=0, seed=0)
    invariants.balance(path, system)


@pytest.mark.parametrize("name", testing.__all__)
def test_every_public_name_resolves(name):
    assert getattr(testing, name) is not None


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'proofs'"):
        _ = testing.proofs


def test_checking_a_path_needs_no_hypothesis():
    script = "import sys; from simulator.testing import invariants; print('hypothesis' in sys.modules)"
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert output == "False\n"
