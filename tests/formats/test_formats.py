"""What all formats promise together: the format is told by content and suffix, and no input makes reading fail."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letopis.formats import FORMATS, Limits, Options, Source, find_sources, read_source
from letopis.layers import Document, Reject

from .conftest import RUSSIAN, Read, read_file

MARKDOWN = f"---\ntitle: Мост\n---\n{RUSSIAN}".encode()
JSONL = json.dumps({"title": "Мост", "text": RUSSIAN}).encode()
CSV = f'title,text\nМост,"{RUSSIAN}"\n'.encode()
_PARQUET = io.BytesIO()
pq.write_table(pa.table({"title": ["Мост"], "text": [RUSSIAN]}), _PARQUET)
PARQUET = _PARQUET.getvalue()
HTML = f"<!doctype html><html><title>Мост</title>{f'<p>{RUSSIAN}</p>' * 4}</html>".encode()


@pytest.mark.parametrize("packing", ["", ".gz", ".zst", ".zstd"])
@pytest.mark.parametrize(("name", "content", "format_name"), [
    ("a.md", MARKDOWN, "markdown"), ("a.markdown", MARKDOWN, "markdown"), ("a.txt", MARKDOWN, "txt"),
    ("a.TXT", MARKDOWN, "txt"),
    ("a.jsonl", JSONL, "jsonl"), ("a.ndjson", JSONL, "jsonl"), ("a.csv", CSV, "csv"), ("a.tsv", CSV, "csv"),
    ("a.parquet", PARQUET, "parquet"), ("a.html", HTML, "html"), ("a.htm", HTML, "html"),
    ("a.csv", PARQUET, "parquet"), ("a.md", PARQUET, "parquet"), ("a.txt", HTML, "html"),
    ("a.md", b"\xef\xbb\xbf\n" + HTML, "html"),
    ("a.txt", JSONL, "jsonl"), ("a.csv", JSONL, "jsonl"),
])
def test_formats_are_told_by_content_and_suffix(read: Read, packing: str, name: str, content: bytes, format_name: str) -> None:
    pack = {"": bytes, ".gz": gzip.compress}.get(packing, zstandard.compress)
    found = read(name + packing, pack(content))
    assert (found.document.format, found.document.title, found.document.annotated) == (format_name, "Мост", True)
    assert found.document.text.startswith(RUSSIAN)
    assert found.rejects == []


def test_packed_files_without_the_suffix_and_plain_ones_with_it(read: Read) -> None:
    assert read("a.md", gzip.compress(MARKDOWN)).document.text == RUSSIAN
    assert read("a.md.gz", MARKDOWN).document.text == RUSSIAN


@pytest.mark.parametrize("name", ["a.md.gz", "a.jsonl.gz", "a.csv.gz", "a.parquet.gz", "a.html.gz"])
def test_packed_files_that_are_cut_or_bombs(read: Read, name: str) -> None:
    assert read(name, gzip.compress(MARKDOWN * 9)[:-9]).errors == [(None, "format", "corrupt")]
    (error,) = read(name, gzip.compress(bytes(60_000_000))).errors
    assert error[2] in ("packing_bomb", "too_large")


def test_a_million_lines_and_one_endless_line(read: Read) -> None:
    large = Options(limits=Limits(text_characters=6_000_000))
    assert len(read("a.md", "слово\n" * 1_000_000, large).document.text) == 5_999_999
    endless = "слово " * 5_000_000
    assert read("a.txt", endless).errors == [(None, "format", "too_large")]
    found = read("a.jsonl", b"\n".join([JSONL, endless.encode(), JSONL]))
    assert [document.record for document in found.documents] == ["1", "3"]
    assert found.errors == [("2", "record", "too_large")]


def test_one_bad_file_costs_no_other(tmp_path: Path) -> None:
    for name in FORMATS:
        (tmp_path / f"broken{name}").write_bytes(b"\0\xff" * 40)
        (tmp_path / f"empty{name}").write_bytes(b"")
    (tmp_path / "whole.md").write_bytes(MARKDOWN)
    found = read_file(tmp_path)
    assert [document.path for document in found.documents] == ["whole.md"]
    assert sorted(reject.path for reject in found.rejects) == sorted(f"{s}{n}" for n in FORMATS for s in ("broken", "empty"))


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join([JSONL] * 3))
    (source,) = find_sources([file], Limits())
    assert isinstance(source, Source)
    rows = read_source(source, Options())
    first = next(rows)
    with file.open("ab") as appended:
        appended.write(b"\n" + JSONL)
    *rest, last = rows
    assert isinstance(first, Document) and all(isinstance(row, Document) for row in rest)
    assert isinstance(last, Reject) and last.error == "changed"


START = st.sampled_from([
    b"", b"---\n", b"---\ntitle: ", MARKDOWN, JSONL + b"\n", b'{"text": "', CSV, b"text,id\n", PARQUET, HTML,
    b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b",
    gzip.compress(MARKDOWN), gzip.compress(JSONL), zstandard.compress(CSV), RUSSIAN.encode("cp1251"),
])
SUFFIXES = st.sampled_from([name for name in FORMATS if not name.startswith(".h")])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(suffix=SUFFIXES, start=START, cut=st.integers(0, 400), rest=st.binary(max_size=80))
def test_any_bytes_under_any_name_give_documents_or_rejects(
    read_bytes: Read, suffix: str, start: bytes, cut: int, rest: bytes,
) -> None:
    found = read_bytes(f"a{suffix}", start[:-cut or None] + rest)
    assert found.documents or found.rejects
    keys = [document.key for document in found.documents]
    assert len(set(keys)) == len(keys)
    for document in found.documents:
        assert document.text == document.text.strip() != ""
        json.dumps(document.title).encode()
    assert all(reject.message for reject in found.rejects)


@given(records=st.lists(st.fixed_dictionaries(
    {"text": st.sampled_from([RUSSIAN, "", None, 7])},
    optional={"id": st.one_of(st.none(), st.integers(0, 3), st.text(max_size=3)), "url": st.text(max_size=2)},
), max_size=6))
def test_each_line_is_one_document_or_one_reject(read_bytes: Read, records: list[dict[str, object]]) -> None:
    found = read_bytes("a.jsonl", "\n".join(map(json.dumps, records)) or "\n")
    numbers = [document.record for document in found.documents] + [reject.record for reject in found.rejects if reject.record]
    assert sorted(map(str, numbers)) == sorted(str(n) for n in range(1, len(records) + 1))
    assert bool(numbers) or found.errors == [(None, "format", "empty")]
    assert len({document.key for document in found.documents}) == len(found.documents)
