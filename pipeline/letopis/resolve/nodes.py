"""Nodes: what many entities of documents say in the same words, as one; and the blocks nodes are compared in.

Contract. A node is the entities of all documents with equal evidence (names, posts, towns, kinds), whoever their company is; where
the evidence is weak (a surname alone) each entity is a node of its own. Two
nodes are looked at together only if a chain of shared block keys joins them. Both are functions of the profiles alone, in whatever
order they come.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from letopis.find.naming.evidence import parsed
from letopis.find.naming.people import PersonName
from letopis.store.corpus import Corpus

COMPANIES = 40                        # documents whose company a node keeps: those with the smallest ids

_NODES = """
CREATE OR REPLACE TABLE nodes AS
SELECT row_number() OVER (ORDER BY sort, names, short, posts, seats, kinds, alone) - 1 AS node, *
FROM (
    SELECT sort, names, short, blocks, posts, seats, kinds, alone, count(*) AS weight, min(member) AS member,
           min(day) AS first, max(day) AS last, list(document_id ORDER BY document_id)[:{companies}] AS documents
    FROM (
        SELECT e.*, d.published_date AS day FROM members e JOIN days d USING (document_id) WHERE place IS NULL
    ) GROUP BY ALL
)
"""

_MEMBERS = """
CREATE OR REPLACE TABLE node_members AS
SELECT m.document_id, m.entity, n.node, n.member FROM members m JOIN nodes n
ON m.place IS NULL AND m.sort = n.sort AND m.names = n.names AND m.short = n.short AND m.posts = n.posts AND m.seats = n.seats
   AND m.kinds = n.kinds AND m.alone IS NOT DISTINCT FROM n.alone
"""

_COMPANY = """
WITH seen AS (SELECT node, unnest(documents) AS document_id FROM nodes JOIN node_blocks USING (node)),
each AS (SELECT node, unnest(near) AS key FROM seen JOIN {near} USING (document_id)),
counts AS (SELECT node, key, count(*) AS n FROM each GROUP BY ALL)
SELECT node, list(key ORDER BY key) AS keys, list(n ORDER BY key) AS counts FROM counts GROUP BY node
"""


@dataclass(slots=True)
class Node:
    """Entities of documents with equal evidence; `near` counts the company of some of their documents (`seen` of them)."""

    number: int
    sort: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    posts: tuple[str, ...]
    seats: frozenset[str]
    kinds: frozenset[str]
    weight: int
    member: str                       # smallest key of its members
    years: tuple[float, float] | None
    seen: int
    near: Counter[str] = field(default_factory=Counter)
    people: tuple[PersonName, ...] = ()


def make_nodes(corpus: Corpus) -> None:
    """Leave `nodes` and `node_members` (document_id, entity, node, its smallest member) in the connection."""
    corpus.sql.execute(_NODES.format(companies=COMPANIES))
    corpus.sql.execute(_MEMBERS)


def blocks(corpus: Corpus) -> Iterator[list[Node]]:
    """The nodes of every block that has several, in the order of their numbers."""
    _number_blocks(corpus)
    near = corpus.units("profile_near")
    corpus.sql.execute(f"CREATE OR REPLACE TABLE company AS {_COMPANY.format(near=near)}")
    rows: Any = corpus.sql.sql(
        "SELECT b.block, n.node, sort, names, short, posts, seats, kinds, weight, member, first, last, len(documents) AS seen, "
        "c.keys, c.counts FROM node_blocks b JOIN nodes n USING (node) LEFT JOIN company c USING (node) ORDER BY b.block, n.node"
    )
    block: int | None = None
    waiting: list[Node] = []
    for batch in rows.to_arrow_reader(10_000):
        for row in batch.to_pylist():
            if row["block"] != block:
                if waiting:
                    yield waiting
                block, waiting = row["block"], []
            waiting.append(_node(row))
    if waiting:
        yield waiting


def _number_blocks(corpus: Corpus) -> None:
    """`node_blocks` (node, block): connected components of two or more nodes that share keys; a block is named by its smallest."""
    corpus.sql.execute(
        "CREATE OR REPLACE TABLE block_keys AS SELECT node, dense_rank() OVER (ORDER BY key) - 1 AS key "
        "FROM (SELECT node, unnest(blocks) AS key FROM nodes)"
    )
    found = corpus.query("SELECT node, key FROM block_keys ORDER BY node, key")
    nodes, keys = (found[c].to_numpy().astype(np.int64) for c in ("node", "key"))
    size = int(nodes.max(initial=-1)) + 1
    total = size + int(keys.max(initial=-1)) + 1
    graph = coo_matrix((np.ones(len(nodes), np.int8), (nodes, size + keys)), (total, total))
    labels = connected_components(graph, directed=False)[1] if total else np.zeros(0, np.int64)
    first = np.full(int(labels.max(initial=-1)) + 1, total, np.int64)
    np.minimum.at(first, labels[nodes], nodes)
    unique = np.unique(nodes)
    several = np.bincount(labels[unique], minlength=len(first))[labels[unique]] > 1 if total else np.zeros(0, np.bool_)
    corpus.add("node_blocks", pa.table({"node": unique[several], "block": first[labels[unique[several]]]}))


def _node(row: dict[str, Any]) -> Node:
    years = None if row["first"] is None else (_year(row["first"]), _year(row["last"]))
    near = Counter(dict(zip(row["keys"] or (), row["counts"] or (), strict=True)))
    people = tuple(map(parsed, row["names"])) if row["sort"] == "PERSON" else ()
    return Node(
        row["node"], row["sort"], tuple(row["names"]), tuple(row["short"]), tuple(row["posts"]), frozenset(row["seats"]),
        frozenset(row["kinds"]), row["weight"], row["member"], years, row["seen"], near, people,
    )


def _year(day: Any) -> float:
    return float(day.year + day.timetuple().tm_yday / 366)
