"""The snapshot of one run in DuckDB, with the documents of tonight.

Contract. `tonight` (document_id, kind) holds the documents that the run wrote: `added`, `changed` in their content, or `redone` by
another version with their content as it was. Of the document-level tables only the months of these are read, so a small night
costs the same in a large store; where nothing was written they are empty.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from letopis.schema import CORPUS_TABLES, DOCUMENT_TABLES, RUN_TABLES
from letopis.store.snapshot import FOLDER

Row = dict[str, Any]

_TONIGHT = """
CREATE TABLE tonight AS
SELECT c.id AS document_id, d.month,
    CASE WHEN c.change = 'added' THEN 'added' WHEN o.document_id IS NULL THEN 'changed' ELSE 'redone' END AS kind
FROM changes c JOIN {documents} d ON d.document_id = c.id
    LEFT JOIN {before} o ON o.document_id = c.id AND o.content_sha256 = d.content_sha256
WHERE c.run_id = $run AND c.table_name = 'documents' AND c.change <> 'removed'
"""
_ARTICLES = """
CREATE VIEW articles AS
SELECT d.document_id, kind, coalesce(title, path) AS title, coalesce(publication, site) AS source,
    CAST(published_date AS VARCHAR) AS day, url, path, length(text) AS characters
FROM documents d JOIN tonight USING (document_id)
"""


class Night:
    """An open connection over the snapshot of a run; `before` is the snapshot that was current until then, if it is there."""

    def __init__(self, out: Path, run_id: str) -> None:
        self.run_id = run_id
        self.snapshot = out / FOLDER / run_id
        self._sql = duckdb.connect(config={"threads": 1})
        for table in (*CORPUS_TABLES, *RUN_TABLES):
            self._sql.execute(f"CREATE VIEW {table.name} AS SELECT * FROM {_files(self.snapshot / table.name)}")
        before = _before(out, run_id)
        old = _files(before / "documents") if before else f"(FROM {_files(self.snapshot / 'documents')} LIMIT 0)"
        self._sql.execute(_TONIGHT.format(documents=_files(self.snapshot / "documents"), before=old), {"run": run_id})
        months = [row["month"] for row in self.rows("SELECT DISTINCT month FROM tonight ORDER BY month")]
        for table, _ in DOCUMENT_TABLES:
            self._sql.execute(f"CREATE VIEW {table.name} AS SELECT * FROM {_months(self.snapshot / table.name, months)}")
        self._sql.execute(_ARTICLES)

    @property
    def is_empty(self) -> bool:
        """Whether the run wrote no document."""
        return not self.count("FROM tonight")

    def documents(self) -> dict[str, list[str]]:
        """Month -> ids of the documents written."""
        months = self.rows("SELECT month, list(document_id) AS ids FROM tonight GROUP BY month ORDER BY month")
        return {row["month"]: row["ids"] for row in months}

    def rows(self, sql: str, **values: Any) -> Iterator[Row]:
        """The rows of a query as plain values."""
        result: Any = self._sql.sql(sql, params=values)
        yield from result.to_arrow_table().to_pylist()

    def count(self, rest: str, **values: Any) -> int:
        """How many rows there are of a query without its SELECT."""
        return int(next(self.rows(f"SELECT count(*) AS n {rest}", **values))["n"])

    def close(self) -> None:
        """Close the connection."""
        self._sql.close()


def _before(out: Path, run_id: str) -> Path | None:
    return max((p for p in (out / FOLDER).glob("[!.]*") if p.name < run_id), default=None)


def _files(folder: Path) -> str:
    return f"read_parquet('{_quoted(folder)}/**/*.parquet', hive_partitioning = true, hive_types_autocast = false)"


def _months(folder: Path, months: list[str]) -> str:
    """The rows of these months; those of none are no rows, of the same columns."""
    found = [f"'{_quoted(folder)}/month={month}/*.parquet'" for month in months if (folder / f"month={month}").is_dir()]
    return f"read_parquet([{', '.join(found)}])" if found else f"{_files(folder)} LIMIT 0"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
