"""`letopis forget`: take documents out of every unit, every snapshot and what was kept of blocks, for good.

Contract: what is left is a hash of the document's key and of its content with the day, so that the document is not read again,
and a row `removed` in `changes`. Older snapshots go, for their entities and events may hold names that only this document had. A
run that is killed in the middle is finished by the next run of any kind.
"""

from collections.abc import Sequence

from letopis.run.night import opened, recorded
from letopis.run.publication import publish_run, tidy
from letopis.run.request import Request, Run, begin
from letopis.run.stop import Stop
from letopis.store import snapshot
from letopis.store.manifest import Entry, Manifest


class NoSuchDocument(Exception):
    """The store has no such document, or several; nothing was forgotten."""


def forget(request: Request, documents: Sequence[str]) -> tuple[Run, list[Entry]]:
    """Forget documents by id or by the end of their path, and others of the same content. Raises NoSuchDocument."""
    with opened(request.out, wait=request.wait) as manifest:
        found = _found(manifest, documents)
        run = begin(request.config, snapshot.current(request.out))
        with recorded(run, manifest):
            _take_out(manifest, found, run.started[:10])
            run.removed = len(found)
            run.count(manifest)
            publish_run(request, manifest, run, Stop())
        tidy(request, manifest, run)
        return run, found


def _take_out(manifest: Manifest, found: Sequence[Entry], day: str) -> None:
    """Out of the manifest, which says from now on that their rows are to be purged."""
    with manifest.transaction():
        manifest.put_forgotten([(e.document_id, e.content) for e in found], day)
        manifest.remove(e.document_id for e in found)
        files = {(e.input, e.path) for e in found}
        manifest.remove_rejects(files)
        manifest.forget_files(files)              # read once more, to be rejected as forgotten
        manifest.set_purge_due(True)


def _found(manifest: Manifest, documents: Sequence[str]) -> list[Entry]:
    """The documents meant and their twins, by id."""
    entries = manifest.all()
    meant = {_meant(entries, d).content for d in documents}
    return [e for e in entries if e.content in meant]


def _meant(entries: Sequence[Entry], document: str) -> Entry:
    found = [e for e in entries if document in (e.document_id, e.path)] or [e for e in entries if e.path.endswith(f"/{document}")]
    if len(found) != 1:
        raise NoSuchDocument(f"{len(found) or 'no'} documents of the store are called '{document}'; nothing was forgotten")
    return found[0]
