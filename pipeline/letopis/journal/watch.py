"""The watch-list: entities and queries that the configuration names, and what came of them tonight.

An entity is named by its id, also one that is gone, by its Wikidata id, or by any of its names. A query is a condition in SQL over
the columns of `events` and `place`, the name of where it was. Only documents that are new or changed in their content count.
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from letopis.config import Config
from letopis.journal.night import Night, Row
from letopis.schema import BY_NAME

NAMESAKES = 5
SHOWN = {
    "articles": ("mentions DESC, document_id", 6), "events": ("salience DESC, event_id", 8), "quotes": ("document_id, start", 4),
}
"""In which order and how many are shown of one watched thing; how many there are is told."""

_FRESH = "(FROM articles WHERE kind <> 'redone')"
_BY_ID = "SELECT * FROM entities WHERE entity_id = $term OR wikidata_id = $term"
_MENTIONS = f"""
SELECT document_id, a.title, a.source, a.day, a.url, a.path, count(*) AS mentions, arg_min(s.text, m.start) AS sentence
FROM mentions m JOIN {_FRESH} a USING (document_id) JOIN sentences s USING (document_id, sentence)
WHERE list_contains($ids, m.entity_id) GROUP BY ALL
"""
_EVENTS = """
WITH told AS (
    SELECT event_id, document_id, salience, start, sentence FROM event_mentions
    WHERE list_contains($ids, place_entity_id)
        OR event_mention_id IN (SELECT event_mention_id FROM event_roles WHERE list_contains($ids, entity_id))
)
"""
_ASKED = """
WITH told AS (
    SELECT event_id, document_id, salience, start, sentence FROM event_mentions
    WHERE event_id IN (
        SELECT event_id FROM (SELECT e.*, p.name AS place FROM events e LEFT JOIN entities p ON p.entity_id = e.place_entity_id)
        WHERE {condition}
    )
)
"""
_HAPPENED = f"""
SELECT event_id, e.name, e.type, y.name_ru, e.realis, CAST(e.date_start AS VARCHAR) AS date_start,
    CAST(e.date_end AS VARCHAR) AS date_end, any_value(c.change) IS NOT DISTINCT FROM 'added' AS is_new,
    count(DISTINCT document_id) AS articles, arg_max(document_id, t.salience) AS document_id,
    arg_max(a.title, t.salience) AS title, arg_max(a.url, t.salience) AS url, arg_max(a.path, t.salience) AS path,
    arg_max(s.text, t.salience) AS sentence, max(t.salience) AS salience
FROM told t JOIN {_FRESH} a USING (document_id) JOIN sentences s USING (document_id, sentence) JOIN events e USING (event_id)
    JOIN event_types y ON y.type = e.type LEFT JOIN changes c ON c.run_id = $run AND c.table_name = 'events' AND c.id = event_id
GROUP BY ALL
"""
_QUOTES = f"""
SELECT document_id, a.title, a.url, a.path, q.start, q.text, q.kind, e.name AS speaker
FROM quotes q JOIN {_FRESH} a USING (document_id) JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE list_contains($ids, q.speaker_entity_id)
"""


def check_queries(config: Config) -> None:
    """Try the conditions on empty tables. Raises ValueError with what is wrong with one."""
    if not config.watch_queries:
        return                            # DuckDB's first table costs a third of a second
    sql = duckdb.connect(config={"threads": 1})
    sql.register("events", BY_NAME["events"].schema.empty_table())
    for title, condition in config.watch_queries.items():
        try:
            sql.execute(f"SELECT * FROM (SELECT *, '' AS place FROM events) WHERE ({condition}\n)")
        except duckdb.Error as error:
            raise ValueError(f"watch_queries: '{title}' is no condition on events: {str(error).splitlines()[0]}") from error


def watched(night: Night, config: Config) -> list[dict[str, Any]]:
    """What came of everything that is watched, in the order of the configuration."""
    queries = config.watch_queries.items()
    return [*(_of_entity(night, term) for term in config.watch), *(_of_query(night, *query) for query in queries)]


def _of_entity(night: Night, term: str) -> dict[str, Any]:
    found = _entities(night, term)
    ids = [] if night.is_empty else [row["entity_id"] for row in found]
    return {
        "title": term, "entities": [{n: row[n] for n in ("entity_id", "name", "type")} for row in found],
        "mentions": night.count(f"FROM mentions JOIN {_FRESH} USING (document_id) WHERE list_contains($ids, entity_id)", ids=ids),
        **_first(night, "articles", _MENTIONS, ids=ids),
        **_first(night, "events", _EVENTS + _HAPPENED, ids=ids, run=night.run_id),
        **_first(night, "quotes", _QUOTES, ids=ids),
    }


def _of_query(night: Night, title: str, condition: str) -> dict[str, Any]:
    told: dict[str, Any] = {"title": title, "condition": condition, "problem": None}
    try:
        return {**told, **_first(night, "events", _ASKED.format(condition=f"({condition}\n)") + _HAPPENED, run=night.run_id)}
    except duckdb.Error as error:         # CAST(name AS INT) > 1: right on empty tables, wrong on a row
        return {**told, "problem": str(error).splitlines()[0], "events": [], "events_count": 0}


def _entities(night: Night, term: str) -> Sequence[Row]:
    """The entities meant, most mentioned first."""
    from letopis.api.joins import FIND, STANDING  # brings pandas, half a second that most nights need not

    found = list(night.rows(_BY_ID, term=term))
    if not found and (heir := next(night.rows(STANDING, kind="entity", id=term), None)):
        found = list(night.rows(_BY_ID, term=heir["id"]))
    return (found or list(night.rows(FIND, name=term, kind=None)))[:NAMESAKES]


def _first(night: Night, name: str, sql: str, **values: Any) -> dict[str, Any]:
    """The first rows, and how many there are."""
    order, most = SHOWN[name]
    total = "SELECT *, count(*) OVER () AS total FROM"
    rows = [] if night.is_empty else list(night.rows(f"{total} ({sql}) ORDER BY {order} LIMIT {most}", **values))
    return {name: rows, f"{name}_count": rows[0]["total"] if rows else 0}
