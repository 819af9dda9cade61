import json
import shlex

import pytest

RULES = """\
assumptions:
  more_steel: {response: made.shell, increases_in: steel}
  slower: {response: made.shell, decreases_in: rate}
  bounded: {response: claims.trips, at_most: 6}
"""


@pytest.fixture
def assumed(folder, workshop):
    """The workshop with a rule that is true, one that is not, and one that is true."""
    (folder / "assumed.yaml").write_text(workshop + RULES, encoding="utf-8")
    return "assumed.yaml"


def checked(simulator, config, *options):
    return simulator("check", config, "--assumptions", "--draws", "20", *options)


def test_a_rule_that_fails_ends_the_check_with_exit_code_1(assumed, simulator):
    outcome = checked(simulator, assumed)
    assert (outcome.code, outcome.err) == (1, "")
    table = outcome.out.partition("came of it")[2].partition("slower DOES NOT")[0]
    rows = {line.split()[0]: line for line in table.splitlines() if line.strip()}
    assert "held on 40 draws in as_is" in rows["more_steel"]
    assert "held on 40 draws in as_is" in rows["bounded"]
    assert "does not hold on draw" in rows["slower"]
    assert "slower DOES NOT HOLD in as_is, replication 0:" in outcome.out
    assert "proved" not in outcome.out


def test_rules_that_hold_end_the_check_with_exit_code_0(assumed, simulator, folder):
    text = (folder / assumed).read_text(encoding="utf-8")
    (folder / assumed).write_text(text.replace("decreases_in: rate", "increases_in: rate"), encoding="utf-8")
    assert checked(simulator, assumed).code == 0


def test_the_commands_of_a_counter_example_show_both_numbers(assumed, simulator):
    told = json.loads(checked(simulator, assumed, "--json").out)
    slower = told["configs"][assumed]["assumptions"]["slower"]
    assert slower["holds_on_these"] is False
    values = slower["counter_example"]["values"]
    assert values[0] < values[1]
    for command, value in zip(slower["commands"], values, strict=True):
        words = shlex.split(command)
        assert words[0] == "simulator"
        shown = json.loads(simulator(*words[1:], "--json").out)
        assert shown["columns"]["made.shell"] == value


def test_a_config_without_assumptions_says_so(folder, simulator):
    outcome = checked(simulator, "workshop.yaml")
    assert outcome.code == 0
    assert "There are none; declare them in the config, under assumptions." in outcome.out


@pytest.mark.parametrize("options", [(), ("--assumptions",)])
def test_an_unknown_response_is_refused_in_one_line(assumed, simulator, folder, options):
    text = (folder / assumed).read_text(encoding="utf-8")
    (folder / assumed).write_text(text.replace("claims.trips", "claims.trip"), encoding="utf-8")
    outcome = simulator("check", assumed, *options)
    assert outcome.code == 2
    (line,) = outcome.faults
    assert line.startswith(
        "assumed.yaml: assumptions.bounded.response: names claims.trip, which is no column of a claim or a "
        "response; nearest is claims.trips; give one of "
    )


def test_draws_without_assumptions_are_refused(folder, simulator):
    outcome = simulator("check", "workshop.yaml", "--draws", "9")
    assert (outcome.code, outcome.faults) == (
        2,
        ["--draws: is for --assumptions; give both, or leave it out"],
    )


def test_long_trials_are_announced(assumed, simulator, monkeypatch):
    from simulator.cli import assumptions

    monkeypatch.setattr(assumptions, "SOON", 0.0)
    (line,) = checked(simulator, assumed).faults
    assert line.startswith("assumed.yaml: trying the assumptions takes up to 100 replications, about ")


def test_a_replay_takes_settings_and_medians_instead_of_what_was_drawn(folder, simulator):
    command = "replay", "workshop.yaml", "--scenario", "as_is", "--replication", "5", "--json"

    def made(*options):
        return json.loads(simulator(*command, *options).out)["columns"]["made.shell"]

    assert made("--set", "rate=0.1/h") == 15
    assert made("--medians", "--set", "rate=0.1/h", "--set", "stores.yard.holds.billet.initial=250 kg") < 10
    assert made("--medians") != made()
