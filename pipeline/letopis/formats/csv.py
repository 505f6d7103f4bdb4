"""CSV and TSV: a row a document, the first row the columns' names. `record` is the number of the row after that one.

Contract: quoting is RFC 4180's, the separator (comma, semicolon, tab) the one that finds the most fields in the first row.
A quote that is never closed would swallow the rows below: where quoting breaks, only the line it began on is rejected
and reading goes on with the next line. Rows that have fewer or more cells than there are columns are rejected: their
text can't be trusted. Rows separated by tabs may have quotes that are plain characters.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from letopis.formats.errors import Unreadable
from letopis.formats.header import Value
from letopis.formats.names import locate
from letopis.formats.options import Options
from letopis.formats.records import Broken, Record, documents, hash_values
from letopis.formats.sources import Source
from letopis.formats.streams import lines, unpacked, utf8
from letopis.layers import Document, Reject

_SEPARATORS = ",;\t"


def read(source: Source, stream: io.BufferedReader, options: Options) -> Iterator[Document | Reject]:
    """The documents of a CSV or TSV file. Raises Unreadable where no column holds the text."""
    return documents(source, "csv", lambda: _records(stream, options), options)


def _records(stream: io.BufferedReader, options: Options) -> Iterator[Record | Broken]:
    csv.field_size_limit(options.limits.record_bytes)         # the module's own limit of 128 kB would cut off long articles
    table = _Lines(lines(utf8(unpacked(stream, options.limits)), options.limits.record_bytes), options.limits.record_bytes)
    separator, columns = _columns(table, options)
    number = 0
    while table.more():
        cells = table.row(separator, len(columns))
        if isinstance(cells, str) or any(map(str.strip, cells)):
            number += 1
            yield _record(number, cells, columns)


def _columns(table: "_Lines", options: Options) -> tuple[str, tuple[str, ...]]:
    """The separator and the names that the first row has with it."""
    while table.more():
        rows = [(separator, table.peek(separator)) for separator in _SEPARATORS]
        separator, columns = max(rows, key=lambda row: (len(locate(row[1], options.configured)), len(row[1])))
        table.skip()
        if "text" in locate(columns, options.configured):
            return separator, columns
        if any(columns):
            raise Unreadable("no_text_column", f"no column is known to hold the text: the first row is {str(columns)[:200]}"
                                               " (`columns` of the configuration can name it)")
    raise Unreadable("empty", "there is nothing in it")


def _record(number: int, cells: list[str] | str, columns: tuple[str, ...]) -> Record | Broken:
    if isinstance(cells, str):
        return Broken(number, "broken_row", cells)
    if len(cells) < len(columns) or any(cells[len(columns):]):
        return Broken(number, "broken_row", f"the row has {len(cells)} cells, there are {len(columns)} columns")
    values: dict[str, Value] = {}
    for name, cell in zip(columns, cells, strict=False):
        values.setdefault(name, cell or None)
    return Record(number, values, hash_values(values))


@dataclass(frozen=True, slots=True)
class _Reason:
    """Stands for a line that can't be read."""

    text: str


class _Lines:
    """The lines of a table. A line that can't be read stands among them as the reason."""

    def __init__(self, raw: Iterator[bytes | None], most: int) -> None:
        self._raw = raw
        self._most = most
        self._ahead: deque[str | _Reason] = deque()
        self._taken: list[str | _Reason] = []

    def __iter__(self) -> Iterator[str]:
        """What csv.reader pulls: only as many lines as its row has."""
        size = 0
        while self.more():
            line = self._ahead.popleft()
            self._taken.append(line)
            size += len(line.text if isinstance(line, _Reason) else line)
            if isinstance(line, _Reason) or size > self._most:
                raise csv.Error(line.text if isinstance(line, _Reason) else f"the row has more than {self._most:,} characters")
            yield line

    def more(self) -> bool:
        if not self._ahead:
            self._ahead.extend(self._decoded(line) for line in islice(self._raw, 1))
        return bool(self._ahead)

    def row(self, separator: str, width: int) -> list[str] | str:
        """The cells of the next row, or why it has none; then only its first line is used up."""
        self._taken = []
        try:
            return next(csv.reader(self, delimiter=separator, strict=True), [])
        except csv.Error as cause:
            reason = str(cause)
        first, *rest = self._taken
        self._ahead.extendleft(reversed(rest))
        plain = first.rstrip("\r\n").split(separator) if separator == "\t" and isinstance(first, str) else []
        return plain if len(plain) == width else f"the row can't be read: {reason}"

    def peek(self, separator: str) -> tuple[str, ...]:
        """The cells of the next line, which stays."""
        line = self._ahead[0]
        try:
            cells = next(csv.reader([line.rstrip("\r\n")], delimiter=separator), []) if isinstance(line, str) else []
        except csv.Error:
            cells = []
        return tuple(map(str.strip, cells))

    def skip(self) -> None:
        self._ahead.popleft()

    def _decoded(self, line: bytes | None) -> str | _Reason:
        if line is None:
            return _Reason(f"the line has more than {self._most:,} bytes")
        try:
            return line.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as cause:
            return _Reason(f"the line is not UTF-8 ({cause.reason})")
