"""Entity pages: names, posts over time, events, company, quotes, relations, and mentions in context."""

from typing import Any

from letopis.site.files import Shards, Site
from letopis.site.source import Row, Source
from letopis.site.spans import HIT, segments

EVENTS, STATEMENTS = 100, 30          # shown of one entity, the weightiest; how many there are is told
MENTIONS, QUOTES = 40, 20             # the newest, one mention an article
COMPANY = 24                          # entities met in most events

_ENTITIES = """
SELECT entity_id, type, label, name, name_latin, aliases, abbreviations, wikidata_id, geonames_id, link_score, link_method, country,
    latitude, longitude, document_count, mention_count, CAST(first_published AS VARCHAR) AS first_published,
    CAST(last_published AS VARCHAR) AS last_published
FROM entities ORDER BY entity_id
"""
_POSITIONS = """
WITH held AS (
    SELECT person_entity_id AS entity_id, 'holder' AS side, organisation_entity_id AS other, * FROM positions
    UNION ALL SELECT organisation_entity_id, 'body', person_entity_id, * FROM positions
)
SELECT h.entity_id, side, position, other, e.name AS other_name, status, CAST(min(published_date) AS VARCHAR) AS since,
    CAST(max(published_date) AS VARCHAR) AS until, count(DISTINCT document_id) AS articles, min(document_id) AS example
FROM (SELECT entity_id, side, position, other, status, published_date, document_id FROM held WHERE entity_id IS NOT NULL) h
    LEFT JOIN entities e ON e.entity_id = h.other
WHERE side = 'holder' OR other IS NOT NULL
GROUP BY h.entity_id, side, position, other, e.name, status
QUALIFY row_number() OVER (PARTITION BY h.entity_id, side ORDER BY articles DESC, since, position, other) <= 40
ORDER BY h.entity_id, side DESC, since NULLS LAST, articles DESC, position, other, status
"""
_EVENTS = f"""
WITH part AS (
    SELECT entity_id, event_id, list_sort(list(DISTINCT role)) AS roles FROM event_participants GROUP BY ALL
), placed AS (
    SELECT entity_id, event_id, roles, name, type, realis, date_start, date_end, place, family, weight, document_count,
        row_number() OVER (PARTITION BY entity_id, family = 'statement' ORDER BY weight DESC, event_id) AS rank,
        count(*) OVER (PARTITION BY entity_id, family = 'statement') AS total
    FROM part JOIN ranked USING (event_id)
)
SELECT entity_id, event_id, roles, name, type, realis, date_start, date_end, place, document_count,
    family = 'statement' AS said, total
FROM placed WHERE rank <= if(family = 'statement', {STATEMENTS}, {EVENTS}) ORDER BY entity_id, said, rank
"""
_COMPANY = f"""
WITH part AS (SELECT DISTINCT entity_id, event_id FROM event_participants WHERE role NOT IN ('place', 'time')),
crowd AS (SELECT event_id FROM part GROUP BY event_id HAVING count(*) BETWEEN 2 AND 60)
SELECT a.entity_id, b.entity_id AS other, e.name, e.label, count(*) AS events
FROM crowd JOIN part a USING (event_id) JOIN part b USING (event_id) JOIN entities e ON e.entity_id = b.entity_id
WHERE a.entity_id <> b.entity_id GROUP BY a.entity_id, b.entity_id, e.name, e.label
QUALIFY row_number() OVER (PARTITION BY a.entity_id ORDER BY events DESC, other) <= {COMPANY}
ORDER BY a.entity_id, events DESC, other
"""
_RELATIONS = """
WITH told AS (
    SELECT subject_entity_id AS entity_id, relation, 'subject' AS side, object_entity_id AS other, document_id FROM relations
    UNION ALL SELECT object_entity_id, relation, 'object', subject_entity_id, document_id FROM relations
)
SELECT t.entity_id, relation, side, other, e.name, count(DISTINCT document_id) AS articles, min(document_id) AS example
FROM told t JOIN entities e ON e.entity_id = other
WHERE t.entity_id IS NOT NULL AND t.entity_id <> other
    AND relation NOT IN ('ABBREVIATION', 'ALTERNATIVE_NAME')
GROUP BY t.entity_id, relation, side, other, e.name
QUALIFY row_number() OVER (PARTITION BY t.entity_id ORDER BY articles DESC, relation, other, side) <= 24
ORDER BY t.entity_id, articles DESC, relation, side, other
"""
_MENTIONS = f"""
WITH first AS (
    SELECT entity_id, document_id, field, start, "end", sentence, method, score, published_date
    FROM mentions JOIN (SELECT document_id, published_date FROM documents) USING (document_id) WHERE entity_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY entity_id, document_id ORDER BY field, start, "end" DESC) = 1
), newest AS (
    SELECT * FROM first
    QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY published_date DESC NULLS LAST, document_id) <= {MENTIONS}
)
SELECT entity_id, n.document_id, title, source, day, CAST(n.field = 'title' AS INT) AS f, n.start, n."end",
    s.start AS sentence_start, s.text AS sentence_text, n.score, n.method
FROM newest n JOIN sentences s USING (document_id, sentence) JOIN articles USING (document_id)
ORDER BY entity_id, day DESC NULLS LAST, n.document_id
"""
_QUOTES = f"""
SELECT speaker_entity_id, q.document_id, title, source, day, CAST(q.field = 'title' AS INT) AS f, q.start, q.text, kind,
    count(*) OVER (PARTITION BY speaker_entity_id) AS total
FROM quotes q JOIN articles USING (document_id) WHERE speaker_entity_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY speaker_entity_id ORDER BY day DESC NULLS LAST, q.document_id, q.start) <= {QUOTES}
ORDER BY speaker_entity_id, day DESC NULLS LAST, q.document_id, q.start
"""


def write_entities(site: Site, source: Source) -> list[str]:
    """One record an entity; gives the first id of every file."""
    queries = (_POSITIONS, _EVENTS, _COMPANY, _RELATIONS, _MENTIONS, _QUOTES)
    positions, events, company, relations, mentions, quotes = (source.groups(sql) for sql in queries)
    shards = Shards(site, "entities")
    for entity in source.rows(_ENTITIES):
        key = entity.pop("entity_id")
        happened, said = events.take(key), quotes.take(key)
        shards.add(key, {name: value for name, value in entity.items() if value not in (None, [])} | {
            "positions": [_values(r) for r in positions.take(key)],
            "events": [_values(r)[:-2] for r in happened if not r["said"]],
            "event_count": max((r["total"] for r in happened if not r["said"]), default=0),
            "statements": [_values(r)[:-2] for r in happened if r["said"]],
            "statement_count": max((r["total"] for r in happened if r["said"]), default=0),
            "company": [_values(r) for r in company.take(key)],
            "relations": [_values(r) for r in relations.take(key)],
            "mentions": [_mention(r) for r in mentions.take(key)],
            "quotes": [_values(r)[:-1] for r in said],
            "quote_count": max((r["total"] for r in said), default=0),
        })
    return shards.close()


def _mention(row: Row) -> list[Any]:
    text = segments(row["sentence_text"], row["sentence_start"], [(row["start"], row["end"], HIT)])
    return [*(row[n] for n in ("document_id", "title", "source", "day", "f", "start")), text, row["score"], row["method"]]


def _values(row: Row) -> list[Any]:
    """A row without its key."""
    return list(row.values())[1:]
