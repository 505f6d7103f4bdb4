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
# # A timeline of salient events, by type and country

# %%
import os

import altair as alt
import pandas as pd

import letopis

alt.renderers.enable("svg")       # needs neither network nor script; "default" is interactive
tables = letopis.tables(os.environ.get("LETOPIS_OUT", "../out"))

# %% [markdown]
# What articles are about has a high salience; what happened on a known day has a `granularity` of day. Types are two words,
# `disaster.fire`: the first is the group.

# %%
events = tables.sql("""
    SELECT name, type, split_part(type, '.', 1) AS "group", date_start, coalesce(country, '?') AS country,
        salience, document_count
    FROM events
    WHERE salience >= 0.5 AND realis = 'actual' AND granularity IN ('day', 'range', 'week')
        AND date_start IS NOT NULL
""")
events["day"] = pd.to_datetime(events.pop("date_start"))
recent = events[events.day >= events.day.max() - pd.DateOffset(years=2)]
older = len(events) - len(recent)
print(f"{len(recent)} events from {recent.day.min():%Y-%m-%d} to {recent.day.max():%Y-%m-%d}; {older} older ones left out")

# %%
alt.Chart(recent, width=700, height=alt.Step(18)).mark_circle(opacity=0.6).encode(
    x=alt.X("day:T", title=None), y=alt.Y("group:N", title=None), size=alt.Size("salience:Q", legend=None),
    color=alt.Color("country:N"), tooltip=["name", "type", "day", "country"],
).configure(padding=30)

# %% [markdown]
# By month:

# %%
alt.Chart(recent, width=700, height=200).mark_bar().encode(
    x=alt.X("yearmonth(day):T", title=None), y=alt.Y("count():Q", title="events"), color=alt.Color("group:N"),
).configure(padding=30)

# %% [markdown]
# The events that most articles speak of; `distinct_document_count` would count near-duplicates once.

# %%
columns = ["day", "country", "type", "name", "document_count"]
recent.sort_values(["document_count", "salience"], ascending=False)[columns].head(15)
