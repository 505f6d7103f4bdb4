"""What a run is asked to do, and the row it leaves in the table `runs`."""

import json
import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from letopis import __version__
from letopis.config import Config
from letopis.run.fingerprint import fingerprint, model_versions, stage_versions
from letopis.run.scope import EVERYTHING, Scope
from letopis.schema import SCHEMA_VERSION
from letopis.store.manifest import Manifest

Prune = Literal["nothing", "few", "all"]
"""What of the documents whose files have gone is taken out: nothing, all if they are few, or all."""

LOG = logging.getLogger("letopis.run")
STAMP = "%Y%m%dT%H%M%S"
KEPT = 100                            # paths of a kind in the details of a run
SLOWEST = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What to run."""

    inputs: tuple[Path, ...]
    out: Path
    config: Config
    workers: int = 1
    scope: Scope = EVERYTHING
    prune: Prune = "nothing"
    wait: bool = False                # for another run to end
    address: str | None = None        # of a Dask scheduler; None for processes of this machine


@dataclass(slots=True)
class Details:
    """Which documents a run had to do with, KEPT of a kind."""

    missing: list[str] = field(default_factory=list)        # paths of those whose files have gone since the run before
    removed: list[str] = field(default_factory=list)        # paths of those taken out
    slowest: list[tuple[float, str]] = field(default_factory=list)      # seconds and document_id, slowest first

    def add_slow(self, seconds: float, key: str) -> None:
        """A document was annotated."""
        self.slowest = sorted([*self.slowest, (seconds, key)], key=lambda s: (-s[0], s[1]))[:SLOWEST]


@dataclass(slots=True)
class Run:
    """The row of the table `runs` as it grows."""

    run_id: str
    started: str
    pipeline_version: str
    schema_version: str
    config_sha256: str
    model_versions: str
    fingerprint: str
    stage_versions: str
    finished: str | None = None
    status: str = "interrupted"
    new: int = 0
    changed: int = 0
    removed: int = 0
    missing: int = 0
    unchanged: int = 0
    stale: int = 0
    rejected: int = 0
    lost: int = 0                     # of these, documents of which nothing is kept; no column of the table
    unpruned: int = 0                 # documents too many to prune; no column
    blocks_computed: int = 0          # of the corpus, by resolution; no column
    blocks_reused: int = 0            # of the corpus, as an earlier run had them; no column
    warnings: list[str] = field(default_factory=list)       # of corrections, 'file:line: ...'; no column
    seconds_per_stage: dict[str, float] = field(default_factory=dict)
    documents_per_second: float | None = None
    bytes_rewritten: int | None = None
    details: Details = field(default_factory=Details)       # of documents, which the manifest does not keep: forgetting is for good

    def row(self) -> dict[str, Any]:
        """It as it is, without the details."""
        return {name: value for name, value in asdict(self).items() if name != "details"}

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """The seconds of a stage, without those of the stages inside it."""
        start, before = time.perf_counter(), sum(self.seconds_per_stage.values())
        yield
        inner = sum(self.seconds_per_stage.values()) - before
        self.seconds_per_stage[stage] = round(time.perf_counter() - start - inner, 3)
        LOG.debug("stage finished", extra={"stage": stage, "seconds": self.seconds_per_stage[stage]})

    def save(self, manifest: Manifest) -> None:
        """Enter it as it is."""
        manifest.put_run(self.run_id, self.started, json.dumps(self.row()))

    def count(self, manifest: Manifest) -> None:
        """new + changed + unchanged + missing = documents of the store."""
        self.missing = manifest.count("missing")
        self.unchanged = manifest.count() - self.new - self.changed - self.missing
        self.stale = manifest.count_stale(self.fingerprint)

    def end(self, status: str) -> None:
        """It is over."""
        self.status, self.finished = status, datetime.now(UTC).isoformat()


def begin(config: Config, last: Path | None) -> Run:
    """A new run. Its id is later than the last snapshot's, whatever the clock says: snapshots are ordered by their names."""
    now = datetime.now(UTC)
    if last is not None:
        now = max(now, datetime.strptime(last.name.split("-")[0], STAMP).replace(tzinfo=UTC) + timedelta(seconds=1))
    run_id = f"{now:{STAMP}}-{secrets.token_hex(3)}"
    made_by = __version__, SCHEMA_VERSION, config.sha256(), model_versions(), fingerprint(config), stage_versions()
    return Run(run_id, now.isoformat(), *made_by)
