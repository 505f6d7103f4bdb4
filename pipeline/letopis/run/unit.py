"""One unit of work: documents -> a unit's files. The function every executor maps.

Contract: a document that cannot be annotated becomes a reject of stage `annotate`, and its neighbours are annotated as if it
had not been there. Raises what the machine failed in (`failures`): that is no document's fault.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from letopis.layers import Document, Documents, Reject
from letopis.pipeline import annotate
from letopis.run.failures import of_machine
from letopis.run.memory import patient
from letopis.schema import unit_rows
from letopis.store.units import UNIT_NAME, write_unit

BATCH_CHARACTERS = 200_000            # about 80 articles: enough for packed inference, some 200 MB of layers


@dataclass(frozen=True, slots=True)
class Job:
    """Documents to annotate into one unit of a store."""

    out: Path
    unit: str
    documents: Documents
    model: str = "fast"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: which of its documents are in the unit, in the order of their numbers there, and which are not."""

    unit: str
    kept: tuple[int, ...]
    rejects: tuple[tuple[int, Reject], ...]
    seconds: tuple[float, ...] = ()   # of each kept document: its share, by length, of the time its batch took


def annotate_unit(job: Job) -> Done:
    """Annotate a job's documents and write its unit."""
    with patient():
        return _annotate_unit(job)


def _annotate_unit(job: Job) -> Done:
    parts: list[Mapping[str, pa.Table]] = []
    kept: list[int] = []
    rejects: list[tuple[int, Reject]] = []
    seconds: list[float] = []
    for batch in _batches(job.documents):
        start = time.perf_counter()
        for numbers, outcome in _rows(job, batch):
            if isinstance(outcome, Reject):
                rejects.append((numbers[0], outcome))
            else:
                parts.append(_numbered(outcome, len(kept)))
                kept += numbers
                seconds += _shared(time.perf_counter() - start, [len(job.documents[i].text) for i in numbers])
            start = time.perf_counter()
    if parts:
        tables = {name: pa.concat_tables([p[name] for p in parts]) for name in parts[0]}
        write_unit(job.out, job.unit, {name: _signed(rows, job.unit) for name, rows in tables.items()})
    return Done(job.unit, tuple(kept), tuple(rejects), tuple(seconds))


def _shared(seconds: float, characters: list[int]) -> list[float]:
    """The time of a batch, by the lengths of its documents."""
    return [seconds * n / (sum(characters) or 1) for n in characters]


def _batches(documents: Documents) -> Iterator[list[int]]:
    """Numbers of the documents, in order, by about BATCH_CHARACTERS."""
    batch: list[int] = []
    size = 0
    for number, document in enumerate(documents):
        if batch and size + len(document.text) > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(number)
        size += len(document.text)
    if batch:
        yield batch


def _rows(job: Job, batch: list[int]) -> Iterator[tuple[list[int], Mapping[str, pa.Table] | Reject]]:
    """The rows of a batch; where it fails, of each of its documents alone, and the one at fault is rejected."""
    try:
        rows = unit_rows(annotate(tuple(job.documents[i] for i in batch), job.model))
    except Exception as error:  # the package's one broad except: a document nobody foresaw must not end the night
        if len(batch) == 1:
            if of_machine(error):
                raise
            yield batch, _reject(job.documents[batch[0]], error)
            return
        for number in batch:
            yield from _rows(job, [number])
    else:
        yield batch, rows


def _reject(document: Document, error: Exception) -> Reject:
    message = f"The document could not be annotated ({type(error).__name__}: {error})"[:500]
    return Reject(document.path, document.record, "annotate", "annotation_failed", message)


def _numbered(rows: Mapping[str, pa.Table], first: int) -> dict[str, pa.Table]:
    """The rows of a batch whose documents count on from `first` in the unit."""
    return {name: _shifted(table, first) for name, table in rows.items()}


def _shifted(table: pa.Table, first: int) -> pa.Table:
    shifted = pa.array(table["document"].to_numpy() + first, pa.int32())
    return table.set_column(table.schema.get_field_index("document"), table.schema.field("document"), shifted)


def _signed(table: pa.Table, unit: str) -> pa.Table:
    """The rows with the name of their unit, by which DuckDB joins them to the manifest."""
    return table.append_column(UNIT_NAME, pa.array([unit] * len(table), pa.string()))
