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
# Would more power have made more shells? Scenarios of the example network, replication by replication under the same luck: as it is,
# and with 3 MW on every grid.

# %%
import os
from pathlib import Path

import altair as alt

import simulator as sim
from simulator.analysis.comparisons import compare_many
from simulator.analysis.densities import densities
from simulator.analysis.differences import differences
from simulator.analysis.exceedance import exceedance
from simulator.analysis.quantiles import quantiles

CONFIG = "configs/examples/network.yaml"
A, B = "as_is", "more_power"

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

# %% [markdown]
# One row a replication, with its factors and its responses, in pandas.

# %%
columns = ["replication", "plants", "speed", "made", "delivered", "claims.shells"]
run.frame(A)[columns].head()

# %% [markdown]
# ## Each by itself
#
# The claim in both scenarios: how likely, how sure, in which words.

# %%
sim.claim(run, "shells", scenario=A)

# %%
sim.claim(run, "shells", scenario=B)

# %% [markdown]
# How the quantity is spread: quantiles with their intervals, how likely each level is to be reached, the whole distribution.

# %%
quantiles(run, "made", A)

# %%
quantiles(run, "made", B)

# %%
exceedance(run, "made", scenario=B)

# %%
sim.plots.exceedance(run, response="made", claim="shells")

# %%
sim.plots.ecdf(run, "made")

# %% [markdown]
# Where the values lie, scenario under scenario: what was made, available and delivered.

# %%
sim.plots.ridge(densities(run))

# %% [markdown]
# ## Side by side
#
# The same replications compared pair by pair: differences of the mean, of the chance that the claim holds, and of every tenth of
# the distribution, each with its interval. What the scenarios have in common cancels.

# %%
comparison = sim.compare(run, A, B, response="made.body", claim="trips")
comparison

# %% [markdown]
# The shift function says where in the distribution the difference lies: among the poor outcomes, or among the good ones.

# %%
sim.plots.compare(comparison)

# %% [markdown]
# All pairs of scenarios, with p-values that allow for the number of comparisons (Holm).

# %%
compare_many(run, response="made")

# %% [markdown]
# ## Two runs
#
# A scenario may as well stand in another run of the same seed: here with one factor fixed. First what differs in the documents, then
# what came of it.

# %%
faster = experiment.with_value("speed", 1.3)
differences(experiment, faster)

# %%
other = sim.run(faster, replications=run.replications, scenarios=[A])
beside = sim.compare(run, A, A, response="made", claim="shells", other=other)
beside

# %%
sim.plots.compare(beside)
