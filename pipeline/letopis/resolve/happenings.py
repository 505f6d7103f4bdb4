"""Which sightings of different documents are one event: candidates, scored by boosted trees, joined by average link.

Contract. Leaves `event_clusters` (sighting, member: the smallest of its event) in the connection. A function of the sightings
alone: what is known under a key's digest from earlier runs changes nothing but the time. Sightings of one happening of a document
are tied, more loosely than what other documents confirm.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa

from letopis.find.coreference.forest import Forest, log_odds, prepared, probability, read
from letopis.find.coreference.vectors import FILE as VECTORS
from letopis.find.rarity import FILE as RARITY
from letopis.layers import Ints
from letopis.resolve.candidates import Group, make_groups, open_groups, pairs_of
from letopis.resolve.joining import join
from letopis.resolve.likeness import Facts, facts
from letopis.resolve.sightings import Longs, Sightings, columns, make_sightings
from letopis.resources import model_path
from letopis.store.blocks import Answers
from letopis.store.corpus import Corpus

FILE = "events/pairs.npz"
LEAST, UNSEEN, TIE, FLOOR = 2500, 0, 3000, 300    # in ten-thousandths: what joins, not compared, in one happening, and kept

_PAIRS = """
WITH known AS (SELECT sightings, unnest(list_transform(range(len(answer) // 3), lambda i: answer[3 * i + 1:3 * i + 3])) AS triple
               FROM event_groups JOIN answers USING (digest)),
scored AS (SELECT sightings[triple[1]] AS a, sightings[triple[2]] AS b, triple[3] AS score FROM known),
tied AS (SELECT x.sighting AS a, y.sighting AS b, {tie} AS score FROM sightings x JOIN sightings y
         ON x.document_id = y.document_id AND x.happening = y.happening AND x.sighting < y.sighting)
SELECT DISTINCT a, b, score FROM (FROM scored UNION ALL FROM tied) ORDER BY a, b
"""

_CLUSTERS = """
CREATE OR REPLACE TABLE event_clusters AS
WITH each AS (SELECT sighting, member, coalesce(j.first, sighting) AS first FROM sightings LEFT JOIN joined j USING (sighting))
SELECT sighting, min(member) OVER (PARTITION BY first) AS member FROM each
"""


def settle_events(corpus: Corpus, answers: Answers) -> None:
    """Leave `sightings` and `event_clusters` in the connection."""
    make_sightings(corpus)
    make_groups(corpus, f"{answers.basis} {_weights()}")
    with answers.beside(corpus):
        answers.recall(corpus, "event_groups")
        for groups in open_groups(corpus):
            answers.enter(corpus, list(_answers(corpus, groups)))
        found = corpus.query(_PAIRS.format(tie=TIE))
    pairs = zip(*(found[c].to_pylist() for c in ("a", "b", "score")), strict=True)
    first = join(pairs, LEAST, UNSEEN)
    rows = {"sighting": pa.array(first.keys(), pa.int64()), "first": pa.array(first.values(), pa.int64())}
    corpus.add("joined", pa.table(rows))
    corpus.sql.execute(_CLUSTERS)


def _answers(corpus: Corpus, groups: Sequence[Group]) -> Iterator[tuple[str, list[int]]]:
    """Of each group (place, place, score) of its likely pairs, places from 1, one after the other."""
    numbers = np.concatenate([group for _, group in groups])
    corpus.add("wanted", pa.table({"sighting": np.unique(numbers)}))
    seen = columns(corpus, "wanted")
    own = np.searchsorted(seen.number, numbers)
    first = np.cumsum([0, *(len(group) for _, group in groups)])
    places = [pairs_of(part) for part in np.split(seen.facts["document"][own], first[1:-1])]
    sizes = np.array([len(p) for p in places])
    place = np.concatenate(places)
    score = _scores(seen, own[place + np.repeat(first[:-1], sizes)[:, None]])
    triples, kept = np.column_stack([place + 1, score]), score >= FLOOR
    ends = np.concatenate([[0], np.cumsum(kept)])[np.cumsum(sizes)]
    flat, start = triples[kept].reshape(-1).tolist(), 0
    for (digest, _), end in zip(groups, (3 * ends).tolist(), strict=True):
        yield digest, flat[start:end]
        start = end


def _scores(seen: Sightings, pairs: Longs) -> Ints:
    """[pair] probability of being one event, in ten-thousandths; each distinct pair is asked once."""
    codes, which = np.unique(pairs[:, 0] << 32 | pairs[:, 1], return_inverse=True)
    asked = facts(seen, codes >> 32, codes & 0xFFFFFFFF)
    return score(asked, len(codes))[which]


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
