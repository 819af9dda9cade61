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
# # Could that many plants have made that many shells?
#
# The answer, from the question to what would change one's mind. Every figure below is read from the config or from the rows of one
# run: the newest of this config as it stands, if there is one that got to its end, else one of a few hundred replications that is made
# here. Of so few the intervals are wide; `make run` makes the run of record. What the priors rest on, what was observed beside, and
# what to doubt first stand in the [README](README.md) of this folder.

# %%
import os
from pathlib import Path

import altair as alt
import pandas as pd
from IPython.display import HTML, Markdown, display

import simulator as sim
from simulator.analysis.account import account
from simulator.analysis.exceedance import exceedance
from simulator.analysis.figures import figure, percent
from simulator.analysis.markup import html_table
from simulator.analysis.predictive import prior_predictive
from simulator.runner.expectations import expectations
from simulator.studies.bottleneck import stored_bottleneck
from simulator.studies.threshold import reported, stored_threshold

CONFIG = "configs/shell_exports_2023.yaml"
SCENARIOS = NEW, STOCK = "new_production", "production_and_stock"
CLAIM, LOWER, FACTOR = "nis_delivered", "lower_count", "active_plants"
REPLICATIONS = 256
SMALL = 32
LEVELS = [20, 60, 80, 150, 300]

alt.renderers.enable("png", ppi=96)
os.chdir(next(each for each in (Path.cwd(), *Path.cwd().parents) if (each / CONFIG).is_file()))


def say(text):
    display(Markdown(text))


def table(records):
    """Show records as the answers show theirs."""
    return HTML(html_table(pd.DataFrame(records)))


def ask(question, *arguments, **more):
    """Answer a question, or say why there is no answer: a refusal is one."""
    try:
        return question(*arguments, **more)
    except sim.ResultsError as refusal:
        say(f"*No answer: {refusal}*")


# %% [markdown]
# ## The question

# %%
experiment = sim.load(CONFIG)
claimed, plants = experiment.claims[CLAIM], reported(experiment.factors[FACTOR].distribution)
say(
    f"**{experiment.title}** Reported were {figure(plants[0])} to {figure(plants[1])} active plants, "
    f"and at least {figure(claimed.at_least)} shells {claimed.quantity} from {claimed.from_} to {claimed.by} "
    f"({', '.join(claimed.evidence)}). These claims are tried:"
)
table(
    [
        {
            "claim": name,
            "quantity": each.quantity,
            "at least": figure(each.at_least),
            "from": each.from_,
            "by": each.by,
        }
        for name, each in experiment.claims.items()
    ]
)

# %% [markdown]
# ## Before running
#
# The most that the system could make, with every factor at its median, whatever else happens: the time of lines, power and material.
# What binds is named.

# %%
expected = expectations(experiment, replications=0)
expected.bounds[list(experiment.scenarios).index(NEW)]

# %% [markdown]
# ## The run

# %%
try:
    run = sim.open_results(CONFIG)
except sim.ResultsError:
    run = None
if run is None or not run.complete:
    run = sim.run(experiment, replications=REPLICATIONS, scenarios=SCENARIOS)
run

# %% [markdown]
# Does the model give what was observed of voyages and containers, before any of it is used? Beside each other stand the prior
# predictive distribution and the observation with its error.

# %%
prior_predictive(run)

# %% [markdown]
# ## How likely is it?

# %%
headline = {name: sim.claim(run, CLAIM, name) for name in SCENARIOS}
for name, each in headline.items():
    say(
        f"**{name}**: that at least {figure(each.at_least)} {each.unit} were {each.quantity} has a probability of {each.chance}: "
        f"**{each.term}**. The median is {figure(each.median)}, 5 to 95 % are {figure(each.p05)} to {figure(each.p95)} "
        f"({each.n:,} replications)."
    )

# %% [markdown]
# How much of that is due to what we do not know, and how much to chance? Replications are repeated with the same factors and other
# luck. Confidence is about what the weightiest factors rest on, apart from the probability.

