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
# # Who met whom
# Two who have a part in one event, and are no place of it, are joined by an edge; its weight is the number of their events.

# %%
import os

import altair as alt
import networkx as nx
import pandas as pd

import letopis

alt.renderers.enable("svg")
tables = letopis.tables(os.environ.get("LETOPIS_OUT", "../out"))

# %%
pairs = tables.sql("""
    SELECT a.entity_id AS one, b.entity_id AS other, count(DISTINCT event_id) AS events
    FROM event_participants a JOIN event_participants b USING (event_id) JOIN events e USING (event_id)
    JOIN entities n ON n.entity_id = a.entity_id JOIN entities m ON m.entity_id = b.entity_id
    WHERE a.entity_id < b.entity_id AND a.role <> 'place' AND b.role <> 'place' AND e.realis = 'actual'
    AND n.type IN ('PERSON', 'ORGANIZATION') AND m.type IN ('PERSON', 'ORGANIZATION')
    GROUP BY ALL ORDER BY events DESC, one, other
""")
entities = tables["entities"].set_index("entity_id")
named = pairs.assign(one=pairs.one.map(entities.name), other=pairs.other.map(entities.name))
named.head(15)

# %% [markdown]
# The largest groups of those who are connected:

# %%
graph = nx.Graph()
graph.add_weighted_edges_from(pairs.head(300).itertuples(index=False, name=None))
groups = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))[:6]
shown = graph.subgraph(set().union(*groups))
places = pd.DataFrame.from_dict(nx.spring_layout(shown, seed=7, k=0.5), orient="index", columns=["x", "y"])
nodes = places.join(entities[["name", "type", "mention_count"]])
edges = pd.DataFrame(
    [(*places.loc[a], *places.loc[b], d["weight"]) for a, b, d in shown.edges(data=True)], columns=["x", "y", "x2", "y2", "events"])
print(f"{len(nodes)} of {graph.number_of_nodes()} who met somebody")

# %%
plain = {"axis": None}
lines = alt.Chart(edges).mark_rule(opacity=0.4).encode(
    x=alt.X("x:Q", **plain), y=alt.Y("y:Q", **plain), x2="x2:Q", y2="y2:Q", size=alt.Size("events:Q", legend=None))
points = alt.Chart(nodes).mark_circle().encode(
    x=alt.X("x:Q", **plain), y=alt.Y("y:Q", **plain), color="type:N", size=alt.Size("mention_count:Q", legend=None))
labels = alt.Chart(nodes).mark_text(dy=-9, fontSize=9, limit=140).encode(
    x=alt.X("x:Q", **plain), y=alt.Y("y:Q", **plain), text="name:N")
(lines + points + labels).resolve_scale(size="independent").properties(width=680, height=480).configure_view(stroke=None)

# %% [markdown]
# One of them: with whom, and in what.

# %%
central = max(sorted(shown), key=dict(shown.degree).get)
print(entities.name[central])
tables.co_participants(central).head(10)

# %%
tables.events_of(central)[["role", "name", "type", "date_start"]].drop_duplicates().head(15)
