"""`letopis explain` of events, as they stand in the tables of the current snapshot: the mentions of one, and how two differ."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console

from letopis.find.names import fold
from letopis.store.snapshot import current

SHOWN = 12                            # mentions that fit a screen
_FIELDS = ("type", "name", "realis", "date_start", "date_end", "granularity", "country", "place", "participants", "documents")
_MENTIONS = """
SELECT d.path, d.published_date, m.text, m.type, m.realis, m.date_start, m.date_end, m.salience, m.method
FROM {mentions} m JOIN {documents} d USING (document_id) WHERE m.event_id = ? ORDER BY m.salience DESC, m.event_mention_id
"""
_FACTS = """
SELECT v.*, p.name AS place,
       (SELECT list(DISTINCT e.name ORDER BY e.name) FROM {participants} x JOIN {entities} e USING (entity_id)
        WHERE x.event_id = v.event_id) AS participants,
       (SELECT list(DISTINCT d.path ORDER BY d.path) FROM {mentions} m JOIN {documents} d USING (document_id)
        WHERE m.event_id = v.event_id) AS documents
FROM {events} v LEFT JOIN {entities} p ON p.entity_id = v.place_entity_id WHERE v.event_id = ?
"""


class NoSuchEvent(Exception):
    """No event, or several, are called so."""


class Events:
    """The events of a snapshot."""

    def __init__(self, snapshot: Path) -> None:
        self.sql = duckdb.connect(config={"threads": 1})
        folders = {"mentions": "event_mentions", "participants": "event_participants"}
        self.tables = {
            name: f"read_parquet('{str(snapshot / folders.get(name, name)).replace(chr(39), chr(39) * 2)}/**/*.parquet')"
            for name in ("mentions", "participants", "documents", "entities", "events", "redirects")
        }

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a query."""
        result: Any = self.sql.sql(sql.format(**self.tables), params=list(values))
        found: list[dict[str, Any]] = result.to_arrow_table().to_pylist()
        return found

    def find(self, wanted: str, kind: str | None) -> str:
        """The event_id of an id, an id that is gone, or a name. Raises NoSuchEvent."""
        moved = self.rows("SELECT new_id FROM {redirects} WHERE old_id = ? AND kind = 'event' AND new_id IS NOT NULL", wanted)
        ids = [r["event_id"] for r in self.rows("SELECT event_id FROM {events} WHERE event_id = ?", wanted)]
        ids = ids or [r["new_id"] for r in moved] or self._named(wanted, kind)
        if len(ids) == 1:
            return str(ids[0])
        listed = "".join(f"\n  {i}  {self.facts(i)['type']}  {self.facts(i)['lead']}" for i in islice(ids, SHOWN))
        raise NoSuchEvent(f"'{wanted}' is {len(ids)} events:{listed}" if ids else f"no entity or event is called '{wanted}'")

    def _named(self, wanted: str, kind: str | None) -> list[str]:
        rows = self.rows("SELECT event_id, name, type FROM {events} ORDER BY document_count DESC, salience DESC, event_id")
        return [r["event_id"] for r in rows if fold(r["name"]) == fold(wanted) and kind in (None, r["type"])]

    def facts(self, event: str) -> dict[str, Any]:
        """The row of an event with the names of its place, participants and documents."""
        return self.rows(_FACTS, event)[0]


def explain_events(console: Console, out: Path, wanted: Sequence[str], kind: str | None) -> None:
    """One event, or two. Raises NoSuchEvent."""
    snapshot = current(out)
    if snapshot is None:
        raise NoSuchEvent(f"no snapshot in {out}: run `letopis run` first")
    events = Events(snapshot)
    ids = [events.find(name, kind) for name in wanted]
    if len(ids) == 1:
        print_event(console, events, ids[0])
    else:
        print_two_events(console, events, *ids)


def print_event(console: Console, events: Events, event: str) -> None:
    """One event: what it is, and its mentions, most salient first."""
    facts, mentions = events.facts(event), events.rows(_MENTIONS, event)
    _say(console, f"{event}  {facts['type']}  {facts['name']}: {len(mentions)} mentions in {facts['document_count']} documents")
    for name in _FIELDS[2:-1]:
        _say(console, f"{name:12} {_text(facts[name])}")
    for row in events.rows("SELECT old_id, reason FROM {redirects} WHERE new_id = ? ORDER BY old_id", event)[:SHOWN]:
        _say(console, f"was          {row['old_id']} ({row['reason']})")
    _say(console, "")
    for m in mentions[:SHOWN]:
        _, corrected, how = m["method"].partition("+correction_")
        days = f", {m['date_start'] or ''}..{m['date_end'] or ''}" if m["date_start"] or m["date_end"] else ""
        said = f"; corrected: {how.replace('+correction_', ', ')}" if corrected else ""
        what, where = f"'{m['text']}' {m['type']}, {m['realis']}{days}", f"{m['path']} ({m['published_date'] or 'undated'})"
        _say(console, f"  {m['salience']:.2f}  {what} in {where}{said}")
    if len(mentions) > SHOWN:
        _say(console, f"  and {len(mentions) - SHOWN} more")


def print_two_events(console: Console, events: Events, first: str, second: str) -> None:
    """What two events have in common and in what they differ."""
    one, two = events.facts(first), events.facts(second)
    for facts in (one, two):
        _say(console, f"{facts['event_id']}  {facts['type']}  {facts['name']}: {_text(facts['lead'])}")
    _say(console, "")
    for name in _FIELDS:
        same = "same  " if one[name] == two[name] else "      " if None in (one[name], two[name]) else "differ"
        _say(console, f"{name:12} {same} {_text(one[name])} | {_text(two[name])}")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value[:5]) + (f" and {len(value) - 5} more" if len(value) > 5 else "")
    return "" if value is None else str(value)


def _say(console: Console, line: str) -> None:
    console.print(line, markup=False, highlight=False, soft_wrap=True)
