"""Entities: what different documents name is one where the evidence says so.

Places are one by their row in the gazetteer; people, organisations and things by the evidence of their profiles, compared inside
blocks (`nodes`, `blocks`, `clusters`), and by the items of the user's knowledge base that they are linked to. An id is the best
outer one (the base's own, Wikidata, GeoNames), else a hash of the smallest key of the members; nothing is merged by surname alone.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import iuliia
import pyarrow as pa

from letopis.find.gazetteer import Place, gazetteer
from letopis.kb.linking import METHOD, link
from letopis.kb.storage import Base
from letopis.resolve.blocks import settle_blocks
from letopis.resolve.canonical import chosen_name, readable
from letopis.resolve.corrections.amending import amend
from letopis.resolve.corrections.binding import Bonds, bind, claimed_twice, disown, displace, unite
from letopis.resolve.corrections.lookup import Found, Warned
from letopis.resolve.nodes import make_nodes
from letopis.schema.entities import TABLE
from letopis.schema.mentions import label
from letopis.store.blocks import Answers
from letopis.store.corpus import Corpus

LINK_SCORE = 0.97                     # right among linked on NEREL train kept aside: .98 for nouns, .96 for adjectives

_MEMBERS = """
CREATE OR REPLACE TABLE members AS
SELECT document_id, entity, type, place, mention_count, sort, names, short, blocks, posts, seats, kinds,
       document_id || ':' || anchor AS member, CASE WHEN weak OR len(blocks) = 0 THEN document_id || ':' || anchor END AS alone,
       FALSE AS displaced
FROM {units}
"""

# Links are block keys: what is linked to one item is looked at together.
_LINKED = """
CREATE OR REPLACE TABLE members AS
SELECT m.* REPLACE (list_concat(blocks, list_transform(list_filter([own, wikidata], lambda x: x IS NOT NULL),
                                                       lambda x: sort || ' kb ' || x)) AS blocks), own, wikidata, l.score,
       coalesce(k.marks, []) AS marks
FROM members m LEFT JOIN kb_links l ON l.document_id = m.document_id AND l.entity = m.entity AND NOT m.displaced
LEFT JOIN member_marks k ON k.document_id = m.document_id AND k.entity = m.entity
"""

_ONES = """
CREATE OR REPLACE TABLE ones AS
SELECT document_id, entity, place, type, mention_count, own, wikidata, score, coalesce(place, c.member, n.member) AS one,
       FALSE AS united
FROM members m LEFT JOIN node_members n USING (document_id, entity) LEFT JOIN node_clusters c USING (node)
"""

# The link of a whole entity. A place has one where all its articles agree, whatever has no place where its cluster has one, what a
# correction united one of its items; what a correction keeps apart from an entity of the same item has none.
_MAP = """
CREATE OR REPLACE TABLE entity_map AS
WITH linked AS (
    SELECT one, CASE WHEN count(DISTINCT own) = 1 OR bool_or(united) THEN min(own) END AS own, min(score) AS score,
           CASE WHEN max(place) LIKE 'Q%' THEN max(place) WHEN max(place) IS NULL OR count(DISTINCT wikidata) = 1 THEN min(wikidata)
                END AS wikidata
    FROM ones GROUP BY one
), known AS (
    SELECT one, CASE WHEN d.one IS NULL THEN own END AS own, CASE WHEN d.one IS NULL THEN wikidata END AS wikidata, score,
           d.one IS NULL AS owned
    FROM linked LEFT JOIN disowned d USING (one)
)
SELECT document_id, entity, place, type, mention_count, l.wikidata,
       CASE WHEN l.own IS NOT NULL OR l.wikidata <> coalesce(place, '') THEN l.score END AS score,
       coalesce(l.own, l.wikidata, CASE WHEN place LIKE 'gn:%' AND l.owned THEN place END, 'e' || substr(sha256(one), 1, 16))
       AS entity_id
FROM ones JOIN known l USING (one)
"""

_ENTITIES = """
WITH types AS (
    SELECT entity_id, arg_max(type, (n, type)) AS type
    FROM (SELECT entity_id, type, sum(mention_count) AS n FROM entity_map GROUP BY ALL) GROUP BY entity_id
), counts AS (
    SELECT m.entity_id, min(m.place) AS place, min(m.wikidata) AS wikidata, min(m.score) AS score,
           count(DISTINCT m.document_id) AS documents, sum(m.mention_count) AS mentions,
           min(d.published_date) AS first, max(d.published_date) AS last
    FROM entity_map m JOIN days d USING (document_id) GROUP BY m.entity_id
), names AS (
    SELECT entity_id, list(name ORDER BY n DESC, name) FILTER (form <> 'abbreviation') AS names,
           list(name ORDER BY n DESC, name) FILTER (form = 'abbreviation') AS abbreviations
    FROM (SELECT m.entity_id, n.name, n.form, sum(n.count) AS n
          FROM {names} n JOIN entity_map m ON n.document_id = m.document_id AND n.entity = m.entity GROUP BY ALL)
    GROUP BY entity_id
)
SELECT entity_id, type, place, wikidata, score, documents, mentions, first, last, coalesce(names, []) AS names,
       coalesce(abbreviations, []) AS abbreviations, k.wikidata_id AS stated_wikidata, country, latitude, longitude
