"""One pinned snapshot, read as a stream: tables batch by batch, articles with all their rows, queries spilled to disk.

Contract. A snapshot is resolved once; whatever a night publishes meanwhile is not seen. Memory is that of a few batches however
large the store: document-level tables are sorted by document_id inside a month, so an article's rows are merged, not looked up.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from letopis.schema import BY_NAME
from letopis.store.snapshot import current
from letopis.store.views import connect

Row: TypeAlias = dict[str, Any]
BATCH = 4096                          # rows in hand of one table
_MEMORY = "512MB"                     # of DuckDB, before it spills


class NoStore(FileNotFoundError):
    """Nothing has been published there."""


def pinned(out: Path) -> Path:
    """The folder of the store's current snapshot. Raises NoStore."""
    snapshot = current(out)
    if snapshot is None:
        raise NoStore(f"no snapshot in {out}: run `letopis run` first")
    return snapshot


def months(snapshot: Path) -> list[str]:
    """The months of the document-level tables, in order, 'undated' last."""
    return sorted(p.name.removeprefix("month=") for p in (snapshot / "documents").glob("month=*"))


def batches(
    snapshot: Path, table: str, month: str | None = None, columns: Sequence[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """The rows of a table as its schema orders them; of one month, for a document-level table, if a month is given."""
    folder = snapshot / table / f"month={month}" if month else snapshot / table
    for path in sorted(folder.rglob("*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(BATCH, columns=columns):
                yield _with_month(batch, path.parent.name) if table == "documents" else batch


def _with_month(batch: pa.RecordBatch, folder: str) -> pa.RecordBatch:
    """`month` is told by the folder, and only there."""
    month = pa.array([folder.removeprefix("month=")] * batch.num_rows, pa.string())
    names = [c.name for c in BY_NAME["documents"].columns]
    return pa.RecordBatch.from_arrays([month if n == "month" else batch[n] for n in names], names=names)


def rows(snapshot: Path, table: str, month: str | None = None, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """The rows of a table one by one."""
    for batch in batches(snapshot, table, month, columns):
        values = [column.to_pylist() for column in batch.columns]
        yield from (dict(zip(batch.schema.names, row, strict=True)) for row in zip(*values, strict=True))


# --- articles -----------------------------------------------------------------------------------------------------------

def articles(snapshot: Path, tables: Mapping[str, Sequence[str] | None]) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Every annotated article with its rows of these document-level tables (only these columns), month by month."""
    for month in months(snapshot):
        streams = {t: groupby(rows(snapshot, t, month, c), itemgetter("document_id")) for t, c in tables.items()}
        heads = {t: next(s, None) for t, s in streams.items()}
        for document in rows(snapshot, "documents", month):
            own: dict[str, list[Row]] = {}
            for table, head in heads.items():
                if head is not None and head[0] == document["document_id"]:
                    own[table] = list(head[1])
                    heads[table] = next(streams[table], None)
            if document["annotated"]:
                yield document, {t: own.get(t, []) for t in tables}
        left = {t: head[0] for t, head in heads.items() if head is not None}
        if left:
            raise ValueError(f"rows out of order in {snapshot}, month {month}: {left}")


# --- queries ------------------------------------------------------------------------------------------------------------

@contextmanager
def connected(snapshot: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with a view of every table; it spills into a folder of the system's own, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="letopis-") as spill:
        con = connect(snapshot, temp_directory=spill, memory_limit=_MEMORY)
        try:
            yield con
        finally:
            con.close()


def query(con: duckdb.DuckDBPyConnection, sql: str, values: Iterable[object] = ()) -> Iterator[Row]:
    """Rows of a query, a batch at a time."""
    reader: Any = con.sql(sql, params=list(values)).to_arrow_reader(BATCH)
    for batch in reader:
        yield from batch.to_pylist()
