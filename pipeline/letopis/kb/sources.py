"""A dump as a stream of items: opened, unpacked (gzip, bzip2, zstd, by its first bytes), cut into lines or rows.

Contract. Memory does not grow with the dump. What comes out is (number of the line or row from 1, Item, BadItem or None for what is
passed over). A dump that cannot be read to its end raises DumpError; it never ends silently early.
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from letopis.kb import records, wikidata
from letopis.kb.items import BadItem, Item

Found: TypeAlias = tuple[int, Item | BadItem | None]
LONGEST = 64 << 20                    # bytes of one line; the largest entities of Wikidata have some 4 MB
_PARQUET = b"PAR1"
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, pa.ArrowException)


class DumpError(Exception):
    """The dump as a whole cannot be read."""


def items_of(dump: Path) -> Iterator[Found]:
    """The items of a dump in its order."""
    try:
        with dump.open("rb") as raw:
            yield from _rows(dump) if raw.read(4) == _PARQUET else _lines(raw, dump)
    except _BROKEN as error:
        raise DumpError(f"{dump} cannot be read: {error}") from error


def _rows(dump: Path) -> Iterator[Found]:
    """Of a Parquet file."""
    with pq.ParquetFile(dump) as file:
        _check_columns(file.schema_arrow.names, dump)
        number = 0
        for batch in file.iter_batches(2_000):
            for row in batch.to_pylist():
                number += 1
                yield number, _or_bad(records.read, row)


def _lines(raw: io.BufferedReader, dump: Path) -> Iterator[Found]:
    with ExitStack() as stack:
        stream = stack.enter_context(_unpacked(raw))
        start = stream.peek(1 << 12)[:1 << 12].removeprefix(b"\xef\xbb\xbf").lstrip()
        if start[:1] in (b"[", b"{"):
            yield from _json(stream)
        else:
            yield from _csv(stream, dump)


def _unpacked(raw: io.BufferedReader) -> io.BufferedReader:
    """The stream from its beginning, unpacked as its first bytes say; several packed streams one after another are one."""
    raw.seek(0)
    start = raw.read(4)
    raw.seek(0)
    for magic, unpack in _PACKINGS.items():
        if start.startswith(magic):
            return io.BufferedReader(unpack(raw), 1 << 20)
    return raw


def _unzstd(raw: IO[bytes]) -> Any:
    return zstandard.ZstdDecompressor(max_window_size=1 << 31).stream_reader(raw, read_across_frames=True)


_PACKINGS: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda raw: gzip.GzipFile(fileobj=raw),
    b"BZh": bz2.BZ2File,
    b"\x28\xb5\x2f\xfd": _unzstd,
}


def _json(stream: io.BufferedReader) -> Iterator[Found]:
    """Of a dump of Wikidata, or JSON lines: which, each line says for itself."""
    number = 0
    while line := stream.readline(LONGEST):
        number += 1
        if len(line) == LONGEST and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST)) and not rest.endswith(b"\n"):
                pass
            yield number, BadItem(f"the line has more than {LONGEST:,} bytes")
        else:
            yield number, _or_bad(_item_of_line, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _item_of_line(line: bytes) -> Item | None:
    if b'"labels"' in line or b'"claims"' in line or line.strip() in (b"", b"[", b"]", b","):
        return wikidata.read(line)
    try:
        row = json.loads(line.strip().rstrip(b","))
    except (ValueError, RecursionError) as error:
        raise BadItem(f"the line is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadItem("the line is JSON, but no object with names and values")
    return None if row.get("type") == "property" or _is_property(row) else records.read(row)


def _is_property(row: dict[str, Any]) -> bool:
    """'P634': a property or lexeme of Wikidata in a list of items."""
    qid = row.get("qid")
    return isinstance(qid, str) and qid[:1] in ("P", "L") and qid[1:].isdigit()


def _csv(stream: io.BufferedReader, dump: Path) -> Iterator[Found]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    header = text.readline()
    separator = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=separator), [])
    _check_columns(names, dump)
    reader = csv.reader(text, delimiter=separator)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num + 1, BadItem(f"the row is no CSV: {error}")
            continue
        if row:
            yield reader.line_num + 1, _or_bad(_item_of_row, (names, row))


def _item_of_row(given: tuple[list[str], list[str]]) -> Item | None:
    names, row = given
    if len(row) != len(names):
        raise BadItem(f"the row has {len(row)} cells, the header {len(names)}")
    return records.read(dict(zip(names, row, strict=True)))


def _check_columns(names: list[str], dump: Path) -> None:
    try:
        records.columns_of(names)
    except BadItem as error:
        raise DumpError(f"{dump}: {error}") from error


def _or_bad(read: Callable[[Any], Item | None], given: Any) -> Item | BadItem | None:
    try:
        item = read(given)
        if item is not None:
            "".join((item.id, item.name, *item.aliases, item.description)).encode("utf-8")
    except UnicodeEncodeError as error:
        return BadItem(f"it has bytes that are not UTF-8, or half a character ({error.reason})")
    except BadItem as error:
        return error
    return item
