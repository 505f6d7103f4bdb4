"""The corpus as DuckDB sees it: the units' files and the manifest's live documents, joined out of core.

Contract: `documents` is a table of the connection with one row a document of the store (document_id, unit, number, path,
record, content, fingerprint, month, published); `units(table)` is the SQL that reads one file of every unit that is used.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from letopis.schema import BY_NAME, profiles
from letopis.store.manifest import Entry
from letopis.store.units import UNIT_NAME, unit_file

_COLUMNS = ("document_id", "unit", "number", "path", "record", "content", "fingerprint", "month", "published")


class Corpus:
    """An open connection over one store's documents. The connection spills to a folder of the store."""

    def __init__(self, out: Path, entries: Sequence[Entry], *, threads: int = 1) -> None:
        self.out = out
        self.entries = entries
        spill = out / ".spill"
        self.sql = duckdb.connect(config={"threads": threads, "temp_directory": str(spill), "preserve_insertion_order": True})
        rows = {name: [getattr(e, name) for e in entries] for name in _COLUMNS}
        types = [pa.int32() if name == "number" else pa.string() for name in _COLUMNS]
        self.add("documents", pa.table({n: pa.array(rows[n], t) for n, t in zip(_COLUMNS, types, strict=True)}))

    def add(self, name: str, rows: pa.Table) -> None:
        """Make a table of the connection out of Arrow rows."""
        self.sql.register("_arrow", rows)
        self.sql.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM _arrow")
        self.sql.unregister("_arrow")

    def query(self, sql: str) -> pa.Table:
        """Rows of a query as Arrow."""
        result: Any = self.sql.sql(sql)
        return result.to_arrow_table()

    def units(self, table: str, *, month: str | None = None, only: frozenset[str] | None = None) -> str:
        """SQL of one table of the units that hold documents (of a month; only these): rows with document_id and their number."""
        wanted = (e for e in self.entries if month in (None, e.month) and (only is None or e.document_id in only))
        used = sorted({e.unit for e in wanted})
        if not used:
            return self._no_rows(table)
        files = ", ".join(_quoted(str(unit_file(self.out, unit, table))) for unit in used)
        where = f"WHERE d.month = {_quoted(month)}" if month else "WHERE TRUE"
        if only is not None:
            where += f" AND d.document_id IN ({', '.join(map(_quoted, sorted(only)))})"
        return (
            f"(SELECT d.document_id, u.* FROM read_parquet([{files}], file_row_number = true) u "
            f"JOIN documents d ON u.{UNIT_NAME} = d.unit AND u.document = d.number {where})"
        )

    def _no_rows(self, table: str) -> str:
        """SQL of the same columns for a store without documents."""
        schema = profiles.SCHEMAS.get(table) or BY_NAME[table].unit_schema
        extra = [pa.field("document_id", pa.string()), pa.field(UNIT_NAME, pa.string()), pa.field("file_row_number", pa.int64())]
        self.add(f"no_{table}", pa.schema([*extra, *schema]).empty_table())
        return f"no_{table}"

    def close(self) -> None:
        """Close the connection."""
        self.sql.close()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
