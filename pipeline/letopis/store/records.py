"""What the manifest keeps besides documents: rejects, runs, and that something was forgotten (SQLite)."""

import sqlite3
from collections.abc import Iterable
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS rejects (
    input TEXT NOT NULL, path TEXT NOT NULL, record TEXT, stage TEXT NOT NULL, error TEXT NOT NULL, message TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, attempts INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS reject_key ON rejects (input, path, ifnull(record, ''), stage, error);
CREATE TABLE IF NOT EXISTS runs (run_id TEXT PRIMARY KEY, started TEXT NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS forgotten (document_id TEXT PRIMARY KEY, content TEXT NOT NULL, day TEXT NOT NULL) WITHOUT ROWID;
"""


class Records:
    """The part of an open manifest that has no documents."""

    _db: sqlite3.Connection

    # --- rejects --------------------------------------------------------------------------------------------------------

    def put_reject(self, source: str, row: tuple[str, str | None, str, str, str], now: str) -> None:
        """Enter a reject (path, record, stage, error, message), or count one more attempt."""
        path, record, stage, error, message = row
        self._db.execute(
            f"INSERT INTO rejects VALUES ({marks(9)}) ON CONFLICT DO UPDATE SET "
            "message = excluded.message, last_seen = excluded.last_seen, attempts = attempts + 1",
            (source, path, record, stage, error, message, now, now, 1),
        )

    def clear_rejects(self, source: str, path: str, *, before: str) -> None:
        """Forget the rejects of a file that was read again and that were not met again."""
        self._db.execute("DELETE FROM rejects WHERE input = ? AND path = ? AND last_seen < ?", (source, path, before))

    def lost_to_another(self, source: str, path: str) -> bool:
        """Whether a document of the file gave way to another one with its key."""
        query = "SELECT 1 FROM rejects WHERE input = ? AND path = ? AND error = 'duplicate_key' LIMIT 1"
        return self._db.execute(query, (source, path)).fetchone() is not None

    def rejected_files(self) -> list[tuple[str, str]]:
        """(input, path) of every file with a reject."""
        return self._db.execute("SELECT DISTINCT input, path FROM rejects ORDER BY input, path").fetchall()

    def remove_rejects(self, files: Iterable[tuple[str, str]]) -> None:
        """Forget the rejects of files (input, path) that have gone."""
        self._db.executemany("DELETE FROM rejects WHERE input = ? AND path = ?", files)

    def rejects(self) -> list[tuple[Any, ...]]:
        """All rejects as rows of the table `rejects`, which names no input: what two inputs reject alike is one row."""
        columns = "path, record, stage, error, min(message), min(first_seen), max(last_seen), sum(attempts)"
        return self._db.execute(f"SELECT {columns} FROM rejects GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4").fetchall()

    # --- runs and what was forgotten ------------------------------------------------------------------------------------

    def put_run(self, run_id: str, started: str, row: str) -> None:
        """Enter or update a run; `row` is JSON."""
        self._db.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", (run_id, started, row))

    def runs(self) -> list[str]:
        """All runs as JSON, oldest first."""
        return [row[0] for row in self._db.execute("SELECT row FROM runs ORDER BY started, run_id")]

    def put_forgotten(self, rows: Iterable[tuple[str, str]], day: str) -> None:
        """Record that documents (document_id, content) were taken out for good; their rows are to be purged."""
        self._db.executemany(f"INSERT OR REPLACE INTO forgotten VALUES ({marks(3)})", [(*row, day) for row in rows])

    def forgotten(self, document_id: str, content: str) -> bool:
        """Whether this document, or one of the same content, was taken out for good."""
        query = "SELECT 1 FROM forgotten WHERE document_id = ? OR content = ? LIMIT 1"
        return self._db.execute(query, (document_id, content)).fetchone() is not None

    @property
    def purge_due(self) -> bool:
        """Whether rows of what was forgotten may still lie somewhere."""
        return bool(self._db.execute("PRAGMA user_version").fetchone()[0])

    def set_purge_due(self, due: bool) -> None:
        """Say so; stands in the file's header, so it is part of the transaction."""
        self._db.execute(f"PRAGMA user_version = {int(due)}")

    def count_forgotten(self) -> int:
        """How many documents were taken out for good."""
        return int(self._db.execute("SELECT count(*) FROM forgotten").fetchone()[0])


def marks(count: int) -> str:
    """Question marks for so many values."""
    return ", ".join("?" * count)
