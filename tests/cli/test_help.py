import re
import subprocess
import sys

import pytest

import simulator as package

COMMANDS = (
    "new",
    "check",
    "run",
    "answer",
    "report",
    "merge",
    "compare",
    "replay",
    "verify",
    "export",
    "evidence",
    "describe",
    "bench",
    "schema",
)


def test_the_help_lists_every_command(simulator):
    outcome = simulator("--help")
    assert outcome.code == 0
    listed = outcome.out.partition("Commands:")[2].partition("Exit codes:")[0]
    assert re.findall(r"^  (\w+) ", listed, flags=re.MULTILINE) == list(COMMANDS)


def test_no_arguments_ask_for_the_help(simulator):
    assert simulator().out == simulator("--help").out == simulator("-h").out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_json(command, simulator):
    outcome = simulator(command, "--help")
    assert outcome.code == 0
    assert outcome.out == simulator(command, "-h").out
    examples = outcome.out.partition("Examples:")[2].split("\n")[1:]
    assert examples[0].startswith(f"    simulator {command} ")
    assert "--json" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 100


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_of_the_help_can_be_read(command, simulator, folder):
    examples = simulator(command, "--help").out.partition("Examples:")[2].strip().splitlines()
    assert examples
    for example in examples:
        arguments = [word.strip('"') for word in example.split(">")[0].split()[1:]]
        # names of files that are not there are refused later than arguments that cannot be read
        assert "--help says what can be given" not in simulator(*arguments).err


def test_the_version_is_that_of_the_package(simulator):
    outcome = simulator("--version")
    assert (outcome.code, outcome.out) == (0, f"simulator {package.__version__}\n")


def test_the_command_and_the_module_are_one(folder):
    said = subprocess.run(
        [sys.executable, "-m", "simulator", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout == f"simulator {package.__version__}\n"
    failed = subprocess.run([sys.executable, "-m", "simulator", "rnu"], capture_output=True, check=False)
    assert failed.returncode == 2
