"""Tables as they are, a file each: CSV, TSV, JSON lines.

Contract. Null is an empty cell; lists and maps are JSON; days and times are ISO 8601, times in UTC. A text that a spreadsheet
would take for a formula gets an apostrophe in front, and so does one that begins with an apostrophe: who takes one apostrophe
off every cell that begins with one has the tables again. Numbers are never touched. CSV begins with a byte order mark, without
which Excel misreads Cyrillic; TSV and JSON lines do not.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from letopis.export.format import Choice, Counts, FolderFormat
from letopis.export.reading import batches
from letopis.schema import BY_NAME

GUARD = "'"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)   # Excel also takes the full-width ones


def guarded(text: str) -> str:
    """'=1+1' -> "'=1+1"; "'tis" -> "''tis"."""
    return GUARD + text if text.startswith(GUARDED) else text


def plain(value: Any) -> Any:
    """A value as JSON has it: days and times as ISO 8601, maps as objects."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return dict(value)
    return value


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def dumped(value: Any) -> str:
    """A row or a value as one line of JSON."""
    return _ENCODER.encode(value)


def _values(column: pa.Array) -> list[Any]:
    """What JSON has of a column."""
    values: list[Any] = column.to_pylist()
    return list(map(plain, values)) if pa.types.is_temporal(column.type) or pa.types.is_nested(column.type) else values


def _cells(column: pa.Array) -> list[str]:
    return list(map(_cell, _values(column)))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else guarded(dumped(value))


def _sheet(snapshot: Path, path: Path, dialect: dict[str, str], table: str) -> int:
    count = 0
    with path.open("w", encoding=dialect["encoding"], newline="") as stream:
        writer = csv.writer(stream, delimiter=dialect["delimiter"], lineterminator="\r\n")
        writer.writerow(c.name for c in BY_NAME[table].columns)
        for batch in batches(snapshot, table):
            writer.writerows(zip(*map(_cells, batch.columns), strict=True))
            count += batch.num_rows
    return count


def _lines(snapshot: Path, path: Path, table: str) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for batch in batches(snapshot, table):
            names, values = batch.schema.names, map(_values, batch.columns)
            stream.writelines(f"{dumped(dict(zip(names, row, strict=True)))}\n" for row in zip(*values, strict=True))
            count += batch.num_rows
    return count


def _each(suffix: str, write: Callable[[Path, Path, str], int], snapshot: Path, folder: Path, choice: Choice) -> Counts:
    return Counter({name: write(snapshot, folder / f"{name}.{suffix}", name) for name in choice.tables or BY_NAME})


def _sheets(suffix: str, delimiter: str, encoding: str) -> Callable[[Path, Path, Choice], Counts]:
    dialect = {"delimiter": delimiter, "encoding": encoding}
    return partial(_each, suffix, lambda snapshot, path, table: _sheet(snapshot, path, dialect, table))


CSV = FolderFormat("csv", "a table a file, for spreadsheets", _sheets("csv", ",", "utf-8-sig"), ("tables",))
TSV = FolderFormat("tsv", "a table a file, separated by tabs", _sheets("tsv", "\t", "utf-8"), ("tables",))
JSONL = FolderFormat("jsonl", "a table a file, a JSON object a row", partial(_each, "jsonl", _lines), ("tables",))
