"""Pairs of sightings that could be one event: those that share a key and stand near one another in it.

Contract. A key is a type, or the stem of a trigger, with an entity or with a word of the article's topic, and a window of
publication; every sighting stands in two overlapping windows, so that articles up to WINDOW days apart share one. Under a key a
sighting is paired with the NEAREST before it, so that pairs grow as sightings do; pairs of one article are none. What is found out
under a key follows from its sightings alone and is kept under their digest: a night computes only the keys that changed.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from letopis.layers import Ints
from letopis.resolve.sightings import Longs
from letopis.store.corpus import Corpus

WINDOW = 45
NEAREST = 20
TOPIC = 6                             # words of a topic that articles are found by
CHUNK = 200_000                       # rows of keys that are in memory at once

Group: TypeAlias = tuple[str, Longs]  # digest of a key's sightings, and their numbers

_KEYS = """
CREATE OR REPLACE TABLE event_keys AS
WITH found AS (
    SELECT sighting, document_id, digest, type, stem, published_date, unnest(list_concat(about, list_transform(
        list_sort(list_zip(weights, words), 'DESC')[:{topic}], lambda x: 'word ' || x[2]))) AS said
    FROM sightings
), windows AS (
    SELECT *, unnest(CASE WHEN published_date IS NULL THEN [0] ELSE [
        (published_date - DATE '1900-01-01') // {window} + 1, (published_date - DATE '1900-01-01') // {window} + 2] END) AS part
    FROM found
), keys AS (
    SELECT DISTINCT sighting, document_id, digest, hash(first, said, part) AS key
    FROM windows, LATERAL (SELECT unnest(['type ' || type, 'stem ' || stem]) AS first)
)
SELECT key, sighting, digest FROM keys
SEMI JOIN (SELECT key FROM keys GROUP BY key HAVING count(DISTINCT document_id) > 1) USING (key)
"""

# One key for all that have the same sightings.
_GROUPS = """
CREATE OR REPLACE TABLE event_groups AS
SELECT digest, min(sightings) AS sightings FROM (
    SELECT sha256($basis || string_agg(digest, '' ORDER BY sighting)) AS digest, list(sighting ORDER BY sighting) AS sightings
    FROM event_keys GROUP BY key
) GROUP BY digest
"""

_OPEN = """
CREATE OR REPLACE TABLE open_groups AS
SELECT *, sum(len(sightings)) OVER (ORDER BY sightings[1], digest ROWS UNBOUNDED PRECEDING) // {chunk} AS chunk
FROM event_groups ANTI JOIN answers USING (digest)
"""


def make_groups(corpus: Corpus, basis: str) -> None:
    """Leave `event_groups` (digest, sightings) in the connection: of every key, what stands under it in order."""
    corpus.sql.execute(_KEYS.format(topic=TOPIC, window=WINDOW))
    corpus.sql.execute(_GROUPS, {"basis": basis})


def open_groups(corpus: Corpus) -> Iterator[list[Group]]:
    """The groups without an answer, some at a time, those of early sightings first."""
    corpus.sql.execute(_OPEN.format(chunk=CHUNK))
    for (chunk,) in corpus.sql.execute("SELECT DISTINCT chunk FROM open_groups ORDER BY chunk").fetchall():
        rows = corpus.query(f"SELECT * FROM open_groups WHERE chunk = {chunk} ORDER BY sightings[1], digest").to_pylist()
        yield [(row["digest"], np.array(row["sightings"], np.int64)) for row in rows]


def pairs_of(document: Ints) -> Longs:
    """[pair, 2] places in a group, the earlier first, of its sightings in different documents; [place] the document of each."""
    pairs = _near(len(document))
    apart: Longs = pairs[document[pairs[:, 0]] != document[pairs[:, 1]]]
    return apart


@lru_cache(maxsize=256)
def _near(count: int) -> Longs:
    """[pair, 2] places up to NEAREST apart, by distance. Not to be written to."""
    steps = [np.stack([np.arange(count - step), np.arange(step, count)], axis=1) for step in range(1, min(NEAREST, count - 1) + 1)]
    return np.concatenate(steps) if steps else np.zeros((0, 2), np.int64)
