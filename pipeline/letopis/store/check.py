"""`letopis check`: whether a snapshot keeps its contract. Every problem is a sentence; no problem, no sentence.

Checked for every table: schema and metadata, nulls, legal values, unique keys, foreign keys, scores; offsets against the texts;
counts recomputed; redirects closed; what the last run says it did. What is filled by how much is told by `fill_rates`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from letopis.schema import TABLES, Column, Table

Check = Callable[["Snapshot"], Iterator[str]]


class Snapshot:
    """A snapshot's tables as DuckDB views of their names."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sql = duckdb.connect(config={"threads": 1})
        for table in TABLES:
            if any((path / table.name).rglob("*.parquet")):
                files = str(path / table.name / "**" / "*.parquet").replace("'", "''")
                self.sql.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{files}', hive_partitioning = true)")

    def count(self, sql: str) -> int:
        """The single number a query gives."""
        row = self.sql.execute(sql).fetchone()
        return int(row[0]) if row else 0


def check(path: Path) -> list[str]:
    """The problems of a snapshot, [] for none."""
    missing = [f"{t.name}: no Parquet file" for t in TABLES if not any((path / t.name).rglob("*.parquet"))]
    if missing:
        return missing
    snapshot = Snapshot(path)
    schemas = [problem for table in TABLES for problem in _schema(path, table)]
    return schemas or [problem for one in CHECKS for problem in one(snapshot)]


def fill_rates(path: Path) -> list[tuple[str, str, int, float | None]]:
    """(table, column, rows, share of rows that are not null) for every column; None where a table has no rows."""
    snapshot = Snapshot(path)
    rates: list[tuple[str, str, int, float | None]] = []
    for table in TABLES:
        names = [c.name for c in table.columns]
        counts = snapshot.sql.execute(
            f"SELECT count(*), {', '.join(f'count({_name(n)})' for n in names)} FROM {table.name}"
        ).fetchone()
        total, *filled = counts or (0, *(0 for _ in names))
        rates += [(table.name, n, total, f / total if total else None) for n, f in zip(names, filled, strict=True)]
    return rates


def _schema(path: Path, table: Table) -> Iterator[str]:
    expected = table.schema
    if expected.get_field_index("month") >= 0:
        expected = expected.remove(expected.get_field_index("month"))
    for file in sorted((path / table.name).rglob("*.parquet")):
        found = pq.read_schema(file)
        if _facts(found) != _facts(expected):
            yield f"{table.name}: {file.parent.name}/{file.name} has another schema than this version's"


def _facts(schema: pa.Schema) -> tuple[object, ...]:
    """What must agree: names, types, nullability and metadata (Parquet renames the inner field of a map)."""
    return schema.metadata, [(f.name, f.type, f.nullable, f.metadata) for f in schema]


def _nulls(s: Snapshot) -> Iterator[str]:
    for table, column in _columns():
        if not column.nullable:
            yield from _found(s, f"{table.name}.{column.name} is null", f"FROM {table.name} WHERE {_name(column.name)} IS NULL")


def _values(s: Snapshot) -> Iterator[str]:
    for table, column in _columns():
        if column.values:
            legal = ", ".join(f"'{v}'" for v in column.values)
            where = f"FROM {table.name} WHERE {_name(column.name)} NOT IN ({legal})"
            yield from _found(s, f"{table.name}.{column.name} has an illegal value", where)
        if column.type == "string":
            yield from _found(s, f"{table.name}.{column.name} is empty", f"FROM {table.name} WHERE {_name(column.name)} = ''")
        if column.name in ("score", "type_score", "salience", "link_score", "share"):
            where = f"FROM {table.name} WHERE {column.name} < 0 OR {column.name} > 1"
            yield from _found(s, f"{table.name}.{column.name} is outside 0..1", where)


def _keys(s: Snapshot) -> Iterator[str]:
    for table in TABLES:
        key = ", ".join(_name(k) for k in table.key)
        twice = f"FROM (SELECT 1 FROM {table.name} GROUP BY {key} HAVING count(*) > 1)"
        yield from _found(s, f"{table.name} has rows of one key", twice)


def _references(s: Snapshot) -> Iterator[str]:
    for table, column in _columns():
        if column.references:
            other, key = column.references.split(".")
            mine = f"t.{_name(column.name)}"
            where = f"FROM {table.name} t ANTI JOIN {other} o ON {mine} = o.{_name(key)} WHERE {mine} IS NOT NULL"
            yield from _found(s, f"{table.name}.{column.name} leads nowhere", where)


def _offsets(s: Snapshot) -> Iterator[str]:
    for table in TABLES:
        names = {c.name for c in table.columns}
        if not {"field", "start", "end"} <= names:
            continue
        source = "CASE t.field WHEN 'title' THEN d.title ELSE d.text END"
        outside = f"t.start < 0 OR t.\"end\" <= t.start OR t.\"end\" > length({source})"
        join = f"FROM {table.name} t JOIN documents d USING (document_id) WHERE"
        yield from _found(s, f"{table.name} has offsets outside its field", f"{join} ({outside})")
        if "text" in names:
            slice_ = f"array_slice({source}, t.start + 1, t.\"end\")"
            yield from _found(s, f"{table.name}.text is not the slice of its field", f"{join} t.text <> {slice_}")


