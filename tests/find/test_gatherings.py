"""Numbered gatherings are events, whatever the tagger takes their heads for."""

import pytest

from letopis.encoder.tagger import Tags
from letopis.find.gatherings import numbered
from letopis.find.mentions import GATHERING_METHOD, find_mentions
from letopis.find.triggers import find_triggers
from tests.find.test_mentions import found, text_with


def names(text: str) -> list[str]:
    layers, _ = text_with(text)
    return [" ".join(layers.words.form[a:b]) for a, b, _ in numbered(layers)]


@pytest.mark.parametrize(("text", "expected"), [
    ("В Перми открылся Третий Уральский форум историков.", ["Третий Уральский форум историков"]),
    ("Он говорил на XII съезде партии в Туле.", ["XII съезде партии"]),
    ("Завершился II фестиваль «Белая ночь» в Омске.", ["II фестиваль « Белая ночь »"]),
    ("Началась Первая мировая война.", ["Первая мировая война"]),
])
def test_a_numbered_gathering_is_named(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("text", [
    "Пятый день шёл дождь.", "Конгресс принял закон.", "Пять выставок закрылись.", "Это его третий форум.",
    "Второй, главный конкурс отменили.",
])
def test_what_has_no_number_of_its_own_is_none(text: str) -> None:
    assert names(text) == []


def test_the_document_calls_it_by_its_head_afterwards() -> None:
    text = "Открылся Третий Уральский конгресс историков. Гости Конгресса приехали из Перми."
    mentions = found(text, ("Уральский конгресс историков", "ORGANIZATION"), ("Конгресса", "ORGANIZATION"), ("Перми", "CITY"))
    assert [(text[m.span.start:m.span.end], m.type) for m in mentions if m.method == GATHERING_METHOD] == [
        ("Третий Уральский конгресс историков", "EVENT"), ("Конгресса", "EVENT"),
    ]
    assert all(m.type != "ORGANIZATION" for m in mentions)


def test_without_a_number_the_body_stays_a_body() -> None:
    assert [m.type for m in found("Гости Конгресса приехали.", ("Конгресса", "ORGANIZATION"))] == ["ORGANIZATION"]


@pytest.mark.parametrize(("verb", "realis"), [("прошёл", "actual"), ("пройдёт", "planned")])
def test_it_is_an_event_even_where_no_trigger_was_seen(verb: str, realis: str) -> None:
    layers, tags = text_with(f"В Омске {verb} Третий Уральский форум.")
    event, = find_triggers(layers, Tags(tags.names, [], []), find_mentions(layers, tags)[0])
    assert (event.type, event.realis, event.lemma) == ("gathering.conference", realis, "третий уральский форум")
