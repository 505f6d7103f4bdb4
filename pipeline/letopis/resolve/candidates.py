"""Pairs of documents that may tell of one event, and the pairs of their sightings that could be one.

Contract. Documents are found by keys: their commonest entities and the heaviest words of their topic. Under a key a document is
looked at with the NEAREST published before it; of these it is compared with the MOST whose words are likest, if they are as like
as ALIKE. So pairs grow as documents do, however many share a key. What is found out about two documents follows from their
sightings and words alone and is kept under their digest: a night computes only the pairs of documents that are new.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from letopis.layers import Ints
from letopis.resolve.contents import Longs, bodies, cosines, likeness, words_of
from letopis.resolve.sightings import NOBODY, UNKNOWN, Sightings
from letopis.store.corpus import Corpus

TOPIC, ENTITIES = 8, 8                # words of a topic, and entities, that documents are found by
NEAREST, MOST, ALIKE = 40, 40, 9      # ALIKE in hundredths: of two articles of other things one in a hundred is
LEAST_PASSAGE, LEAST_LIKE = 5, 60     # hundredths: of the sentences of two sightings, of their triggers
FRESH, APART = 3, 4                   # days from what is told to its publication, and between two publications of one such
CHUNK = 50_000                        # pairs of documents whose sightings are in memory at once

# Documents that tell of something, in the order of their sightings.
_DOCUMENTS = """
CREATE OR REPLACE TABLE event_documents AS
WITH said AS (SELECT document_id, sha256(CAST(list((words, weights) ORDER BY sentence) AS VARCHAR)) AS digest FROM {words}
              GROUP BY document_id)
SELECT row_number() OVER (ORDER BY min(s.sighting)) - 1 AS number, s.document_id, min(s.sighting) AS first,
       sha256(string_agg(s.digest, '' ORDER BY s.sighting) || coalesce(any_value(w.digest), '')) AS digest
