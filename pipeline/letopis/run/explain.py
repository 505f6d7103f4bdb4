"""Why mentions are one entity, and why two entities are two: the store's units resolved once more, with somebody listening.

Contract. It reads a copy of the manifest, the units and the current snapshot's redirects, and writes nothing; the configuration is
the one of the next run, so it tells what that run would do. Blocks that the last run settled are not settled again, but for those
asked about. What it gives is for people.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow.parquet as pq

from letopis.find.names import fold
from letopis.resolve.corrections.lookup import look_up
from letopis.resolve.corrections.marks import apart
from letopis.resolve.corrections.record import begin_record
from letopis.resolve.corrections.statements import Corrections
from letopis.resolve.entities import resolve_entities
from letopis.resolve.nodes import Node
from letopis.resolve.tracing import Evidence, Join, Meeting, compare, nodes_of, trace
from letopis.run.night import MANIFEST
from letopis.run.publication import base_of, basis, corrections_of
from letopis.run.request import Request
from letopis.store.blocks import Answers, newest
from letopis.store.corpus import Corpus
from letopis.store.manifest import Manifest
from letopis.store.snapshot import current

Row: TypeAlias = dict[str, Any]
_LISTED = 10                          # entities of one name that are listed


class NotOne(Exception):
    """What was asked about is no entity, or several; `str()` says which."""


class Unknown(NotOne):
    """No entity is called so; it may be an event."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One entity: its row, what it is called how often, where, what made it one, what became it, and which corrections it knows."""

    row: Row
    names: Sequence[tuple[str, str, int]]                 # name, form, mentions
    documents: Sequence[tuple[str, Any, int]]             # path, day, mentions
    place: str | None                                     # row of the gazetteer
    nodes: Sequence[Node]                                 # kinds of evidence
    joins: Sequence[Join]
    redirects: Sequence[tuple[str, str]]                  # old id, reason
    corrections: Sequence[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two entities that are two: what decides; and where they met, or what would speak for and against if they did."""

    first: Row
    second: Row
    reason: str
    meeting: Meeting | None = None
    evidence: Evidence | None = None


class Explainer:
    """A store resolved, to be asked."""

    def __init__(self, corpus: Corpus, rows: list[Row], corrections: Corrections, snapshot: Path | None) -> None:
        self.corpus = corpus
        self.rows = {row["entity_id"]: row for row in rows}
        self.corrections = corrections
        self.redirects = _redirects(snapshot)
        self.paths = {e.document_id: e.path if e.record is None else f"{e.path}#{e.record}" for e in corpus.entries}

    def find(self, wanted: str, kind: str | None = None) -> str:
        """The entity_id of an id, an id that is gone, or a name. Raises NotOne."""
        if wanted in self.rows:
            return wanted
        heirs = sorted({new for old, new, _ in self.redirects if old == wanted and new in self.rows})
        if heirs:
            return self._only(wanted, heirs)
        called = [i for i, row in self.rows.items() if _called(row, fold(wanted)) and kind in (None, row["type"])]
        named = [i for i in called if fold(self.rows[i]["name"]) == fold(wanted)]
        return self._only(wanted, named or called)

    def _only(self, wanted: str, ids: list[str]) -> str:
        if len(ids) == 1:
            return ids[0]
        if not ids:
            raise Unknown(f"no entity is called '{wanted}', now or before")
        ranked = sorted(ids, key=lambda i: (-self.rows[i]["document_count"], i))
        rows = ((i, self.rows[i]) for i in ranked[:_LISTED])
        lines = [f"  {i}  {row['type']}  {row['name']}, in {row['document_count']} documents" for i, row in rows]
        more = [f"  and {len(ids) - _LISTED} more"] if len(ids) > _LISTED else []
        raise NotOne("\n".join([f"'{wanted}' is {len(ids)} entities; ask for one of them by its id:", *lines, *more]))

    # --- one ----------------------------------------------------------------------------------------------------------------

    def explain(self, entity: str) -> Explanation:
        """Why it is one."""
        self._ask(entity)
        nodes = nodes_of(self.corpus, self._nodes())
        places = self._values("SELECT DISTINCT place FROM asked WHERE place IS NOT NULL ORDER BY place")
        return Explanation(
            self.rows[entity], self._names(), self._documents(), places[0] if places else None, nodes,
            trace(self.corpus, (n.number for n in nodes)).joins,
            [(old, reason) for old, new, reason in self.redirects if new == entity], self._corrections(),
        )

    def _ask(self, entity: str, table: str = "asked") -> None:
        self.corpus.sql.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM entity_map WHERE entity_id = ?", [entity])

    def _values(self, sql: str) -> list[Any]:
        return [row[0] for row in self.corpus.sql.sql(sql).fetchall()]

    def _nodes(self, table: str = "asked") -> list[int]:
        return self._values(f"SELECT DISTINCT node FROM node_members JOIN {table} USING (document_id, entity) ORDER BY node")

    def _names(self) -> list[tuple[str, str, int]]:
        names = self.corpus.units("profile_names")
        return [(n, f, c) for n, f, c in self.corpus.sql.sql(
            f"SELECT n.name, n.form, sum(n.count) AS c FROM {names} n JOIN asked USING (document_id, entity) GROUP BY ALL "
            "ORDER BY c DESC, n.name, n.form"
        ).fetchall()]

    def _documents(self) -> list[tuple[str, Any, int]]:
        rows = self.corpus.sql.sql(
            "SELECT document_id, any_value(published_date), sum(mention_count) AS n FROM asked JOIN days USING (document_id) "
            "GROUP BY document_id ORDER BY n DESC, document_id"
        ).fetchall()
        return [(self.paths[d], day, n) for d, day, n in rows]

    def _corrections(self) -> list[str]:
        lines = self._values("SELECT DISTINCT line FROM corrected c JOIN asked a ON c.document_id = a.document_id "
                             "AND c.number = a.entity WHERE c.kind = 'entity' ORDER BY line")
        by_line = {c.line: c for c in self.corrections.items}
        return [f"{self.corrections.file}:{line}: {by_line[line]}" for line in lines]

    # --- two ----------------------------------------------------------------------------------------------------------------

    def compare(self, first: str, second: str) -> Difference:
        """Why they are two. Raises NotOne where they are one."""
        if first == second:
            raise NotOne(f"they are one: {first}")
        self._ask(first)
        self._ask(second, "other")
        rows, nodes, others = (self.rows[first], self.rows[second]), self._nodes(), self._nodes("other")
        reason = self._decided() or self._incomparable(nodes, others)
        if reason is not None and not (nodes and others):
            return Difference(*rows, reason)
        meetings = trace(self.corpus, nodes, others).meetings
        if meetings:
            return Difference(*rows, reason or "", meetings[-1])
        groups = nodes_of(self.corpus, nodes), nodes_of(self.corpus, others)
        return Difference(*rows, reason or self._unmet(*groups), None, None if reason else compare(*groups))

    def _decided(self) -> str | None:
        """The correction that keeps them apart."""
        sql = "SELECT DISTINCT unnest(marks) FROM member_marks JOIN {} USING (document_id, entity)"
        key = apart(*(self._values(sql.format(table)) for table in ("asked", "other")))
        line = next((c for c in self.corrections.items if c.key == key), None)
        return f"kept apart by {self.corrections.file}:{line.line}: {line}" if line else None

    def _incomparable(self, nodes: list[int], others: list[int]) -> str | None:
        """A place of the gazetteer is one by its row alone; people are never compared with what is none."""
        places = [self._values(f"SELECT DISTINCT place FROM {t} WHERE place IS NOT NULL") for t in ("asked", "other")]
        if all(places):
            return f"two places of the gazetteer: {places[0][0]} and {places[1][0]}"
        if any(places):
            return f"one is a place of the gazetteer ({(places[0] or places[1])[0]}), the other is none"
        sorts = [self._of_nodes("SELECT DISTINCT sort FROM nodes", numbers) for numbers in (nodes, others)]
        return None if sorts[0] & sorts[1] else f"never compared: {'/'.join(sorted(sorts[0]))} with {'/'.join(sorted(sorts[1]))}"

    def _of_nodes(self, sql: str, numbers: Iterable[int]) -> set[Any]:
        return set(self._values(f"{sql} WHERE node IN ({', '.join(map(str, numbers))})"))

    def _unmet(self, ours: Sequence[Node], theirs: Sequence[Node]) -> str:
        numbers = ([node.number for node in group] for group in (ours, theirs))
        blocks = [self._of_nodes("SELECT DISTINCT block FROM node_blocks", n) for n in numbers]
        if blocks[0] & blocks[1]:
            return "never looked at together: no name in common, or a surname alone without a post or company in common"
        return "never looked at together: no name, abbreviation or surname in common, not through others either"


@contextmanager
def explainer(request: Request) -> Iterator[Explainer]:
    """A store to ask, as the next run with this configuration would resolve it. Raises FileNotFoundError where there is none."""
    if not (request.out / MANIFEST).exists():
        raise FileNotFoundError(f"no store in {request.out}: run `letopis run` first")
    manifest = Manifest(request.out / MANIFEST, rehearsal=True)
    entries = manifest.all()
    manifest.close()
    corpus = Corpus(request.out, entries)
    try:
        corrections = corrections_of(request.config)
        begin_record(corpus)
        corrected = look_up(corpus, corrections)
        rows, _ = resolve_entities(corpus, Answers(newest(request.out), basis()), base_of(request.config), corrected)
        yield Explainer(corpus, rows.to_pylist(), corrections, current(request.out))
    finally:
        corpus.close()


def _called(row: Row, name: str) -> bool:
    return any(fold(n) == name for n in (row["name"], *row["aliases"], *row["abbreviations"]))


def _redirects(snapshot: Path | None) -> list[tuple[str, str, str]]:
    """Old id, standing id, reason."""
    if snapshot is None:
        return []
    table = pq.read_table(snapshot / "redirects", columns=["old_id", "new_id", "reason"])
    return sorted((r["old_id"], r["new_id"], r["reason"]) for r in table.to_pylist() if r["new_id"] is not None)
