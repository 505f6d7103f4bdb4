import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats import Limits, Options

from .conftest import RUSSIAN, Read


def parquet(columns: dict[str, object], **options: object) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table(columns), written, **options)
    return written.getvalue()


def test_rows_are_documents(read: Read) -> None:
    content = parquet({"id": [7, 8], "text": [RUSSIAN, f" {RUSSIAN}"], "tags": [["Мост"], None], "views": [1, 2]})
    first, second = read("a.parquet", content).documents
    assert (first.key, first.record, first.format, first.keywords) == ("a.parquet#7", "1", "parquet", ("Мост",))
    assert (second.key, second.record, second.text, second.text_start) == ("a.parquet#8", "2", RUSSIAN, 1)
    counted = parquet({"id": [7, 8], "text": [RUSSIAN, RUSSIAN], "tags": [["Мост"], None], "views": [3, 4]})
    again = read("a.parquet", counted).documents[0]
    assert again.content_sha256 == first.content_sha256 != second.content_sha256   # a counter that runs on changes nothing


NOON = datetime(2023, 11, 16, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(("column", "moment", "day"), [
    (pa.array([NOON], pa.timestamp("us", "UTC")), NOON, date(2023, 11, 16)),
    (pa.array([NOON], pa.timestamp("ns", "Europe/Moscow")), NOON, date(2023, 11, 17)),
    (pa.array([NOON.replace(tzinfo=None)], pa.timestamp("s")), datetime(2023, 11, 16, 19, 30, tzinfo=UTC), date(2023, 11, 16)),
    (pa.array([date(2023, 11, 16)]), datetime(2023, 11, 15, 21, tzinfo=UTC), date(2023, 11, 16)),
    (pa.array(["2023-11-16"]), datetime(2023, 11, 15, 21, tzinfo=UTC), date(2023, 11, 16)),
    (pa.array(["2023-11-16"]).dictionary_encode(), datetime(2023, 11, 15, 21, tzinfo=UTC), date(2023, 11, 16)),
    (pa.array([int(NOON.timestamp())]), NOON, date(2023, 11, 17)),
])
def test_days_and_times(read: Read, column: pa.Array, moment: datetime, day: date) -> None:
    document = read("a.parquet", parquet({"text": [RUSSIAN], "published": column})).document
    assert (document.published, document.published_date) == (moment, day)


@pytest.mark.parametrize(("column", "errors"), [
    (pa.array([2**60], pa.timestamp("ms")), [("1", "header", "bad_date")]),
    (pa.array([{"a": 1}]), [("1", "header", "bad_date")]),
    (pa.array([None]), []),
])
def test_dates_that_are_none(read: Read, column: pa.Array, errors: list[tuple[str, str, str]]) -> None:
    assert read("a.parquet", parquet({"text": [RUSSIAN], "published": column})).errors == errors


def test_texts_of_all_kinds_of_columns(read: Read) -> None:
    for kind in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary()):
        assert read("a.parquet", parquet({"text": pa.array([RUSSIAN.encode()], kind)})).document.text == RUSSIAN
    assert read("a.parquet", parquet({"text": pa.array([RUSSIAN, RUSSIAN]).dictionary_encode()})).documents[1].text == RUSSIAN
    assert read("a.parquet", parquet({"text": [Decimal("1.5")]})).document.text == "1.5"


def test_broken_rows_leave_their_neighbours_untouched(read: Read) -> None:
    raw = pa.array([b"\xd0", RUSSIAN.encode(), None, b" ", b"\0" * 50, b"a" * 200])
    texts = pa.Array.from_buffers(pa.string(), 6, raw.buffers())
    found = read("a.parquet", parquet({"text": texts}), Options(limits=Limits(record_bytes=150)))
    assert found.document.record == "2"
    assert found.errors == [
        ("1", "record", "bad_encoding"), ("3", "record", "no_text"), ("4", "record", "no_text"), ("5", "record", "not_text"),
        ("6", "record", "too_large"),
    ]


def test_files_that_are_cut_or_no_parquet(read: Read) -> None:
    whole = parquet({"text": [RUSSIAN] * 50})
    for content in (b"", b"PAR1", b"text", whole[:9], whole[:-1], whole[:len(whole) // 2], b"PAR1" + b"\xff" * 99 + b"PAR1"):
        assert read("a.parquet", content).errors == [(None, "format", "corrupt")]


def test_a_table_without_rows(read: Read) -> None:
    assert read("a.parquet", parquet({"text": pa.array([], pa.string())})).errors == [(None, "format", "empty")]


def test_a_file_without_a_column_of_text(read: Read) -> None:
    assert read("a.parquet", parquet({"a": [1]})).errors == [(None, "format", "no_text_column")]
    assert read("a.parquet", parquet({"a": [RUSSIAN]}), Options(columns={"text": "a"})).document.text == RUSSIAN


def test_a_bomb_is_told_before_a_row_is_read(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", None)
    bomb = parquet({"text": ["а" * 5_000_000] * 4}, compression="zstd", use_dictionary=False)
    assert read("a.parquet", bomb).errors == [(None, "format", "packing_bomb")]


def test_names_that_are_not_utf8(read: Read) -> None:
    content = parquet({"text": [RUSSIAN], "tags": ["a"]}, store_schema=False)
    assert read("a.parquet", content.replace(b"tags", b"\xffags")).errors == [(None, "format", "corrupt")]


def test_bombs(read: Read) -> None:
    bomb = parquet({"text": ["а" * 5_000_000] * 4}, compression="zstd", use_dictionary=False)
    assert read("a.parquet", bomb).errors == [(None, "format", "packing_bomb")]
    pointed_to = pa.DictionaryArray.from_arrays(pa.array([0] * 300, pa.int32()), pa.array(["а" * 100_000]))
    bomb = parquet({"text": pointed_to}, compression="zstd")
    assert read("a.parquet", bomb).errors[-1] == (None, "format", "packing_bomb")


@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_byte_changed_anywhere_is_survived(read_bytes: Read, place: int, value: int) -> None:
    content = bytearray(parquet({"id": [1, 2], "text": [RUSSIAN, RUSSIAN], "tags": [["a"], []]}))
    content[place % len(content)] = value
    found = read_bytes("a.parquet", bytes(content))
    assert found.documents or found.rejects