FROM types JOIN counts USING (entity_id) LEFT JOIN names USING (entity_id) LEFT JOIN kb_items k ON k.item = entity_id
ORDER BY entity_id
"""


def resolve_entities(
    corpus: Corpus, answers: Answers | None = None, base: Base | None = None, corrected: Sequence[Found] = ()
) -> tuple[pa.Table, list[Warned]]:
    """The table `entities`, and what was told of corrections; leaves `entity_map` in the connection.

    `answers`: what earlier runs found of its blocks. `corrected`: the corrections, looked up.
    """
    bonds = bind(corpus, corrected)
    gather(corpus, answers, base, bonds)
    told = unite(corpus, bonds)
    map_entities(corpus, bonds)
    rows = corpus.query(_ENTITIES.format(names=corpus.units("profile_names"))).to_pylist()
    amended, more = amend(corpus, corrected, rows)
    return pa.Table.from_pylist([_row(r) for r in amended], schema=TABLE.schema), [*bonds.warnings, *told, *more]


def gather(corpus: Corpus, answers: Answers | None, base: Base | None, bonds: Bonds) -> None:
    """Leave `members`, `nodes`, their blocks and clusters in the connection."""
    corpus.sql.execute(_MEMBERS.format(units=corpus.units("profile_entities")))
    corpus.sql.execute(
        "CREATE OR REPLACE TABLE days AS "
        f"SELECT document_id, published_date FROM {corpus.units('documents')}"
    )
    displace(corpus, bonds)
    link(corpus, base)
    corpus.sql.execute(_LINKED)
    make_nodes(corpus)
    settle_blocks(corpus, answers or Answers())
    corpus.sql.execute(_ONES)


def map_entities(corpus: Corpus, bonds: Bonds) -> None:
    """Leave `entity_map` in the connection; twice where what corrections keep apart would have got one outer id."""
    disown(corpus, ())
    corpus.sql.execute(_MAP)
    if several := claimed_twice(corpus, bonds):
        disown(corpus, several)
        corpus.sql.execute(_MAP)


def _row(found: dict[str, Any]) -> dict[str, Any]:
    place = gazetteer().place(found["place"]) if found["place"] else None
    abbreviations = list(dict.fromkeys(found["abbreviations"]))
    names = readable([n for n in found["names"] if n not in abbreviations], found["type"])
    chosen = place.name if place else chosen_name(names or abbreviations, found["type"])
    name = found.get("renamed") or chosen
    aliases = (n for n in dict.fromkeys((chosen, *names)) if n.casefold() != name.casefold() and n not in abbreviations)
    return {
        "entity_id": found["entity_id"], "type": found["type"], "label": label(found["type"]), "name": name,
        "name_latin": _latin(name), "aliases": list(aliases),
        "abbreviations": [a for a in abbreviations if a != name], **_place_columns(place), **_link_columns(found),
        "document_count": found["documents"], "mention_count": found["mentions"],
        "first_published": found["first"], "last_published": found["last"],
    }


def _latin(name: str) -> str:
    return " ".join(map(_latin_word, name.split(" ")))


@lru_cache(maxsize=50_000)
def _latin_word(word: str) -> str:
    return str(iuliia.ICAO_DOC_9303.translate(word))


def _place_columns(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "wikidata_id": place.wikidata_id, "link_score": LINK_SCORE, "link_method": "gazetteer_1",
        "geonames_id": None if place.geonames_id is None else str(place.geonames_id),
        "country": place.country, "latitude": place.latitude, "longitude": place.longitude,
    }


def _link_columns(found: dict[str, Any]) -> dict[str, Any]:
    """What a link to the knowledge base adds to what the gazetteer knows; what bears an own id may be linked in Wikidata, too."""
    item = found["wikidata"] or found["stated_wikidata"]
    if found["score"] is None and item is None:
        return {}
    known = {"wikidata_id": item} if item else {}
    known |= {c: found[c] for c in ("country", "latitude", "longitude") if found[c] is not None and found["place"] is None}
    return known if found["score"] is None else {**known, "link_score": found["score"], "link_method": METHOD}
