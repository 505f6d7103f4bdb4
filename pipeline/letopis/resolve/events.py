"""Events: happenings of different documents with one key are one; the others are events of their own.

First version: only events with a name and a year have a key ('Первый Евразийский конгресс народной дипломатии', 2023).
"""

import pyarrow as pa

from letopis.schema.events import PARTICIPANTS, TABLE
from letopis.store.corpus import Corpus

_MAP = """
CREATE OR REPLACE TABLE event_map AS
WITH members AS (SELECT *, coalesce(key, document_id || ':' || anchor) AS member_key FROM {units})
SELECT *, 'v' || substr(sha256(min(document_id || ':' || anchor) OVER (PARTITION BY member_key)), 1, 16) AS event_id
FROM members
"""

# Of members that disagree the most salient speaks, the earliest published of equals; realis follows the latest article.
_EVENTS = """
WITH members AS (
    SELECT m.*, p.entity_id AS place_entity_id, d.published_date, coalesce(u.root, m.document_id) AS root,
           (-m.salience, coalesce(d.published_date, DATE '9999-12-31'), m.document_id, m.anchor) AS rank
    FROM event_map m JOIN days d USING (document_id)
    LEFT JOIN duplicates u USING (document_id)
    LEFT JOIN entity_map p ON p.document_id = m.document_id AND p.entity = m.place
), rolled AS (
    SELECT event_id, arg_min(type, rank) AS type, arg_min(name, rank) AS name,
           arg_max(realis, (coalesce(published_date, DATE '0001-01-01'), salience, anchor)) AS realis,
           arg_min({{'s': date_start, 'e': date_end, 'g': granularity}}, rank)
               FILTER (date_start IS NOT NULL OR date_end IS NOT NULL) AS dated,
           arg_min(place_entity_id, rank) FILTER (place_entity_id IS NOT NULL) AS place_entity_id,
           max(salience) AS salience, count(DISTINCT document_id) AS document_count, sum(mention_count) AS mention_count,
           min(published_date) AS first_published, max(published_date) AS last_published,
           arg_min({{'text': lead, 'document': document_id, 'sentence': lead_sentence}}, rank) AS lead,
           count(DISTINCT root) AS distinct_document_count
    FROM members GROUP BY event_id
)
SELECT r.event_id, r.type, r.name, r.realis, r.dated.s AS date_start, r.dated.e AS date_end, r.dated.g AS granularity,
       r.place_entity_id, e.country, e.latitude, e.longitude, r.salience, r.document_count, r.mention_count,
       r.first_published, r.last_published, r.lead.text AS lead, r.lead.document AS lead_document_id,
       r.lead.sentence AS lead_sentence, r.distinct_document_count
FROM rolled r LEFT JOIN entities e ON e.entity_id = r.place_entity_id ORDER BY r.event_id
"""

_PARTICIPANTS = """
SELECT v.event_id, e.entity_id, r.role, count(DISTINCT (r.document_id, r.event_mention_id)) AS mention_count,
       count(DISTINCT r.document_id) AS document_count
FROM {roles} r
JOIN {mentions} m ON m.document_id = r.document_id AND m.event_mention_id = r.event_mention_id
JOIN event_map v ON v.document_id = r.document_id AND v.event = m.event_id
JOIN entity_map e ON e.document_id = r.document_id AND e.entity = r.entity_id
GROUP BY ALL ORDER BY ALL
"""


def resolve_events(corpus: Corpus, entities: pa.Table) -> pa.Table:
    """The table `events`; leaves `event_map` in the connection."""
    corpus.add("entities", entities)
    corpus.sql.execute(_MAP.format(units=corpus.units("profile_events")))
    return corpus.query(_EVENTS.format()).cast(TABLE.schema)


def roll_up_participants(corpus: Corpus) -> pa.Table:
    """The table `event_participants`."""
    sql = _PARTICIPANTS.format(roles=corpus.units("event_roles"), mentions=corpus.units("event_mentions"))
    return corpus.query(sql).cast(PARTICIPANTS.schema)
