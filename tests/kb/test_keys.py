"""Keys and families: what names of one item and of its mentions have in common, and what an item is."""

import pytest

from letopis.find.naming.evidence import parsed
from letopis.find.naming.people import person_name
from letopis.kb.context import description_places, description_words, years_of
from letopis.kb.families import family_of, fits
from letopis.kb.keys import ALIAS_PARTS, PLACELESS, SHORT, body_key, item_keys, name_key, person_keys


def keys(label: str, *aliases: str, family: str | None) -> set[str]:
    return {key for key, _ in item_keys(label, aliases, family)}


@pytest.mark.parametrize("name", [
    "Сергей Черёмин", "Черемин Сергей", "Черёмин, Сергей Евгеньевич", "Сергей Евгеньевич Черёмин",
])
def test_forms_of_a_persons_name_share_a_key(name: str) -> None:
    assert "p:черемин|сергей|" in keys(name, family="PER")
    assert "p:черемин|сергей|" in person_keys(person_name("Сергей Черёмин"))


def test_letters_and_misspellings_of_a_foreign_name_share_a_key() -> None:
    heard = {k for k in person_keys(parsed("баффет|уоррен||")) if k.startswith("s:")}
    assert heard and heard <= keys("Уоррен Баффетт", family="PER")


@pytest.mark.parametrize("name", ["ПАО «Газпром»", "Газпром", "«Газпром»"])
def test_forms_of_a_bodys_name_share_a_key(name: str) -> None:
    assert body_key(name) == "b:газпром"


def test_a_surname_alone_is_only_a_short_key() -> None:
    found = dict(item_keys("Барак Обама", ["Обама", "Обама Б."], "PER"))
    assert found.pop("f:обама") == SHORT
    assert not {"n:обама", "n:обама б"} & found.keys()


@pytest.mark.parametrize(("name", "key"), [
    ("Палата мостов Чили", "b:палата мост"), ("Комитет дорог Республики Беларусь", "b:комитет дорога"),
    ("Московская палата мостов", "b:палата мост"),
])
def test_a_body_is_also_called_without_its_place(name: str, key: str) -> None:
    assert dict(item_keys(name, (), "ORG"))[key] == PLACELESS
    assert PLACELESS not in dict(item_keys("Палата мостов", (), "ORG")).values()


def test_an_alias_of_one_word_and_a_place_is_no_name_without_the_place() -> None:
    assert "b:полиция" not in keys("Органы правопорядка Чили", "Полиция Чили", family="ORG")


def test_who_has_two_surnames_goes_by_the_first() -> None:
    assert dict(item_keys("Мигель Громыхалес Перес", (), "PER"))["p:громыхалес|мигель|"] == ALIAS_PARTS
    assert ALIAS_PARTS not in dict(item_keys("Мигель Петрович Перес", (), "PER")).values()


def test_a_concept_has_no_keys() -> None:
    assert keys("генерал армии", "Генерал армии", family=None) == set()
    assert keys("iPhone", family="MISC")
    assert keys("группа «Ветер»", family="ORG")


def test_spelling_and_marks_do_not_matter() -> None:
    assert name_key("Нью-Йорк") == name_key("«нью йорк»")
    assert "n:муха фетхуллах" in keys("Му\u0301ха Фетхуллах", family="PER")
    assert "n:колумбия" in keys("Колумбия (символ)", family="MISC")


@pytest.mark.parametrize(("description", "family"), [
    ("российский дипломат", "PER"), ("сын президента", "PER"), ("город в США, столица штата", "LOC"), ("рок-группа", "ORG"),
    ("city police department in Ohio", "ORG"), ("American boxer", "PER"), ("фильм Эльдара Рязанова", "MISC"),
    ("воинское звание", "NONE"), ("организатор соревнований", None), ("один из вузов Кубы", "ORG"), ("", None),
    ("Director General/Atomic Energy Agency", "PER"),
])
def test_families_by_description(description: str, family: str | None) -> None:
    assert family_of("", (), description, ["Имярек"]) == family


def test_families_by_type_class_and_name() -> None:
    assert family_of("PERSON", (), "село", ["Имярек"]) == "PER"
    assert family_of("", ["Q999999999", "Q515"], "", ["Имярек"]) == "LOC"
    assert family_of("", (), "", ["Боос, Георгий Валентинович"]) == "PER"
    assert family_of("", (), "рядовой, осуждённый за убийство", ["Боос, Георгий Валентинович"]) == "PER"
    assert family_of("", (), "", ["Локомотив", "Локомотив, Москва"]) is None
    assert family_of("", (), "группа субъектов РФ", ["Южный федеральный округ"]) == "ORG LOC"
    assert fits("DISTRICT", "ORG LOC") is not None
    assert fits("PERSON", "ORG") is None
    assert fits("PERSON", None) == 0.0


def test_what_a_description_tells() -> None:
    assert description_places("", "российский дипломат") == ["Q159"]
    assert "Q649" in description_places("", "хоккейный клуб из Москвы")
    assert "президент" not in description_words("политик, сын президента")
    assert years_of("художник (1801—1870)") == (1801, 1870)
    assert years_of("актриса (род. 1985)") == (1985, None)
    assert years_of("президент (2010—2013)") == (None, None)
