# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Testing what one believes of a model
#
# A model is used with beliefs about it: nothing leaves that did not come in; what is made gets carried away. Hypothesis looks for a
# system on which such a belief is wrong, and makes it as small as it can. The systems, and the rules that always hold, are borrowed
# from `simulator.testing`.

# %%
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings

import simulator as sim
from simulator.path import Kind
from simulator.testing import documents, invariants, simulate, systems

root = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "configs").is_dir())
os.chdir(root)
few = settings(
    max_examples=30, derandomize=True, deadline=None, database=None, phases=[Phase.generate, Phase.shrink]
)

# %% [markdown]
# ## A belief that holds
#
# Vehicles carry away no more than there was: what the store had, what was added, supplied and made. The systems have links and
# suppliers of every kind, breakdowns and grids, up to three plants for up to three days.


# %%
def came(path, material):
    """What a system ever had of a material."""
    initial = sum(store.holding(material).initial for store in path.system.stores)
    rows = path.rows[path.rows["material"] == material]
    sources = (Kind.ADDED, Kind.SUPPLIED, Kind.MADE, Kind.RECEIVED)
    return initial + sum(rows["amount"][rows["kind"] == kind].sum() for kind in sources)


@few
@given(systems(max_plants=3, max_days=3))
def no_more_is_carried_away_than_there_was(system):
    path = simulate(system, seed=1, replication=0, engine="reference")
    invariants.everything(path, system, (1, 0))
    for number in range(len(system.materials)):
        shipped = path.of(Kind.SHIPPED)
        assert shipped["amount"][shipped["material"] == number].sum() <= came(path, number)


no_more_is_carried_away_than_there_was()
print("No counter-example.")

# %% [markdown]
# ## A belief that many have, and that is wrong
#
# A supplier that delivers to a store helps: whatever it brings can be used. Here that is stated of every delivery.


# %%
@few
@given(systems(max_plants=1, max_days=3, power=False, breakdowns=False, links=False, additions=False))
def what_is_delivered_finds_room(system):
    path = simulate(system, seed=1, replication=0, engine="reference")
    assert path.of(Kind.TURNED_AWAY)["amount"].sum() == 0


try:
    what_is_delivered_finds_room()
except AssertionError as failure:
    notes = "\n".join(failure.__notes__)

document = notes[notes.index("realised_system:") :].partition("\n\n")[0]
print(document)

# %% [markdown]
# That is the smallest system that Hypothesis found: a store so small that a delivery does not fit. The document says all that its
# path follows from.

# %%
found = documents.loads(document)
path = sim.engines.simulate(found.system, seed=found.seed, replication=found.replication, engine="reference")
frame = path.frame()
frame[frame["material"] == "steel"]

# %% [markdown]
# The command line carries it out again, and shows its balances, its states, and whether everything held that must.

# %%
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "counter_example.yaml")
    file.write_text(document, encoding="utf-8")
    command = [sys.executable, "-m", "simulator", "replay", str(file), "--engine", "reference"]
    replayed = subprocess.run(command, capture_output=True, text=True, check=True)
print(re.sub(r"\n{3,}", "\n\n", replayed.stdout))

# %% [markdown]
# ## What was meant
#
# With the assumption stated, that stores are large enough, the belief holds.


# %%
@few
@given(
    systems(
        max_plants=1,
        max_days=3,
        power=False,
        breakdowns=False,
        links=False,
        additions=False,
        capacities=False,
    )
)
def what_is_delivered_finds_room_where_there_is_room(system):
    path = simulate(system, seed=1, replication=0, engine="reference")
    assert path.of(Kind.TURNED_AWAY)["amount"].sum() == 0


what_is_delivered_finds_room_where_there_is_room()
print("No counter-example.")
