"""Keys of names: evidence, folded, never display."""

from datetime import date

import pytest

from letopis.find.names import PersonName, entity_key, event_key, fold, person_name


@pytest.mark.parametrize(("name", "folded"), [
    ("ОАО «Газпром»", "оао газпром"),
    ("Черёмин", "черемин"),
    ('Газета "Правда".', "газета правда"),
    ("Нью-Йорк", "нью-йорк"),
])
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(("name", "parts"), [
    ("Сергей Евгеньевич Черёмин", ("сергей", "черемин")),
    ("Черёмин Сергей", ("сергей", "черемин")),
    ("С. Черёмин", ("с", "черемин")),
    ("Черёмин С. Е.", ("с", "черемин")),
    ("Черёмин", ("", "черемин")),
])
def test_person_name(name: str, parts: tuple[str, str]) -> None:
    assert person_name(name) == PersonName(*parts)


def test_a_person_without_a_given_name_has_no_key_across_documents() -> None:
    assert entity_key("PERSON", ["Иванов", "И. Иванов"]) is None
    assert entity_key("PERSON", ["Иванов", "Иван Иванов"]) == "PERSON|иван иванов"


@pytest.mark.parametrize(("names", "key"), [
    (["МИД"], None),
    (["Верховный суд"], None),
    (["МИД", "МИД Сербии"], "ORGANIZATION|мид сербии"),
    (["ООН"], "ORGANIZATION|оон"),
])
def test_what_every_country_has_names_none(names: list[str], key: str | None) -> None:
    assert entity_key("ORGANIZATION", names) == key


def test_an_event_without_a_date_has_no_key() -> None:
    assert event_key("gathering.conference", "Форум", None) is None
    assert event_key("gathering.conference", "Форум «Волга»", date(2023, 9, 12)) == "gathering.conference|форум волга|2023"
