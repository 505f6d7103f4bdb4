"""One article of the current snapshot with everything that is known of it: what the terminal, HTML and JSON show.

Contract. Reads one pinned snapshot and nothing else. Rows are those of the tables, in their order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import duckdb

from letopis.schema import DOCUMENT_TABLES
from letopis.store.snapshot import current
from letopis.store.views import connect

Row: TypeAlias = dict[str, Any]
TABLES = tuple(t.name for t, _ in DOCUMENT_TABLES if t.name not in ("documents", "tokens"))


class NoSuchDocument(Exception):
    """No article of the snapshot goes by that name, or several do."""


class EventLine(NamedTuple):
    """What the article says of one event: the words, most salient first, and the parts, each once."""

    name: str
    words: str
    type: str
    realis: str
    days: str
    place: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A row of `documents`, its rows of the other tables, and the entities and events they speak of, by id."""

    document: Row
    rows: dict[str, list[Row]]
    entities: dict[str, Row]
    events: dict[str, Row]

    @property
    def fields(self) -> list[str]:
        """What is annotated: the title where it has rows of its own, and the text."""
        titled = any(m["field"] == "title" for t in ("mentions", "event_mentions") for m in self.rows[t])
        return ["title", "text"] if titled else ["text"]

    def name(self, entity_id: str | None, otherwise: str = "") -> str:
        """The name of an entity."""
        return self.entities[entity_id]["name"] if entity_id in self.entities else otherwise

    def event_lines(self) -> Iterator[EventLine]:
        """The events of the article, most salient first."""
        mentions: dict[str, list[Row]] = {}
        for m in sorted(self.rows["event_mentions"], key=lambda m: (-m["salience"], m["field"] != "title", m["start"])):
            mentions.setdefault(m["event_id"], []).append(m)
        for event_id, own in mentions.items():
            ids = {m["event_mention_id"] for m in own}
            roles = (r for r in self.rows["event_roles"] if r["event_mention_id"] in ids)
            parts = tuple(dict.fromkeys(f"{r['role']}: {self.name(r['entity_id'], r['text'])}" for r in roles))
            words = ", ".join(dict.fromkeys(m["text"] for m in own))
            place = self.name(next((m["place_entity_id"] for m in own if m["place_entity_id"]), None))
            name, first = self.events[event_id]["name"], own[0]
            yield EventLine(name, words, first["type"], first["realis"], days(first), place, parts)


def days(row: Row) -> str:
    """'2023-09-15', '2023-09-01..2023-09-30', '..2024-03-31' or ''."""
    start, end = row["date_start"], row["date_end"]
    if start is None and end is None:
        return ""
    return str(start) if start == end else f"{start or ''}..{end or ''}"


def find_article(name: str, out: Path) -> Article:
    """The article whose id is `name`, or whose path is or ends with it. Raises NoSuchDocument."""
    snapshot = current(out)
    if snapshot is None:
        raise NoSuchDocument(f"no snapshot in {out}: run `letopis run` first")
    con = connect(snapshot)
    try:
        document = _document(con, name, snapshot)
        rows = {t: _query(con, f"SELECT * FROM {t} WHERE document_id = ?", document["document_id"]) for t in TABLES}
        found = {v for table in rows.values() for r in table for k, v in r.items() if k.endswith("entity_id") and v}
        entities = _query(con, "SELECT * FROM entities WHERE list_contains(?, entity_id)", sorted(found))
        spoken = sorted({m["event_id"] for m in rows["event_mentions"]})
        events = _query(con, "SELECT * FROM events WHERE list_contains(?, event_id)", spoken)
    finally:
        con.close()
    return Article(document, rows, {r["entity_id"]: r for r in entities}, {r["event_id"]: r for r in events})


def as_json(article: Article) -> Row:
    """Everything as JSON has it: the document, its rows table by table with their offsets, entities and events by id."""
    whole = {"document": article.document, **article.rows, "entities": article.entities, "events": article.events}
    return {name: _plain(value) for name, value in whole.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _query(con: duckdb.DuckDBPyConnection, sql: str, *values: Any) -> list[Row]:
    result: Any = con.sql(sql, params=list(values))
    rows: list[Row] = result.to_arrow_table().to_pylist()
    return rows


def _document(con: duckdb.DuckDBPyConnection, name: str, snapshot: Path) -> Row:
    base = Path(name).name
    named = "document_id = ? OR path IN (?, ?) OR ends_with(path, '/' || ?)"
    found = _query(con, f"SELECT * FROM documents WHERE {named}", name, name, base, base)
    if not found:
        raise NoSuchDocument(f"no document '{name}' in {snapshot}")
    exact = [d for d in found if name in (d["document_id"], d["path"])]
    if len(exact or found) > 1:
        ids = ", ".join(d["document_id"] for d in (exact or found)[:5])
        raise NoSuchDocument(f"'{name}' is the name of {len(exact or found)} documents: {ids}")
    return (exact or found)[0]
