"""What a run has to do: files -> documents that are new, changed or stale; the others are kept as they are.

Contract: a file whose size and time of change are those of the last run is not read again. A file counts as read only when
the rows of all its documents are in the store, so a killed run's files are read again. A document whose content has been
annotated under another name takes over those rows. Of two documents with one key the later published wins, the first by name
of equals, and the other is a reject; its file is read every time, last, so that it comes back when the winner goes. Where stale
documents may wait, they are put off with the rows they have, and their files count as read only when `again` has had them all.
"""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from letopis.formats import Options, Source, find_sources, read_source
from letopis.ids import document_id
from letopis.layers import Document, Reject
from letopis.run.entries import Seen, content, entry, seen
from letopis.run.scope import File, Scope
from letopis.store.manifest import Entry, FileState, Manifest

LOG = logging.getLogger("letopis.run")

Progress: TypeAlias = Callable[[str, int], None]
"""Called with ('documents', 'rejects' or 'bytes', how many more)."""


MEANT = {"forgotten", "duplicate_key"}
"""Rejects of documents that nobody misses."""


@dataclass(slots=True)
class Reading:
    """A file that is being read: how many of its documents are not in the store yet, and whether all of it was looked at."""

    state: FileState
    waiting: int = 0
    whole: bool = False


@dataclass(slots=True)
class Survey:
    """The state of one survey; the only object of a run that changes."""

    manifest: Manifest
    fingerprint: str
    options: Options
    now: str
    progress: Progress
    seen: dict[str, Seen] = field(default_factory=dict)     # document_id -> which document has it
    contents: set[str] = field(default_factory=set)         # of the documents that were seen
    walked: set[File] = field(default_factory=set)
    readings: dict[File, Reading] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)            # of the changed, those that changed by what annotates them
    rejected: int = 0
    lost: int = 0
    finished: int = 0                                       # documents whose rows were made in this run
    may_wait: Callable[[Entry], bool] | None = None         # whether a stale document may be put off; None: none may
    put_off: dict[str, File] = field(default_factory=dict)  # document_id -> where it is
    held: dict[File, Source] = field(default_factory=dict)  # files with documents that were put off

    def documents(self, inputs: Sequence[Path], scope: Scope) -> Iterator[tuple[str, Document]]:
        """(input, document) to annotate, in the order of inputs and paths."""
        walks = [(str(p.resolve()), find_sources([p], self.options.limits)) for p in inputs]    # one that is missing raises here
        late: list[tuple[str, Source | Reject]] = []
        for name, sources in walks:
            for source in sources:
                file = name, source.path
                if scope.only is not None and file not in scope.only:
                    continue
                self.walked.add(file)
                if self.manifest.lost_to_another(*file):
                    late.append((name, source))
                    continue
                yield from ((name, d) for d in self._look(name, source, scope, anew=scope.only is not None))
        for name, source in late:
            yield from ((name, d) for d in self._look(name, source, scope, anew=True))

    def again(self, ids: Collection[str]) -> Iterator[tuple[str, Document]]:
        """(input, document) of these that were put off, file by file in the order of their ids."""
        files: dict[File, set[str]] = {}
        for key in ids:
            files.setdefault(self.put_off.pop(key), set()).add(key)
        for file, wanted in files.items():
            yield from ((file[0], d) for d in self._read_again(file, wanted))

    def reject(self, source: str, row: Reject) -> None:
        """Enter a reject."""
        self.rejected += 1
        self.lost += row.stage != "header" and row.error not in MEANT       # a document without its header is kept
        self.progress("rejects", 1)
        LOG.debug("rejected", extra={"path": row.path, "record": row.record, "stage": row.stage, "error": row.error})
        self.manifest.put_reject(source, (row.path, row.record, row.stage, row.error, row.message), self.now)

    def entered(self, source: str, document: Document) -> None:
        """A document's rows are in the store."""
        self.finished += 1
        reading = self.readings[source, document.path]
        reading.waiting -= 1
        self._finish((source, document.path), reading)

    def give_up(self, source: str, document: Document, row: Reject) -> None:
        """Enter the reject of a document that could not be annotated: it is in the store no more than before."""
        self.reject(source, row)
        self._forget_plans(document_id(document.key))
        self.entered(source, document)

    def has(self, name: str, document: Document) -> bool:
        """Whether a document still stands for its key: one that was read later may have won it."""
        return self.seen.get(document_id(document.key)) == seen(name, document)

    def missing(self, inputs: Sequence[Path]) -> list[Entry]:
        """Documents of these inputs that were not seen."""
        names = {str(p.resolve()) for p in inputs}
        return [e for e in self.manifest.all() if e.input in names and e.document_id not in self.seen]

    def _look(self, name: str, source: Source | Reject, scope: Scope, *, anew: bool) -> Iterator[Document]:
        if scope.limit is not None and len(self.seen) >= scope.limit:
            return
        if isinstance(source, Reject):
            self.reject(name, source)
            return
        if anew or not self._keep(name, source):
            yield from self._read(name, source, scope)
        self.progress("bytes", source.size)

    def _keep(self, name: str, source: Source) -> bool:
        """Whether a file is as it was, and its documents are or may wait; then they are seen."""
        before = self.manifest.file(name, source.path)
        if before is None or (before.size, before.mtime_ns) != (source.size, source.mtime_ns):
            return False
        entries = self.manifest.of_file(name, source.path)
        old = [e for e in entries if e.fingerprint != self.fingerprint]
        kept = self._may_wait(old) if old else before.reader == self.fingerprint
        if not kept or any(e.document_id in self.seen for e in entries):
            return False
        self.seen.update((e.document_id, Seen(e.published or "", name, e.path, e.record)) for e in entries)
        self.contents.update(e.content for e in entries)
        self.manifest.set_state([e.document_id for e in entries if e.state != "live"], "live")
        if old:
            self.readings[name, source.path] = self._reading(source)
            self._put_off(name, source, [e.document_id for e in old])
        return True

    def _may_wait(self, old: Sequence[Entry]) -> bool:
        return self.may_wait is not None and all(map(self.may_wait, old))

    def _put_off(self, name: str, source: Source, ids: Sequence[str]) -> None:
        """These wait, and their file with them."""
        file = name, source.path
        self.held[file] = source
        self.put_off.update(dict.fromkeys(ids, file))
        self.readings[file].waiting += len(ids)

    def _reading(self, source: Source) -> Reading:
        return Reading(FileState(source.size, source.mtime_ns, self.fingerprint))

    def _read(self, name: str, source: Source, scope: Scope) -> Iterator[Document]:
        reading = self.readings[name, source.path] = self._reading(source)
        passed = False
        for row in read_source(source, self.options):
            if isinstance(row, Reject):
                self.reject(name, row)
            elif not scope.reaches(row):
                passed = True
            elif scope.limit is not None and len(self.seen) >= scope.limit:
                return
            elif self._wanted(name, row) and not self._waits(name, source, row):
                reading.waiting += 1
                yield row
        reading.whole = not passed
        self._finish((name, source.path), reading)

    def _waits(self, name: str, source: Source, document: Document) -> bool:
        """Whether a document is put off: only what makes its rows has changed. Its entry says where it is now."""
        key = document_id(document.key)
        before = self.manifest.get(key)
        if before is None or key not in self.stale or not self._may_wait([before]):
            return False
        self._forget_plans(key)
        self.manifest.put([replace(before, input=name, path=document.path, record=document.record, state="live")])
        self._put_off(name, source, [key])
        return True

    def _read_again(self, file: File, wanted: set[str]) -> Iterator[Document]:
        """Of a file, the documents wanted, and any that it did not give before; those that still wait are passed over."""
        reading, gone = self.readings[file], set(wanted)
        for row in read_source(self.held[file], self.options):
            if isinstance(row, Reject):
                if not reading.whole:
                    self.reject(file[0], row)
                continue
            key = document_id(row.key)
            if key in gone or not (key in self.seen or reading.whole):
                reading.waiting += key not in gone
                gone.discard(key)
                if self._wanted(file[0], row):
                    yield row
                else:
                    reading.waiting -= 1
        reading.waiting -= len(gone)                        # what reads the file now gives no such documents
        for key in gone:
            if self.seen[key].place[:2] == file:
                del self.seen[key]
        reading.whole = True
        self._finish(file, reading)

    def _forget_plans(self, key: str) -> None:
        for names in (self.new, self.changed, self.stale):
            names.discard(key)

    def _finish(self, file: File, reading: Reading) -> None:
        """A file all of whose documents are in the store is read; what was wrong with it before is so no more."""
        if reading.whole and reading.waiting == 0:
            self.manifest.put_file(*file, reading.state)
            self.manifest.clear_rejects(*file, before=self.now)

    def _wanted(self, name: str, document: Document) -> bool:
        """Whether it is to be annotated."""
        if self.manifest.forgotten(document_id(document.key), content(document)):
            message = "This document was taken out of the store with `letopis forget`."
            self.reject(name, Reject(document.path, document.record, "record", "forgotten", message))
            return False
        return self._wins(name, document) and not self._known(name, document)

    def _wins(self, name: str, document: Document) -> bool:
        """Whether it is the first of its key in this run, or beats the one before."""
        key, mine = document_id(document.key), seen(name, document)
        other = self.seen.get(key)
        if other is not None and other.place == mine.place:         # it was put off, and is read again
            self.seen[key] = mine
            return True
        wins = other is None or mine.beats(other)
        loser = other if wins else mine
        if wins:
            self.seen[key] = mine
            self.contents.add(content(document))
        if loser is not None:
            message = f"Another document with the key '{document.key}' was published later or comes first; that one is kept."
            self.reject(loser.input, Reject(loser.path, loser.record, "record", "duplicate_key", message))
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
            if before.content == content(document):
                self.stale.add(key)
        if twin is None:
            return False
        self.manifest.put([entry(name, document, self.fingerprint, twin.unit, twin.number)])
        return True
