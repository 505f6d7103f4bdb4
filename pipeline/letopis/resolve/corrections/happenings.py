"""Corrections of events: `same`, `rename` and `retype`, over the events that resolution has made.

Contract. `same` joins whole events: the row of the most salient speaks for all, counted anew over all their articles, and its id
is the one of the smallest member, so the order of nights is nothing. What it does not do: part an event (`not_same` keeps two from
being joined by `same`, and is told where they are one already), or drop one, for every mention of a happening has an event.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from letopis.resolve.corrections.amending import obey
from letopis.resolve.corrections.binding import Bonds, bonds_of
from letopis.resolve.corrections.bonds import Bond, Groups, line_of
from letopis.resolve.corrections.lookup import Found, Warned
from letopis.resolve.corrections.naming import called
from letopis.resolve.corrections.places import Member, table_of
from letopis.resolve.corrections.record import enter_members
from letopis.resolve.corrections.statements import EVENT, NOT_SAME, RENAME, RETYPE, SAME
from letopis.store.corpus import Corpus

_MERGE = """
CREATE OR REPLACE TABLE event_map AS SELECT m.* REPLACE (coalesce(u.root, m.event_id) AS event_id)
FROM event_map m LEFT JOIN event_unions u USING (event_id)
"""
_SMALLEST = """
CREATE OR REPLACE TABLE event_unions AS
WITH first AS (SELECT event_id, min(document_id || ':' || anchor) AS member FROM event_map GROUP BY event_id)
SELECT j.event_id, arg_min(j.event_id, member) OVER (PARTITION BY j.root) AS root FROM joined_events j JOIN first USING (event_id)
"""
_COUNTS = """
SELECT m.event_id, count(DISTINCT document_id) AS document_count, CAST(sum(mention_count) AS BIGINT) AS mention_count,
       min(published_date) AS first_published, max(published_date) AS last_published,
       count(DISTINCT coalesce(root, document_id)) AS distinct_document_count
FROM event_map m JOIN days USING (document_id) LEFT JOIN duplicates USING (document_id)
WHERE m.event_id IN (SELECT root FROM event_unions) GROUP BY m.event_id
"""


def correct_events(corpus: Corpus, corrected: Sequence[Found], events: pa.Table) -> tuple[pa.Table, list[Warned]]:
    """The table `events` as it should be, and what was told; `event_map` in the connection is made to agree."""
    wanted = [f for f in corrected if f.kind == EVENT]
    if not wanted:
        return events, []
    bonds = bonds_of(corpus, wanted, EVENT)
    rows, told = _united(corpus, bonds, events.to_pylist())
    amended, more = _amended(corpus, [f for f in wanted if f.correction.kind in (RENAME, RETYPE)], rows)
    return pa.Table.from_pylist(amended, schema=events.schema), [*bonds.warnings, *told, *more]


def _united(corpus: Corpus, bonds: Bonds, rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Warned]]:
    of = _events_of(corpus, {m for b in bonds.held for m in b.members})
    groups, told, joined = Groups[str](), list[Warned](), set[str]()
    for bond in sorted(bonds.held, key=lambda b: b.correction.kind != NOT_SAME):      # in vain after what they are to forbid
        ids = {of[m] for m in bond.members}
        against = _enter(groups, bond, of, bonds.held)
        if against is not None:
            told.append(Warned(bond.correction.line, f"{bond.correction.kind}: {against}"))
            continue
        joined |= ids if bond.correction.kind == SAME else set()
        enter_members(corpus, EVENT, bond.correction, bond.members)
    return (_merged(corpus, {i: groups.root(i) for i in joined}, rows) if joined else rows), told


def _enter(groups: Groups[str], bond: Bond, of: dict[Member, str], held: Iterable[Bond]) -> str | None:
    if bond.correction.kind == NOT_SAME:
        parted = groups.part(bond.correction.key, [{of[m] for m in members} for _, members in bond.sides])
        return None if parted else "they are one event by the evidence, and events cannot be parted yet: not obeyed"
    key = groups.join({of[m] for m in bond.members})
    return None if key is None else f"joins what line {line_of(key, held)} keeps apart: not obeyed"


def _events_of(corpus: Corpus, members: Iterable[Member]) -> dict[Member, str]:
    corpus.add("bound_events", table_of(members))
    sql = "SELECT document_id, event, event_id FROM event_map JOIN bound_events USING (document_id) WHERE event = number"
    return {(r["document_id"], r["event"]): r["event_id"] for r in corpus.query(sql).to_pylist()}


def _merged(corpus: Corpus, root: dict[str, str], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    pairs = sorted(root.items())
    columns = {"event_id": pa.array([i for i, _ in pairs], pa.string()), "root": pa.array([r for _, r in pairs], pa.string())}
    corpus.add("joined_events", pa.table(columns))
    corpus.sql.execute(_SMALLEST)
    corpus.sql.execute(_MERGE)
    heir = {r["event_id"]: r["root"] for r in corpus.query("SELECT * FROM event_unions").to_pylist()}
    counts = {r["event_id"]: r for r in corpus.query(_COUNTS).to_pylist()}
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = heir.get(row["event_id"], row["event_id"])
        if key not in best or _rank(row) < _rank(best[key]):
            best[key] = row
    return [{**best[key], "event_id": key, **counts.get(key, {})} for key in sorted(best)]


def _rank(row: dict[str, Any]) -> tuple[float, int, str]:
    return -row["salience"], -row["document_count"], row["event_id"]


def _amended(corpus: Corpus, wanted: Sequence[Found], rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Warned]]:
    named = called(((r["event_id"], r["type"], (r["name"],)) for r in rows), (a for f in wanted for a in f.names))
    said, told = obey(corpus, EVENT, wanted, named)
    column = {RENAME: "name", RETYPE: "type"}
    return [{**r, **{column[k]: c.to for k, c in said.get(r["event_id"], {}).items()}} for r in rows], told
