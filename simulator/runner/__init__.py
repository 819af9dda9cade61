"""Doing it many times: from an experiment to a results folder, and one replication alone."""

from simulator.runner.execute import replay, simulate
from simulator.runner.opening import open_results
from simulator.runner.running import Progress, run
from simulator.runner.verifying import Verification, verify

__all__ = ["Progress", "Verification", "open_results", "replay", "run", "simulate", "verify"]
