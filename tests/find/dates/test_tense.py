"""Past, future, present: what the clause around a date says."""

import pytest

from letopis.find.dates.tense import direction_of
from letopis.text.reading import read
from letopis.text.sentences import segment
from letopis.text.syntax import parse
from letopis.text.tokens import tokenize

from ..dated import document


def tense(sentence: str) -> str:
    """The tense around '*' (a star stands before the date)."""
    readings = read((document(sentence.replace("*", ""), None),))
    words = tokenize(readings, segment(readings))
    date = words.form.index(sentence.rpartition("*")[2].split()[0].rstrip(".,"))
    return direction_of(date, date, words, parse(words)).tense


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Суд прошёл в *среду.", "past"),
    ("Суд пройдёт в *среду.", "future"),
    ("Суд закроется в *среду.", "future"),
    ("Доклад будет опубликован в *среду.", "future"),
    ("Доклад был опубликован в *среду.", "past"),
    ("Доклад может быть опубликован в *среду.", "future"),
    ("Суд назначен на *среду.", "future"),
    ("Премьер назначил в *среду министра.", "past"),
    ("Министр намерен прилететь в *среду.", "future"),
    ("Об этом в *среду сообщает агентство.", "past"),
    ("Выставка открывается в *среду.", "present"),
    ("Как сказал в *среду министр, нельзя исключать того, что он сделает выбор.", "past"),
    ("Встреча в *среду.", "none"),
])
def test_the_tense_of_a_clause(sentence: str, expected: str) -> None:
    assert tense(sentence) == expected
