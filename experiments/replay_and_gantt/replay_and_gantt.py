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
# # What happened in one replication
#
# A run keeps a row a replication, not what happened in it. As every random number has an address, any replication can be carried out
# again, on the reference engine too, and must come to the same row. Here two replications of the example network are: the one at
# the median of what was made, and the worst.

# %%
import os
from dataclasses import asdict
from pathlib import Path

import altair as alt
import pandas as pd
from IPython.display import HTML, Markdown, display

import simulator as sim
from simulator import responses
from simulator.analysis.markup import html_table
from simulator.responses.balances import balances, over_all_stores
from simulator.runner import replay
from simulator.runner.stored import differing
from simulator.testing import invariants

CONFIG, SCENARIO, RESPONSE = "configs/examples/network.yaml", "as_is", "made"

alt.renderers.enable("png", ppi=96)
os.chdir(next(each for each in (Path.cwd(), *Path.cwd().parents) if (each / CONFIG).is_file()))

# %% [markdown]
# The newest run of the config as it stands is opened if there is one that got to its end; else one is made.

# %%
experiment = sim.load(CONFIG)
try:
    run = sim.open_results(CONFIG)
except sim.ResultsError:
    run = None
if run is None or not run.complete:
    run = sim.run(experiment, replications=32)
run

# %%
rows = run.frame(SCENARIO).dropna(subset=[RESPONSE]).sort_values([RESPONSE, "replication"], ignore_index=True)
middle, worst = (int(rows["replication"][place]) for place in ((len(rows) - 1) // 2, 0))
chosen = rows[rows["replication"].isin([middle, worst])]
HTML(html_table(chosen[["replication", "plants", "speed", "scrap", "made", "delivered"]]))

# %% [markdown]
# ## The same again, on both engines
#
# Byte for byte the same path on the reference and on the compiled engine; the same numbers as stored; and all that must always hold.

# %%
paths = {}
for name, number in {"at the median": middle, "worst": worst}.items():
    path = replay(run, scenario=SCENARIO, replication=number, engine="reference")
    again = replay(run, scenario=SCENARIO, replication=number, engine="compiled")
    assert path.tobytes() == again.tobytes(), "the engines differ"
    measured = responses.measure(path, experiment.claims).columns
    assert not differing(run.row(SCENARIO, number), measured), "the stored row differs"
    invariants.everything(path, path.system, (experiment.seed, number))
    paths[name] = path
    display(
        Markdown(
            f"**{name}**, replication {number}: {len(path.rows):,} rows of the path are the same on both engines, "
            f"{len(measured):,} responses equal the stored row, every invariant holds."
        )
    )

# %% [markdown]
# ## The lines
#
# What each line did, first where it went as it goes in the middle, then where it went worst.

# %%
sim.plots.gantt(paths["at the median"])

# %%
sim.plots.gantt(paths["worst"])

# %% [markdown]
# Hours of the lines by role and state, worst less median, say where the two part:


# %%
def hours(path):
    """Hours by role, a row each, and state."""
    columns = responses.measure(path, experiment.claims).columns
    states = {tuple(name.split(".")[1:]): each for name, each in columns.items() if name.startswith("hours.")}
    return pd.Series(states).unstack()


more = hours(paths["worst"]) - hours(paths["at the median"])
HTML(html_table(more.round().rename_axis("role").reset_index()))

# %% [markdown]
# ## Stocks and power

# %%
sim.plots.stocks(paths["at the median"], ["steel", "body", "shell"])

# %%
sim.plots.stocks(paths["worst"], ["steel", "body", "shell"])

# %%
sim.plots.power(paths["worst"])

# %% [markdown]
# ## Balances
#
# What was there and came is what left and is there: over all stores, and store by store. Each balance closes to the last item.

# %%
parts = balances(paths["at the median"])
assert all(each.closes for each in parts), "a balance does not close"
over_all = over_all_stores(parts, paths["at the median"].system)
HTML(html_table(pd.DataFrame([asdict(each) for each in over_all])))

# %%
HTML(html_table(pd.DataFrame([asdict(each) for each in parts])))

# %% [markdown]
# ## The ledger: one lot's way
#
# The path is a ledger: every row says what happened, to whom, of what, how much. One lot of bodies is followed from the steel to the ship.
# Items of a kind are not told apart in a store, so behind each store it is the next that goes on.

# %%
ledger = paths["at the median"].frame()


def following(after, kind, material, entity=None):
    """The first row of a kind and a material after another row, of the same line where one is named."""
    found = ledger[
        (ledger["kind"] == kind) & (ledger["material"] == material) & (ledger["hours"] >= after["hours"])
    ]
    found = found if entity is None else found[found["entity"] == entity]
    found = found.loc[found.index > after.name]
    return found.iloc[0]


forged = ledger[(ledger["kind"] == "used") & (ledger["material"] == "steel") & (ledger["hours"] >= 0)].iloc[0]
way = [forged]
way.append(following(way[-1], "unloaded", "body", forged["entity"]))
way.append(following(way[-1], "made", "body", forged["entity"]))
way += [following(way[-1], "shipped", "body")]
way.append(following(way[-1], "received", "body", way[-1]["entity"]))
way.append(following(way[-1], "used", "body"))
way.append(following(way[-1], "made", "shell", way[-1]["entity"]))
way.append(following(way[-1], "shipped", "shell"))
way.append(following(way[-1], "received", "shell", way[-1]["entity"]))
days = (way[-1]["hours"] - way[0]["hours"]) / 24
display(
    Markdown(
        f"From {way[0]['amount']:,} kg of steel on {way[0]['entity']} on {way[0]['time']:%d %B} to a ship that has arrived on "
        f"{way[-1]['time']:%d %B}: {days:.1f} days."
    )
)
told = pd.DataFrame(way).assign(time=[f"{each['time']:%Y-%m-%d %H:%M}" for each in way])
HTML(html_table(told[["time", "kind", "entity", "material", "amount"]]))

# %% [markdown]
# The command line shows the same: `simulator replay network --scenario as_is --replication N --gantt gantt.svg`.
