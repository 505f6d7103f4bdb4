"""Article pages: the text, and every layer that marks it, as arrays of offsets.

A span begins with its field (0 text, 1 title), start and end, in code points. Names of entities come once an article.
"""

from typing import Any

from letopis.site.files import Shards, Site
from letopis.site.source import Groups, Row, Source

_SPAN = "document_id, CAST(field = 'title' AS INT) AS f, start, \"end\""
_ORDER = "ORDER BY document_id, field DESC, start, \"end\" DESC"
_DAYS = "CAST(date_start AS VARCHAR) AS date_start, CAST(date_end AS VARCHAR) AS date_end, granularity"

_DOCUMENTS = """
SELECT d.document_id, d.title, d.text, CAST(d.published_date AS VARCHAR) AS day, coalesce(d.publication, d.site) AS source, d.url,
    d.archive_url, d.author, d.description, d.path, d.record, d.language, d.annotated, d.duplicate_of, o.title AS duplicate_title
FROM documents d LEFT JOIN articles o ON o.document_id = d.duplicate_of ORDER BY d.document_id
"""
LAYERS = {
    "sentences": f"SELECT {_SPAN}, role FROM sentences {_ORDER}",
    "mentions": f"SELECT {_SPAN}, type, normal, entity_id, form, score, method FROM mentions {_ORDER}, type",
    "anaphors": f"SELECT {_SPAN}, kind, entity_id, score, method FROM anaphors {_ORDER}",
    "events": f"SELECT {_SPAN}, type, type2, realis, {_DAYS}, date_basis, place_entity_id, place_basis, salience, score, method, "
              f"event_id, event_mention_id FROM event_mentions {_ORDER}, type",
    "times": f"SELECT {_SPAN}, {_DAYS}, basis, reason, score, method FROM time_expressions {_ORDER}",
    "numbers": f"SELECT {_SPAN}, kind, value, value_max, unit, approximate, score, method FROM quantities {_ORDER}",
    "quotes": f"SELECT {_SPAN}, kind, cue, speaker_entity_id, score, method FROM quotes {_ORDER}",
    "positions": f"SELECT {_SPAN}, position, person_entity_id, organisation_entity_id, status, score, method FROM positions "
                 f"{_ORDER}, position_id",
}
_ROLES = f"""
SELECT {_SPAN}, event_mention_id, role, text, kind, entity_id, score, method FROM event_roles {_ORDER}, role, event_mention_id
"""
_KEYWORDS = "SELECT document_id, keyword, source, entity_id, event_id FROM keywords ORDER BY document_id, source, keyword"
_NAMES = """
WITH named AS (
    SELECT document_id, entity_id FROM mentions UNION SELECT document_id, entity_id FROM anaphors
    UNION SELECT document_id, place_entity_id FROM event_mentions UNION SELECT document_id, speaker_entity_id FROM quotes
    UNION SELECT document_id, entity_id FROM event_roles UNION SELECT document_id, entity_id FROM keywords
    UNION SELECT document_id, person_entity_id FROM positions UNION SELECT document_id, organisation_entity_id FROM positions
)
SELECT document_id, entity_id, name, label FROM named JOIN entities USING (entity_id) ORDER BY document_id, entity_id
"""
_EVENT_NAMES = """
SELECT document_id, event_id, name FROM (SELECT DISTINCT document_id, event_id FROM event_mentions) JOIN events USING (event_id)
ORDER BY document_id, event_id
"""


def write_articles(site: Site, source: Source) -> list[str]:
    """One record an article; gives the first id of every file."""
    layers = {name: source.groups(sql) for name, sql in LAYERS.items()}
    roles, keywords, names, events = (source.groups(sql) for sql in (_ROLES, _KEYWORDS, _NAMES, _EVENT_NAMES))
    shards = Shards(site, "articles")
    for document in source.rows(_DOCUMENTS):
        key = document.pop("document_id")
        record = {name: value for name, value in document.items() if value is not None}
        record |= {name: [_values(r) for r in groups.take(key)] for name, groups in layers.items()}
        record["roles"] = _roles(roles, key, record["events"])
        record["keywords"] = [_values(r) for r in keywords.take(key)]
        record["names"] = {r["entity_id"]: [r["name"], r["label"]] for r in names.take(key)}
        record["event_names"] = {r["event_id"]: r["name"] for r in events.take(key)}
        shards.add(key, record)
    return shards.close()


def _values(row: Row) -> list[Any]:
    """A row without its key."""
    return list(row.values())[1:]


def _roles(groups: Groups, key: str, events: list[list[Any]]) -> list[list[Any]]:
    """Roles with the number of their event in the article for its id, which the events themselves lose."""
    numbers = {event.pop(): i for i, event in enumerate(events)}
    return [[r["f"], r["start"], r["end"], numbers[r["event_mention_id"]], *_values(r)[4:]] for r in groups.take(key)]
