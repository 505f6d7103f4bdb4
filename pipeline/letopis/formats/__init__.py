"""Files -> documents: what the run reads, one file an input format.

Contract: `find_sources` lists what is under the inputs, `read_source` reads one file. Each file and each record comes out as
a Document, a Reject, or both where only its header was lost. No input can raise but one that does not exist (InputError).
To add a format: write its module with `read(source, stream, options)` and give its suffixes here.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from pathlib import Path, PurePosixPath

from letopis.formats import csv, html, jsonl, markdown, parquet, txt
from letopis.formats.errors import InputError, Unreadable
from letopis.formats.options import Limits, Options
from letopis.formats.sources import Source, told, walk
from letopis.formats.streams import SAMPLE, opened, unpacked
from letopis.layers import Document, Reject

__all__ = ["FORMATS", "VERSION", "InputError", "Limits", "Options", "Source", "find_sources", "read_source"]

VERSION = "1"                             # raised whenever a file may give other documents than before

Reader = Callable[[Source, BufferedReader, Options], Iterator[Document | Reject]]

FORMATS: dict[str, Reader] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".txt": txt.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": csv.read,
    ".tsv": csv.read,
    ".parquet": parquet.read,
    ".html": html.read,
    ".htm": html.read,
}
PACKINGS = (".gz", ".zst", ".zstd")

# What a file says of itself goes before its name: (reader, its first bytes, readers that the name may have asked for).
CONTENTS: tuple[tuple[Reader, re.Pattern[bytes], tuple[Reader, ...]], ...] = (
    (parquet.read, re.compile(rb"PAR1[\x00-\x1f]"), (markdown.read, txt.read, jsonl.read, csv.read, html.read)),
    (html.read, re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)\b", re.I), (markdown.read, txt.read)),
    (jsonl.read, re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"[^\"]{1,60}\"\s*:"), (markdown.read, txt.read, csv.read)),
)


def find_sources(inputs: Sequence[Path], limits: Limits) -> Iterator[Source | Reject]:
    """Every file under the inputs in a fixed order, as a Source or as the Reject it is without being opened.

    Raises InputError at once if an input does not exist or can't be listed.
    """
    return walk(inputs, lambda source: _judge(source, limits))


def read_source(source: Source, options: Options) -> Iterator[Document | Reject]:
    """The documents of a file as they come, and what could not be read of it. The file is opened once."""
    try:
        with opened(source.file) as stream:
            before = os.fstat(stream.fileno())
            yield from map(_shown, _reader(source, stream, options.limits)(source, stream, options))
            after = os.fstat(stream.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            yield _refused(source, "changed", "it changed while it was read; what was read counts, the next run reads it again")
    except Unreadable as cause:
        yield _shown(_refused(source, cause.error, str(cause)))
    except OSError as cause:
        yield _refused(source, *told(cause))


def _reader(source: Source, stream: BufferedReader, limits: Limits) -> Reader:
    named = FORMATS.get(_suffix(source.path))
    if named is None:
        raise Unreadable("unknown_format", "no format is known by its suffix")
    start = unpacked(stream, limits).peek(SAMPLE)[:SAMPLE]
    return next((reader for reader, looks, names in CONTENTS if named in names and looks.match(start)), named)


def _judge(source: Source, limits: Limits) -> Reject | None:
    suffix = _suffix(source.path)
    if suffix not in FORMATS:
        return _refused(source, "unknown_format", f"no format is known by the suffix '{suffix}'; there are {' '.join(FORMATS)}")
    most = _most(FORMATS[suffix], limits)
    if most is not None and source.size > most:
        return _refused(source, "too_large", f"it has {source.size:,} bytes, the limit for one document is {most:,}")
    return None


def _most(reader: Reader, limits: Limits) -> int | None:
    """How large a file may be; None for files of many records, which are read as streams."""
    if reader in (markdown.read, txt.read):
        return limits.text_bytes
    return limits.html_bytes if reader == html.read else None


def _suffix(path: str) -> str:
    """The suffix of what is inside: '.md' of 'news/a.MD.gz'."""
    name = PurePosixPath(path.lower())
    return (name.with_suffix("") if name.suffix in PACKINGS else name).suffix


def _shown(row: Document | Reject) -> Document | Reject:
    """A reject's message on one line, as a screen can show it: parsers quote what they stumbled over."""
    if isinstance(row, Document) or row.message.isprintable():
        return row
    return replace(row, message="".join(c if c.isprintable() else "\ufffd" for c in " ".join(row.message.split())))


def _refused(source: Source, error: str, message: str) -> Reject:
    return Reject(source.path, None, "format", error, message)
