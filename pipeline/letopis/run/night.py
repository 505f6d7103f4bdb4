"""One run: survey, annotate, resolve, publish, in this order, under a lock.

Contract: a run that is killed at any point leaves the last snapshot whole and current; the next run goes on from the last
finished unit. A store is one folder, `out`.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock, Timeout

from letopis import __version__
from letopis.config import Config
from letopis.formats import Limits, Options
from letopis.layers import Document
from letopis.resolve import VERSION as RESOLVE_VERSION
from letopis.resolve import resolve
from letopis.run.fingerprint import fingerprint, model_versions
from letopis.run.local import map_local
from letopis.run.survey import Progress, Survey, entry
from letopis.run.unit import Done, Job, annotate_unit
from letopis.schema import DOCUMENT_TABLES, SCHEMA_VERSION
from letopis.store import ledger, publish, snapshot, units
from letopis.store.corpus import Corpus
from letopis.store.manifest import Manifest

MANIFEST = Path(".letopis") / "manifest.sqlite"
LOCK = Path(".letopis") / "lock"


class StoreIsLocked(Exception):
    """Another run is at work in the same store."""


@dataclass(slots=True)
class Run:
    """The row of the table `runs` as it grows."""

    run_id: str
    started: str
    pipeline_version: str
    schema_version: str
    config_sha256: str
    model_versions: str
    finished: str | None = None
    status: str = "interrupted"
    new: int = 0
    changed: int = 0
    removed: int = 0
    missing: int = 0
    unchanged: int = 0
    rejected: int = 0
    lost: int = 0                     # of these, documents of which nothing is kept; no column of the table
    seconds_per_stage: dict[str, float] = field(default_factory=dict)
    documents_per_second: float | None = None
    bytes_rewritten: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What to run."""

    inputs: tuple[Path, ...]
    out: Path
    config: Config
    workers: int = 1
    limit: int | None = None


Part: TypeAlias = list[tuple[str, Document]]
"""(input, document) of one unit of work."""


def run_night(request: Request, progress: Progress) -> Run:
    """Do one run; gives its row. Raises StoreIsLocked, formats.InputError, OSError."""
    with _locked(request.out):
        manifest = Manifest(request.out / MANIFEST)
        run = _begin(request.config)
        try:
            _save(manifest, run)
            _work(request, manifest, run, progress)
        finally:
            manifest.close()
            shutil.rmtree(request.out / ".spill", ignore_errors=True)
    return run


def options_of(config: Config) -> Options:
    """How to read, as configured. Raises ValueError for an unknown zone, field or limit."""
    unknown = sorted(set(config.limits) - {f.name for f in fields(Limits)})
    if unknown:
        raise ValueError(f"limits: no limit {', '.join(unknown)}; limits are {', '.join(f.name for f in fields(Limits))}")
    return Options(timezone=config.timezone, columns=config.columns, key=config.key, limits=Limits(**config.limits))


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    (out / LOCK).parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreIsLocked(f"another run is at work in {out}") from error
    try:
        yield
    finally:
        lock.release()


def _begin(config: Config) -> Run:
    now = datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    return Run(run_id, now.isoformat(), __version__, SCHEMA_VERSION, config.sha256(), model_versions())


def _save(manifest: Manifest, run: Run) -> None:
    manifest.put_run(run.run_id, run.started, json.dumps(asdict(run)))


def _work(request: Request, manifest: Manifest, run: Run, progress: Progress) -> None:
    units.remove_drafts(request.out)
    survey = Survey(manifest, fingerprint(request.config), options_of(request.config), run.started, progress)
    with _timed(run, "annotate"):
        _annotate(request, survey, run, progress)
    if request.limit is None:
        manifest.set_state(survey.missing(request.inputs), "missing")
    _count(manifest, survey, run)
    with _timed(run, "publish"):
        _publish(request, manifest, survey, run)
    _save(manifest, run)


