"""Ways to carry out the tasks of a job, each giving the same results."""

from simulator.runner.executors.executor import Care, Executor, Job
from simulator.runner.executors.processes import Processes
from simulator.runner.executors.serial import Serial

__all__ = ["Care", "Executor", "Job", "Processes", "Serial"]
