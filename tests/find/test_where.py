"""The places of happenings, and what they rest on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from letopis.find.clauses import text_of
from letopis.find.where import place_events
from letopis.layers import Analysis

Analyse = Callable[..., Analysis]


def place(a: Analysis, trigger: str) -> tuple[str | None, str | None]:
    found = next(e for e in a.events if a.readings.clean[e.span.reading][e.span.start:e.span.end] == trigger)
    return None if found.place is None else a.mentions[found.place].normal, found.place_basis


@pytest.mark.parametrize(("text", "trigger", "expected"), [
    ("Полиция задержала Ивана Петрова в Тольятти.", "задержала", ("Тольятти", "role")),
    ("Бой завязался под Донецком.", "Бой", ("Донецк", "role")),
    ("Пожар произошёл в городе Перми.", "Пожар", ("Пермь", "role")),
])
def test_a_place_of_the_clause(analyse: Analyse, text: str, trigger: str, expected: tuple[str, str]) -> None:
    assert place(analyse(text), trigger) == expected


@pytest.mark.parametrize(("text", "basis"), [
    ("МОСКВА, 16 ноября — ПРАЙМ. Полиция задержала Ивана Петрова.", "dateline"),
    ("Мэр Перми Анна Лосева подала в отставку. Полиция задержала Ивана Петрова.", "lead"),
])
def test_the_opening_tells_the_place_of_the_article(analyse: Analyse, text: str, basis: str) -> None:
    assert place(analyse(text), "задержала")[1] == basis


def test_mentions_of_a_happening_share_a_place(analyse: Analyse) -> None:
    a = analyse("В Перми произошёл взрыв. Взрыв случился ночью. Министр выступил в Туле.")
    layers = text_of(a.readings, a.sentences, a.words, a.syntax)
    bare = [replace(e, place=None, place_basis=None, cluster=7 if "взрыв" in e.lemma else 8) for e in a.events]
    found = place_events(layers, bare, (), a.mentions)
    places = [(e.cluster, e.place_basis, e.place is not None and a.mentions[e.place].normal) for e in found]
    assert {place for place in places if place[0] == 7} == {(7, "role", "Пермь")}
    assert (8, "role", "Тула") in places


def test_an_adjective_is_no_place(analyse: Analyse) -> None:
    assert place(analyse("Московская полиция задержала Ивана Петрова."), "задержала") == (None, None)


def test_each_clause_has_its_own(analyse: Analyse) -> None:
    a = analyse("В Казани полиция задержала Ивана Петрова, а в Самаре произошёл взрыв.")
    assert place(a, "задержала") == ("Казань", "role")
    assert place(a, "взрыв") == ("Самара", "role")
