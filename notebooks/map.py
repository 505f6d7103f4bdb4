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
# # A map of events
# An event has the coordinates of its place. The map has no coast lines, which would have to be fetched: a net of degrees and the
# names of the places that have most events.

# %%
import os

import altair as alt

import letopis

alt.renderers.enable("svg")
tables = letopis.tables(os.environ.get("LETOPIS_OUT", "../out"))

# %%
places = tables.sql("""
    SELECT n.name AS place, n.type, n.country, e.longitude, e.latitude, count(*) AS events, max(salience) AS salience
    FROM events e JOIN entities n ON n.entity_id = e.place_entity_id
    WHERE e.longitude IS NOT NULL AND realis = 'actual' GROUP BY ALL ORDER BY events DESC, place
""")
placed = tables.sql("SELECT count(longitude) AS placed, count(*) AS events FROM events WHERE realis = 'actual'")
print(f"{placed.placed[0]} of {placed.events[0]} events have coordinates, in {len(places)} places")
places.head(12)

# %% [markdown]
# Towns and regions; a country as a whole ('Россия') has a point in its middle, which says little.

# %%
towns = places[places.type != "COUNTRY"]
net = alt.Chart(alt.graticule(step=[10, 10])).mark_geoshape(stroke="#ddd")
points = alt.Chart(towns).mark_circle(opacity=0.6).encode(
    longitude="longitude:Q", latitude="latitude:Q", size=alt.Size("events:Q", scale=alt.Scale(range=[15, 500])), color="country:N")
labels = alt.Chart(towns.head(14)).mark_text(dx=6, align="left", fontSize=9).encode(
    longitude="longitude:Q", latitude="latitude:Q", text="place:N")
window = {"rotate": [-75, -55, 0], "scale": 420, "clipExtent": [[0, 0], [660, 420]]}
(net + points + labels).properties(width=660, height=420).project("azimuthalEqualArea", **window).configure(padding=15)

# %% [markdown]
# What is placed where, by group of types:

# %%
top = towns.place.head(10).tolist()
groups = tables.sql("""
    SELECT n.name AS place, split_part(e.type, '.', 1) AS "group", count(*) AS events
    FROM events e JOIN entities n ON n.entity_id = e.place_entity_id
    WHERE realis = 'actual' AND list_contains($top, n.name) GROUP BY ALL
""", top=top)
alt.Chart(groups, height=alt.Step(20), width=500).mark_rect().encode(
    x=alt.X("group:N", title=None), y=alt.Y("place:N", sort=top, title=None), color=alt.Color("events:Q")).configure(padding=30)
