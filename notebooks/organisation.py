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
# # An organisation's year
# Its people and posts, what was said, what happened. Here the organisation that most articles name; put another name for `WHO`.

# %%
import os

import altair as alt
import pandas as pd

import letopis

alt.renderers.enable("svg")
tables = letopis.tables(os.environ.get("LETOPIS_OUT", "../out"))
named = tables.sql("SELECT * FROM entities WHERE type = 'ORGANIZATION' ORDER BY document_count DESC, mention_count DESC, entity_id")
WHO = named.entity_id[0]
organisation = tables.entity(WHO)
organisation[["name", "aliases", "abbreviations", "wikidata_id", "first_published", "last_published"]].to_frame("")

# %% [markdown]
# How it is called, and where it is mentioned:

# %%
mentions = tables.mentions_of(WHO)
mentions.groupby(["normal", "form"]).size().sort_values(ascending=False).rename("mentions").to_frame()

# %%
months = pd.to_datetime(mentions.published_date).dropna().to_frame("month")
alt.Chart(months, width=700, height=120).mark_bar().encode(
    x=alt.X("yearmonth(month):T", title=None), y=alt.Y("count():Q", title="mentions")).configure(padding=30)

# %% [markdown]
# ## Who holds which position there, as stated

# %%
columns = ["published_date", "person", "position", "status", "score"]
tables.positions_of(WHO)[columns].drop_duplicates(["person", "position", "status"])

# %% [markdown]
# ## What it, and its people, said

# %%
people = [p for p in tables.positions_of(WHO).person_entity_id.dropna().unique() if p in set(tables["entities"].entity_id)]
said = pd.concat([tables.quotes_of(speaker) for speaker in [WHO, *people]])
names = tables["entities"].set_index("entity_id").name
said.assign(speaker=said.speaker_entity_id.map(names))[["published_date", "speaker", "cue", "kind", "text"]].head(15)

# %% [markdown]
# ## What happened

# %%
tables.events_of(WHO)[["date_start", "date_end", "role", "type", "realis", "name", "lead"]].drop_duplicates().head(25)
