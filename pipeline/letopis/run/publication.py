"""The second half of a run: resolve the corpus, draft a snapshot, make it current, remove what is too old."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa

from letopis import __version__
from letopis.config import Config
from letopis.kb import VERSION as KB_VERSION
from letopis.kb.storage import Base, open_base
from letopis.pipeline import VERSIONS
from letopis.resolve import VERSION as RESOLVE_VERSION
from letopis.resolve import resolve
from letopis.resolve.corrections.parsing import LARGEST, parse
from letopis.resolve.corrections.statements import NONE, Corrections
from letopis.resources import data_path
from letopis.run.request import Request, Run
from letopis.run.stop import Stop
from letopis.schema import DOCUMENT_TABLES
from letopis.store import blocks, ledger, publish, snapshot, units
from letopis.store.blocks import Answers
from letopis.store.compact import compact, modernise, purge
from letopis.store.corpus import Corpus
from letopis.store.manifest import Entry, Manifest

JOURNAL = "journal"                   # folder of the run reports, whose pages may name what was forgotten


def publish_run(request: Request, manifest: Manifest, run: Run, stop: Stop) -> None:
    """Publish the store as it is. The run is done when its snapshot is current, and entered as done after that."""
    last, draft = snapshot.current(request.out), snapshot.draft(request.out, run.run_id)
    modernise(request.out, manifest, (run.run_id, run.fingerprint))
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
    """Join small units, remove units, answers and snapshots that are in use no more, and all that is left of what was forgotten."""
    purging = manifest.purge_due
    compact(request.out, manifest, run.run_id)
    if purging:
        purge(request.out, manifest, run.run_id)
    units.remove_unused(request.out, {e.unit for e in manifest.all()})
    blocks.remove_old(request.out, run.run_id, purging=purging)
    if purging:
        snapshot.remove_others(request.out)
        for page in (request.out / JOURNAL).glob("*"):
            if page.is_file():
                page.unlink()
        manifest.set_purge_due(False)
    snapshot.remove_old(request.out, keep=request.config.snapshots_kept, hours=request.config.snapshot_hours)


def _draft(
    request: Request, entries: list[Entry], run: Run, folders: tuple[Path | None, Path]
) -> tuple[int, dict[str, pa.Table]]:
    """Write or link all but the run tables; gives the bytes written, and `redirects` and `changes` as they are then."""
    last, draft = folders
    names = published(request.config)
    base, corrections = base_of(request.config), corrections_of(request.config)
    known = f"{base.digest if base else ''} {corrections.sha256}"
    signature = publish.signature(entries, names, f"{__version__} {RESOLVE_VERSION} {KB_VERSION} {known}")
    if last and publish.signature_of(last) == signature:
        publish.link_all(last, draft)
        written, found = 0, ledger.Comparison([], [], None)
        run.warnings = publish.read_warnings(last)
    else:
        written = _resolve(request, entries, run, (folders, base, corrections))
        found = ledger.compare(last, draft)
    publish.write_warnings(draft, run.warnings)
    (draft / publish.SIGNATURE).write_text(signature, encoding="utf-8")
    return written, ledger.enter(last, run.run_id, found)


def _resolve(
    request: Request, entries: list[Entry], run: Run, given: tuple[tuple[Path | None, Path], Base | None, Corrections]
) -> int:
    """The whole corpus, of its blocks only those that changed, and the months that changed by it; gives the bytes written."""
    (last, draft), base, corrections = given
    corpus = Corpus(request.out, entries, threads=request.workers)
    answers = Answers(blocks.newest(request.out), basis())
    try:
        with run.timed("resolve"):
            tables = resolve(corpus, answers, base, corrections)
        blocks.save(corpus, request.out, run.run_id)
        run.blocks_computed, run.blocks_reused = answers.computed, answers.reused
        run.warnings = [f"{corrections.file}:{line}: {said}" for line, said in corpus.sql.sql(_WARNINGS).fetchall()]
        written = publish.publish(corpus, draft, last, tables=published(request.config))
    finally:
        corpus.close()
    return written + publish.write_tables(draft, tables)


_WARNINGS = "SELECT line, message FROM correction_warnings ORDER BY ALL"


@lru_cache(maxsize=1)
def basis() -> str:
    """Digest of what decides about a block besides its members: versions, word lists, gazetteer, dictionary; no setting does."""
    facts = hashlib.sha256(f"{__version__} {RESOLVE_VERSION} {VERSIONS} {version('pymorphy3-dicts-ru')}".encode())
    for folder in ("lexicons", "gazetteer"):
        for file in sorted(p for p in data_path(folder).iterdir() if p.is_file()):
            facts.update(hashlib.sha256(file.read_bytes()).digest())
    return facts.hexdigest()


def base_of(config: Config) -> Base | None:
    """The knowledge base that the configuration names. Raises NoBase where its folder holds none."""
    return open_base(Path(config.kb)) if config.kb else None


def corrections_of(config: Config) -> Corrections:
    """The corrections that the configuration names. Raises BadCorrections, OSError."""
    if not config.corrections:
        return NONE
    with Path(config.corrections).open("rb") as file:
        return parse(file.read(LARGEST + 1), config.corrections)


def published(config: Config) -> tuple[str, ...]:
    """Names of the document-level tables that are switched on."""
    return tuple(t.name for t, _ in DOCUMENT_TABLES if t.name != "tokens" or config.tokens)
