"""How a coined name sounds in either alphabet."""

import pytest

from letopis.find.naming.sounds import sound


@pytest.mark.parametrize(("one", "other"), [
    ("pfizer", "пфайзер"), ("astrazeneca", "астразенека"), ("brexit", "брексит"), ("брексит", "брекзит"),
    ("soumaïla cissé", "сумаила сиссе"),
])
def test_spellings_of_one(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


def test_too_few_consonants_tell_nothing() -> None:
    assert sound("ауди") == ""


def test_other_names_sound_otherwise() -> None:
    assert sound("моуринью") != sound("гуардиола")
    assert sound("яндекс") != sound("рамблер")
