"""The watch-list: entities and queries that the configuration names, and what came of them tonight.

An entity is named by its id, also one that is gone, by its Wikidata id, or by any of its names. A query is a condition in SQL over
the columns of `events` and `place`, the name of where it was. Only documents that are new or changed in their content count.
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from letopis.api.joins import FIND, STANDING
from letopis.config import Config
from letopis.journal.night import Night, Row
from letopis.schema import BY_NAME

NAMESAKES, ARTICLES, EVENTS, QUOTES = 5, 6, 8, 4      # shown of one watched thing; how many there are is told

_FRESH = "(FROM articles WHERE kind <> 'redone')"
_BY_ID = "SELECT * FROM entities WHERE entity_id = $term OR wikidata_id = $term"
_MENTIONS = f"""
SELECT document_id, a.title, a.source, a.day, a.url, a.path, count(*) AS mentions, arg_min(s.text, m.start) AS sentence
FROM mentions m JOIN {_FRESH} a USING (document_id) JOIN sentences s USING (document_id, sentence)
WHERE list_contains($ids, m.entity_id) GROUP BY ALL ORDER BY mentions DESC, document_id
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
    arg_max(s.text, t.salience) AS sentence
FROM told t JOIN {_FRESH} a USING (document_id) JOIN sentences s USING (document_id, sentence) JOIN events e USING (event_id)
    JOIN event_types y ON y.type = e.type LEFT JOIN changes c ON c.run_id = $run AND c.table_name = 'events' AND c.id = event_id
GROUP BY ALL ORDER BY max(t.salience) DESC, event_id
"""
_QUOTES = f"""
SELECT document_id, a.title, a.url, a.path, q.text, q.kind, e.name AS speaker
FROM quotes q JOIN {_FRESH} a USING (document_id) JOIN entities e ON e.entity_id = q.speaker_entity_id
WHERE list_contains($ids, q.speaker_entity_id) ORDER BY document_id, q.start
"""


def check_queries(config: Config) -> None:
    """Try the conditions on empty tables. Raises ValueError with what is wrong with one."""
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
    ids = [row["entity_id"] for row in found]
    articles = list(night.rows(_MENTIONS, ids=ids)) if ids and not night.is_empty else []
    quotes = list(night.rows(_QUOTES, ids=ids)) if articles else []
    return {
        "title": term, "entities": [{n: row[n] for n in ("entity_id", "name", "type")} for row in found],
        "mentions": sum(row["mentions"] for row in articles), **_cut("articles", articles, ARTICLES),
        **_cut("events", _happened(night, _EVENTS, ids=ids) if articles else [], EVENTS), **_cut("quotes", quotes, QUOTES),
    }


def _of_query(night: Night, title: str, condition: str) -> dict[str, Any]:
    told: dict[str, Any] = {"title": title, "condition": condition, "problem": None}
    try:
        events = [] if night.is_empty else _happened(night, _ASKED.format(condition=f"({condition}\n)"))
    except duckdb.Error as error:         # CAST(name AS INT) > 1: right on empty tables, wrong on a row
        return {**told, "problem": str(error).splitlines()[0], **_cut("events", [], EVENTS)}
    return {**told, **_cut("events", events, EVENTS)}


def _entities(night: Night, term: str) -> Sequence[Row]:
    """The entities meant, most mentioned first."""
    found = list(night.rows(_BY_ID, term=term))
    if not found and (heir := next(night.rows(STANDING, kind="entity", id=term), None)):
        found = list(night.rows(_BY_ID, term=heir["id"]))
    return (found or list(night.rows(FIND, name=term, kind=None)))[:NAMESAKES]


def _happened(night: Night, told: str, **values: Any) -> list[Row]:
    return list(night.rows(told + _HAPPENED, run=night.run_id, **values))


def _cut(name: str, rows: list[Row], most: int) -> dict[str, Any]:
    """The first rows, and how many there are."""
    return {name: rows[:most], f"{name}_count": len(rows)}
