"""Roles: what plays a part in an event and as what it is known; the same article with other names gives the same structure."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from letopis.layers import Analysis, Role, Span

Analyse = Callable[..., Analysis]


def text(a: Analysis, span: Span) -> str:
    return a.readings.clean[span.reading][span.start:span.end]


def roles_of(a: Analysis, trigger: str) -> list[Role]:
    event = next(i for i, e in enumerate(a.events) if text(a, e.span) == trigger)
    return [r for r in a.roles if r.event == event]


@pytest.mark.parametrize(("sentence", "trigger", "role", "expected", "kind"), [
    ("Полиция задержала министра транспорта Сергея Черёмина.", "задержала", "patient", "Сергея Черёмина", "name"),
    ("Врачи спасли мальчика после аварии.", "спасли", "patient", "мальчика", "nominal"),
    ("Илья Марков приехал в Псков 3 мая 2022 года.", "приехал", "time", "3 мая 2022 года", "time"),
    ("Илья Марков приехал в Псков 3 мая 2022 года.", "приехал", "place", "Псков", "name"),
    ("Закон принят Государственной думой во вторник.", "принят", "agent", "Государственной думой", "name"),
])
def test_a_part_has_its_role_span_and_kind(
    analyse: Analyse, sentence: str, trigger: str, role: str, expected: str, kind: str
) -> None:
    a = analyse(sentence)
    assert (role, expected, kind) in {(r.role, text(a, r.span), r.kind) for r in roles_of(a, trigger)}


def test_a_pronoun_leads_to_whom_it_stands_for(analyse: Analyse) -> None:
    a = analyse("Ольга Смирнова открыла выставку в Перми. Она поблагодарила художников.")
    (agent,) = [r for r in roles_of(a, "поблагодарила") if r.role == "agent"]
    assert (agent.kind, text(a, agent.span)) == ("pronoun", "Она")
    assert agent.anaphor is not None
    antecedent = a.anaphors[agent.anaphor].antecedent
    assert antecedent is not None
    assert a.mentions[antecedent].normal == "Ольга Смирнова"


def test_a_cause_is_an_event(analyse: Analyse) -> None:
    a = analyse("Завод остановили из-за аварии.")
    (cause,) = [r for r in roles_of(a, "остановили") if r.role == "cause"]
    assert cause.target is not None
    assert text(a, a.events[cause.target].span) == "аварии"


def test_no_word_plays_two_parts_in_one_event(analyse: Analyse) -> None:
    a = analyse(ARTICLES[0].format(**WORDS[0][0]))
    for number in range(len(a.events)):
        spans = sorted((r.span.start, r.span.end) for r in a.roles if r.event == number and r.method == "role_head_1")
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


ARTICLES = (
    "Полиция задержала {whom} в {where} {when}. Суд арестовал {whom}. {city} обсуждает приговор.",
    "{who} приехал в {whither} {when}. Там {who} встретился с {with_}. Они подписали соглашение.",
    "В {where} {when} открылась выставка. На церемонии выступил {who}. Министр наградил {whom} медалью.",
)
WORDS = (
    (
        {"whom": "Ивана Петрова", "where": "Самаре", "when": "5 мая 2022 года", "city": "Самара"},
        {"whom": "Олега Сидорова", "where": "Перми", "when": "17 июня 2019 года", "city": "Пермь"},
        {"whom": "Максима Орлова", "where": "Воронеже", "when": "2 ноября 2007 года", "city": "Воронеж"},
    ),
    (
        {"who": "Илья Марков", "whither": "Псков", "when": "3 мая 2022 года", "with_": "Анной Смирновой"},
        {"who": "Денис Лаптев", "whither": "Тулу", "when": "28 августа 2016 года", "with_": "Верой Зиминой"},
        {"who": "Андрей Котов", "whither": "Берлин", "when": "11 января 2001 года", "with_": "Ниной Быковой"},
    ),
    (
        {"where": "Казани", "when": "9 апреля 2021 года", "who": "Роман Седов", "whom": "Елену Гусеву"},
        {"where": "Рязани", "when": "30 сентября 2014 года", "who": "Виктор Носов", "whom": "Дарью Панову"},
        {"where": "Минске", "when": "21 марта 2009 года", "who": "Артём Жуков", "whom": "Марию Попову"},
    ),
)


def structure(a: Analysis) -> list[tuple[str, list[tuple[str, str]]]]:
    """Of each event its type, and role and kind of what plays a part in it."""
    return [(e.type, [(r.role, r.kind) for r in a.roles if r.event == i]) for i, e in enumerate(a.events)]


@pytest.mark.parametrize(("article", "words"), list(zip(ARTICLES, WORDS, strict=True)))
def test_other_names_cities_and_days_give_the_same_structure(
    analyse: Analyse, article: str, words: tuple[dict[str, str], ...]
) -> None:
    first, *others = [structure(analyse(article.format(**own))) for own in words]
    assert len(first) >= 3
    assert sum(len(own) for _, own in first) >= 5
    assert [first] * len(others) == others


@pytest.mark.parametrize(("one", "other"), [
    ("Полиция задержала водителя в Самаре.", "Полиция арестовала водителя в Самаре."),
    ("Президент открыл завод 5 мая 2022 года.", "Президент закрыл завод 5 мая 2022 года."),
    ("Ольга Смирнова приехала в Псков.", "Ольга Смирнова прилетела в Псков."),
])
def test_other_triggers_give_the_same_roles(analyse: Analyse, one: str, other: str) -> None:
    a, b = analyse(one), analyse(other)
    assert a.roles
    assert [(r.role, text(a, r.span)) for r in a.roles] == [(r.role, text(b, r.span)) for r in b.roles]
