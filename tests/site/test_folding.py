"""Spellings of one name fold to one key, and names that differ stay apart."""

import pytest

from letopis.site.folding import fold, words_of
from letopis.site.search import tokens_of


@pytest.mark.parametrize("spellings", [
    ("Черёмин", "черемин", "Cheryomin", "Cheremin", "ЧЕРЁМИН"),
    ("Хрущёв", "Хрущев", "Khrushchev", "Hrushchev", "Khrushchyov"),
    ("Чайковский", "Tchaikovsky", "Chaikovskii", "Chaykovskiy"),
    ("Юрий", "Yury", "Yuri", "Iurii"),
    ("Ельцин", "Yeltsin", "Eltsin"),
    ("Соловьёв", "Solovyov", "Soloviev"),
    ("Александр", "Alexandr", "Aleksandr"),
    ("Жириновский", "Zhirinovsky", "Zhirinovskiy"),
    ("Мария", "Maria", "Mariya"),
])
def test_spellings_of_a_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(s) for s in spellings}) == 1, [fold(s) for s in spellings]


@pytest.mark.parametrize(("a", "b"), [
    ("Черёмин", "Чернин"), ("Казань", "Рязань"), ("Жуков", "Шуков"), ("Цой", "Чой"), ("Иван", "Иванов"),
])
def test_different_names_have_different_keys(a: str, b: str) -> None:
    assert fold(a) != fold(b)


@pytest.mark.parametrize("word", ["2023", "東京", "F-16", "", "ß"])
def test_what_is_no_russian_word_has_a_key_too(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_words_of_a_name() -> None:
    assert words_of("Д'Артаньян, «Волга-2» (ДВС)") == ["ДАртаньян", "Волга", "2", "ДВС"]


def test_tokens_have_beginnings_and_no_initials() -> None:
    assert tokens_of(["С. Черёмин", None]) == ["ce*", "cer*", "ceremin"]
