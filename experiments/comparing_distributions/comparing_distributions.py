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
# # Comparing two distributions
#
# Would more power have made more shells? Two scenarios of the example network, replication by replication under the same luck:
# as it is, and with 3 MW on every grid.

# %%
import os
import tempfile
from pathlib import Path

import simulator as sim

root = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "configs").is_dir())
os.chdir(root)
experiment = sim.load("configs/examples/network.yaml")
print(experiment.title)

# %% [markdown]
# A run of 32 replications a scenario, kept only as long as this notebook is open. `sim.open_results("network")` would open
# the newest run that the command line made instead.

# %%
folder = tempfile.TemporaryDirectory()
run = sim.run(experiment, replications=32, results=folder.name)
run

# %% [markdown]
# One row a replication, with its factors and its responses.

# %%
columns = ["replication", "plants", "speed", "made", "delivered", "claims.shells"]
run.frame("as_is")[columns].head()

# %% [markdown]
# The claim in both scenarios: how likely, how sure, in which words.

# %%
sim.claim(run, "shells", scenario="as_is")

# %%
sim.claim(run, "shells", scenario="more_power")

# %% [markdown]
# The same replications compared pair by pair: differences of the mean, of the chance that the claim holds, and of every tenth of
# the distribution, each with its interval.

# %%
comparison = sim.compare(run, "as_is", "more_power", response="made.body", claim="trips")
comparison

# %%
sim.plots.compare(comparison)

# %%
sim.plots.exceedance(run, response="made", claim="shells")

# %% [markdown]
# What happened in one replication: the lines of the plants through the quarter.

# %%
path = sim.simulate(experiment, scenario="as_is", replication=17, engine="reference")
sim.plots.gantt(path)