# %%
sim.judge(run, CLAIM, STOCK, pairs=SMALL)

# %% [markdown]
# A probability near 0 or 1 says little by itself. How likely is each quantity?

# %%
sim.plots.exceedance(run, claim=CLAIM)

# %%
exceedance(run, f"claims.{CLAIM}", scenario=NEW)

# %% [markdown]
# ## How many plants would it take?
#
# The same factors and the same luck at several numbers of active plants; a stored sweep of the run when it has one.

# %%
try:
    needed = stored_threshold(run, FACTOR, CLAIM, NEW)
except sim.ResultsError:
    needed = sim.threshold(run, FACTOR, CLAIM, NEW, LEVELS, replications=SMALL)
needed

# %%
sim.plots.threshold(needed)

# %%
say("Even odds of milder figures:")
table([{"at least": figure(each.at_least), FACTOR: needed.told(each)} for each in needed.even])

# %% [markdown]
# ## New production, or stock?

# %%
comparison = sim.compare(run, *SCENARIOS, claim=CLAIM)
comparison

# %%
sim.plots.compare(comparison)

# %% [markdown]
# ## What held production back?
#
# What the lines of the final stage waited for, from the rows of the run:

# %%
sim.plots.lost_output(account(run, NEW))

# %% [markdown]
# What would power at all hours have added? One run more with that fixed, under the same luck, beside the first replications of this one.

# %%
powered = sim.run(experiment.with_value("powered_hours", "24 h"), replications=SMALL, scenarios=[NEW])
sim.compare(run, NEW, NEW, claim=CLAIM, other=powered)

# %% [markdown]
# `simulator answer shell_exports_2023 --question bottleneck` lifts every constraint in turn, and pairs of them. Where that was asked of
# this run, here is its answer:

# %%
held = ask(stored_bottleneck, run, CLAIM, NEW)
held

# %% [markdown]
# ## What does it depend on?

# %%
of_new = ask(sim.sensitivity, run, LOWER, scenario=NEW)
of_new

# %%
of_stock = ask(sim.sensitivity, run, CLAIM, scenario=STOCK)
of_stock and sim.plots.sensitivity(of_stock)

# %% [markdown]
# ## What would one have to believe?
#
# Of the million from new production alone, where too few replications meet it for an answer, this says so.

# %%
ask(sim.belief, run, CLAIM, NEW)

# %%
believed = ask(sim.belief, run, CLAIM, STOCK)
believed and sim.plots.belief(believed)

# %% [markdown]
# And what was observed, used all at once; or without the last of it, where too few replications are left that agree with all:

# %%
observed = [name for name, each in experiment.claims.items() if each.observed is not None]
given = ask(sim.belief, run, scenario=NEW, observed=observed)
given or ask(sim.belief, run, scenario=NEW, observed=observed[:-1])

# %% [markdown]
# ## What should one find out?

# %%
worth = ask(sim.information, run, CLAIM, STOCK)
worth

# %%
worth and sim.plots.information(worth)

# %% [markdown]
# ## What would change one's mind?
#
# The factors that are told from chance, and what each rests on. One that rests on an assumption alone is the first to look at.

# %%
grounds = pd.concat(each.to_frame().assign(of=each.of) for each in (of_new, of_stock) if each is not None)
grounds = grounds[grounds["apart"]]
rests = grounds["evidence"] + grounds["grades"].map(lambda grades: f" ({grades})" if grades else "")
table(
    {
        "of": grounds["of"],
        "factor": grounds["column"],
        "share of the variance": grounds["share"].map(percent),
        "evidence (grade)": rests,
        "assumption": grounds["assumption"],
    }
)

# %%
say(
    f"With the reported plants and nothing but new shells, {figure(claimed.at_least)} "
    f"{claimed.quantity} has {headline[NEW].term} ({headline[NEW].chance}); with what lay in stock it is {headline[STOCK].term} "
    f"({headline[STOCK].chance}). {needed.sentence}"
)
