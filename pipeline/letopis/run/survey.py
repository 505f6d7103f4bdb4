"""What a run has to do: files -> documents that are new, changed or stale; the others are kept as they are.

Contract: a file whose size and time of change are those of the last run is not read again. A document whose content has been
annotated under another name takes over those rows. Of two documents with one key the later published wins, the first read of
equals, and the other is a reject.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from letopis.formats import Options, Source, find_sources, read_source
from letopis.ids import document_id
from letopis.layers import Document, Reject
from letopis.store.manifest import Entry, FileState, Manifest

Progress: TypeAlias = Callable[[str, int], None]
"""Called with ('documents', 'rejects' or 'bytes', how many more)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The document of this run that has a key."""

    published: str
    path: str
    record: str | None


@dataclass(slots=True)
class Survey:
    """The state of one survey; the only object of a run that changes."""

    manifest: Manifest
    fingerprint: str
    options: Options
    now: str
    progress: Progress
    seen: dict[str, Seen] = field(default_factory=dict)     # document_id -> which document has it
    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    rejected: int = 0
    lost: int = 0

    def documents(self, inputs: Sequence[Path], limit: int | None) -> Iterator[tuple[str, Document]]:
        """(input, document) to annotate, in the order of inputs and paths; `limit` bounds the documents looked at."""
        walks = [(str(p.resolve()), find_sources([p], self.options.limits)) for p in inputs]    # one that is missing raises here
        for name, sources in walks:
            for source in sources:
                if limit is not None and len(self.seen) >= limit:
                    return
                if isinstance(source, Reject):
                    self.reject(name, source)
                    continue
                if not self._keep(name, source):
                    yield from ((name, d) for d in self._read(name, source, limit))
                self.progress("bytes", source.size)

    def reject(self, source: str, row: Reject) -> None:
        """Enter a reject."""
        self.rejected += 1
        self.lost += row.stage != "header"        # a document without its header is kept
        self.progress("rejects", 1)
        self.manifest.put_reject(source, (row.path, row.record, row.stage, row.error, row.message), self.now)

    def give_up(self, source: str, document: Document, row: Reject) -> None:
        """Enter the reject of a document that could not be annotated: it is in the store no more than before."""
        self.reject(source, row)
        key = document_id(document.key)
        self.new.discard(key)
        self.changed.discard(key)

    def missing(self, inputs: Sequence[Path]) -> list[str]:
        """Documents of these inputs that were not seen."""
        names = {str(p.resolve()) for p in inputs}
        return [e.document_id for e in self.manifest.all() if e.input in names and e.document_id not in self.seen]

    def _keep(self, name: str, source: Source) -> bool:
        """Whether a file is as it was; then its documents are seen."""
        state = FileState(source.size, source.mtime_ns, self.fingerprint)
        if self.manifest.file(name, source.path) != state:
            return False
        entries = self.manifest.of_file(name, source.path)
        if any(e.document_id in self.seen or e.fingerprint != self.fingerprint for e in entries):
            return False
        self.seen.update((e.document_id, Seen(e.published or "", e.path, e.record)) for e in entries)
        self.manifest.set_state([e.document_id for e in entries if e.state != "live"], "live")
        return True

    def _read(self, name: str, source: Source, limit: int | None) -> Iterator[Document]:
        self.manifest.clear_rejects(name, source.path)
        for row in read_source(source, self.options):
            if isinstance(row, Reject):
                self.reject(name, row)
            elif limit is not None and len(self.seen) >= limit:
                return
            elif self._wins(name, row) and not self._known(name, row):
                yield row
        self.manifest.put_file(name, source.path, FileState(source.size, source.mtime_ns, self.fingerprint))

    def _wins(self, name: str, document: Document) -> bool:
        """Whether it is the first of its key in this run, or published later than the one before."""
        key, mine = document_id(document.key), Seen(_stamp(document), document.path, document.record)
        other = self.seen.get(key)
        wins = other is None or mine.published > other.published
        loser = other if wins else mine
        if wins:
            self.seen[key] = mine
        if loser is not None:
            message = f"Another document with the key '{document.key}' was published later or read first; that one is kept."
            self.reject(name, Reject(loser.path, loser.record, "record", "duplicate_key", message))
        return wins

    def _known(self, name: str, document: Document) -> bool:
        """Whether its rows are in the store already, under its own name or another's."""
        key = document_id(document.key)
        before = self.manifest.get(key)
        twin = self.manifest.with_content(content(document), self.fingerprint)
        if before is None:
            self.new.add(key)
        elif before.content != content(document) or before.fingerprint != self.fingerprint:
            self.changed.add(key)
        if twin is None:
            return False
        self.manifest.put([entry(name, document, self.fingerprint, twin.unit, twin.number)])
        return True


def content(document: Document) -> str:
    """What its rows are made of: the bytes, and the format they were read as."""
    return f"{document.format}:{document.content_sha256}"


def entry(name: str, document: Document, fingerprint: str, unit: str, number: int) -> Entry:
    """The manifest's entry of a document whose rows are number `number` of a unit."""
    month = f"{document.published_date:%Y-%m}" if document.published_date else "undated"
    return Entry(
        document_id(document.key), document.key, name, document.path, document.record, content(document), fingerprint, unit,
        number, month, _stamp(document) or None,
    )


def _stamp(document: Document) -> str:
    return document.published.isoformat() if document.published else ""
