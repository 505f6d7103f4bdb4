"""Names of people: their parts, and which of them can be one person's."""

import pytest

from letopis.find.naming.people import PersonName, agree, gender_of, person_name, similar


@pytest.mark.parametrize(("name", "parts"), [
    ("Сергей Евгеньевич Черёмин", PersonName("черемин", "сергей", ("евгеньевич",))),
    ("Черёмин Сергей Евгеньевич", PersonName("черемин", "сергей", ("евгеньевич",))),
    ("Черёмин Сергей", PersonName("черемин", "сергей")),
    ("С. Черёмин", PersonName("черемин", "с")),
    ("Черёмин С. Е.", PersonName("черемин", "с", ("е",))),
    ("Черёмин", PersonName("черемин")),
    ("Сергей Евгеньевич", PersonName("", "сергей", ("евгеньевич",))),
    ("Ж.-К. Ветров", PersonName("ветров", "ж-к")),
    ("Ким Чен Ын", PersonName("ким", "чен-ын")),
    ("Усама бен Ладен", PersonName("ладен", "усама")),
    ("Джордж Буш-старший", PersonName("буш", "джордж", (), "старший")),
    ("Бенедикт XVI", PersonName("", "бенедикт", (), "xvi")),
    ("Кирилл", PersonName("", "кирилл")),
    ("Скульптор Виктор Морозов", PersonName("морозов", "виктор")),
    ("христианка Асия Биби", PersonName("биби", "асия")),
])
def test_parts(name: str, parts: PersonName) -> None:
    assert person_name(name) == parts


@pytest.mark.parametrize(("one", "other"), [
    ("Сергей Черёмин", "С. Е. Черемин"),
    ("Джо Байден", "Джозеф Байден"),
    ("Дональд Джон Трамп", "Дональд Трамп"),
    ("Реджеп Тайип Эрдоган", "Тайип Эрдоган"),
    ("Тереза Мэй", "Тереза Мей"),
    ("Бенедикт", "Бенедикт XVI"),
])
def test_names_of_one(one: str, other: str) -> None:
    assert agree(person_name(one), person_name(other))


@pytest.mark.parametrize(("one", "other"), [
    ("Александр Петрович Соколов", "Александр Викторович Соколов"),
    ("А. П. Лебедев", "А. В. Лебедев"),
    ("И. Смирнов", "Александр Смирнов"),
    ("Олег Верховцев", "Марина Верховцева"),
    ("Дина Аверина", "Арина Аверина"),
    ("Ли Кэцян", "Ли Цян"),
    ("Джордж Буш", "Джордж Буш-старший"),
    ("Бенедикт XV", "Бенедикт XVI"),
])
def test_names_of_two(one: str, other: str) -> None:
    assert not agree(person_name(one), person_name(other), alike=True)


@pytest.mark.parametrize(("one", "other"), [
    ("Биньямин Нетаньяху", "Беньямин Нетаниягу"),
    ("Муаммар Каддафи", "Муамар аль-Каддафи"),
    ("Мухаммед бин Салман", "Мохаммед бен Сальман"),
])
def test_spellings_of_one(one: str, other: str) -> None:
    assert not agree(person_name(one), person_name(other))
    assert agree(person_name(one), person_name(other), alike=True)


def test_two_names_of_the_dictionary_are_two() -> None:
    assert not similar("мария", "марина")
    assert not similar("путин", "потанин")
    assert not similar("керри", "каир")


@pytest.mark.parametrize(("name", "gender"), [
    ("Ирина Морозова", "femn"), ("Олег Ветров", "masc"), ("Гейдар Алиев", "masc"), ("Мэй", ""),
])
def test_gender(name: str, gender: str) -> None:
    assert gender_of(person_name(name)) == gender
