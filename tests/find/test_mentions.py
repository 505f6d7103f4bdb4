"""What is made of the tagger's names, whatever it has learnt: tags are given here."""

import pytest

from letopis.encoder.tagger import Tagged, Tags
from letopis.find.clauses import Text, text_of
from letopis.find.mentions import METHOD, find_mentions
from letopis.layers import Mention
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize
from tests.conftest import document


def text_with(text: str, *spans: tuple[str, str]) -> tuple[Text, Tags]:
    """The layers of a text, and tags that name these parts of it (part, type)."""
    readings = read((document(text),))
    sentences = segment(readings)
    words = tokenize(readings, sentences)
    names = []
    for part, kind in spans:
        start = readings.clean[0].index(part)
        sentence = int(sum(sentences.end <= start))
        names.append(Tagged(sentence, start, start + len(part), kind, 0.9))
    return text_of(readings, sentences, words, parse(words)), Tags({"nerel": names}, [], [])


def found(text: str, *spans: tuple[str, str]) -> tuple[Mention, ...]:
    """The mentions of a text whose tags are these."""
    return find_mentions(*text_with(text, *spans))[0]


def test_spans_nest_with_their_parents() -> None:
    text = "Приехал министр культуры Карелии Олег Ветров."
    mentions = found(text, ("министр культуры Карелии", "PROFESSION"), ("Карелии", "STATE_OR_PROVINCE"), ("Олег Ветров", "PERSON"))
    assert [(text[m.span.start:m.span.end], m.parent) for m in mentions] == [
        ("министр культуры Карелии", None), ("Карелии", 0), ("Олег Ветров", None),
    ]
    assert {m.method for m in mentions} == {METHOD} and {m.score for m in mentions} == {0.9}


@pytest.mark.parametrize(("text", "part", "kind", "form"), [
    ("Он служит в МЧС.", "МЧС", "ORGANIZATION", "abbreviation"),
    ("Его задержала полиция.", "полиция", "ORGANIZATION", "nominal"),
    ("В ЛОНДОНЕ прошёл дождь.", "ЛОНДОНЕ", "CITY", "name"),
    ("Вышел российский фильм.", "российский", "COUNTRY", "adjective"),
    ("Играет Анна Лосева.", "Анна Лосева", "PERSON", "name"),
    ("Приехал экс-министр.", "министр", "PROFESSION", None),
    ("Это было 5 мая.", "5 мая", "DATE", None),
])
def test_form(text: str, part: str, kind: str, form: str | None) -> None:
    assert [m.form for m in found(text, (part, kind))] == [form]


def test_a_part_of_a_word_is_a_mention() -> None:
    mention, = found("Приехал экс-министр.", ("министр", "PROFESSION"))
    assert (mention.span.start, mention.span.end, mention.normal) == (12, 19, "министр")


def test_an_adjective_of_a_place_is_found_where_the_tagger_has_no_place() -> None:
    text = "Российская сборная прилетела в Омскую область."
    mentions = found(text, ("Омскую область", "STATE_OR_PROVINCE"))
    assert [(text[m.span.start:m.span.end], m.type, m.form) for m in mentions] == [
        ("Российская", "COUNTRY", "adjective"), ("Омскую область", "STATE_OR_PROVINCE", "name"),
    ]


def test_an_address_of_the_net_holds_no_name() -> None:
    assert found("Подробнее на https://omsk.example/news/5 здесь.", ("omsk", "CITY")) == ()


@pytest.mark.parametrize(("text", "name", "tagged", "right"), [
    ("Встреча прошла на Эльбе.", "Эльбе", "CITY", "LOCATION"),
    ("Министр финансов земли Гессен ушёл.", "Гессен", "CITY", "STATE_OR_PROVINCE"),
    ("Страны Африки договорились.", "Африки", "COUNTRY", "LOCATION"),
    ("Она живёт в Гонконге.", "Гонконге", "CITY", "CITY"),                      # whose kind is disputed
    ("Сборная Англии победила.", "Англии", "COUNTRY", "COUNTRY"),                # though a part of one
    ("Он родился в Самаре.", "Самаре", "CITY", "CITY"),
    ("Он заболел SARS-CoV-2.", "SARS-CoV-2", "PRODUCT", "DISEASE"),
    ("Вышел альбом SARS Band.", "SARS Band", "PRODUCT", "PRODUCT"),
])
def test_types_by_what_is_known_of_a_name(text: str, name: str, tagged: str, right: str) -> None:
    assert [m.type for m in found(text, (name, tagged))] == [right]


def test_the_number_of_a_disease_is_a_year() -> None:
    of_disease = found("Он заболел COVID-19.", ("COVID-19", "PRODUCT"), ("19", "NUMBER"))
    assert [m.type for m in of_disease] == ["DISEASE", "DATE"]
    assert [m.type for m in found("Ему прислали 19 писем.", ("19", "NUMBER"))] == ["NUMBER"]
