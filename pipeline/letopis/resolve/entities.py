"""Entities: what different documents name is one where the evidence says so.

Places are one by their row in the gazetteer; people, organisations and things by the evidence of their profiles, compared inside
blocks (`nodes`, `clusters`). An id is a hash of the smallest key of the members; nothing is merged by surname alone.
"""

from collections.abc import Callable
from typing import Any

import iuliia
import pyarrow as pa

from letopis.find.gazetteer import Place, gazetteer
from letopis.resolve.bodies import settle_bodies
from letopis.resolve.nodes import blocks, make_nodes
from letopis.resolve.people import settle_people
from letopis.schema.entities import TABLE
from letopis.schema.mentions import label
from letopis.store.corpus import Corpus

LINK_SCORE = 0.97                     # right among linked on NEREL train kept aside: .98 for nouns, .96 for adjectives

_MEMBERS = """
CREATE OR REPLACE TABLE members AS
SELECT document_id, entity, type, place, mention_count, sort, names, short, blocks, posts, seats, kinds,
       document_id || ':' || anchor AS member, CASE WHEN weak OR len(blocks) = 0 THEN document_id || ':' || anchor END AS alone
FROM {units}
"""

_MAP = """
CREATE OR REPLACE TABLE entity_map AS
SELECT document_id, entity, place, type, mention_count,
       CASE WHEN place LIKE 'Q%' OR place LIKE 'gn:%' THEN place
            ELSE 'e' || substr(sha256(coalesce(place, c.member, n.member)), 1, 16) END AS entity_id
FROM members m LEFT JOIN node_members n USING (document_id, entity) LEFT JOIN node_clusters c USING (node)
"""

_ENTITIES = """
WITH types AS (
    SELECT entity_id, arg_max(type, (n, type)) AS type
    FROM (SELECT entity_id, type, sum(mention_count) AS n FROM entity_map GROUP BY ALL) GROUP BY entity_id
), counts AS (
    SELECT m.entity_id, min(m.place) AS place, count(DISTINCT m.document_id) AS documents, sum(m.mention_count) AS mentions,
           min(d.published_date) AS first, max(d.published_date) AS last
    FROM entity_map m JOIN days d USING (document_id) GROUP BY m.entity_id
), names AS (
    SELECT entity_id, list(name ORDER BY n DESC, name) FILTER (form <> 'abbreviation') AS names,
           list(name ORDER BY n DESC, name) FILTER (form = 'abbreviation') AS abbreviations
    FROM (SELECT m.entity_id, n.name, n.form, sum(n.count) AS n
          FROM {names} n JOIN entity_map m ON n.document_id = m.document_id AND n.entity = m.entity GROUP BY ALL)
    GROUP BY entity_id
)
SELECT entity_id, type, place, documents, mentions, first, last, coalesce(names, []) AS names,
       coalesce(abbreviations, []) AS abbreviations
FROM types JOIN counts USING (entity_id) LEFT JOIN names USING (entity_id) ORDER BY entity_id
"""


def resolve_entities(corpus: Corpus) -> pa.Table:
    """The table `entities`; leaves `entity_map` in the connection."""
    corpus.sql.execute(_MEMBERS.format(units=corpus.units("profile_entities")))
    corpus.sql.execute(
        "CREATE OR REPLACE TABLE days AS "
        f"SELECT document_id, published_date FROM {corpus.units('documents')}"
    )
    make_nodes(corpus)
    corpus.add("node_clusters", _clusters(corpus))
    corpus.sql.execute(_MAP)
    found = corpus.query(_ENTITIES.format(names=corpus.units("profile_names"))).to_pylist()
    return pa.Table.from_pylist([_row(r) for r in found], schema=TABLE.schema)


def _clusters(corpus: Corpus) -> pa.Table:
    """Node -> the smallest key of the members of its cluster."""
    nodes, members = [], []
    for block in blocks(corpus):
        settled = settle_people(block) if block[0].sort == "PERSON" else settle_bodies(block)
        for cluster in settled:
            smallest = min(node.member for node in cluster.nodes)
            nodes += [node.number for node in cluster.nodes]
            members += [smallest] * len(cluster.nodes)
    return pa.table({"node": pa.array(nodes, pa.int64()), "member": pa.array(members, pa.string())})


def _row(found: dict[str, Any]) -> dict[str, Any]:
    place = gazetteer().place(found["place"]) if found["place"] else None
    abbreviations = list(dict.fromkeys(found["abbreviations"]))
    names = [n for n in dict.fromkeys(found["names"]) if n not in abbreviations]
    name = place.name if place else CHOOSE.get(found["type"], _complete)(names or abbreviations)
    return {
        "entity_id": found["entity_id"], "type": found["type"], "label": label(found["type"]), "name": name,
        "name_latin": iuliia.ICAO_DOC_9303.translate(name), "aliases": [n for n in names if n.casefold() != name.casefold()],
        "abbreviations": [a for a in abbreviations if a != name], **_place_columns(place),
        "document_count": found["documents"], "mention_count": found["mentions"],
        "first_published": found["first"], "last_published": found["last"],
    }


def _place_columns(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    return {
        "wikidata_id": place.wikidata_id, "link_score": LINK_SCORE, "link_method": "gazetteer_1",
        "geonames_id": None if place.geonames_id is None else str(place.geonames_id),
        "country": place.country, "latitude": place.latitude, "longitude": place.longitude,
    }


def _fullest(names: list[str]) -> str:
    """A person's name with given name and surname, patronymic last resort: 'Сергей Черёмин' before 'Черёмин'."""
    return max(names, key=lambda n: (min(len(n.split()), 2), "." not in n, "ё" in n, -names.index(n)))


def _complete(names: list[str]) -> str:
    """The most frequent name, or a frequent one that says all of it and more: 'Верховный суд Пакистана' before 'Верховный суд'."""
    first = set(names[0].lower().split())
    fuller = (n for n in names[1:6] if first < set(n.lower().split()) and len(n.split()) < 9 and not set("«»\"()") & set(n))
    return next(fuller, names[0])


CHOOSE: dict[str, Callable[[list[str]], str]] = {"PERSON": _fullest}
