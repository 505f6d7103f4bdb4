"""The second half of a run: resolve the corpus, draft a snapshot, make it current, remove what is too old."""

from pathlib import Path

import pyarrow as pa

from letopis import __version__
from letopis.config import Config
from letopis.resolve import VERSION as RESOLVE_VERSION
from letopis.resolve import resolve
from letopis.run.request import Request, Run
from letopis.run.stop import Stop
from letopis.schema import DOCUMENT_TABLES
from letopis.store import ledger, publish, snapshot, units
from letopis.store.compact import compact, purge
from letopis.store.corpus import Corpus
from letopis.store.manifest import Entry, Manifest


def publish_run(request: Request, manifest: Manifest, run: Run, stop: Stop) -> None:
    """Publish the store as it is. The run is done when its snapshot is current, and entered as done after that."""
    last, draft = snapshot.current(request.out), snapshot.draft(request.out, run.run_id)
    entries = manifest.all()
    run.bytes_rewritten, tables = _draft(request, entries, run, (last, draft))
    stop.check()
    run.end("done")
    elapsed = sum(run.seconds_per_stage.values())
    run.documents_per_second = round((run.new + run.changed) / elapsed, 2) if elapsed else None
    publish.write_tables(draft, {**tables, **ledger.tables(manifest, run.row())})
    snapshot.swap(request.out, run.run_id)
    run.save(manifest)


def tidy(request: Request, manifest: Manifest, run: Run) -> None:
    """Join small units, remove units and snapshots that are in use no more, and all that is left of what was forgotten."""
    purging = manifest.purge_due
    compact(request.out, manifest, run.run_id)
    if purging:
        purge(request.out, manifest, run.run_id)
    units.remove_unused(request.out, {e.unit for e in manifest.all()})
    if purging:
        snapshot.remove_others(request.out)
        manifest.set_purge_due(False)
    snapshot.remove_old(request.out, keep=request.config.snapshots_kept, hours=request.config.snapshot_hours)


def _draft(
    request: Request, entries: list[Entry], run: Run, folders: tuple[Path | None, Path]
) -> tuple[int, dict[str, pa.Table]]:
    """Write or link all but the run tables; gives the bytes written, and `redirects` and `changes` as they are then."""
    last, draft = folders
    names = published(request.config)
    signature = publish.signature(entries, names, f"{__version__} {RESOLVE_VERSION}")
    if last and publish.signature_of(last) == signature:
        publish.link_all(last, draft)
        written, found = 0, ledger.Comparison([], [], None)
    else:
        written = _resolve(request, entries, folders)
        found = ledger.compare(last, draft)
    (draft / publish.SIGNATURE).write_text(signature, encoding="utf-8")
    return written, ledger.enter(last, run.run_id, found)


def _resolve(request: Request, entries: list[Entry], folders: tuple[Path | None, Path]) -> int:
    """The whole corpus anew, and the months that changed by it; gives the bytes written."""
    last, draft = folders
    corpus = Corpus(request.out, entries, threads=request.workers)
    try:
        tables = resolve(corpus)
        written = publish.publish(corpus, draft, last, tables=published(request.config))
    finally:
        corpus.close()
    return written + publish.write_tables(draft, tables)


def published(config: Config) -> tuple[str, ...]:
    """Names of the document-level tables that are switched on."""
    return tuple(t.name for t, _ in DOCUMENT_TABLES if t.name != "tokens" or config.tokens)
