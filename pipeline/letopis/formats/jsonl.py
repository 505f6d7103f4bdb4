"""JSON Lines: one JSON object a line, each a document. `record` is the number of the line, empty lines included."""

import hashlib
import io
import json
from collections.abc import Iterator

from letopis.formats.options import Limits, Options
from letopis.formats.records import Broken, Record, documents
from letopis.formats.sources import Source
from letopis.formats.streams import lines, unpacked, utf8
from letopis.layers import Document, Reject


def read(source: Source, stream: io.BufferedReader, options: Options) -> Iterator[Document | Reject]:
    """The documents of a JSONL file."""
    return documents(source, "jsonl", lambda: _records(stream, options.limits), options)


def _records(stream: io.BufferedReader, limits: Limits) -> Iterator[Record | Broken]:
    for number, line in enumerate(lines(utf8(unpacked(stream, limits)), limits.record_bytes), start=1):
        if line is None:
            yield Broken(number, "too_large", f"the line has more than {limits.record_bytes:,} bytes")
        elif line.strip():
            yield _record(number, line.rstrip(b"\r\n"))


def _record(number: int, line: bytes) -> Record | Broken:
    try:
        value = json.loads(line.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError as cause:
        return Broken(number, "bad_encoding", f"the line is not UTF-8 ({cause.reason})")
    except RecursionError:
        return Broken(number, "broken_json", "the line nests too deep")
    except ValueError as cause:
        return Broken(number, "broken_json", f"the line is no JSON: {cause}")
    if not isinstance(value, dict):
        return Broken(number, "broken_json", "the line is JSON, but no object with names and values")
    return Record(number, value, hashlib.sha256(line).hexdigest())
