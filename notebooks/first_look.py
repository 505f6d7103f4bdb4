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
# # First look
# Load the tables of a store, see what is in them, join and filter. `make pipeline` has made the store from the 47 invented articles
# of `data/sample`; for yours, set `LETOPIS_OUT`.

# %%
import os
from datetime import date

import letopis

tables = letopis.tables(os.environ.get("LETOPIS_OUT", "../out"))     # one snapshot: a night that ends meanwhile changes nothing
tables.sql(" UNION ALL ".join(f"SELECT '{name}' AS name, count(*) AS rows FROM {name}" for name in tables))

# %% [markdown]
# A handle tells what its columns are and reads nothing yet; `tables["events"]` is the frame.

# %%
tables.events

# %%
columns = ["name", "type", "date_start", "country", "salience", "document_count"]
tables["events"].sort_values("salience", ascending=False)[columns].head(10)

# %% [markdown]
# ## Joins
# Everything joins by ids: an entity of `entities` by `entity_id`, a mention by `mention_id`. Who is quoted most, in pandas:

# %%
quotes = tables["quotes"].merge(tables["entities"], left_on="speaker_entity_id", right_on="entity_id")
quotes.groupby("name").size().sort_values(ascending=False).head(5).rename("quotes").to_frame()

# %% [markdown]
# The same in DuckDB and in Polars:

# %%
tables.sql("""
    SELECT name, count(*) AS quotes FROM quotes JOIN entities ON entity_id = speaker_entity_id
    GROUP BY ALL ORDER BY quotes DESC LIMIT 5
""")

# %%
names = tables.entities.polars().select("entity_id", "name")
(
    tables.quotes.polars().join(names, left_on="speaker_entity_id", right_on="entity_id")
    .group_by("name").len("quotes").sort("quotes", descending=True).head(5).collect()
)

# %% [markdown]
# The usual joins are spelled out. Whoever is quoted most: the events they had a part in, and their positions.

# %%
who = quotes.name.mode()[0]
tables.events_of(who)[["role", "name", "type", "date_start"]].head(10)

# %%
tables.positions_of(who)[["person", "position", "organisation", "status", "published_date"]]

# %% [markdown]
# ## Evidence
# Every cell leads back to its characters: `start` and `end` count in the column of `documents` that `field` names.

# %%
mention = tables.mentions_of(who).iloc[0]
article = tables["documents"].set_index("document_id").loc[mention.document_id]
assert article[mention.field][mention.start:mention.end] == mention.text
mention[["text", "sentence_text", "path", "score", "method"]].to_frame("a mention")

# %% [markdown]
# ## Texts in hand

# %%
text = "Вчера в Казани министр культуры Татарстана Ирада Аюпова открыла выставку фарфора."
letopis.annotate(text, published=date(2024, 5, 18))
