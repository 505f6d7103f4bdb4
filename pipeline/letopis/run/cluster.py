"""The cluster executor: units of work on a dask.distributed cluster; results come in the order of the jobs.

Contract. What goes over the network is the path of a job: its documents wait in the store, which every worker sees under the same
path. A worker that dies costs its unit of work once more, done by another; a unit is there whole or not at all, and whoever
finishes it second finds it there. Workers of another version are refused: their rows would be others.
"""

import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from letopis import __version__
from letopis.layers import Document, Documents
from letopis.run.fingerprint import model_versions, stage_versions
from letopis.run.unit import Done, Job, annotate_unit
from letopis.schema.table import BOOL, DAY, INT, STAMP, STRING, STRINGS
from letopis.store import units
from letopis.store.files import write_parquet

JOBS = Path(units.FOLDER) / ".jobs"   # a draft like others: whatever a killed run leaves of it is gone when the next begins
AHEAD = 2                             # jobs taken for each thread of the cluster: one is at work, one waits
CONNECT = 30.0                        # seconds for the scheduler to answer
ALONE = 300.0                         # seconds without any worker after which a run gives up
LOOK = 5.0                            # seconds between two looks at whether there are workers

_TYPES = {
    "text_start": INT, "annotated": BOOL, "sections": STRINGS, "keywords": STRINGS, "published": STAMP, "published_date": DAY,
}
_SCHEMA = pa.schema([(f.name, _TYPES.get(f.name, STRING)) for f in fields(Document)])
_one = threading.Lock()               # a worker with many threads does one unit at a time: models and collector are the process's


class ClusterFailed(OSError):
    """The cluster cannot be reached, has no workers, lost a unit again and again, or runs another version."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A job without its documents, which wait at a path."""

    out: Path
    unit: str
    model: str
    made_by: str

    @property
    def path(self) -> Path:
        """Where the documents wait."""
        return self.out / JOBS / f"{self.unit}.parquet"


def map_cluster(jobs: Iterable[Job], address: str) -> Iterator[Done]:
    """What became of the jobs, on the cluster whose scheduler has this address. Raises ClusterFailed, and what a worker raised."""
    with _connected(address) as client:
        waiting: deque[tuple[Ticket, Any]] = deque()
        try:
            for job in jobs:
                ticket = _leave(job)
                waiting.append((ticket, client.submit(annotate_ticket, ticket, key=f"letopis-{ticket.unit}", pure=False)))
                while len(waiting) > AHEAD * max(1, _threads(client)):
                    yield _result(client, *waiting.popleft())
            while waiting:
                yield _result(client, *waiting.popleft())
        finally:
            client.cancel([future for _, future in waiting])


def annotate_ticket(ticket: Ticket) -> Done:
    """What a worker does: the unit function on the documents that wait. Raises ClusterFailed where the versions differ."""
    if ticket.made_by != made_by():
        raise ClusterFailed(f"a worker runs another version: {_difference(made_by(), ticket.made_by)}")
    with _one:
        return annotate_unit(Job(ticket.out, ticket.unit, _waiting(ticket), ticket.model))


def made_by() -> str:
    """All versions that rows depend on."""
    return f"letopis:{__version__} {stage_versions()} {model_versions()}"


def _leave(job: Job) -> Ticket:
    """Put a job's documents where a worker finds them."""
    ticket = Ticket(job.out.resolve(), job.unit, job.model, made_by())
    write_parquet(ticket.path, pa.Table.from_pylist([asdict(d) for d in job.documents], _SCHEMA))
    return ticket


def _waiting(ticket: Ticket) -> Documents:
    """The documents of a job as they were left."""
    return tuple(_document(row) for row in pq.read_table(ticket.path).to_pylist())


def _document(row: dict[str, Any]) -> Document:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Document(**values)


def _result(client: Any, ticket: Ticket, future: Any) -> Done:
    """The result of a job, whose documents need to wait no longer."""
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    _await(client, future)
    try:
        done: Done = future.result()
    except KilledWorker as error:
        raise ClusterFailed(f"unit {ticket.unit} ended every worker that took it: {error}") from error
    except FutureCancelledError as error:
        raise ClusterFailed(f"the scheduler has gone: {error}") from error
    ticket.path.unlink(missing_ok=True)
    return done


def _await(client: Any, future: Any) -> None:
    """Until a job is over, as long as there are workers."""
    alone = 0.0
    while not future.done():
        try:
            future.exception(timeout=LOOK)
        except TimeoutError:
            alone = 0.0 if _threads(client) else alone + LOOK
            if alone >= ALONE:
                raise ClusterFailed(f"no worker for {ALONE:.0f} seconds") from None


def _connected(address: str) -> Any:
    """A client of a cluster that has workers."""
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterFailed(f"no Dask scheduler answers at {address}: {error}") from error
    start = time.monotonic()
    while not _threads(client):
        if time.monotonic() - start > CONNECT:
            client.close()
            raise ClusterFailed(f"the Dask scheduler at {address} has no workers")
        time.sleep(0.2)
    return client


def _threads(client: Any) -> int:
    """Of all workers together."""
    return sum(client.nthreads().values())


def _difference(mine: str, theirs: str) -> str:
    """What differs of two versions: 'roles:5, not roles:6'."""
    a, b = mine.split(), theirs.split()
    return f"{' '.join(x for x in a if x not in b)}, not {' '.join(x for x in b if x not in a)}"
