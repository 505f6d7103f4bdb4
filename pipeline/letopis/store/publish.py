"""Units and resolution -> the public tables of one snapshot, month by month.

A month is written anew only if its rows can have changed: its digest covers everything its rows are made of (which documents
with which content and fingerprint, and what `resolve` says of them). Otherwise its files are linked from the last snapshot.
"""

import errno
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from letopis.schema import BY_NAME, DOCUMENT_TABLES, RUN_TABLES, SCHEMA_VERSION, Column, Table
from letopis.store.corpus import Corpus
from letopis.store.files import link_tree, tree_size, write_batches, write_parquet
from letopis.store.manifest import Entry
from letopis.store.units import FOLDER as UNITS

DIGESTS = "months.json"
WARNINGS = "corrections.json"
SIGNATURE = "signature"                # of everything a snapshot is made of: file of that name in the snapshot
ROWS_A_GROUP = 100_000
GROWTH = 1.5                           # tables over units: news_md's are 1.29 times theirs
ROOM = 64 << 20                        # for the corpus-level tables, and the few kB that every file of a small month has of its own

_DIGEST = """
WITH facts AS (
    SELECT document_id, concat_ws('|', path, record, content, fingerprint) AS fact FROM documents
    UNION ALL SELECT document_id, concat_ws('|', 'e', entity, entity_id) FROM entity_map
    UNION ALL SELECT document_id, concat_ws('|', 'v', event, event_id) FROM event_map
    UNION ALL SELECT document_id, concat_ws('|', 'd', root) FROM duplicates
    UNION ALL SELECT document_id, concat_ws('|', 'c', kind, number, how) FROM correction_methods
    UNION ALL SELECT k.document_id, concat_ws('|', 'k', k.keyword, m.entity_id, m.event_id)
              FROM {keywords} k JOIN keyword_map m USING (document_id, keyword, source)
), each AS (SELECT document_id, sha256(string_agg(fact, chr(10) ORDER BY fact)) AS digest FROM facts GROUP BY document_id)
SELECT d.month, sha256(string_agg(concat_ws(' ', d.document_id, e.digest), chr(10) ORDER BY d.document_id)) AS digest
FROM documents d JOIN each e USING (document_id) GROUP BY d.month ORDER BY d.month
"""


def publish(corpus: Corpus, draft: Path, last: Path | None, *, tables: tuple[str, ...]) -> int:
    """Write the document-level tables named in `tables` into the draft; gives the bytes written anew.

    Tables that are switched off are published empty.
    """
    digests = _digests(corpus, tables)
    before = _read_digests(last) if last else {}
    _ensure_space(corpus, draft, {month for month, digest in digests.items() if before.get(month) != digest})
    written = 0
    for table, _ in DOCUMENT_TABLES:
        if table.name not in tables or not digests:
            write_parquet(draft / table.name / "month=undated" / "part-0.parquet", _public(table).empty_table())
            continue
        for month, digest in digests.items():
            folder = draft / table.name / f"month={month}"
            if last and before.get(month) == digest:
                link_tree(last / table.name / f"month={month}", folder)
            else:
                written += _write_month(corpus, table, month, folder)
    (draft / DIGESTS).write_text(json.dumps(digests, indent=1), encoding="utf-8")
    return written


def _ensure_space(corpus: Corpus, draft: Path, months: set[str]) -> None:
    """Raise OSError before anything is written if the months to write will not fit the disk."""
    bytes_of = {unit: tree_size(corpus.out / UNITS / unit) for unit in {e.unit for e in corpus.entries if e.month in months}}
    share = Counter(e.unit for e in corpus.entries)
    need = ROOM + int(GROWTH * sum(bytes_of[e.unit] / share[e.unit] for e in corpus.entries if e.month in months))
    free = shutil.disk_usage(draft).free
    if free < need:
        raise OSError(errno.ENOSPC, f"publishing needs about {need >> 20} MB and {free >> 20} MB are free", str(draft))


def signature(entries: Iterable[Entry], tables: tuple[str, ...], code: str) -> str:
    """Digest of all that the tables follow from: the documents, which tables are on, the version of what resolves them."""
    facts = sha256(f"{SCHEMA_VERSION} {code} {' '.join(tables)}\n".encode())
    for e in entries:
        fact = f"{e.document_id} {e.path} {e.record} {e.content} {e.fingerprint} {e.month}\n"
        facts.update(fact.encode("utf-8", "surrogatepass"))
    return facts.hexdigest()


def signature_of(snapshot: Path) -> str:
    """The signature a snapshot was made with, '' for none."""
    path = snapshot / SIGNATURE
    return path.read_text(encoding="utf-8") if path.exists() else ""


def write_warnings(draft: Path, warnings: list[str]) -> None:
    """What was told of the corrections that a snapshot is made with; kept beside it for `check`."""
    (draft / WARNINGS).write_text(json.dumps(warnings, ensure_ascii=False, indent=1), encoding="utf-8")


