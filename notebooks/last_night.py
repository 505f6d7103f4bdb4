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
# # What came last night
# `runs` tells what each run did, `changes` which documents, entities and events it added, changed and removed, `redirects` which
# ids no longer stand and where they lead, `rejects` what could not be read.

# %%
import os

import pandas as pd

import letopis

tables = letopis.tables(os.environ.get("LETOPIS_OUT", "../out"))
runs = tables["runs"].sort_values("started")
last = runs.iloc[-1]
runs[["started", "finished", "status", "new", "changed", "removed", "missing", "unchanged", "rejected"]].tail(7)

# %%
stages = pd.Series(dict(last.seconds_per_stage)).rename("seconds").to_frame()
stages.assign(share=(stages.seconds / stages.seconds.sum()).map("{:.0%}".format))

# %%
changes = tables.sql("SELECT table_name, change, count(*) AS rows FROM changes WHERE run_id = $run GROUP BY ALL", run=last.run_id)
changes.pivot(index="table_name", columns="change", values="rows") if len(changes) else "nothing changed"

# %% [markdown]
# ## New articles, and what they are about

# %%
tables.sql("""
    SELECT d.published_date, d.path, d.title, list(e.name ORDER BY m.salience DESC)[:3] AS "about"
    FROM changes c JOIN documents d ON d.document_id = c.id
    LEFT JOIN event_mentions m ON m.document_id = d.document_id AND m.salience >= 0.5 LEFT JOIN events e USING (event_id)
    WHERE c.run_id = $run AND c.table_name = 'documents' AND c.change <> 'removed'
    GROUP BY ALL ORDER BY d.published_date DESC, d.path LIMIT 20
""", run=last.run_id)

# %% [markdown]
# ## New people and organisations

# %%
tables.sql("""
    SELECT n.name, n.type, n.document_count, n.mention_count, n.link_method FROM changes c JOIN entities n ON n.entity_id = c.id
    WHERE c.run_id = $run AND c.table_name = 'entities' AND c.change = 'added' AND n.type IN ('PERSON', 'ORGANIZATION')
    ORDER BY n.mention_count DESC, n.name LIMIT 20
""", run=last.run_id)

# %% [markdown]
# ## Ids that no longer stand
# Who kept them looks here: an id leads in one step to one that stands, or to nothing.

# %%
tables.sql("""
    SELECT r.old_id, r.new_id, r.kind, r.reason, r.share, coalesce(n.name, e.name) AS "is now"
    FROM redirects r LEFT JOIN entities n ON n.entity_id = r.new_id LEFT JOIN events e ON e.event_id = r.new_id
    WHERE r.run_id = $run ORDER BY r.old_id LIMIT 20
""", run=last.run_id)

# %% [markdown]
# ## What could not be read

# %%
tables["rejects"][["path", "record", "stage", "error", "message", "attempts"]]
