"""The manifest: which documents the store holds, where their rows lie, and what every run did (SQLite).

Contract: a unit's documents are entered in one transaction after its files are on disk, so a run that is killed leaves the
manifest at its last finished unit. `live` documents have been seen in the last run over their input; `missing` ones keep
their rows until they are pruned.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    document_id TEXT PRIMARY KEY, key TEXT NOT NULL, input TEXT NOT NULL, path TEXT NOT NULL, record TEXT,
    content TEXT NOT NULL, fingerprint TEXT NOT NULL, unit TEXT NOT NULL, number INTEGER NOT NULL,
    month TEXT NOT NULL, published TEXT, state TEXT NOT NULL CHECK (state IN ('live', 'missing'))
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_content ON documents (content, fingerprint);
CREATE INDEX IF NOT EXISTS by_file ON documents (input, path);
CREATE TABLE IF NOT EXISTS files (
    input TEXT NOT NULL, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, reader TEXT NOT NULL,
    PRIMARY KEY (input, path)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejects (
    input TEXT NOT NULL, path TEXT NOT NULL, record TEXT, stage TEXT NOT NULL, error TEXT NOT NULL, message TEXT NOT NULL,
    first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, attempts INTEGER NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS reject_key ON rejects (input, path, ifnull(record, ''), stage, error);
CREATE TABLE IF NOT EXISTS runs (run_id TEXT PRIMARY KEY, started TEXT NOT NULL, row TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS redirects (
    old_id TEXT NOT NULL, new_id TEXT, kind TEXT NOT NULL, share REAL NOT NULL, run_id TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS changes (run_id TEXT NOT NULL, table_name TEXT NOT NULL, id TEXT NOT NULL, change TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the store and where its rows lie: `number` is its place in the unit."""

    document_id: str
    key: str
    input: str
    path: str
    record: str | None
    content: str
    fingerprint: str
    unit: str
    number: int
    month: str
    published: str | None
    state: str = "live"


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file looked like when it was read; `reader` is the fingerprint of what read it."""

    size: int
    mtime_ns: int
    reader: str


class Manifest:
    """The open manifest of one store."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # --- documents -----------------------------------------------------------------------------------------------------

    def get(self, document_id: str) -> Entry | None:
        """The document with this id."""
        return self._entry("SELECT * FROM documents WHERE document_id = ?", (document_id,))

    def with_content(self, content: str, fingerprint: str) -> Entry | None:
        """Some document whose rows are those of this content."""
        return self._entry(
            "SELECT * FROM documents WHERE content = ? AND fingerprint = ? ORDER BY document_id LIMIT 1", (content, fingerprint)
        )

    def of_file(self, source: str, path: str) -> list[Entry]:
        """The documents of one file."""
        rows = self._db.execute("SELECT * FROM documents WHERE input = ? AND path = ?", (source, path))
        return [Entry(*row) for row in rows]

    def put(self, entries: Iterable[Entry]) -> None:
        """Enter documents, replacing those of the same id."""
        self._db.executemany(f"INSERT OR REPLACE INTO documents VALUES ({_marks(12)})", map(astuple, entries))

    def all(self) -> list[Entry]:
        """Every document, by id."""
        return [Entry(*row) for row in self._db.execute("SELECT * FROM documents ORDER BY document_id")]

    def set_state(self, document_ids: Iterable[str], state: str) -> None:
        """Mark documents live or missing."""
        self._db.executemany("UPDATE documents SET state = ? WHERE document_id = ?", [(state, d) for d in document_ids])

    def remove(self, document_ids: Iterable[str]) -> None:
        """Take documents out."""
        self._db.executemany("DELETE FROM documents WHERE document_id = ?", [(d,) for d in document_ids])

    def _entry(self, query: str, values: Sequence[str]) -> Entry | None:
        row = self._db.execute(query, values).fetchone()
        return None if row is None else Entry(*row)

    # --- files ---------------------------------------------------------------------------------------------------------

    def file(self, source: str, path: str) -> FileState | None:
        """What a file looked like when it was last read."""
        query = "SELECT size, mtime_ns, reader FROM files WHERE input = ? AND path = ?"
        row = self._db.execute(query, (source, path)).fetchone()
        return None if row is None else FileState(*row)

    def put_file(self, source: str, path: str, state: FileState) -> None:
        """Remember what a file looks like."""
        self._db.execute(f"INSERT OR REPLACE INTO files VALUES ({_marks(5)})", (source, path, *astuple(state)))

    # --- rejects, runs, redirects, changes --------------------------------------------------------------------------------

    def put_reject(self, source: str, row: tuple[str, str | None, str, str, str], now: str) -> None:
        """Enter a reject (path, record, stage, error, message), or count one more attempt."""
        path, record, stage, error, message = row
        self._db.execute(
            f"INSERT INTO rejects VALUES ({_marks(9)}) ON CONFLICT DO UPDATE SET "
            "message = excluded.message, last_seen = excluded.last_seen, attempts = attempts + 1",
            (source, path, record, stage, error, message, now, now, 1),
        )

    def clear_rejects(self, source: str, path: str) -> None:
        """Forget the rejects of a file that is read again."""
        self._db.execute("DELETE FROM rejects WHERE input = ? AND path = ?", (source, path))

    def rejects_of(self, source: str, path: str) -> list[tuple[Any, ...]]:
        """The rejects of one file: record, stage, error, first_seen, attempts."""
        query = "SELECT record, stage, error, first_seen, attempts FROM rejects WHERE input = ? AND path = ?"
        return self._db.execute(query, (source, path)).fetchall()

    def rejects(self) -> list[tuple[Any, ...]]:
        """All rejects as rows of the table `rejects`."""
        columns = "path, record, stage, error, message, first_seen, last_seen, attempts"
        return self._db.execute(f"SELECT {columns} FROM rejects ORDER BY path, record, stage, error").fetchall()

    def put_run(self, run_id: str, started: str, row: str) -> None:
        """Enter or update a run; `row` is JSON."""
        self._db.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", (run_id, started, row))

    def runs(self) -> list[str]:
        """All runs as JSON, oldest first."""
        return [row[0] for row in self._db.execute("SELECT row FROM runs ORDER BY started, run_id")]

    def put_redirects(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Replace all redirects."""
        with self.transaction():
            self._db.execute("DELETE FROM redirects")
            self._db.executemany(f"INSERT INTO redirects VALUES ({_marks(6)})", rows)

    def redirects(self) -> list[tuple[Any, ...]]:
        """All redirects as rows of the table."""
        return self._db.execute("SELECT * FROM redirects ORDER BY old_id, new_id").fetchall()

    def put_changes(self, run_id: str, rows: Iterable[tuple[str, str, str]]) -> None:
        """Enter what a run changed (table, id, change)."""
        with self.transaction():
            self._db.execute("DELETE FROM changes WHERE run_id = ?", (run_id,))
            self._db.executemany(f"INSERT INTO changes VALUES ({_marks(4)})", [(run_id, *row) for row in rows])

    def changes(self) -> list[tuple[Any, ...]]:
        """All changes as rows of the table."""
        return self._db.execute("SELECT * FROM changes ORDER BY run_id, table_name, id").fetchall()


def _marks(count: int) -> str:
    return ", ".join("?" * count)
