"""Markdown with YAML front matter, and plain text: one file, one document; offsets count in the decoded file.

Contract: the body is kept as it stands, mark-up, CR and all. A header that can't be read leaves the metadata null, keeps the
body and adds a Reject of stage 'header'. A header without a body is no document.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

from letopis.formats.article import Origin, article
from letopis.formats.decoding import decode, is_blank
from letopis.formats.errors import Unreadable
from letopis.formats.fields import Metadata, Problem, named_value, read_metadata
from letopis.formats.header import BadHeader, Front, Raw, parse, split
from letopis.formats.options import Options
from letopis.formats.sources import Source
from letopis.formats.streams import whole
from letopis.layers import Document, Reject


def read(source: Source, stream: io.BufferedReader, options: Options) -> Iterator[Document | Reject]:
    """The document of a Markdown file."""
    return read_text(source, stream, options, format_name="markdown")


def read_text(
    source: Source, stream: io.BufferedReader, options: Options, *, format_name: str,
) -> Iterator[Document | Reject]:
    """The document of a file of text with or without front matter. Raises Unreadable."""
    content, sha256 = whole(stream, options.limits, options.limits.text_bytes)
    text = decode(content)
    if is_blank(text):
        raise Unreadable("empty", "there is nothing in it")
    front = split(text)
    raw, metadata = _metadata(front, options)
    key = named_value(raw, options.key, options) if options.key != "path" else None
    origin = Origin(key or source.path, source.path, None, format_name, sha256)
    yield from article(origin, metadata, text[front.body:], front.body, most=options.limits.text_characters)


def _metadata(front: Front, options: Options) -> tuple[Raw, Metadata]:
    if front.yaml is None:
        return {}, Metadata()
    try:
        raw, problems = _parsed(front, options.limits.header_bytes)
    except BadHeader as cause:
        return {}, Metadata(problems=(Problem("bad_header", f"{cause}; the text is kept"),))
    metadata = read_metadata(raw, options)
    return raw, replace(metadata, problems=problems + metadata.problems)


def _parsed(front: Front, most: int) -> tuple[Raw, tuple[Problem, ...]]:
    header = front.yaml or ""
    if len(header) > most:
        raise BadHeader(f"the header has more than {most:,} characters, the limit of the configuration")
    if not front.closed:
        raise BadHeader("no line '---' closes the header; it was taken to end at the first empty line")
    raw, twice = parse(header)
    return raw, tuple(Problem("duplicate_name", f"{name[:80]} stands twice; the last value counts") for name in twice)
