"""What a text calls a person beside the name, and what stands attached to a thing's name."""

from collections.abc import Callable

import pytest

from letopis.find.clauses import text_of
from letopis.find.naming.attached import attached_to
from letopis.find.naming.evidence import evidence_of
from letopis.find.naming.posts import posts_of
from letopis.find.naming.scene import Scene, scene_of
from letopis.layers import Analysis

Analyse = Callable[..., Analysis]


def scene(a: Analysis) -> Scene:
    return scene_of(text_of(a.readings, a.sentences, a.words, a.syntax), a.mentions, a.places)


def first(a: Analysis, kind: str) -> int:
    return next(i for i, m in enumerate(a.mentions) if m.type == kind)


def roles(a: Analysis) -> set[tuple[str, str]]:
    return {(p.role, p.body) for p in posts_of(scene(a), first(a, "PERSON"))}


@pytest.mark.parametrize(("one", "other"), [
    ("Министр финансов России Иван Петров приехал в Псков.", "Глава Минфина РФ Иван Петров приехал в Псков."),
    ("Премьер-министр Италии Иван Петров молчал.", "Председатель правительства Италии Иван Петров молчал."),
    ("Замминистра финансов Иван Петров молчал.", "Заместитель министра финансов Иван Петров молчал."),
    ("Губернатором Томской области избран Иван Петров.", "Губернатор Томской области Иван Петров молчал."),
])
def test_one_post_in_two_wordings(analyse: Analyse, one: str, other: str) -> None:
    def of(sentence: str) -> set[tuple[str, str, tuple[str, ...]]]:
        a = analyse(sentence)
        return {(p.role, p.body, p.places) for p in posts_of(scene(a), first(a, "PERSON")) if p.role}

    assert of(one) and of(one) == of(other)


@pytest.mark.parametrize(("sentence", "role"), [
    ("Хирург Иван Петров приехал в Псков.", "хирург"),
    ("В Псков приехал Иван Петров, директор краеведческого музея.", "head"),
])
def test_calls(analyse: Analyse, sentence: str, role: str) -> None:
    assert role in {r for r, _ in roles(analyse(sentence))}


def test_a_name_alone_has_no_call(analyse: Analyse) -> None:
    assert roles(analyse("В Псков приехал Иван Петров.")) == set()


@pytest.mark.parametrize("sentence", [
    "Московский «Спартак» сыграл вничью.", "«Спартак» из Москвы сыграл вничью.",
])
def test_the_town_of_a_club(analyse: Analyse, sentence: str) -> None:
    a = analyse(sentence)
    assert attached_to(scene(a), first(a, "ORGANIZATION")).seats == {"Q649"}


@pytest.mark.parametrize(("sentence", "told", "untold"), [
    ("Авиакомпания «Аэрофлот» купила ангар.", {"carrier"}, set()), ("Самолёт «Аэрофлота» сел в Пскове.", set(), {"plane"}),
    ("Хоккеисты «Динамо» забросили пять шайб.", {"hockey"}, set()),
])
def test_an_owner_is_no_kind(analyse: Analyse, sentence: str, told: set[str], untold: set[str]) -> None:
    a = analyse(sentence)
    kinds = attached_to(scene(a), first(a, "ORGANIZATION")).kinds
    assert told <= kinds and not untold & kinds


def test_a_local_club_is_of_the_town_named_last(analyse: Analyse) -> None:
    a = analyse("Гости сыграли вничью в Самаре. Ворота местного «Спартака» остались сухими.")
    assert attached_to(scene(a), first(a, "ORGANIZATION")).seats == {"Q894"}


@pytest.mark.parametrize(("sentence", "looked_for"), [
    ("Об этом сообщила городская милиция.", False), ("Об этом сообщил «Вестник Приунжья».", True),
    ("Об этом сообщило министерство обороны России.", True),
])
def test_what_is_only_described_is_looked_for_in_no_other_document(analyse: Analyse, sentence: str, looked_for: bool) -> None:
    a = analyse(sentence)
    body = [i for i, m in enumerate(a.mentions) if m.type == "ORGANIZATION" and m.parent is None]
    assert body and bool(evidence_of(scene(a), body, "Q159").blocks) == looked_for
