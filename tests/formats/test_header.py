from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letopis.formats.header import BadHeader, Front, parse, split

AS_MEANT = [  # front matter as people write it, and what they mean
    ("title: Суд: приговор вступил в силу", {"title": "Суд: приговор вступил в силу"}),
    ("publication: [[Вестник]]", {"publication": "[[Вестник]]"}),
    ("publication: '[[Вестник]]'", {"publication": "[[Вестник]]"}),
    ("keywords: [[Москва]], [[Казань]]", {"keywords": ["[[Москва]]", "[[Казань]]"]}),
    ("keywords: [[[Москва]], [[Казань, город]]]", {"keywords": ["[[Москва]]", "[[Казань, город]]"]}),
    ("keywords: [Москва, [[Казань]]]", {"keywords": ["Москва", "[[Казань]]"]}),
    ("keywords: [\n  [[Москва]],\n  [[Казань: форум]]\n]", {"keywords": ["[[Москва]]", "[[Казань: форум]]"]}),
    ("keywords:\n- [[Форум: итоги]]\n- Казань", {"keywords": ["[[Форум: итоги]]", "Казань"]}),
    ('title: "Заря" обыграла "Факел"', {"title": '"Заря" обыграла "Факел"'}),
    ('title: "Дело "Авроры""', {"title": 'Дело "Авроры"'}),
    ("title: 'Жанна д'Арк'", {"title": "Жанна д'Арк"}),
    ('title: "Без конца\nsite: a.ru', {"title": '"Без конца', "site": "a.ru"}),
    ("title: Школа #5 закрыта", {"title": "Школа #5 закрыта"}),
    ("language: ru # язык", {"language": "ru"}),
    ("title: [Видео] Пожар", {"title": "[Видео] Пожар"}),
    ("title: @mayor ответил", {"title": "@mayor ответил"}),
    ("title: *Важное* за день", {"title": "*Важное* за день"}),
    ("title: - и это всё?", {"title": "- и это всё?"}),
    ("title:Слитно", {"title": "Слитно"}),
    ("meta:\n\tsite: a.ru", {"meta": {"site": "a.ru"}}),
    ("title: a\x07b", {"title": "a b"}),
    ('description: "Начало\n  и конец"\ntitle: a: b', {"description": "Начало и конец", "title": "a: b"}),
    ("description: Начало: вот\n  и конец", {"description": "Начало: вот и конец"}),
    ("text: |\n  a: b: c\n  [[X]] #1\ntitle: a: b", {"text": "a: b: c\n[[X]] #1\n", "title": "a: b"}),
    ("language: no\npublished: 2023-02-31\nid: 0123", {"language": "no", "published": "2023-02-31", "id": "0123"}),
    ("title: ~\nauthor:\nsite: '~'\nkeywords: []", {"title": None, "author": None, "site": "~", "keywords": []}),
    ("", {}),
    ("\n# только примечание\n", {}),
]


@pytest.mark.parametrize(("header", "meaning"), AS_MEANT)
def test_is_read_as_meant(header: str, meaning: dict[str, object]) -> None:
    assert parse(header) == (meaning, ())
    assert parse(header.replace("\n", "\r\n"))[0].keys() == meaning.keys()


LAUGHS = "a: &a [x]\n" + "\n".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefghi"))


@pytest.mark.parametrize(("header", "reason"), [
    ("просто строка", "no list of `name: value`"),
    ("- a\n- b", "no list of `name: value`"),
    ("a: *b", "aliases"),
    (LAUGHS, "aliases"),
    ("a: !!python/object/apply:os.system ['true']", "tags"),
    ("a: !!binary aGk=", "tags"),
    ("a: " + "[" * 900 + "]" * 900, "nests more than"),
    ("a: " + "{b: " * 300, "nests more than"),
    ("- " * 5000 + "a", "nests more than"),
    ("a: b\n   c\n - d: [", "no YAML"),
    ("a: b\n--- c", "several YAML documents"),
])
def test_is_refused(header: str, reason: str) -> None:
    with pytest.raises(BadHeader, match=reason):
        parse(header)


def test_a_name_that_stands_twice_is_told() -> None:
    assert parse("title: a\ntitle: b\nsite: c") == ({"title": "b", "site": "c"}, ("title",))


@pytest.mark.parametrize(("text", "yaml", "body"), [
    ("---\na: b\n---\nтекст", "a: b\n", "текст"),
    ("---\r\na: b\r\n---\r\nтекст", "a: b\r\n", "текст"),
    ("---\ra: b\r---\rтекст", "a: b\r", "текст"),
    ("\n\n--- \na: b\n...\nтекст", "a: b\n", "текст"),
    ("---\n---\nтекст", "", "текст"),
    ("---\na: b\n---", "a: b\n", ""),
    ("---\n\n---\nтекст", "\n", "текст"),
    ("---\n\nтекст\n\n---\n", None, "---\n\nтекст\n\n---\n"),                # rules across the page
    ("---\nтекст без конца", None, "---\nтекст без конца"),
    ("----\na: b\n---\n", None, "----\na: b\n---\n"),
    ("текст\n---\na: b\n---\n", None, "текст\n---\na: b\n---\n"),
])
def test_where_the_body_begins(text: str, yaml: str | None, body: str) -> None:
    front = split(text)
    assert (front.yaml, text[front.body:]) == (yaml, body)


def test_a_header_that_is_never_closed_ends_at_the_first_empty_line() -> None:
    assert split("---\na: b\n\nтекст") == Front("a: b\n\n", 10, closed=False)


PIECES = st.lists(st.sampled_from([
    "title", "a", ": ", ":", "\n", "\n  ", "- ", "[", "]", "[[", "]]", "{", "}", "'", '"', "|", ">", "&a", "*a", "!t ",
    "#", " #", "?", ",", "\t", "\r\n", "\\", "%", "@", "~", "слово", "---", "\x00", "\ufeff", "\u2028", "1", " ",
]), max_size=40).map("".join)


@given(st.one_of(PIECES, st.text()))
def test_any_header_is_a_mapping_or_is_refused(header: str) -> None:
    try:
        mapping, _ = parse(header.replace("\0", "\ufffd"))
    except BadHeader as cause:
        assert str(cause)
        return
    assert all(isinstance(name, str) for name in mapping)


@given(st.text("абв :#'[]{}&*-,", min_size=1).map(str.strip))
def test_a_plain_line_keeps_all_its_characters(value: str) -> None:
    yaml_has_a_meaning_for_it = not value or value[0] in "'[{&*#-" or value.endswith((":", "#")) or " # " in value
    if not yaml_has_a_meaning_for_it:
        assert parse(f"title: {value}")[0] == {"title": value}
