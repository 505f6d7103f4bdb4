"""Events with where they were, who took part and the article that tells them best: what the event formats are made of.

Contract. One row an event, in the order of event_id: its columns, `place` (name), `participants` (entity_id, name, type, role,
mention_count), `path`, `url`, `title`, `published_date` of the lead's article. The place of an event is a participant with the
role `place`, also where a dateline tells it and no words.
"""

from collections.abc import Iterator
from pathlib import Path

from letopis.export.format import Choice
from letopis.export.reading import Row, connected, query
from letopis.schema.event_mentions import REALIS

PARTICIPANTS = """
SELECT event_id, entity_id, role, mention_count FROM event_participants
UNION ALL
SELECT e.event_id, e.place_entity_id, 'place', 0 FROM events e WHERE e.place_entity_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM event_participants p WHERE p.event_id = e.event_id AND p.entity_id = e.place_entity_id AND p.role = 'place'
)
"""
_EVENTS = f"""
WITH parts AS (
    SELECT p.event_id, list({{
        'entity_id': p.entity_id, 'name': n.name, 'type': n.type, 'role': p.role, 'mention_count': p.mention_count
    }} ORDER BY p.mention_count DESC, p.role, p.entity_id) AS participants
    FROM ({PARTICIPANTS}) p JOIN entities n USING (entity_id) GROUP BY p.event_id
)
SELECT e.*, n.name AS place, coalesce(p.participants, []) AS participants, d.path, d.url, d.title, d.published_date
FROM events e LEFT JOIN parts p USING (event_id) LEFT JOIN entities n ON n.entity_id = e.place_entity_id
LEFT JOIN documents d ON d.document_id = e.lead_document_id
WHERE list_contains(?, e.realis) ORDER BY e.event_id
"""


def events(snapshot: Path, choice: Choice) -> Iterator[Row]:
    """The events of the realis that is asked for, or all."""
    with connected(snapshot) as con:
        yield from query(con, _EVENTS, [list(choice.realis or REALIS)])

