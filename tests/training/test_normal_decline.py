"""Made lessons decline as a school grammar does."""

import pytest

from letopis.text.normal.phrase import Tag
from normal_decline import decline


def tag(number: str, gender: str) -> Tag:
    return Tag("PROPN", "N", number, gender, "")


@pytest.mark.parametrize(("word", "gender", "case", "expected"), [
    ("Москва", "F", "L", "Москве"), ("Сергей", "M", "I", "Сергеем"), ("Черёмин", "M", "I", "Черёмином"),
    ("Ромштейн", "M", "G", "Ромштейна"), ("Ромштейн", "F", "G", "Ромштейн"), ("Грубёва", "F", "D", "Грубёвой"),
    ("Врабдуков", "M", "I", "Врабдуковым"), ("Зврантия", "F", "G", "Зврантии"), ("Кворду", "M", "G", "Кворду"),
    ("Льзская", "F", "A", "Льзскую"),
])
def test_singular(word: str, gender: str, case: str, expected: str) -> None:
    assert decline(word, tag("S", gender), case, animate=True, guess=True) == expected


@pytest.mark.parametrize(("word", "case", "expected"), [
    ("Врабдуковы", "G", "Врабдуковых"), ("Химки", "L", "Химках"), ("братья", "I", "братьями"),
])
def test_plural(word: str, case: str, expected: str) -> None:
    assert decline(word, tag("P", "-"), case, animate=True, guess=True) == expected


def test_accusative_of_people_is_their_genitive() -> None:
    assert decline("депутаты", tag("P", "-"), "A", animate=True, guess=False) == "депутатов"
    assert decline("заводы", tag("P", "-"), "A", animate=False, guess=False) == "заводы"


def test_unknown_words_are_not_guessed_unless_asked() -> None:
    assert decline("Врабдуков", tag("S", "M"), "G", animate=True, guess=False) is None


def test_capitals_stay_where_they_are() -> None:
    assert decline("Ростов-на-Дону", tag("S", "M"), "L", animate=False, guess=False) == "Ростове-на-Дону"
    assert decline("МОСКВА", tag("S", "F"), "G", animate=False, guess=False) == "МОСКВЫ"
