"""Names of organisations and things: what of them tells one from another."""

import pytest

from letopis.find.naming.bodies import body_name, generic_level


def key(name: str, places: dict[int, str] | None = None) -> str:
    return body_name(name.replace("«", "« ").replace("»", " »").split(), places or {}).key


@pytest.mark.parametrize(("one", "other"), [
    ("ПАО «Газпром»", "Газпром"),
    ("агентство Рейтер", "Reuters"),
    ("Партия «Единая Россия»", "Единая Россия"),
    ("Государственная Третьяковская галерея", "Третьяковская галерея"),
    ("Школа № 5", "школа №5"),
    ("Минздрав", "Министерство здравоохранения"),
    ("Театр оперы и балета имени Кирова", "Театр оперы и балета"),
])
def test_names_of_one(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [
    ("Газпром", "Газпром нефть"),
    ("Спартак", "Спартак-2"),
    ("Школа № 5", "Школа № 15"),
    ("Комсомольская правда", "Правда"),
    ("Молодая гвардия „ Единой России “", "Единая Россия"),
])
def test_names_of_two(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_places_are_told_apart_from_the_name() -> None:
    assert key("Верховный суд США", {2: "Q30"}) == "верховный суд@Q30"
    assert key("Самарская городская дума", {0: "Q894"}) == key("Дума Самары", {1: "Q894"})


def test_abbreviations_of_two_countries_are_two() -> None:
    assert key("ВС США", {1: "Q30"}) == "вс@Q30" != key("ВС Турции", {1: "Q43"})
    assert body_name(["ВС", "США"], {1: "Q30"}).short == "вс"


def test_what_is_left_of_a_name_is_no_word_for_all_such_bodies() -> None:
    assert key("Федеральное Собрание") == "федеральный собрание"
    assert key("Государственный Эрмитаж") == key("Эрмитаж")


def test_kinds_stand_aside() -> None:
    assert body_name(["Авиакомпания", "«", "Россия", "»"], {}).kinds == {"авиакомпания"}


@pytest.mark.parametrize(("name", "level"), [("верховный суд", "national"), ("полиция", "local"), ("газпром", "")])
def test_what_every_country_or_town_has(name: str, level: str) -> None:
    assert generic_level(tuple(name.split())) == level
