"""The manifest: which documents the store holds, where their rows lie, what was rejected and what was run (SQLite).

Contract: a unit's documents are entered in one transaction after its files are on disk, so a run that is killed leaves the
manifest at its last finished unit. `live` documents have been seen in the last run over their input; `missing` ones keep
their rows until they are pruned. What a published run changed stands in its snapshot, not here (see `ledger`).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from letopis.store.records import SCHEMA, Records, marks

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
"""

ORDERS = {"newest": "published DESC NULLS LAST", "oldest": "published NULLS LAST", "path": "input, path"}


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


class Manifest(Records):
    """The open manifest of one store."""

    def __init__(self, path: Path, *, rehearsal: bool = False) -> None:
        """Open or make it; as a rehearsal it is a copy in memory, and nothing reaches the file."""
        self.path = path
        self._db = _copied(path) if rehearsal else _connected(path)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA secure_delete=ON")           # what is forgotten leaves no trace in free pages
        self._db.executescript(_SCHEMA + SCHEMA)

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
        self._db.executemany(f"INSERT OR REPLACE INTO documents VALUES ({marks(12)})", map(astuple, entries))

    def moved(self, old_unit: str, places: Iterable[tuple[int, str, int]]) -> None:
        """The rows of documents (number, new unit, new number) of a unit lie elsewhere now."""
        rows = [(unit, new, old_unit, number) for number, unit, new in places]
        self._db.executemany("UPDATE documents SET unit = ?, number = ? WHERE unit = ? AND number = ?", rows)

    def all(self) -> list[Entry]:
        """Every document, by id."""
        return [Entry(*row) for row in self._db.execute("SELECT * FROM documents ORDER BY document_id")]

    def stale(self, fingerprint: str, order: str) -> Iterator[str]:
        """Ids of documents whose rows something else than this fingerprint made, in an order of `ORDERS`; undated ones last."""
        query = f"SELECT document_id FROM documents WHERE fingerprint <> ? ORDER BY {ORDERS[order]}, document_id"
        return (row[0] for row in self._db.execute(query, (fingerprint,)))

    def count_stale(self, fingerprint: str) -> int:
        """How many those are."""
        return int(self._db.execute("SELECT count(*) FROM documents WHERE fingerprint <> ?", (fingerprint,)).fetchone()[0])

    def count(self, state: str | None = None) -> int:
        """How many documents there are, or are in a state."""
        return int(self._db.execute("SELECT count(*) FROM documents WHERE state = coalesce(?, state)", (state,)).fetchone()[0])

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
        self._db.execute(f"INSERT OR REPLACE INTO files VALUES ({marks(5)})", (source, path, *astuple(state)))

    def files(self, sources: set[str]) -> list[tuple[str, str]]:
        """(input, path) of the files that were read of some inputs."""
        return [row for row in self._db.execute("SELECT input, path FROM files ORDER BY input, path") if row[0] in sources]

    def forget_files(self, files: Iterable[tuple[str, str]]) -> None:
        """Let files (input, path) be read again by the next run that comes by them."""
        self._db.executemany("DELETE FROM files WHERE input = ? AND path = ?", files)


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, isolation_level=None)


def _copied(path: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    if path.exists():
        alone = not path.with_name(f"{path.name}-wal").exists()      # then no lock file is wanted beside it
        original = sqlite3.connect(f"{path.resolve().as_uri()}?{'immutable=1' if alone else 'mode=ro'}", uri=True)
        original.backup(copy)
        original.close()
    return copy
