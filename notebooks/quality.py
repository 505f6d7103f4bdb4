# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Quality
# What was measured against gold, how far the columns of this store are filled, what share of the keywords of the front matter is
# found, and how sure the rows are.

# %%
import json
import os
from pathlib import Path

import altair as alt
import pandas as pd

import letopis
from letopis.store.check import fill_rates
from letopis.store.recall import keyword_recall

alt.renderers.enable("svg")
tables = letopis.tables(os.environ.get("LETOPIS_OUT", "../out"))

# %% [markdown]
# ## Against gold
# Of `data/scores.json`, which `make gate` measures: each figure with its 95 % interval; below its floor no change is accepted.

# %%
scores = pd.DataFrame.from_dict(json.loads(Path("../data/scores.json").read_text(encoding="utf-8")), orient="index")
scores = scores.dropna(subset=["f1", "low", "high"]).reset_index(names="measure")
bars = alt.Chart(scores, height=alt.Step(16), width=480).encode(y=alt.Y("measure:N", sort="-x", title=None))
zero = alt.Scale(domain=[0, 1])
interval = bars.mark_rule().encode(x=alt.X("low:Q", scale=zero, title="F1"), x2="high:Q")
(bars.mark_bar(opacity=0.5).encode(x=alt.X("f1:Q", scale=zero)) + interval).configure(padding=30)

# %%
pd.set_option("display.max_colwidth", 120)
scores[["measure", "what", "f1", "low", "high", "gold", "floor"]]

# %% [markdown]
# ## How far the columns are filled

# %%
filled = pd.DataFrame(fill_rates(tables.snapshot), columns=["table", "column", "rows", "filled"])
partly = filled[filled.filled.between(0, 1, inclusive="neither")].sort_values(["table", "filled"])
partly.assign(filled=partly.filled.map("{:.1%}".format))

# %% [markdown]
# ## Keywords of the front matter
# A figure that needs no gold: a keyword whose words occur in its article should be an entity or event that was found there.

# %%
known = keyword_recall(tables.snapshot)
print(f"{known.found} found of {known.occurring} that occur in their articles, of {known.stated} stated; {known.resolved} resolved")

# %% [markdown]
# ## How sure the rows are
# `score` is a calibrated probability: of the rows with 0.8, eight of ten should be right. The shares of rows by score:

# %%
scored = [n for n in tables if "score" in getattr(tables, n).columns]
union = " UNION ALL ".join(f"SELECT '{n}' AS name, least(floor(score * 10) / 10, 0.9) AS score FROM {n}" for n in scored)
shares = tables.sql(f"SELECT name, score, count(*) AS rows FROM ({union}) GROUP BY ALL")
shares["share"] = shares.rows / shares.groupby("name").rows.transform("sum")
alt.Chart(shares, height=alt.Step(20), width=420).mark_rect().encode(
    x=alt.X("score:O", title="score, from"), y=alt.Y("name:N", title=None), color=alt.Color("share:Q", scale=zero),
).configure(padding=30)
