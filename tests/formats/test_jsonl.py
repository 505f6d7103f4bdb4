import hashlib
import json

import pytest

from letopis.formats import Limits, Options

from .conftest import RUSSIAN, Read


def line(**values: object) -> str:
    return json.dumps({"text": RUSSIAN} | values, ensure_ascii=False)


def test_a_line_is_a_document(read: Read) -> None:
    content = line(id="a", title="Мост", url="https://e.com/1", tags=["Мост"], date="2023-11-16")
    document = read("a.jsonl", content).document
    assert (document.key, document.path, document.record, document.format) == ("a.jsonl#a", "a.jsonl", "1", "jsonl")
    assert (document.text, document.text_start, document.title, document.keywords) == (RUSSIAN, 0, "Мост", ("Мост",))
    assert document.content_sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert document.published_date is not None


def test_the_text_is_the_column_from_its_first_visible_character(read: Read) -> None:
    document = read("a.jsonl", line(text=f"\n  {RUSSIAN} ")).document
    assert (document.text, document.text_start) == (RUSSIAN, 3)


@pytest.mark.parametrize(("broken", "error"), [
    ('{"text": "обор', "broken_json"), ("мост", "broken_json"), ("[1, 2]", "broken_json"), ("7", "broken_json"),
    ("[" * 100_000, "broken_json"), ('{"text": ' + "[" * 100_000, "broken_json"), ('{"a": ' + "1" * 5_000 + "}", "broken_json"),
    ("{}", "no_text"), ('{"text": ""}', "no_text"), ('{"text": null}', "no_text"), ('{"title": "a"}', "no_text"),
    ('{"text": 7}', "bad_field"), ('{"text": ["a"]}', "bad_field"), ('{"text": "' + "\\u0000" * 50 + '"}', "not_text"),
    (b'{"text": "\xff\xfe"}', "bad_encoding"), ('{"text": "' + "а" * 300 + '"}', "too_large"),
])
def test_a_broken_line_leaves_its_neighbours_untouched(read: Read, broken: str | bytes, error: str) -> None:
    middle = broken if isinstance(broken, bytes) else broken.encode()
    content = b"\n".join([line(id="a").encode(), middle, b"", line(id="c").encode()])
    found = read("a.jsonl", content, Options(limits=Limits(record_bytes=500 if error == "too_large" else 10**6)))
    assert [(d.record, d.key, d.text) for d in found.documents] == [("1", "a.jsonl#a", RUSSIAN), ("4", "a.jsonl#c", RUSSIAN)]
    assert found.errors == [("2", "record", error)]


def test_numbers_beyond_all_bounds(read: Read) -> None:
    found = read("a.jsonl", f'{{"text": "{RUSSIAN}", "date": 1e999, "id": NaN, "title": -1e999}}')
    assert (found.document.key, found.document.title, found.document.published) == ("a.jsonl#1", None, None)
    assert found.errors == [("1", "header", "bad_field"), ("1", "header", "bad_date")]


def test_damage_is_repaired(read: Read) -> None:
    document = read("a.jsonl", '{"text": "Мо\\u0000ст \\ud800 открыт, его видят все", "title": "\\udfff"}').document
    assert (document.text, document.title) == ("Мо\ufffdст \ufffd открыт, его видят все", "\ufffd")


@pytest.mark.parametrize(("records", "keys"), [
    ([{"id": 1}, {"id": 2}], ["1", "2"]),
    ([{"id": "б"}, {"id": "а"}], ["б", "а"]),
    ([{"id": 1, "url": "u"}, {"id": 1, "url": "v"}], ["u", "v"]),                # ids that are not unique: urls
    ([{"id": 1, "url": "u"}, {"url": "v"}], ["u", "v"]),
    ([{"id": 1, "url": "u"}, {"id": 1, "url": "u"}], ["1", "2"]),                # nor urls: numbers
    ([{"url": "u"}, {"url": ""}], ["1", "2"]),
    ([{}, {}], ["1", "2"]),
    ([{"id": [1]}, {"id": {"a": 1}}], ["1", "2"]),
])
def test_what_records_are_known_by(read: Read, records: list[dict[str, object]], keys: list[str]) -> None:
    content = "\n".join(line(**record) for record in records)
    assert [d.key for d in read("a#1.jsonl", content).documents] == [f"a%231.jsonl#{key}" for key in keys]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_files_without_records(read: Read, content: str) -> None:
    assert read("a.jsonl", content).errors == [(None, "format", "empty")]


def test_configured_keys_and_columns(read: Read) -> None:
    content = json.dumps({"n": 7, "plain": RUSSIAN, "text": "нет", "link": "https://e.com/1"})
    columns = {"text": "plain", "id": "n"}
    assert read("a.jsonl", content, Options(columns=columns)).document.key == "a.jsonl#7"
    assert read("a.jsonl", content, Options(columns=columns, key="url")).document.key == "https://e.com/1"
    assert read("a.jsonl", content, Options(columns=columns, key="n")).document.key == "7"
    assert read("a.jsonl", content, Options(columns=columns, key="slug")).document.text == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1251", "koi8-r", "cp866"])
def test_encodings(read: Read, encoding: str) -> None:
    found = read("a.jsonl", "\r\n".join([line(id=1), line(id=2)]).encode(encoding))
    assert [(d.record, d.text) for d in found.documents] == [("1", RUSSIAN), ("2", RUSSIAN)]
    assert found.rejects == []
