import hashlib
from datetime import UTC, date, datetime

import pytest

from letopis.formats import Limits, Options

from .conftest import RUSSIAN, Read

ARTICLE = f"""---
site: "example.com"
archive: "https://archive.example/1"
url: "https://example.com/1"
language: ru
title: "В столице открыли мост"
publication: '[[Вестник]]'
published: '2023-11-16T23:30:09+00:00'
author: Анна Л.
section:
- Новости
- Общество
description: "Мост строили три года"
keywords:
- '[[Столица]]'
- '[[Мост|мосту]]'
---

# В столице открыли мост

{RUSSIAN}
"""


def test_an_article_with_all_its_metadata(read: Read) -> None:
    document = read("мост.md", ARTICLE).document
    assert document.key == document.path == "мост.md"
    assert (document.record, document.format) == (None, "markdown")
    assert document.text == f"# В столице открыли мост\n\n{RUSSIAN}"
    assert document.content_sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (document.language, document.annotated) == ("ru", True)
    assert (document.site, document.url) == ("example.com", "https://example.com/1")
    assert (document.archive_url, document.publication) == ("https://archive.example/1", "Вестник")
    assert (document.title, document.author) == ("В столице открыли мост", "Анна Л.")
    assert document.description == "Мост строили три года"
    assert (document.sections, document.keywords) == (("Новости", "Общество"), ("Столица", "Мост"))
    assert document.published == datetime(2023, 11, 16, 23, 30, 9, tzinfo=UTC)
    assert document.published_date == date(2023, 11, 16)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_offsets_count_in_the_decoded_file(read: Read, encoding: str, line_end: str) -> None:
    text = ARTICLE.replace("\n", line_end)
    found = read("a.md", text.encode(encoding))
    start = found.document.text_start
    assert start is not None
    assert text[start:start + len(found.document.text)] == found.document.text
    assert found.document.text.startswith("# В столице") and found.document.text.endswith("города.")
    assert found.document.title == "В столице открыли мост"
    assert found.rejects == []


@pytest.mark.parametrize("text", [
    "Мо́ст откры́т, и его ви́дят все жители го\xadрода и области.",                   # stress marks, a soft hyphen
    "Мост открыт, и йод с ёлкой в нём не нужны никому из жителей города.".replace("й", "и\u0306"),   # NFD
    "Мост\u200b открыт\u200f, и его \u202eвидят все жители города и области.",       # no width, from right to left
    "Мост 🎉 открыт 👨‍👩‍👧, и его видят все жители города и области.",
    "Мост oткpыт, и eгo видят все житeли города и области.",                        # Latin letters that look Cyrillic
    "<div>Мост открыт</div> <script>alert(1)</script>, и его видят все жители города.",
])
def test_text_is_kept_as_it_is(read: Read, text: str) -> None:
    document = read("a.md", f"\n  {text}\n\n").document
    assert (document.text, document.text_start, document.annotated) == (text, 3, True)


@pytest.mark.parametrize(("header", "error"), [
    ("- a\n- b", "bad_header"), ("просто строка", "bad_header"), ("a: &x 1\nb: *x", "bad_header"), ("a: b\nc", "bad_header"),
    ("a: !!python/name:os.system", "bad_header"), ("title: a\ntitle: b", "duplicate_name"), ("published: вчера", "bad_date"),
    ("published: 2023-02-31", "bad_date"), ("published: 20023-01-01", "bad_date"), ("title: {a: b}", "bad_field"),
])
def test_a_header_that_can_not_be_read_keeps_the_body(read: Read, header: str, error: str) -> None:
    found = read("a.md", f"---\n{header}\n---\n{RUSSIAN}")
    assert found.document.text == RUSSIAN
    assert found.document.published is None
    assert found.errors == [(None, "header", error)]
    assert found.rejects[0].message


def test_a_header_that_is_never_closed(read: Read) -> None:
    found = read("a.md", f"---\ntitle: Мост\n\n{RUSSIAN}")
    assert (found.document.text, found.document.title) == (RUSSIAN, None)
    assert found.errors == [(None, "header", "bad_header")]


def test_a_header_over_the_limit(read: Read) -> None:
    found = read("a.md", f"---\ntitle: {'а' * 100}\n---\n{RUSSIAN}", Options(limits=Limits(header_bytes=100)))
    assert found.document.title is None
    assert found.errors == [(None, "header", "bad_header")]


@pytest.mark.parametrize("header", ["title: ~", "title:", "title: ''", "site: a.ru"])
def test_no_title_is_null(read: Read, header: str) -> None:
    found = read("a.md", f"---\n{header}\n---\n# Мост\n\n{RUSSIAN}")
    assert found.document.title is None
    assert found.rejects == []


@pytest.mark.parametrize(("content", "error"), [
    ("", "empty"), (" \n\t\n", "empty"), ("\ufeff", "empty"), ("\u200b\u200b", "empty"),
    ("---\ntitle: a\n---\n", "no_body"), ("---\ntitle: a\n---", "no_body"), ("---\n---\n \n", "no_body"),
    (b"\0" * 50, "not_text"), (b"\x89PNG\r\n\x1a\n" + bytes(99), "not_text"), ("Мост ".encode() * 9 + b"\xd0", "bad_encoding"),
])
def test_files_that_hold_no_article(read: Read, content: str | bytes, error: str) -> None:
    assert read("a.md", content).errors == [(None, "format", error)]


def test_single_nuls_and_lone_surrogates_are_repaired_in_place(read: Read) -> None:
    text = "Мост\0 открыт, и его видят все жители города\ud800."
    assert read("a.md", text).document.text == "Мост\ufffd открыт, и его видят все жители города\ufffd."


def test_texts_over_the_limit_are_rejected_not_cut(read: Read) -> None:
    limits = Options(limits=Limits(text_bytes=100))
    assert read("a.md", "а" * 51, limits).errors == [(None, "format", "too_large")]
    assert len(read("a.md", "а" * 50, limits).document.text) == 50


def test_an_article_too_long_to_annotate_is_rejected_with_its_title(read: Read) -> None:
    limits = Options(limits=Limits(text_characters=54))
    assert read("a.md", f"---\ntitle: Мост\n---\n{'а' * 50}\n\n", limits).document.title == "Мост"
    assert read("a.md", f"---\ntitle: Мосты\n---\n{'а' * 50}", limits).errors == [(None, "format", "too_long")]
    assert read("a.jsonl", f'{{"text": "{"а" * 55}"}}', limits).errors == [("1", "record", "too_long")]


def test_articles_in_other_languages_are_kept(read: Read) -> None:
    english = "The president signed the new law on Tuesday, according to the press service."
    document = read("a.md", f"---\nlanguage: ru\n---\n{english}").document
    assert (document.text, document.language, document.annotated) == (english, "ru", False)


@pytest.mark.parametrize(("key", "expected"), [("path", "a.md"), ("url", "https://e.com/1"), ("guid", "7"), ("slug", "a.md")])
def test_what_a_document_is_known_by(read: Read, key: str, expected: str) -> None:
    assert read("a.md", f"---\nurl: https://e.com/1\nguid: 7\n---\n{RUSSIAN}", Options(key=key)).document.key == expected


def test_plain_text_is_read_alike(read: Read) -> None:
    plain, titled = read("a.txt", RUSSIAN).document, read("b.txt", f"---\ntitle: Мост\n---\n{RUSSIAN}").document
    assert (plain.format, plain.text, plain.text_start, plain.title) == ("txt", RUSSIAN, 0, None)
    assert (titled.format, titled.text, titled.title) == ("txt", RUSSIAN, "Мост")
