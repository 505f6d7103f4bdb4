"""One run: survey, annotate, prune, resolve, publish, in this order, under a lock.

Contract: a run that is killed at any point leaves the last snapshot whole and current; the next run goes on from the last
finished unit. A store is one folder, `out`.
"""

import logging
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from filelock import FileLock, Timeout
from structlog.contextvars import bound_contextvars

from letopis.config import Config
from letopis.formats import Limits, Options
from letopis.run.annotation import annotate
from letopis.run.fingerprint import fingerprint
from letopis.run.memory import patient
from letopis.run.publication import publish_run, tidy
from letopis.run.request import KEPT, Request, Run, begin
from letopis.run.stop import Stop, Stopped, stop_on_sigterm
from letopis.run.survey import Progress, Survey
from letopis.store import ledger, snapshot, units
from letopis.store.manifest import Entry, Manifest

LOG = logging.getLogger("letopis.run")
MANIFEST = Path(".letopis") / "manifest.sqlite"
LOCK = Path(".letopis") / "lock"
FEW = 0.1                             # of the store: more than that is pruned only on demand


class StoreIsLocked(Exception):
    """Another run is at work in the same store."""


def run_night(request: Request, progress: Progress) -> Run:
    """Do one run; gives its row. Raises StoreIsLocked, Stopped, formats.InputError, OSError."""
    with opened(request.out, wait=request.wait) as manifest, stop_on_sigterm() as stop:
        run = begin(request.config, snapshot.current(request.out))
        with bound_contextvars(run_id=run.run_id), recorded(run, manifest):
            LOG.debug("run started", extra={"inputs": list(map(str, request.inputs)), "fingerprint": run.fingerprint})
            _work(request, manifest, run, (stop, progress))
        tidy(request, manifest, run)
    return run


def options_of(config: Config) -> Options:
    """How to read, as configured. Raises ValueError for an unknown zone, field or limit."""
    unknown = sorted(set(config.limits) - {f.name for f in fields(Limits)})
    if unknown:
        raise ValueError(f"limits: no limit {', '.join(unknown)}; limits are {', '.join(f.name for f in fields(Limits))}")
    return Options(timezone=config.timezone, columns=config.columns, key=config.key, limits=Limits(**config.limits))


@contextmanager
def opened(out: Path, *, wait: bool = False) -> Iterator[Manifest]:
    """The manifest of a store that nobody else writes to meanwhile, true to its current snapshot. Raises StoreIsLocked."""
    with _locked(out, wait=wait):
        manifest = Manifest(out / MANIFEST)
        try:
            ledger.reconcile(manifest, snapshot.current(out))
            units.remove_drafts(out)
            snapshot.remove_drafts(out)
            yield manifest
        finally:
            manifest.close()
            shutil.rmtree(out / ".spill", ignore_errors=True)


def survey_of(request: Request, manifest: Manifest, now: str, progress: Progress) -> Survey:
    """A survey that has not begun."""
    return Survey(manifest, fingerprint(request.config), options_of(request.config), now, progress)


def gone(request: Request, survey: Survey) -> tuple[list[Entry], bool]:
    """After a survey: the documents of its inputs whose files have gone, and whether those are few.

    A renamed document is gone but is not counted: its content is there under another name.
    """
    missing = survey.missing(request.inputs)
    lost = sum(e.content not in survey.contents for e in missing)
    return missing, lost <= FEW * survey.manifest.count()


@contextmanager
def _locked(out: Path, *, wait: bool) -> Iterator[None]:
    (out / LOCK).parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / LOCK)
    try:
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout as error:
        raise StoreIsLocked(f"another run is at work in {out}") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def recorded(run: Run, manifest: Manifest) -> Iterator[None]:
    """The run is entered when it begins, and again how it ended."""
    run.save(manifest)
    try:
        yield
    finally:
        error = sys.exc_info()[1]
        if error is not None:
            run.end("failed" if isinstance(error, Exception) and not isinstance(error, Stopped) else "interrupted")
            LOG.debug("run ended", extra={"status": run.status, "error": str(error) or type(error).__name__})
        run.save(manifest)


def _work(request: Request, manifest: Manifest, run: Run, hooks: tuple[Stop, Progress]) -> None:
    stop, progress = hooks
    survey = survey_of(request, manifest, run.started, progress)
    with run.timed("annotate"):
        annotate(request, survey, run, stop)
    stop.check()
    if request.scope.is_whole:
        _retire(request, survey, run)
    _count(manifest, survey, run)
    with run.timed("publish"), patient():
        publish_run(request, manifest, run, stop)


def _retire(request: Request, survey: Survey, run: Run) -> None:
    """Documents whose files have gone are missing, or pruned."""
    manifest = survey.manifest
    missing, few = gone(request, survey)
    with manifest.transaction():
        if request.prune == "nothing" or (request.prune == "few" and not few):
            run.details.missing = [e.path for e in missing if e.state != "missing"][:KEPT]
            manifest.set_state([e.document_id for e in missing], "missing")
            run.unpruned = len(missing) if request.prune == "few" else 0
            return
        run.details.removed = [e.path for e in missing][:KEPT]
        manifest.remove(e.document_id for e in missing)
        names = {str(p.resolve()) for p in request.inputs}
        manifest.forget_files(f for f in manifest.files(names) if f not in survey.walked)
        manifest.remove_rejects(f for f in manifest.rejected_files() if f[0] in names and f not in survey.walked)
        run.removed = len(missing)


def _count(manifest: Manifest, survey: Survey, run: Run) -> None:
    run.new, run.changed, run.rejected, run.lost = len(survey.new), len(survey.changed), survey.rejected, survey.lost
    run.count(manifest)
