"""Events: which happenings of different documents are one, and what is true of each by most of its articles.

Contract. Of sources that disagree the one with more articles is believed, near-duplicates counted once; of equals the more exact,
then the later published. What lost stays in `event_mentions`. Whether it happened moves on: what some article says has happened
has, unless a later one denies it; else the latest article speaks. The id is a hash of the smallest member.
"""

import pyarrow as pa

from letopis.resolve.happenings import settle_events
from letopis.schema.events import PARTICIPANTS, TABLE
from letopis.store.blocks import Answers
from letopis.store.corpus import Corpus

_MAP = """
CREATE OR REPLACE TABLE event_map AS
SELECT e.*, 'v' || substr(sha256(c.member), 1, 16) AS event_id
FROM {units} e JOIN sightings s USING (document_id, event) JOIN event_clusters c USING (sighting)
"""

_MEMBERS = """
CREATE OR REPLACE TABLE event_members AS
SELECT m.*, p.entity_id AS place_entity_id, d.published_date, coalesce(d.published_date, DATE '0001-01-01') AS told,
       coalesce(u.root, m.document_id) AS root,
       (-m.salience, coalesce(d.published_date, DATE '9999-12-31'), m.document_id, m.anchor) AS rank
FROM event_map m JOIN days d USING (document_id)
LEFT JOIN duplicates u USING (document_id)
LEFT JOIN entity_map p ON p.document_id = m.document_id AND p.entity = m.place
"""

# What most articles say of an event, one row each: the more exact of equals, then the later told; never what comes first.
_TYPES = """
SELECT event_id, arg_max(type, (support, weight, type)) AS type FROM (
    SELECT event_id, type, count(DISTINCT root) AS support, sum(CAST(round(10000 * salience) AS BIGINT)) AS weight
    FROM event_members GROUP BY ALL
) GROUP BY event_id
"""
_DATES = """
SELECT event_id, arg_max({{'s': date_start, 'e': date_end, 'g': granularity}}, (support, -days, told, s, e, g)) AS dated FROM (
    SELECT event_id, date_start, date_end, granularity, count(DISTINCT root) AS support, max(told) AS told,
           CAST(date_start AS VARCHAR) AS s, CAST(date_end AS VARCHAR) AS e, granularity AS g,
           coalesce(date_diff('day', date_start, date_end), 100000) AS days
    FROM event_members WHERE date_start IS NOT NULL OR date_end IS NOT NULL GROUP BY ALL
) GROUP BY event_id
"""
_PLACES = """
SELECT event_id, arg_max(place_entity_id, (support, fine, told, place_entity_id)) AS place_entity_id FROM (
    SELECT event_id, place_entity_id, count(DISTINCT root) AS support, max(e.type <> 'COUNTRY') AS fine, max(told) AS told
    FROM event_members JOIN entities e ON e.entity_id = place_entity_id GROUP BY ALL
) GROUP BY event_id
"""
_REALIS = """
SELECT event_id, CASE WHEN max(told) FILTER (realis = 'negated') > max(told) FILTER (realis = 'actual') THEN 'negated'
                      WHEN bool_or(realis = 'actual') THEN 'actual'
                      ELSE arg_max(realis, (told, salience, document_id, anchor)) END AS realis
FROM event_members GROUP BY event_id
"""
_EVENTS = """
WITH types AS ({types}), dates AS ({dates}), places AS ({places}), truth AS ({realis}), rolled AS (
    SELECT event_id, arg_min(name, (-name_kind, rank)) AS name, max(salience) AS salience,
           count(DISTINCT document_id) AS document_count,
           sum(mention_count) AS mention_count, min(published_date) AS first_published, max(published_date) AS last_published,
           arg_min({{'text': lead, 'document': document_id, 'sentence': lead_sentence}}, rank) AS lead,
           count(DISTINCT root) AS distinct_document_count
    FROM event_members GROUP BY event_id
)
SELECT r.event_id, t.type, r.name, a.realis, d.dated.s AS date_start, d.dated.e AS date_end, d.dated.g AS granularity,
       p.place_entity_id, e.country, e.latitude, e.longitude, r.salience, r.document_count, r.mention_count,
       r.first_published, r.last_published, r.lead.text AS lead, r.lead.document AS lead_document_id,
       r.lead.sentence AS lead_sentence, r.distinct_document_count
FROM rolled r JOIN types t USING (event_id) JOIN truth a USING (event_id) LEFT JOIN dates d USING (event_id)
LEFT JOIN places p USING (event_id) LEFT JOIN entities e ON e.entity_id = p.place_entity_id ORDER BY r.event_id
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


def resolve_events(corpus: Corpus, entities: pa.Table, answers: Answers | None = None) -> pa.Table:
    """The table `events`; leaves `event_map` in the connection. `answers`: what earlier runs found; theirs of entities are kept."""
    corpus.add("entities", entities)
    settle_events(corpus, answers or Answers())
    corpus.sql.execute(_MAP.format(units=corpus.units("profile_events")))
    corpus.sql.execute(_MEMBERS)
    sql = _EVENTS.format(types=_TYPES, dates=_DATES.format(), places=_PLACES, realis=_REALIS)
    return corpus.query(sql).cast(TABLE.schema)


def roll_up_participants(corpus: Corpus) -> pa.Table:
    """The table `event_participants`."""
    sql = _PARTICIPANTS.format(roles=corpus.units("event_roles"), mentions=corpus.units("event_mentions"))
    return corpus.query(sql).cast(PARTICIPANTS.schema)
