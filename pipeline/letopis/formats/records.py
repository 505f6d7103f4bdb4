"""Files of many records -> documents: what JSONL, CSV and Parquet share once a record is a mapping of names to values.

Contract: a file gives its records twice, each time from the beginning: first to see what its records can be known by, then
to read them; of the first pass only hashes are kept, so that memory stays flat. A record that is broken is a Reject, its
neighbours are untouched.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from letopis.formats.article import Origin, article
from letopis.formats.decoding import is_blank, repaired
from letopis.formats.errors import Unreadable
from letopis.formats.fields import named_value, read_metadata
from letopis.formats.header import Raw
from letopis.formats.names import locate
from letopis.formats.options import Options
from letopis.formats.sources import Source
from letopis.layers import Document, Reject


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number from 1, its values by name, the sha256 of its own bytes."""

    number: int
    values: Raw
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read."""

    number: int
    error: str
    message: str


Records = Callable[[], Iterator[Record | Broken]]


def documents(source: Source, format_name: str, records: Records, options: Options) -> Iterator[Document | Reject]:
    """The documents and rejects of a file. `records` gives its records anew each time it is called.

    Raises Unreadable for a file without records.
    """
    known_by = _known_by(records(), options)
    empty = True
    for record in records():
        empty = False
        try:
            yield from _rows(source, format_name, record, known_by, options)
        except Unreadable as cause:
            yield Reject(source.path, str(record.number), "record", cause.error, str(cause))
    if empty:
        raise Unreadable("empty", "there are no records in it")


def _rows(
    source: Source, format_name: str, record: Record | Broken, known_by: str | None, options: Options,
) -> Iterator[Document | Reject]:
    if isinstance(record, Broken):
        raise Unreadable(record.error, record.message)
    body, key = _body(record, options), _key(source, record, known_by, options)
    origin = Origin(key, source.path, str(record.number), format_name, record.content_sha256)
    yield from article(origin, read_metadata(record.values, options), body, 0, most=options.limits.text_characters)


def hash_values(values: Raw) -> str:
    """sha256 of a record that has no bytes of its own: its values as JSON, sorted by name."""
    written = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def _key(source: Source, record: Record, known_by: str | None, options: Options) -> str:
    own = None if options.key == "path" else named_value(record.values, options.key, options)
    name = named_value(record.values, known_by, options) if known_by else str(record.number)
    return own or f"{source.path.replace('#', '%23')}#{name}"


def _known_by(records: Iterable[Record | Broken], options: Options) -> str | None:
    """'id' or 'url' if every record with a text has one of its own, else None: then records are known by their numbers."""
    seen: dict[str, set[bytes]] = {"id": set(), "url": set()}
    for record in records:
        if isinstance(record, Record) and _has_text(record, options):
            for name in tuple(seen):
                if not _add(seen[name], named_value(record.values, name, options)):
                    del seen[name]
        if not seen:
            return None
    return next((name for name, hashes in seen.items() if hashes), None)


def _has_text(record: Record, options: Options) -> bool:
    try:
        return not is_blank(_body(record, options))
    except Unreadable:
        return False


def _add(hashes: set[bytes], value: str | None) -> bool:
    if value is None:
        return False
    hashed = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    new = hashed not in hashes
    hashes.add(hashed)
    return new


def _body(record: Record, options: Options) -> str:
    """The column of the text as it is, NULs and lone surrogates repaired."""
    found = locate(tuple(record.values), options.configured).get("text")
    value = record.values[found] if found is not None else None
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable("bad_field", "text: it is no text")
    return repaired(value)
