"""A knowledge base of the user's own: imported from a dump into alias Parquet, and linked to what documents name.

`importing` reads a Wikidata dump or a table of items into a folder (`storage`); `linking` finds the item of every entity of the
documents in one batched join. Without a base nothing here is called.
"""

VERSION = "2"                         # raised whenever the same dump may be stored, or the same base linked, otherwise
