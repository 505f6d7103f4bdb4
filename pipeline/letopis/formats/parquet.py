"""Parquet: a row a document. `record` is the number of the row, from 1.

Contract: only the columns that hold something of an article are read, some rows at a time; days and times keep the zone of
their column. A file that is truncated or corrupt is rejected, the rows before the place where it breaks are kept.
"""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from letopis.formats.errors import Unreadable
from letopis.formats.header import Value
from letopis.formats.names import locate
from letopis.formats.options import Limits, Options
from letopis.formats.records import Broken, Record, documents, hash_values
from letopis.formats.sources import Source
from letopis.formats.streams import unpacked
from letopis.layers import Document, Reject

_ROWS = 32                                # at a time: a dictionary may turn one long text into that many


def read(source: Source, stream: io.BufferedReader, options: Options) -> Iterator[Document | Reject]:
    """The documents of a Parquet file. Raises Unreadable for what is none, and where no column holds the text."""
    with _seekable(stream, options.limits) as file:
        yield from documents(source, "parquet", lambda: _records(file, source, options), options)


@contextmanager
def _seekable(stream: io.BufferedReader, limits: Limits) -> Iterator[IO[bytes]]:
    """Parquet is read from its end: a packed file is unpacked to a temporary one."""
    plain = unpacked(stream, limits)
    if plain is stream:
        yield stream
        return
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(plain, file)
        yield file


def _records(file: IO[bytes], source: Source, options: Options) -> Iterator[Record | Broken]:
    """Rows, counted by what they unpack to: a dictionary can make gigabytes of one long text that is pointed to often."""
    bound = max(options.limits.ratio_counts_from, options.limits.packing_ratio * source.size)
    size = 0
    for number, row in enumerate(_rows(file, options, bound), start=1):
        record = _record(number, row, options.limits)
        size += sum(len(v) for v in record.values.values() if isinstance(v, str)) if isinstance(record, Record) else 0
        if size > bound:
            raise _bomb(options.limits)
        yield record


def _rows(file: IO[bytes], options: Options, bound: int) -> Iterator[dict[str, pa.Scalar]]:
    file.seek(0)
    try:
        table = pq.ParquetFile(file)
        columns = _columns(table, options)
        if _unpacked_size(table) > bound:
            raise _bomb(options.limits)
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
            yield from _scalars(batch)
    except (pa.ArrowException, UnicodeDecodeError) as cause:
        raise Unreadable("corrupt", f"it is no whole Parquet file: {str(cause)[:200]}") from cause
    except OSError as cause:
        if cause.errno is not None:                       # the disk's; pyarrow's own have no number
            raise
        raise Unreadable("corrupt", f"it is no whole Parquet file: {str(cause)[:200]}") from cause


def _columns(table: pq.ParquetFile, options: Options) -> list[str]:
    names = table.schema_arrow.names
    found = locate(tuple(names), options.configured)
    if "text" not in found:
        raise Unreadable("no_text_column", f"no column is known to hold the text: there are {str(names)[:200]}"
                                           " (`columns` of the configuration can name it)")
    return sorted({*found.values(), *({options.key} & set(names))})


def _unpacked_size(table: pq.ParquetFile) -> int:
    """What the file says of itself, by row groups: to ask a column chunk of a corrupt file would abort the process."""
    return sum(table.metadata.row_group(i).total_byte_size for i in range(table.metadata.num_row_groups))


def _bomb(limits: Limits) -> Unreadable:
    return Unreadable("packing_bomb", f"it unpacks to more than {limits.packing_ratio} times its size")


def _scalars(batch: pa.RecordBatch) -> Iterator[dict[str, pa.Scalar]]:
    columns = [_plain(column) for column in batch.columns]
    for i in range(batch.num_rows):
        yield {name: column[i] for name, column in zip(batch.schema.names, columns, strict=True)}


def _plain(column: pa.Array) -> pa.Array:
    """Days and times as their ISO strings, with the zone of the column; decimals too."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.dictionary_decode())
    return column.cast(pa.string()) if pa.types.is_temporal(kind) or pa.types.is_decimal(kind) else column


def _record(number: int, row: dict[str, pa.Scalar], limits: Limits) -> Record | Broken:
    try:
        values = {name: _value(scalar.as_py()) for name, scalar in row.items()}
    except UnicodeDecodeError as cause:
        return Broken(number, "bad_encoding", f"the row is not UTF-8 ({cause.reason})")
    if any(isinstance(value, str) and len(value) > limits.record_bytes for value in values.values()):
        return Broken(number, "too_large", f"the row has a value of more than {limits.record_bytes:,} characters")
    return Record(number, values, hash_values(values))


def _value(value: object) -> Value:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogatepass")
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, str | int | float | None):
        return value
    return {} if isinstance(value, dict) else str(value)
