"""`letopis show`: one article in the terminal, its mentions nested in brackets, its triggers underlined, then its rows.

Reads the current snapshot and nothing else; text is printed as it is, never as markup.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from letopis.store.snapshot import current

STYLES = {"PER": "bold cyan", "ORG": "bold yellow", "LOC": "bold green", "EVT": "bold magenta", "DATE": "blue", "MISC": "dim"}
TRIGGER = "underline red"

TABLES = ("mentions", "event_mentions", "event_roles", "quotes", "positions")

Row = dict[str, Any]


class NoSuchDocument(Exception):
    """No article of the snapshot goes by that name, or several do."""


def print_article(console: Console, name: str, out: Path) -> None:
    """Print the article whose id is `name` or whose path ends with it. Raises NoSuchDocument."""
    snapshot = current(out)
    if snapshot is None:
        raise NoSuchDocument(f"no snapshot in {out}: run `letopis run` first")
    document = _find(snapshot, name)
    rows = {table: _rows(snapshot, table, document["document_id"]) for table in TABLES}
    console.print(_heading(document))
    for field in ("title", "text"):
        if any(m["field"] == field for m in (*rows["mentions"], *rows["event_mentions"])) or field == "text":
            console.print(_marked(document[field] or "", field, rows), soft_wrap=False)
    console.print(_legend())
    names = _names(snapshot, rows)
    for sheet in (_events(rows, names), _quotes(rows, names), _positions(rows, names)):
        if sheet.row_count:
            console.print(sheet)


def _query(sql: str, values: list[Any]) -> list[Row]:
    con = duckdb.connect(config={"threads": 1})
    result: Any = con.sql(sql, params=values)
    rows: list[Row] = result.to_arrow_table().to_pylist()
    con.close()
    return rows


def _find(snapshot: Path, name: str) -> Row:
    source = f"read_parquet('{snapshot}/documents/**/*.parquet', hive_partitioning = true)"
    named = "document_id = ? OR path = ? OR ends_with(path, '/' || ?)"
    found = _query(f"SELECT * FROM {source} WHERE {named}", [name, Path(name).name, Path(name).name])
    if not found:
        raise NoSuchDocument(f"no document '{name}' in {snapshot}")
    if len(found) > 1:
        ids = ", ".join(d["document_id"] for d in found[:5])
        raise NoSuchDocument(f"'{name}' is the name of {len(found)} documents: {ids}")
    return found[0]


def _rows(snapshot: Path, table: str, document_id: str) -> list[Row]:
    return _query(f"SELECT * FROM read_parquet('{snapshot}/{table}/**/*.parquet') WHERE document_id = ?", [document_id])


def _names(snapshot: Path, rows: dict[str, list[Row]]) -> dict[str, str]:
    """entity_id -> name, for the entities of the article."""
    ids = sorted({v for table in rows.values() for r in table for k, v in r.items() if k.endswith("entity_id") and v})
    source = f"read_parquet('{snapshot}/entities/*.parquet')"
    found = _query(f"SELECT entity_id, name FROM {source} WHERE list_contains(?, entity_id)", [ids])
    return {r["entity_id"]: r["name"] for r in found}


def _heading(document: Row) -> Text:
    day = document["published_date"] or "undated"
    medium = document["publication"] or document["site"] or ""
    return Text(f"{document['path']}   {document['document_id']}   {day}   {medium}", "dim")


def _marked(source: str, field: str, rows: dict[str, list[Row]]) -> Text:
    """The field with '[Сергей Черёмин|PERSON]' around mentions and triggers underlined with their type."""
    opening: defaultdict[int, list[Row]] = defaultdict(list)
    closing: defaultdict[int, list[Row]] = defaultdict(list)
    for m in sorted((m for m in rows["mentions"] if m["field"] == field), key=lambda m: (m["start"], -m["end"])):
        opening[m["start"]].append(m)
        closing[m["end"]].insert(0, m)
    triggers = {i: e for e in rows["event_mentions"] if e["field"] == field for i in range(e["start"], e["end"])}
    text = Text()
    stack: list[str] = []
    for i in range(len(source) + 1):
        for m in closing[i]:
            text.append(f"|{m['type']}]", STYLES[m["label"]])
            stack.pop()
        event = triggers.get(i - 1)
        if event and event["end"] == i:
            text.append(f"‹{event['type']}{'' if event['realis'] == 'actual' else ' ' + event['realis']}›", "red")
        for m in opening[i]:
            text.append("[", STYLES[m["label"]])
            stack.append(STYLES[m["label"]])
        if i < len(source):
            style = " ".join([*(stack[-1:]), *([TRIGGER] if i in triggers else [])])
            text.append(source[i], style)
    return text


def _legend() -> Text:
    legend = Text("\n")
    for label, style in STYLES.items():
        legend.append(f"[{label}] ", style)
    return legend.append("trigger‹type realis›\n", "red")


def _events(rows: dict[str, list[Row]], names: dict[str, str]) -> Table:
    sheet = Table("event", "type", "realis", "date", "place", "roles", title="events, most salient first")
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for r in rows["event_roles"]:
        roles[r["event_mention_id"]].append(f"{r['role']}: {names.get(r['entity_id'], r['text'])}")
    for e in sorted(rows["event_mentions"], key=lambda e: (-e["salience"], e["start"])):
        place, parts = names.get(e["place_entity_id"], ""), "\n".join(roles[e["event_mention_id"]])
        cells = (e["text"], e["type"], e["realis"], _days(e), place, parts)
        sheet.add_row(*(Text(c) for c in cells))
    return sheet


def _days(row: Row) -> str:
    start, end = row["date_start"], row["date_end"]
    if start is None and end is None:
        return ""
    return str(start) if start == end else f"{start or ''}..{end or ''}"


def _quotes(rows: dict[str, list[Row]], names: dict[str, str]) -> Table:
    sheet = Table("speaker", "cue", "kind", "quote", title="quotes")
    for q in rows["quotes"]:
        sheet.add_row(*(Text(c) for c in (names.get(q["speaker_entity_id"], "?"), q["cue"] or "", q["kind"], q["text"])))
    return sheet


def _positions(rows: dict[str, list[Row]], names: dict[str, str]) -> Table:
    sheet = Table("person", "position", "organisation", "status", title="positions")
    for p in rows["positions"]:
        cells = (names.get(p["person_entity_id"], ""), p["position"], names.get(p["organisation_entity_id"], ""), p["status"])
        sheet.add_row(*(Text(c) for c in cells))
    return sheet