def read_warnings(snapshot: Path) -> list[str]:
    """The same, read again; none of a snapshot that an older version made."""
    path = snapshot / WARNINGS
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else []


def link_all(last: Path, draft: Path) -> None:
    """Everything but the run tables as it was."""
    for folder in sorted(p for p in last.rglob("*") if p.is_dir() and any(p.glob("*.parquet"))):
        if folder.relative_to(last).parts[0] not in {t.name for t in RUN_TABLES}:
            link_tree(folder, draft / folder.relative_to(last))
    shutil.copy2(last / DIGESTS, draft / DIGESTS)


def write_tables(draft: Path, tables: Mapping[str, pa.Table]) -> int:
    """Write corpus-level or run tables; gives the bytes written."""
    written = 0
    for name in tables:
        table = BY_NAME[name]
        path = draft / table.name / "part-0.parquet"
        write_parquet(path, tables[table.name].cast(table.schema).replace_schema_metadata(table.schema.metadata))
        written += path.stat().st_size
    return written


def _digests(corpus: Corpus, tables: tuple[str, ...]) -> dict[str, str]:
    if not corpus.entries:
        return {}
    rows = corpus.query(_DIGEST.format(keywords=corpus.units("keywords"))).to_pylist()
    salt = f"{SCHEMA_VERSION} {','.join(tables)}"
    return {row["month"]: f"{salt} {row['digest']}" for row in rows}


def _read_digests(snapshot: Path) -> dict[str, str]:
    return dict(json.loads((snapshot / DIGESTS).read_text(encoding="utf-8")))


def _write_month(corpus: Corpus, table: Table, month: str, folder: Path) -> int:
    path = folder / "part-0.parquet"
    write_batches(path, _public(table), _rows(corpus, table, month))
    return path.stat().st_size


def _rows(corpus: Corpus, table: Table, month: str) -> Iterator[pa.Table]:
    """The public rows of a month, a row group at a time, in the order of document_id and then of the unit."""
    schema = _public(table)
    result: Any = corpus.sql.sql(_select(corpus, table, month))
    empty = True
    for batch in result.to_arrow_reader(ROWS_A_GROUP):
        empty = False
        yield pa.Table.from_batches([batch]).cast(schema)
    if empty:
        yield schema.empty_table()


def _public(table: Table) -> pa.Schema:
    """The schema of the files: `month` is told by the folder."""
    schema = table.schema
    index = schema.get_field_index("month")
    return schema.remove(index) if index >= 0 else schema


def _select(corpus: Corpus, table: Table, month: str) -> str:
    names = [c for c in table.columns if c.name != "month"]
    columns = ", ".join(f"{_expression(table, c)} AS \"{c.name}\"" for c in names)
    joins = " ".join(_join(c) for c in names if c.resolved)
    extra = EXTRA_JOINS.get(table.name, "")
    source = corpus.units(table.name, month=month)
    return f"SELECT {columns} FROM {source} t {joins} {extra} ORDER BY t.document_id, t.file_row_number"


def _expression(table: Table, column: Column) -> str:
    special = EXPRESSIONS.get((table.name, column.name))
    if special:
        return special
    if column.resolved:
        return f"map_{column.name}.{column.resolved}_id"
    return f't.document_id || \':\' || t."{column.name}"' if column.local else f't."{column.name}"'


def _join(column: Column) -> str:
    name = f"map_{column.name}"
    return (
        f"LEFT JOIN {column.resolved}_map {name} ON {name}.document_id = t.document_id "
        f"AND {name}.{column.resolved} = t.\"{column.name}\""
    )


_CORRECTED = "correction_methods c ON c.document_id = t.document_id AND c.kind = '{kind}'"
EXTRA_JOINS = {
    "documents": "JOIN documents d ON d.document_id = t.document_id LEFT JOIN duplicates u ON u.document_id = t.document_id",
    "mentions": f"LEFT JOIN {_CORRECTED.format(kind='entity')} AND c.number = t.entity_id",
    "event_mentions": f"LEFT JOIN {_CORRECTED.format(kind='event')} AND c.number = t.event_id",
    "keywords": "LEFT JOIN keyword_map k ON k.document_id = t.document_id AND k.keyword = t.keyword AND k.source = t.source",
}
EXPRESSIONS = {
    ("documents", "path"): "d.path",
    ("documents", "record"): "d.record",
    ("documents", "fingerprint"): "d.fingerprint",
    ("documents", "duplicate_of"): "u.root",
    ("keywords", "entity_id"): "k.entity_id",
    ("keywords", "event_id"): "k.event_id",
    ("mentions", "method"): "concat(t.method, c.how)",
    ("event_mentions", "method"): "concat(t.method, c.how)",
}


def row_count(snapshot: Path, table: str) -> int:
    """Rows of a table of a snapshot."""
    return sum(pq.read_metadata(p).num_rows for p in sorted((snapshot / table).rglob("*.parquet")))
