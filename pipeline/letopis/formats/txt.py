"""Plain text: one file, one document, read as Markdown is, front matter included if there is any."""

import io
from collections.abc import Iterator

from letopis.formats.markdown import read_text
from letopis.formats.options import Options
from letopis.formats.sources import Source
from letopis.layers import Document, Reject


def read(source: Source, stream: io.BufferedReader, options: Options) -> Iterator[Document | Reject]:
    """The document of a text file."""
    return read_text(source, stream, options, format_name="txt")
