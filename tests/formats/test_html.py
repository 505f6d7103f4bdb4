import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.formats import Limits, Options

from .conftest import RUSSIAN, Read

PARAGRAPHS = "".join(f"<p>{RUSSIAN} Об этом сообщили в мэрии, день {n}.</p>" for n in range(4))
PAGE = f"""<!DOCTYPE html>
<html lang="ru-RU"><head><meta charset="CHARSET"><title>Мост &laquo;Заря&raquo; открыт — Вестник</title>
<meta property="og:title" content="Мост &laquo;Заря&raquo; открыт">
<meta property="og:site_name" content="Вестник">
<meta property="article:published_time" content="2023-11-16T23:30:00+03:00">
<meta property="article:author" content="https://example.com/anna"><meta name="author" content="Анна Л.">
<meta property="article:section" content="Общество">
<meta property="article:tag" content="Мост"><meta property="article:tag" content="Столица">
<link rel="canonical" href="https://example.com/1">
<script>alert(1)</script></head>
<body><nav><a href="/">Главная</a> <a href="/news">Новости</a></nav>
<article><h1>Мост «Заря» открыт</h1>{PARAGRAPHS}</article>
<div id="comments" class="comments"><p>Анонимный читатель пишет под статьёй, что мост ему не нравится.</p></div>
<footer>© 2001 Вестник</footer></body></html>"""


def page(content: str = PAGE, charset: str = "utf-8") -> bytes:
    return content.replace("CHARSET", charset).encode(charset, "xmlcharrefreplace")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r", "utf-16"])
def test_a_page_is_a_document(read: Read, charset: str) -> None:
    found = read("a.html", page(charset=charset))
    document = found.document
    assert (document.format, document.text_start, document.record) == ("html", None, None)
    assert document.text.count("\n\n") >= 3 and document.text.endswith("Об этом сообщили в мэрии, день 3.")
    assert not any(word in document.text for word in ("alert", "Главная", "2001", "читатель"))
    assert (document.title, document.publication, document.author) == ("Мост «Заря» открыт", "Вестник", "Анна Л.")
    assert (document.sections, document.keywords) == (("Общество",), ("Мост", "Столица"))
    assert (document.url, document.language, document.annotated) == ("https://example.com/1", "ru", True)
    assert str(document.published) == "2023-11-16 20:30:00+00:00"
    assert found.rejects == []


def test_linked_data_and_times(read: Read) -> None:
    data = '{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2020-05-01", "author": [{"name": "Пётр О."}]}, 7]}'
    linked = "".join(f'<script type="application/ld+json">{each}</script>' for each in (data, "{", "[" * 10_000))
    linked = f"<html>{linked}{PARAGRAPHS}"
    document = read("a.html", linked).document
    assert (str(document.published_date), document.author) == ("2020-05-01", "Пётр О.")
    timed = read("b.html", f'<html><time itemprop="datePublished" datetime="2020-05-01T10:00Z"></time>{PARAGRAPHS}').document
    assert str(timed.published) == "2020-05-01 10:00:00+00:00"


def test_a_page_in_another_encoding_that_it_states(read: Read) -> None:
    english = "<p>The president’s office said on Tuesday that the bridge was open to all of the cars and people.</p>" * 4
    stated = f'<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1252">{english}</html>'
    assert "president’s" in read("a.html", stated.encode("cp1252")).document.text


def test_no_date_is_made_out_of_the_text(read: Read) -> None:
    assert read("a.html", f"<html><p>12 мая 2020</p>{PARAGRAPHS}<footer>© 2001</footer>").document.published is None


def test_titles_with_script_stay_text(read: Read) -> None:
    found = read("a.html", page(PAGE.replace("Мост &laquo;Заря&raquo; открыт\"", "&lt;script&gt;alert(1)&lt;/script&gt;\"")))
    assert found.document.title == "<script>alert(1)</script>"


def test_a_tag_with_empty_names_is_passed_over(read: Read) -> None:
    nameless = '<meta property="" content="a"><meta name="" itemprop="" content="b">'
    assert read("a.html", page(PAGE.replace("<link", nameless + "<link"))).document.url == "https://example.com/1"


@pytest.mark.parametrize(("content", "error"), [
    ("", "no_body"), ("<html>", "no_body"), ("<div>" * 50_000, "no_body"), (b"\0" * 99, "not_text"), ("а" * 101, "too_large"),
])
def test_pages_without_an_article(read: Read, content: str | bytes, error: str) -> None:
    limits = Limits(html_bytes=200) if error == "too_large" else Limits()
    assert read("a.html", content, Options(limits=limits)).errors == [(None, "format", error)]


def test_without_the_extra_every_page_says_how_to_install_it(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    found = read("a.html", page())
    assert found.errors == [(None, "format", "no_extractor")]
    assert "pip install 'letopis[html]'" in found.rejects[0].message


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<div ", ">", "<", "&#0;", "&#xD800;", "&bogus;", "<!--", "-->", "<![CDATA[", "<script>", "'>", "<table>",
     "<meta name='date' content='", "<svg>", "<?xml?>", "\0", RUSSIAN, "</html>", "<html lang=", "<time datetime=x pubdate>"],
), max_size=30,
).map("".join))
def test_any_page_is_a_document_or_a_reject(read_bytes: Read, content: str) -> None:
    found = read_bytes("a.html", f"<html>{content}")
    assert found.documents or found.rejects
