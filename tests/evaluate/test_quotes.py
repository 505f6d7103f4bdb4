"""Scores of quotes: what is one quote, and who is one speaker."""

import pytest

from letopis.evaluate.quotes import Said, by_kind, match, same_speaker, score

PEOPLE = """
Петрова = Иван Петров
Ивану Петрову = Иван Петров
Анны Орловой = Анна Орлова
Ким Чен Ына = Ким Чен Ын
Орлова != Иван Петров
Владимир Петров != Владимир Орлов
"""

OTHERS = """
МЧС России = МЧС
ФСБ = Федеральная служба безопасности
Минфин = Министерство финансов Израиля
Сербская полиция = полиция Сербии
эксперты = независимые эксперты
"Заря" = завод «Заря»
он != Иван Петров
министерство обороны != министр транспорта
ТАСС != РИА Новости
"""


@pytest.mark.parametrize("row", PEOPLE.strip().split("\n"))
def test_people_are_one_by_their_surnames(row: str) -> None:
    found, sign, gold = row.rpartition(" != ") if " != " in row else row.rpartition(" = ")
    assert same_speaker(found, gold, person=True) == (sign == " = ")


@pytest.mark.parametrize("row", OTHERS.strip().split("\n"))
def test_others_are_one_by_most_of_their_words(row: str) -> None:
    found, sign, gold = row.rpartition(" != ") if " != " in row else row.rpartition(" = ")
    assert same_speaker(found, gold, person=False) == (sign == " = ")


def test_nobody_is_nobody() -> None:
    assert not same_speaker("", "Иван Петров", person=False)


def test_half_of_the_union_makes_one_quote() -> None:
    gold = [Said(0, 10, "direct", "")]
    assert match(gold, [Said(0, 5, "direct", "")]) == [(0, 0)]
    assert match(gold, [Said(0, 4, "direct", "")]) == []


def test_equal_kinds_come_first_and_each_counts_once() -> None:
    gold = [Said(0, 10, "indirect", ""), Said(1, 10, "direct", "")]
    found = [Said(0, 10, "direct", ""), Said(2, 10, "indirect", "")]
    assert match(gold, found) == [(0, 1), (1, 0)]
    assert match(gold[:1], found) == [(0, 1)]


def test_scores() -> None:
    gold = [Said(0, 10, "direct", "Иван Петров"), Said(20, 30, "indirect", ""), Said(40, 50, "indirect", "ТАСС")]
    found = [Said(0, 10, "direct", "Петров", True), Said(20, 30, "indirect", "ТАСС"), Said(60, 70, "indirect", "ТАСС")]
    total = score(gold, found)
    assert (total.gold, total.found, total.matched, total.spoken, total.right) == (3, 3, 2, 1, 1)
    assert by_kind([(gold, found)])["indirect"].f1 == pytest.approx(0.5)


def test_either_speaker_of_one_span_is_right() -> None:
    gold = [Said(0, 10, "indirect", "ТАСС"), Said(0, 10, "indirect", "Иван Петров")]
    assert score(gold, [Said(0, 10, "indirect", "Петров", True)]).right == 1