@contextmanager
def _timed(run: Run, stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    run.seconds_per_stage[stage] = round(time.perf_counter() - start, 3)


def _annotate(request: Request, survey: Survey, run: Run, progress: Progress) -> None:
    waiting: dict[str, Part] = {}
    for done in map_local(annotate_unit, _jobs(request, survey, run, waiting), request.workers):
        _enter(survey, done, waiting.pop(done.unit))
        progress("documents", len(done.kept))


def _jobs(request: Request, survey: Survey, run: Run, waiting: dict[str, Part]) -> Iterator[Job]:
    """Units of work of about `unit_characters` of text; `waiting` keeps them until they are done."""
    for number, part in enumerate(_parts(survey.documents(request.inputs, request.limit), request.config.unit_characters)):
        unit = f"{run.run_id}-{number:06d}"
        waiting[unit] = part
        yield Job(request.out, unit, tuple(document for _, document in part))


def _parts(documents: Iterable[tuple[str, Document]], characters: int) -> Iterator[Part]:
    part: Part = []
    size = 0
    for name, document in documents:
        part.append((name, document))
        size += len(document.text)
        if size >= characters:
            yield part
            part, size = [], 0
    if part:
        yield part


def _enter(survey: Survey, done: Done, part: Part) -> None:
    """A finished unit's documents into the manifest, all or none."""
    with survey.manifest.transaction():
        survey.manifest.put(
            entry(*part[i], survey.fingerprint, done.unit, number) for number, i in enumerate(done.kept)
        )
        for i, reject in done.rejects:
            survey.give_up(*part[i], reject)


def _count(manifest: Manifest, survey: Survey, run: Run) -> None:
    """new + changed + unchanged + missing = documents of the store."""
    entries = manifest.all()
    run.new, run.changed, run.rejected, run.lost = len(survey.new), len(survey.changed), survey.rejected, survey.lost
    run.missing = sum(e.state == "missing" for e in entries)
    run.unchanged = len(entries) - run.new - run.changed - run.missing


def _publish(request: Request, manifest: Manifest, survey: Survey, run: Run) -> None:
    """Resolve, draft the snapshot, make it current, remove what is too old."""
    last = snapshot.current(request.out)
    draft = snapshot.draft(request.out, run.run_id)
    entries, names = manifest.all(), _published(request.config)
    signature = publish.signature(entries, names, f"{__version__} {RESOLVE_VERSION}")
    if last and publish.signature_of(last) == signature:
        publish.link_all(last, draft)
        written = 0
    else:
        written = _resolve(request, manifest, survey, run, (last, draft))
    (draft / publish.SIGNATURE).write_text(signature, encoding="utf-8")
    elapsed = sum(run.seconds_per_stage.values())
    run.documents_per_second = round((run.new + run.changed) / elapsed, 2) if elapsed else None
    run.bytes_rewritten, run.status, run.finished = written, "done", datetime.now(UTC).isoformat()
    _save(manifest, run)
    publish.write_tables(draft, ledger.tables(manifest))
    snapshot.swap(request.out, run.run_id)
    units.remove_unused(request.out, {e.unit for e in entries})
    snapshot.remove_old(request.out, keep=request.config.snapshots_kept, hours=request.config.snapshot_hours)


def _resolve(request: Request, manifest: Manifest, survey: Survey, run: Run, folders: tuple[Path | None, Path]) -> int:
    """Everything anew where it changed: the whole corpus, the months, the ledger; gives the bytes written."""
    last, draft = folders
    corpus = Corpus(request.out, manifest.all(), threads=request.workers)
    try:
        tables = resolve(corpus)
        written = publish.publish(corpus, draft, last, tables=_published(request.config))
    finally:
        corpus.close()
    ledger.enter(manifest, run.run_id, ledger.compare(last, draft, tables, survey.new, survey.changed))
    return written + publish.write_tables(draft, tables)


def _published(config: Config) -> tuple[str, ...]:
    """Names of the document-level tables that are switched on."""
    return tuple(t.name for t, _ in DOCUMENT_TABLES if t.name != "tokens" or config.tokens)
