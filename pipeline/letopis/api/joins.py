"""The joins of a snapshot as SQL, each a query over the tables by their names; and how names are compared."""

_FOLD = "replace(lower({0}), 'ё', 'е')"


def folded(name: str) -> str:
    """'Сергей Черёмин' -> 'сергей черемин', as the queries do it."""
    return name.lower().replace("ё", "е")


FIND = f"""
WITH called AS (
    SELECT entity_id, unnest(list_concat([name, name_latin], aliases, abbreviations)) AS name FROM entities
)
SELECT * FROM entities
WHERE entity_id IN (SELECT entity_id FROM called WHERE {_FOLD.format('name')} = {_FOLD.format('$name')})
AND ($kind IS NULL OR type = $kind) ORDER BY mention_count DESC, entity_id
"""
STANDING = """
SELECT entity_id AS id FROM entities WHERE $kind = 'entity' AND entity_id = $id
UNION ALL SELECT event_id FROM events WHERE $kind = 'event' AND event_id = $id
UNION ALL (
    SELECT new_id FROM redirects WHERE kind = $kind AND old_id = $id AND new_id IS NOT NULL ORDER BY share DESC, new_id LIMIT 1
) LIMIT 1
"""
EVENTS_OF = """
SELECT e.*, p.role FROM event_participants p JOIN events e USING (event_id)
WHERE p.entity_id = $id AND ($role IS NULL OR p.role = $role) ORDER BY e.date_start, e.event_id, p.role
"""
PARTICIPANTS = """
SELECT n.*, p.role, p.mention_count AS mentions FROM event_participants p JOIN entities n USING (entity_id)
WHERE p.event_id = $id ORDER BY mentions DESC, n.entity_id, p.role
"""
_WHERE_SAID = """
s.text AS sentence_text, d.path, d.published_date
FROM {0} m JOIN documents d USING (document_id) LEFT JOIN sentences s ON s.document_id = m.document_id AND s.sentence = m.sentence
WHERE m.{1} = $id ORDER BY d.published_date, m.document_id, m.sentence, m.start
"""
SIGHTINGS = f"SELECT m.*, {_WHERE_SAID.format('event_mentions', 'event_id')}"
MENTIONS_OF = f"SELECT m.*, {_WHERE_SAID.format('mentions', 'entity_id')}"
QUOTES_OF = f"SELECT m.*, {_WHERE_SAID.format('quotes', 'speaker_entity_id')}"
CO_PARTICIPANTS = """
SELECT o.entity_id, n.name, n.type, count(DISTINCT o.event_id) AS events
FROM event_participants p JOIN event_participants o USING (event_id) JOIN entities n ON n.entity_id = o.entity_id
WHERE p.entity_id = $id AND o.entity_id <> $id AND p.role <> 'place' AND o.role <> 'place'
GROUP BY ALL ORDER BY events DESC, o.entity_id
"""
POSITIONS_OF = """
SELECT p.*, n.name AS person, o.name AS organisation
FROM positions p LEFT JOIN entities n ON n.entity_id = p.person_entity_id
LEFT JOIN entities o ON o.entity_id = p.organisation_entity_id
WHERE p.person_entity_id = $id OR p.organisation_entity_id = $id ORDER BY p.published_date, p.position_id
"""
