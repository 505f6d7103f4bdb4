"""What a reader sees of a text, by block, and the way back to the original."""

from unicodedata import is_normalized

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letopis.layers import Document, Readings
from letopis.text.reading import read


def document(text: str, *, kind: str = "markdown", title: str | None = None, annotated: bool = True) -> Document:
    return Document("a", "a", None, kind, text, 0, "", annotated, title=title)


def blocks_of(readings: Readings, number: int = 0) -> list[tuple[str, str]]:
    return [(b.kind, readings.clean[number][b.start:b.end]) for b in readings.blocks[number]]


def original(readings: Readings, number: int, start: int, end: int, text: str) -> str:
    return text[readings.origin_start[number][start]:readings.origin_end[number][end - 1]]


MARKDOWN = [
    ("# Форум открылся\n\nМэр приехал.", [("heading", "Форум открылся"), ("paragraph", "Мэр приехал.")]),
    ("## Итоги ##\nМэр приехал.", [("heading", "Итоги"), ("paragraph", "Мэр приехал.")]),
    ("Форум открылся\n===\nМэр приехал.", [("heading", "Форум открылся"), ("paragraph", "Мэр приехал.")]),
    ("#хештег не заголовок", [("paragraph", "#хештег не заголовок")]),
    ("> «Мы рады», —\n> сказал мэр.", [("quote", "«Мы рады», — сказал мэр.")]),
    ("- один\n- два\n  и дальше\n* три", [("item", "один"), ("item", "два и дальше"), ("item", "три")]),
    ("1. раз\n2) два\n- [x] сделано", [("item", "раз"), ("item", "два"), ("item", "сделано")]),
    ("Раз.\n\n---\n\nДва.", [("paragraph", "Раз."), ("paragraph", "Два.")]),
    ("![Мэр на форуме](a.jpg)", [("caption", "Мэр на форуме")]),
    ("Мэр ![фото](a.jpg)приехал.", [("paragraph", "Мэр приехал.")]),
    ("Фото: агентство", [("caption", "Фото: агентство")]),
    ("*Москва*, **Тула**, _Орёл_, ~~Омск~~ и `Тверь`", [("paragraph", "Москва, Тула, Орёл, Омск и Тверь")]),
    ("Meta* (*запрещена), 2*3*4, a_b_c, 5 * 6", [("paragraph", "Meta* (*запрещена), 2*3*4, a_b_c, 5 * 6")]),
    ("[мэр](http://a.ru/x_(y) \"о нём\") и [форум][1]", [("paragraph", "мэр и форум")]),
    ("[[Анна Лосева|мэр]] в [[Тула]]", [("paragraph", "мэр в Тула")]),
    ("Ряд[^1].\n\n[^1]: Сноска.\n[1]: http://a.ru", [("paragraph", "Ряд."), ("item", "Сноска.")]),
    ("Адрес https://a.ru/b_c_d*e* и <http://a.ru>", [("paragraph", "Адрес https://a.ru/b_c_d*e* и http://a.ru")]),
    ("<p>Раз<br/>два.</p><!-- нет --><p>Три.</p>", [("paragraph", "Раз два."), ("paragraph", "Три.")]),
    ("<script>var a = 1;</script>Текст 1 < 2", [("paragraph", "Текст 1 < 2")]),
    ("&laquo;Дом&raquo; &amp; сад&nbsp;&#8212; &x;", [("paragraph", "«Дом» & сад — &x;")]),
    ("| Год | Город |\n|---|---|\n| 1 | Омск |", [("item", "Год"), ("item", "Город"), ("item", "1"), ("item", "Омск")]),
    (r"\*Не курсив\* и \[не ссылка\]", [("paragraph", "*Не курсив* и [не ссылка]")]),
    ("Строка,\nкоторая идёт\nдальше", [("paragraph", "Строка, которая идёт дальше")]),
    ("Первая.\nВторая.", [("paragraph", "Первая."), ("paragraph", "Вторая.")]),
    ("Стих\\\nстих  \nСтих", [("paragraph", "Стих стих"), ("paragraph", "Стих")]),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown_is_read_without_its_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks_of(read((document(text),))) == expected


WRAPPED = (
    "Мэр Тулы Анна Лосева открыла во вторник форум городов-побратимов, на\n"
    "который приехали гости из двенадцати стран. Встреча пройдёт в здании\n"
    "Оружейной палаты. Её почётным гостем станет писатель Олег Петрович\n"
    "Ветров.\n"
    "\n"
    "Форум продлится до пятницы."
)
LONG = "Форум городов-побратимов откроется во вторник в новом здании на берегу реки, куда приедут гости из двенадцати стран."
PLAIN = [
    ("# не заголовок", [("paragraph", "# не заголовок")]),
    ("Раз.\n\nДва.\r\n\r\nТри.", [("paragraph", "Раз."), ("paragraph", "Два."), ("paragraph", "Три.")]),
    (f"{LONG}\n{LONG}", [("paragraph", LONG), ("paragraph", LONG)]),
    (f"Форум открылся\n{LONG}", [("heading", "Форум открылся"), ("paragraph", LONG)]),
    (f"Зачем форум?\n\n{LONG}\n\nИтоги\n\n{LONG} {LONG}", [
        ("heading", "Зачем форум?"), ("paragraph", LONG), ("heading", "Итоги"), ("paragraph", f"{LONG} {LONG}")]),
    (f"Форум открылся\u2028{LONG}", [("heading", "Форум открылся"), ("paragraph", LONG)]),
    ("— Вы мэр?\n— Да.", [("paragraph", "— Вы мэр?"), ("paragraph", "— Да.")]),
    ("• раз\n• два", [("item", "раз"), ("item", "два")]),
    (WRAPPED, [("paragraph", WRAPPED.partition("\n\n")[0].replace("\n", " ")), ("paragraph", "Форум продлится до пятницы.")]),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_plain_text_is_read_by_paragraphs(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks_of(read((document(text, kind="txt"),))) == expected


CHARACTERS = [
    ("Мо\u0301сква", "Москва"), ("и\u0306од", "йод"), ("е\u0308лка", "ёлка"), ("ст\u0450пь", "степь"),
    ("г.\u00a0Тула", "г. Тула"), ("пере\u00adнос", "перенос"), ("а\u200bб\ufeffв", "абв"),
    ("кафе\u0301 cafe\u0301", "кафе café"),
    ("ё\u0301лка", "ёлка"), ("раз\tдва", "раз два"), ("дом \x97 сад", "дом — сад"), ("Å и \u212b", "Å и Å"),
]


@pytest.mark.parametrize(("text", "expected"), CHARACTERS)
def test_nobody_sees_these_characters(text: str, expected: str) -> None:
    assert read((document(text, kind="txt"),)).clean == (expected,)


def test_every_character_knows_where_it_comes_from() -> None:
    text = "Мэр **Оле\u0301г Бро\u00adм**\r\nприехал в [Ту\u0301лу](http://a.ru) &mdash; домой."
    readings = read((document(text),))
    clean = readings.clean[0]
    for word, source in (
        ("Олег", "Оле\u0301г"), ("Бром", "Бро\u00adм"), ("Тулу", "Ту\u0301лу"), ("—", "&mdash;"), (" приехал", "\r\nприехал"),
    ):
        start = clean.index(word)
        assert original(readings, 0, start, start + len(word), text) == source


TITLES = [
    ("Форум открылся", "# Форум открылся\n\nМэр приехал.", ["text"]),
    ("«Форум» открылся - Вести Тулы", "# Форум открылся!\n\nМэр приехал.", ["text"]),
    ("Форум открылся", "Мэр приехал.", ["title", "text"]),
    ("Форум открылся", "# Мэр приехал\n\nФорум открылся.", ["title", "text"]),
    (None, "Мэр приехал.", ["text"]),
    ("\u200b", "Мэр приехал.", ["text"]),
    ("Форум открылся", " \u200b ", ["title"]),
]


@pytest.mark.parametrize(("title", "body", "fields"), TITLES)
def test_the_title_is_read_once(title: str | None, body: str, fields: list[str]) -> None:
    assert list(read((document(body, title=title),)).field) == fields


def test_only_documents_in_russian_are_read() -> None:
    readings = read((document("Раз."), document("One.", annotated=False), document("Два.")))
    assert readings.document.tolist() == [0, 2]
    assert readings.clean == ("Раз.", "Два.")


MARKS = (
    "\n", "\r\n", "# ", "> ", "- ", "*", "**", "_", "[", "](", ")", "[[", "]]", "|", "`", "<b>", "<!--", "-->", "&quot;", "\\",
    "\u0301", "\u0306", "и", "е", "Дом", " ", "\u00ad", "\u200b", "\u00a0", "http://a.ru", "!", "---", "===", "1. ", "•", "한",
    "\u1112\u1161",
)
REPLACED = "\x85\x91\x92\x93\x94\x96\x97ѐѝЀЍ"         # one character for another
ANY_TEXT = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(MARKS), max_size=30).map("".join))


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT, st.sampled_from(["markdown", "txt"]), st.one_of(st.none(), ANY_TEXT))
def test_any_text_is_read_and_traced(text: str, kind: str, title: str | None) -> None:
    readings = read((document(text, kind=kind, title=title),))
    for i, field in enumerate(readings.field):
        source = text if field == "text" else title or ""
        clean, start, end = readings.clean[i], readings.origin_start[i], readings.origin_end[i]
        assert len(clean) == len(start) == len(end) > 0
        assert (np.diff(start) >= 0).all() and (np.diff(end) >= 0).all()
        assert (start < end).all() and start[0] >= 0 and end[-1] <= len(source)
        assert is_normalized("NFC", clean) and not set(clean) & set("\r\u00ad\u200b\u00a0\ufeff\t")
        for character, a, b in zip(clean, start.tolist(), end.tolist(), strict=True):
            piece = source[a:b]
            assert len(piece) > 1 or character in (piece, " ", "\n") or not is_normalized("NFC", piece) or piece in REPLACED


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, st.sampled_from(["markdown", "txt"]))
def test_blocks_hold_all_that_is_not_blank_and_no_line_break(text: str, kind: str) -> None:
    readings = read((document(text, kind=kind),))
    for clean, blocks in zip(readings.clean, readings.blocks, strict=True):
        outside, last = clean, 0
        for block in blocks:
            assert last <= block.start < block.end <= len(clean)
            content = clean[block.start:block.end]
            assert content == content.strip() and "\n" not in content
            outside = outside[:block.start] + " " * len(content) + outside[block.end:]
            last = block.end
        assert kind == "markdown" or not outside.strip(" \n•‣▪●○►▶■◆·")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_letters_and_digits_of_plain_text_all_stay(text: str) -> None:
    readings = read((document(text, kind="txt"),))
    covered: set[int] = set()
    for starts, ends in zip(readings.origin_start, readings.origin_end, strict=True):
        for start, end in zip(starts, ends, strict=True):
            covered |= set(range(start, end))
    assert not [c for i, c in enumerate(text) if c.isalnum() and i not in covered]
