"""Which sightings of different documents are one event: candidates, scored by boosted trees, joined by average link.

Contract. Leaves `event_clusters` (sighting, member: the smallest of its event) in the connection. A function of the sightings
alone: what is known under a pair's digest from earlier runs changes nothing but the time. Sightings of one happening of a document
are tied, more loosely than what other documents confirm.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow as pa

from letopis.find.coreference.forest import Forest, log_odds, prepared, probability, read
from letopis.find.coreference.vectors import FILE as VECTORS
from letopis.find.rarity import FILE as RARITY
from letopis.layers import Ints
from letopis.resolve.candidates import documents_of, make_pairs, open_pairs, pairs_of
from letopis.resolve.contents import Longs
from letopis.resolve.joining import join
from letopis.resolve.likeness import Facts, best_other, facts
from letopis.resolve.sightings import columns, make_sightings
from letopis.resources import model_path
from letopis.store.blocks import Answers
from letopis.store.corpus import Corpus

FILE = "events/pairs.npz"
LEAST, UNSEEN, TIE, FLOOR = 2500, 0, 1500, 300    # in ten-thousandths: what joins, not compared, in one happening, and kept
TOGETHER = 1000                       # pairs of documents that are scored at once

_PAIRS = """
WITH known AS (
    SELECT x.first AS a, y.first AS b,
           unnest(list_transform(range(len(answer) // 3), lambda i: answer[3 * i + 1:3 * i + 3])) AS triple
    FROM document_pairs p JOIN answers USING (digest)
    JOIN event_documents x ON x.number = p.a JOIN event_documents y ON y.number = p.b
),
scored AS (SELECT a + triple[1] - 1 AS a, b + triple[2] - 1 AS b, triple[3] AS score FROM known),
tied AS (SELECT x.sighting AS a, y.sighting AS b, {tie} AS score FROM sightings x JOIN sightings y
         ON x.document_id = y.document_id AND x.happening = y.happening AND x.sighting < y.sighting)
FROM scored UNION ALL FROM tied
"""

_CLUSTERS = """
CREATE OR REPLACE TABLE event_clusters AS
WITH each AS (SELECT sighting, member, coalesce(j.first, sighting) AS first FROM sightings LEFT JOIN joined j USING (sighting))
SELECT sighting, min(member) OVER (PARTITION BY first) AS member FROM each
"""


def settle_events(corpus: Corpus, answers: Answers) -> None:
    """Leave `sightings` and `event_clusters` in the connection."""
    make_sightings(corpus)
    make_pairs(corpus, f"{answers.basis} {_weights()}")
    with answers.beside(corpus):
        answers.recall(corpus, "document_pairs")
        for pairs in open_pairs(corpus):
            answers.enter(corpus, list(_answers(corpus, pairs)))
        found = corpus.query(_PAIRS.format(tie=TIE))
    pairs = np.stack([found[c].to_numpy().astype(np.int64) for c in ("a", "b", "score")], axis=1)
    first = join(pairs, LEAST, UNSEEN, speakers(corpus))
    rows = {"sighting": pa.array(first.keys(), pa.int64()), "first": pa.array(first.values(), pa.int64())}
    corpus.add("joined", pa.table(rows))
    corpus.sql.execute(_CLUSTERS)


def _answers(corpus: Corpus, pairs: pa.Table) -> Iterator[tuple[str, list[int]]]:
    """Of each pair of documents (place, place, score) of its likely pairs of sightings, places from 1, one after the other."""
    seen = columns(corpus, "asked_documents")
    own, digests = documents_of(pairs), pairs["digest"].to_pylist()
    for start in range(0, len(own), TOGETHER):
        part = slice(start, start + TOGETHER)
        rows, which, places = pairs_of(seen, own[part])
        likely = rivalled(score(facts(seen, *rows.T), len(rows)), rows, seen.facts["document"])
        kept = likely >= FLOOR
        flat = np.column_stack([places + 1, likely])[kept].reshape(-1).tolist()
        ends = 3 * np.searchsorted(which[kept], np.arange(len(own[part]) + 1))
        for number, digest in enumerate(digests[part]):
            yield digest, flat[ends[number]:ends[number + 1]]


def rivalled(scores: Ints, rows: Longs, document: Ints) -> Ints:
    """[pair] scores, halved where one of the two sightings has a likelier one in the other's document."""
    a, b = rows.T
    whole = scores.astype(np.int64)
    best = np.maximum(best_other(whole, a, document[b])[0], best_other(whole, b, document[a])[0])
    return np.where(scores >= best, scores, scores // 2).astype(np.int32)


def speakers(corpus: Corpus) -> dict[int, int]:
    """Sighting of a statement -> a number for whoever is known to have made it."""
    found = corpus.query("SELECT sighting, who[1] AS who FROM sightings WHERE starts_with(type, 'statement.') AND len(who) > 0")
    known: dict[str, int] = {}
    told = zip(found["sighting"].to_pylist(), found["who"].to_pylist(), strict=True)
    return {sighting: known.setdefault(who, len(known)) for sighting, who in told}


def score(asked: Facts, count: int) -> Ints:
    """[pair] by what `likeness` says of it."""
    return np.rint(10_000 * probability(log_odds(_trees(), asked, count))).astype(np.int32)


@lru_cache(maxsize=1)
def _weights() -> str:
    """Digest of what the scores follow from besides the sightings."""
    files = (FILE, RARITY, VECTORS)
    return hashlib.sha256(b"".join(model_path(name).read_bytes() for name in files)).hexdigest()


@lru_cache(maxsize=1)
def _trees() -> Forest:
    return prepared(read(model_path(FILE)))