def _nesting(s: Snapshot) -> Iterator[str]:
    crossing = (
        "FROM mentions a JOIN mentions b ON a.document_id = b.document_id AND a.field = b.field "
        "AND a.start < b.start AND b.start < a.\"end\" AND a.\"end\" < b.\"end\""
    )
    yield from _found(s, "mentions cross", crossing)
    outside = "FROM mentions m JOIN mentions p ON m.parent = p.mention_id WHERE m.start < p.start OR m.\"end\" > p.\"end\""
    yield from _found(s, "mentions lie outside their parent", outside)


def _days(s: Snapshot) -> Iterator[str]:
    for table in ("time_expressions", "event_mentions", "events"):
        yield from _found(s, f"{table} end before they start", f"FROM {table} WHERE date_end < date_start")
    unresolved = "FROM time_expressions WHERE (reason IS NOT NULL) <> (date_start IS NULL AND date_end IS NULL)"
    yield from _found(s, "time_expressions have days and a reason, or neither", unresolved)


def _counts(s: Snapshot) -> Iterator[str]:
    for name, sql in COUNTS.items():
        yield from _found(s, f"{name} differs from what is counted anew", sql)


def _runs(s: Snapshot) -> Iterator[str]:
    """The last run's counts and changes against the tables."""
    last = "(SELECT * FROM runs WHERE status = 'done' ORDER BY started DESC LIMIT 1)"
    held = f"FROM {last} r WHERE r.new + r.changed + r.unchanged + r.missing <> (SELECT count(*) FROM documents)"
    yield from _found(s, "runs.new + changed + unchanged + missing of the last run are not the documents", held)
    for name, key in (("documents", "document_id"), ("entities", "entity_id"), ("events", "event_id")):
        of_last = f"FROM changes c SEMI JOIN {last} r USING (run_id)"
        there = f"{of_last} SEMI JOIN {name} t ON c.id = t.{key} WHERE c.table_name = '{name}' AND c.change = 'removed'"
        yield from _found(s, f"changes: removed {name} are there", there)
        away = f"{of_last} ANTI JOIN {name} t ON c.id = t.{key} WHERE c.table_name = '{name}' AND c.change <> 'removed'"
        yield from _found(s, f"changes: added or changed {name} are not there", away)


def _redirects(s: Snapshot) -> Iterator[str]:
    standing = "(SELECT entity_id AS id FROM entities UNION ALL SELECT event_id FROM events)"
    yield from _found(s, "redirects start at a standing id", f"FROM redirects r SEMI JOIN {standing} i ON r.old_id = i.id")
    where = f"FROM redirects r ANTI JOIN {standing} i ON r.new_id = i.id WHERE r.new_id IS NOT NULL"
    yield from _found(s, "redirects lead to an id that does not stand", where)
    apart = "FROM (SELECT 1 FROM redirects WHERE new_id IS NOT NULL GROUP BY old_id HAVING abs(sum(share) - 1) > 0.01)"
    yield from _found(s, "redirects of an id have shares that are not the whole", apart)


COUNTS = {
    "documents.sentence_count": "FROM documents d JOIN (SELECT document_id, count(*) AS n FROM sentences GROUP BY 1) s "
    "USING (document_id) WHERE d.sentence_count <> s.n",
    "documents.token_count": "FROM documents d JOIN (SELECT document_id, count(*) AS n FROM tokens GROUP BY 1) s "
    "USING (document_id) WHERE d.token_count <> s.n",
    "entities counts": "FROM entities e FULL JOIN (SELECT entity_id, count(*) AS n, count(DISTINCT document_id) AS d "
    "FROM mentions WHERE entity_id IS NOT NULL GROUP BY 1) m USING (entity_id) WHERE e.mention_count IS DISTINCT FROM m.n "
    "OR e.document_count IS DISTINCT FROM m.d",
    "events counts": "FROM events e FULL JOIN (SELECT event_id, count(*) AS n, count(DISTINCT document_id) AS d "
    "FROM event_mentions GROUP BY 1) m USING (event_id) WHERE e.mention_count IS DISTINCT FROM m.n "
    "OR e.document_count IS DISTINCT FROM m.d",
    "event_participants counts": "FROM event_participants p FULL JOIN (SELECT m.event_id, r.entity_id, r.role, "
    "count(DISTINCT event_mention_id) AS n, count(DISTINCT r.document_id) AS d FROM event_roles r JOIN event_mentions m "
    "USING (event_mention_id) WHERE r.entity_id IS NOT NULL GROUP BY ALL) c USING (event_id, entity_id, role) "
    "WHERE p.mention_count IS DISTINCT FROM c.n OR p.document_count IS DISTINCT FROM c.d",
}
CHECKS: tuple[Check, ...] = (
    _nulls, _values, _keys, _references, _offsets, _nesting, _days, _counts, _runs, _redirects,
)


def _found(s: Snapshot, problem: str, rest: str) -> Iterator[str]:
    count = s.count(f"SELECT count(*) {rest}")
    if count:
        yield f"{problem} ({count} rows)"


def _columns() -> Iterator[tuple[Table, Column]]:
    for table in TABLES:
        for column in table.columns:
            yield table, column


def _name(name: str) -> str:
    return f'"{name}"'