FROM sightings s LEFT JOIN said w USING (document_id) GROUP BY s.document_id
"""

_KEYS = """
WITH entities AS (
    SELECT document_id, entity FROM (SELECT document_id, unnest(about) AS entity FROM sightings) GROUP BY document_id, entity
    QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY count(*) DESC, entity) <= {entities}
), topics AS (
    SELECT document_id, unnest(list_transform(list_sort(list_zip(weights, words), 'DESC')[:{topic}], lambda x: x[2])) AS word
    FROM {topics}
), said AS (
    SELECT document_id, entity AS key FROM entities UNION ALL SELECT document_id, 'word ' || word FROM topics
), numbered AS (SELECT number, key FROM said JOIN event_documents USING (document_id))
SELECT dense_rank() OVER (ORDER BY key) AS key, number FROM numbered
QUALIFY count(*) OVER (PARTITION BY key) > 1 ORDER BY 1, 2
"""

_PAIRS = """
CREATE OR REPLACE TABLE document_pairs AS
SELECT p.a, p.b, substr(sha256($basis || x.digest || y.digest), 1, 32) AS digest
FROM likely_pairs p JOIN event_documents x ON x.number = p.a JOIN event_documents y ON y.number = p.b
"""

_OPEN = """
CREATE OR REPLACE TABLE open_pairs AS
SELECT a, b, row_number() OVER (ORDER BY a, b) // {chunk} AS chunk, digest FROM document_pairs ANTI JOIN answers USING (digest)
"""
_ASKED = """
CREATE OR REPLACE TABLE asked_documents AS
SELECT document_id, number FROM event_documents
WHERE number IN (SELECT unnest([a, b]) FROM open_pairs WHERE chunk = {chunk})
"""


def make_pairs(corpus: Corpus, basis: str) -> None:
    """Leave `event_documents` (number, document_id, first, digest) and `document_pairs` (a, b, digest)."""
    corpus.sql.execute(_DOCUMENTS.format(words=corpus.units("profile_sentences")))
    keys = corpus.query(_KEYS.format(entities=ENTITIES, topic=TOPIC, topics=corpus.units("profile_topics")))
    numbers = corpus.query("SELECT number FROM event_documents ORDER BY number")["number"].to_numpy().astype(np.int64)
    near = _near(keys["key"].to_numpy().astype(np.int64), keys["number"].to_numpy().astype(np.int64), len(numbers))
    like = cosines(bodies(words_of(corpus, "event_documents"), numbers), *near.T)
    chosen = near[_likest(near, like)]
    corpus.add("likely_pairs", pa.table({"a": chosen[:, 0], "b": chosen[:, 1]}))
    corpus.sql.execute(_PAIRS, {"basis": basis})


def open_pairs(corpus: Corpus) -> Iterator[pa.Table]:
    """The pairs of documents (a, b, digest) without an answer, some at a time; `asked_documents` are then theirs."""
    corpus.sql.execute(_OPEN.format(chunk=CHUNK))
    for (chunk,) in corpus.sql.execute("SELECT DISTINCT chunk FROM open_pairs ORDER BY chunk").fetchall():
        corpus.sql.execute(_ASKED.format(chunk=chunk))
        yield corpus.query(f"SELECT a, b, digest FROM open_pairs WHERE chunk = {chunk} ORDER BY a, b")


def documents_of(pairs: pa.Table) -> Longs:
    """[pair, 2] which of the documents of these pairs, counted from 0, each is of."""
    numbers = np.stack([pairs[c].to_numpy().astype(np.int64) for c in ("a", "b")], axis=1)
    return np.unique(numbers, return_inverse=True)[1].reshape(-1, 2)


def pairs_of(seen: Sightings, documents: Longs) -> tuple[Longs, Longs, Longs]:
    """[pair, 2] the rows of two documents that could be one, [pair] of which two documents, and [pair, 2] their places in these.

    Rows could be one that share a type or a stem, and whose sentences or triggers are a little alike: of others one in fifty is.
    Statements could be one with statements, and not where two speakers are known. News of one day and of another week are two, as
    are statements: 'Пожар в Москве' on five days is five fires.
    """
    first = np.searchsorted(seen.facts["document"], np.arange(seen.body.shape[0] + 1))
    sizes = np.diff(first)[documents]
    count = sizes[:, 0] * sizes[:, 1]
    which = np.repeat(np.arange(len(count)), count)
    place = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    places = np.stack([place // sizes[which, 1], place % sizes[which, 1]], axis=1)
    rows = first[documents[which]] + places
    could = np.flatnonzero(_could(seen, *rows.T))
    kept = could[_alike(seen, *rows[could].T)]
    return rows[kept], which[kept], places[kept]


def _could(seen: Sightings, a: Longs, b: Longs) -> npt.NDArray[np.bool_]:
    kind, second = seen.facts["type"], seen.facts["type2"]
    alike = (kind[a] == kind[b]) | (seen.stem[a] == seen.stem[b]) | (kind[a] == second[b]) | (second[a] == kind[b])
    one, other = seen.speaker[a], seen.speaker[b]
    unknown = ((one == UNKNOWN) & (other != NOBODY)) | ((other == UNKNOWN) & (one != NOBODY))
    fresh = _fresh(seen)
    apart = (fresh[a] > 0) & (fresh[b] > 0) & (np.abs(fresh[a] - fresh[b]) > APART)
    could: npt.NDArray[np.bool_] = alike & ((one == other) | unknown) & ~apart
    return could


def _fresh(seen: Sightings) -> Ints:
    """[row] the day of publication where that is near the day told, as of a fire; of every statement; else 0."""
    published, start, end = seen.days.T
    told = np.where(start > 0, start, end)
    news = (told > 0) & (np.abs(published - told) <= FRESH) | (seen.speaker != NOBODY)
    return np.where(news & (published > 0), published, 0).astype(np.int32)


def _alike(seen: Sightings, a: Longs, b: Longs) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = cosines(seen.passage, a, b) >= LEAST_PASSAGE
    rest = np.flatnonzero(~found)
    found[rest] = likeness(seen.vector, a[rest], b[rest]) >= LEAST_LIKE
    return found


def _near(key: Longs, number: Longs, count: int) -> Longs:
    """[pair, 2] of documents that stand up to NEAREST apart under a key, the earlier first."""
    found = [np.zeros(0, np.int64)]
    for step in range(1, NEAREST + 1):
        same = key[:-step] == key[step:]
        found.append(np.unique(number[:-step][same] * count + number[step:][same]))
    codes = np.unique(np.concatenate(found))
    return np.stack([codes // max(count, 1), codes % max(count, 1)], axis=1)


def _likest(pairs: Longs, like: Ints) -> Longs:
    """[chosen] the pairs as like as ALIKE that are among the MOST of either document; of equals those with earlier documents."""
    enough = np.flatnonzero(like >= ALIKE)
    own, other = (np.concatenate([pairs[enough, x], pairs[enough, y]]) for x, y in ((0, 1), (1, 0)))
    order = np.lexsort((other, -np.tile(like[enough], 2), own))
    ranked = own[order]
    rank = np.arange(len(order)) - np.searchsorted(ranked, ranked)
    found: Longs = np.unique(np.tile(enough, 2)[order[rank < MOST]])
    return found
