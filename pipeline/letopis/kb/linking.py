"""Links: the item of every entity of every document, where the base has one and the document says which.

Contract. `link` leaves the tables `kb_links` (document_id, entity, own, wikidata, score) and `kb_items` (item, wikidata_id,
country, latitude, longitude) in the connection: own is an id of the user's, wikidata one of Wikidata's; a row of links has one
of them at least. Both are functions of `members`, `days` and the base; without a base they are empty. Why one join a run and
not one a unit: a base changes while units stay, and the run sees each name once.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from letopis.kb.candidates import Asked, Joined, join
from letopis.kb.choice import Facts, choose, facts_of, subject_of
from letopis.kb.items import OWN, WIKIDATA, rank_of
from letopis.kb.storage import Base
from letopis.store.corpus import Corpus

METHOD = "kb_2"
LINKS = pa.schema([
    ("document_id", pa.string()), ("entity", pa.int32()), ("own", pa.string()), ("wikidata", pa.string()), ("score", pa.float64()),
])
ITEMS = pa.schema([
    ("item", pa.string()), ("wikidata_id", pa.string()), ("country", pa.string()), ("latitude", pa.float64()),
    ("longitude", pa.float64()),
])
_PLACED = ("LOC", "FAC")              # families whose country and coordinates are the entity's
_SURE, _LIKELY, _CLEAR = 0.94, 0.66, 2.0   # right among mentions so linked on a fifth of NEREL train: 1,871 and 77


def link(corpus: Corpus, base: Base | None) -> None:
    """Leave `kb_links` and `kb_items` in the connection."""
    joined = join(corpus, base) if base else Joined({}, {}, iter(()))
    items = [tuple(row[f.name] for f in ITEMS) for row in joined.items.values() if row["family"] in _PLACED or row["wikidata_id"]]
    corpus.add("kb_links", _table(LINKS, list(_links(joined))))
    corpus.add("kb_items", _table(ITEMS, items))


def _table(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.Table:
    arrays = [pa.array([row[i] for row in rows], f.type) for i, f in enumerate(schema)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _links(joined: Joined) -> Iterator[tuple[Any, ...]]:
    facts = {item: facts_of(row) for item, row in joined.items.items()}
    for asked in joined.asked:
        found = _chosen(asked, facts, joined.same)
        if found is not None:
            yield asked.document, asked.entity, *found


def _chosen(asked: Asked, facts: Mapping[str, Facts], same: Mapping[str, str]) -> tuple[str | None, str | None, float] | None:
    """(own, wikidata, score); a place that the gazetteer knows in Wikidata keeps that id."""
    place = asked.member["place"]
    subject = subject_of(asked.member)
    best = {}
    for rank in (OWN, WIKIDATA):
        chosen = choose(subject, [(facts[item], use) for item, use in asked.items if rank_of(item) == rank])
        if chosen:
            best[rank] = chosen
    stated = same.get(place) if place else None
    wikidata = place if place and rank_of(place) == WIKIDATA else best.get(WIKIDATA, (None, 0.0))[0]
    if stated is not None and rank_of(stated) == WIKIDATA:
        wikidata = stated
    crossed = [x for x in (stated, same.get(wikidata) if wikidata else None) if x is not None and rank_of(x) == OWN]
    own = crossed[0] if crossed else best.get(OWN, (None, 0.0))[0]
    if own is None and wikidata in (None, place):
        return None
    margins = [margin for _, margin in best.values()]
    return own, wikidata, _SURE if crossed or stated or max(margins, default=0.0) >= _CLEAR else _LIKELY
