"""The blocks of nodes, and which nodes of a block are one.

Contract. Two nodes are looked at together only if a chain of shared block keys joins them, and what becomes of a block follows from
its nodes alone. So a block has a digest of all that its nodes say, and a block whose digest an earlier run has answered isn't
computed again. An answer gives for each node of the block, in order, the place (from 1) of the node that bears its cluster's
smallest member.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from letopis.resolve.bodies import settle_bodies
from letopis.resolve.nodes import Node, node_of
from letopis.resolve.people import settle_people
from letopis.store.blocks import Answers
from letopis.store.corpus import Corpus

# Everything of a Node but its number, of which a block's order is all that counts; of company, the documents it is counted in.
_DIGESTS = """
CREATE OR REPLACE TABLE block_digests AS
WITH near AS (SELECT document_id, sha256(CAST(to_json(near) AS VARCHAR)) AS digest FROM {near}),
seen AS (SELECT node, unnest(documents) AS document_id FROM nodes JOIN node_blocks USING (node)),
company AS (SELECT node, list(digest ORDER BY digest) AS company FROM seen JOIN near USING (document_id) GROUP BY node),
each AS (
    SELECT block, node, sha256(CAST(to_json({{
        'sort': sort, 'names': names, 'short': short, 'posts': posts, 'seats': seats, 'kinds': kinds, 'weight': weight,
        'member': member, 'first': first, 'last': last, 'seen': len(documents), 'company': company, 'own': own,
        'wikidata': wikidata, 'marks': marks
    }}) AS VARCHAR)) AS digest
    FROM node_blocks JOIN nodes USING (node) LEFT JOIN company USING (node)
)
SELECT block, substr(sha256($basis || string_agg(digest, '' ORDER BY node)), 1, 32) AS digest FROM each GROUP BY block
"""

_OPEN = """
CREATE OR REPLACE TABLE open_nodes AS
SELECT b.block, b.node, d.digest FROM node_blocks b JOIN block_digests d USING (block) ANTI JOIN answers a USING (digest)
"""

_ASKED = """
CREATE OR REPLACE TABLE open_nodes AS
SELECT b.block, b.node, d.digest FROM node_blocks b JOIN block_digests d USING (block)
WHERE b.block IN (SELECT block FROM node_blocks SEMI JOIN asked_nodes USING (node))
UNION ALL SELECT -1 - node, node, 'alone ' || node FROM asked_nodes ANTI JOIN node_blocks USING (node)
"""

_COMPANY = """
CREATE OR REPLACE TABLE company AS
WITH seen AS (SELECT node, unnest(documents) AS document_id FROM nodes JOIN open_nodes USING (node)),
each AS (SELECT node, unnest(near) AS key FROM seen JOIN {near} USING (document_id)),
counts AS (SELECT node, key, count(*) AS n FROM each GROUP BY ALL)
SELECT node, list(key ORDER BY key) AS keys, list(n ORDER BY key) AS counts FROM counts GROUP BY node
"""

_NODES = """
SELECT o.digest, n.node, sort, names, short, posts, seats, kinds, weight, member, first, last, len(documents) AS seen, c.keys,
       c.counts, own, wikidata, marks
FROM open_nodes o JOIN nodes n USING (node) LEFT JOIN company c USING (node) ORDER BY o.block, n.node
"""

_CLUSTERS = """
CREATE OR REPLACE TABLE node_clusters AS
WITH placed AS (
    SELECT block, node, member, row_number() OVER (PARTITION BY block ORDER BY node) AS place
    FROM node_blocks JOIN nodes USING (node)
)
SELECT p.node, first.member
FROM placed p JOIN block_digests USING (block) JOIN answers USING (digest)
JOIN placed first ON first.block = p.block AND first.place = answer[p.place]
"""


def settle_blocks(corpus: Corpus, answers: Answers) -> None:
    """Leave `node_clusters` (node, the smallest member of its cluster) in the connection, of the nodes in blocks of several."""
    number_blocks(corpus)
    digest_blocks(corpus, answers.basis)
    answers.recall(corpus, "block_digests")
    answers.enter(corpus, [(digest, _answer(block)) for digest, block in _open_blocks(corpus)])
    corpus.sql.execute(_CLUSTERS)


def number_blocks(corpus: Corpus) -> None:
    """Leave `node_blocks` (node, block): connected components of two or more nodes that share keys, named by their smallest."""
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


def digest_blocks(corpus: Corpus, basis: str) -> None:
    """Leave `block_digests` (block, digest) in the connection: of all that a block's answer follows from."""
    corpus.sql.execute(_DIGESTS.format(near=corpus.units("profile_near")), {"basis": basis})


def _open_blocks(corpus: Corpus) -> Iterator[tuple[str, list[Node]]]:
    """The digest and the nodes, in the order of their numbers, of every block without an answer."""
    corpus.sql.execute(_OPEN)
    yield from _read_blocks(corpus)


def blocks_with(corpus: Corpus, nodes: Iterable[int]) -> Iterator[list[Node]]:
    """The blocks of some nodes, read once more after `settle_blocks`: what was compared, for who wants to know why.

    A node that shares no key with another is a block by itself here.
    """
    corpus.add("asked_nodes", pa.table({"node": pa.array(sorted(nodes), pa.int64())}))
    corpus.sql.execute(_ASKED)
    yield from (block for _, block in _read_blocks(corpus))


def _read_blocks(corpus: Corpus) -> Iterator[tuple[str, list[Node]]]:
    corpus.sql.execute(_COMPANY.format(near=corpus.units("profile_near")))
    rows: Any = corpus.sql.sql(_NODES)
    digest, waiting = "", list[Node]()
    for batch in rows.to_arrow_reader(10_000):
        for row in batch.to_pylist():
            if row["digest"] != digest:
                if waiting:
                    yield digest, waiting
                digest, waiting = row["digest"], []
            waiting.append(node_of(row))
    if waiting:
        yield digest, waiting


def _answer(block: list[Node]) -> list[int]:
    place = {node.number: i for i, node in enumerate(block, 1)}
    answer = dict.fromkeys(place, 0)
    for cluster in settle_people(block) if block[0].sort == "PERSON" else settle_bodies(block):
        smallest = min(cluster.nodes, key=lambda node: node.member)
        answer.update((node.number, place[smallest.number]) for node in cluster.nodes)
    return list(answer.values())
