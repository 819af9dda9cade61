"""Whole paths worked out by hand: every row, of every kind, of systems in which the parts meet."""

from simulator.model.system import TICKS_PER_HOUR, State
from simulator.path import Kind, SamplePath
from tests.engines import corners
from tests.engines.conftest import Unfold


def told(path: SamplePath) -> list[str]:
    """Return every row in words: hours and ticks, kind, entity, amount or state, material."""
    names = [*(material.name for material in path.system.materials), ""]
    lines = []
    for row in path.rows:
        hour, ticks = divmod(int(row["tick"]), TICKS_PER_HOUR)
        kind, amount = Kind(row["kind"]), int(row["amount"])
        what = State(amount).name.lower() if kind is Kind.STATE else amount
        when = f"{hour}h" if ticks == 0 else f"{hour}h+{ticks}"
        who = path.entity_name(kind, row["entity"])
        lines.append(f"{when} {who} {kind.name.lower()} {what} {names[row['material']]}".rstrip())
    return lines


def written(text: str) -> list[str]:
    """Return the lines of a path as it is written here, without the remarks after #."""
    lines = (entry.partition("#")[0].strip() for entry in text.splitlines())
    return [entry for entry in lines if entry]


POWER_FLOW_LINK_CREW = """
    0h works/0/0 state running
    0h works/1/0 state awaiting_power       # 6 kW and 6 kW do not fit into 10
    0h works/2/0 state running
    0h works/3/0 state running
    0h works/0/0 used 10 steel
    0h works/1/0 used 10 steel
    0h here supply 10
    0h here drawn 6
    0h here speed 1000
    0h+1 works/2/0 state under_repair       # has the crew, until 5h+1
    0h+1 works/3/0 state under_repair       # waits for it
    2h works/0/0 state awaiting_power
    2h works/1/0 state running              # loaded since 0h, works/0/0 since 2h
    2h works/0/0 used 10 steel
    2h works/0/0 unloaded 10 shell          # in flow until 5h
    4h works/0/0 state running
    4h works/1/0 state awaiting_power
    4h works/1/0 used 10 steel
    4h works/1/0 unloaded 10 shell
    4h works/1/0 made 10 shell
    4h sea shipped 10 shell                 # what was made at this instant
    4h sea departed 1
    4h sea loads 1
    5h works/0/0 made 10 shell
    5h sea received 10 shell
    5h sea arrived 1
    5h+1 works/2/0 state running            # one tick of its lot is left
    5h+2 works/2/0 state under_repair       # its lot counts, then it fails; the crew is at works/3/0
    5h+2 works/2/0 unloaded 1 body
    5h+2 works/2/0 made 1 body
    6h works/0/0 state awaiting_power
    6h works/1/0 state running
    6h works/0/0 used 10 steel
    6h works/0/0 unloaded 10 shell          # in flow until 9h
    8h works/0/0 state running
    8h works/1/0 state awaiting_material    # 5 kg are left
    8h works/1/0 unloaded 10 shell
    8h works/1/0 made 10 shell
    8h sea shipped 15 shell                 # of 10 of 5h and 10 of now
    8h sea departed 1
    8h sea loads 2
    9h works/0/0 made 10 shell
    9h sea received 15 shell
    9h sea arrived 1
    10h works/0/0 state awaiting_material
    10h works/0/0 unloaded 10 shell         # in flow beyond the end
    10h here drawn 0
    10h+1 works/3/0 state running           # the crew goes on to works/2/0
    10h+2 works/3/0 state under_repair
    10h+2 works/3/0 unloaded 1 body
    10h+2 works/3/0 made 1 body
"""


def test_power_flow_a_link_and_a_crew_meet(unfold: Unfold) -> None:
    path = unfold(corners.all_parts_meet())
    assert told(path) == written(POWER_FLOW_LINK_CREW)
    # 7 lots done, 4 failures, 2 repairs, 2 lots out of flow, 2 vehicles due, 2 arrived
    assert path.bound_events == 19


SLOW_GRID_FULL_STORE = """
    0h works/0/0 state running
    0h works/1/0 state running
    0h works/0/0 used 10 steel
    0h works/1/0 used 10 steel
    0h here supply 10
    0h here drawn 10                        # of 16
    0h here speed 625
    2h here supply 20
    2h here drawn 16
    2h here speed 1000                      # 1.25 of 2 hours are done
    2h+2700000 works/1/0 state blocked      # both are done; 5 fit after the 10 of works/0/0
    2h+2700000 works/0/0 used 10 steel
    2h+2700000 works/0/0 unloaded 10 shell
    2h+2700000 works/0/0 made 10 shell
    2h+2700000 here drawn 8
    4h works/0/0 state awaiting_power       # 1.25 of 2 hours are done
    4h here supply 0
    4h here drawn 0
    4h here speed 0
    6h works/0/0 state running
    6h here supply 20
    6h here drawn 8
    6h here speed 1000
    6h+2700000 works/0/0 state blocked
    6h+2700000 here drawn 0
    7h works/1/0 state running              # blocked since 2h+2700000, before works/0/0
    7h works/1/0 used 10 steel
    7h works/1/0 unloaded 10 shell
    7h works/1/0 made 10 shell
    7h mill supplied 30 steel               # received before a line takes 10 of the 15 there are
    7h mill turned_away 10 steel
    7h sea shipped 10 shell
    7h sea departed 1
    7h here drawn 8
    8h sea received 10 shell
    8h sea arrived 1
    9h works/1/0 state blocked
    9h here drawn 0
"""


def test_a_slow_grid_a_full_store_and_a_delivery_meet(unfold: Unfold) -> None:
    path = unfold(corners.slow_grid_full_store())
    assert told(path) == written(SLOW_GRID_FULL_STORE)
    # 4 lots done, 3 changes of supply, 1 delivery, 1 vehicle due, 1 arrived
    assert path.bound_events == 10
