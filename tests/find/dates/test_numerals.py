"""The shapes of numbers."""

import pytest

from letopis.find.dates.lexicon import look_up
from letopis.find.dates.numerals import number_kinds, roman_value


@pytest.mark.parametrize(("form", "kinds"), [
    ("14", {"number": "14", "day": "14"}),
    ("32", {"number": "32"}),
    ("2018", {"number": "2018", "year": "2018"}),
    ("2200", {"number": "2200"}),
    ("3-го", {"ordinal": "3", "day": "3"}),
    ("2020-м", {"ordinal": "2020", "year": "2020", "year_ordinal": "2020"}),
    ("90-м", {"ordinal": "90", "short_year": "90"}),
    ("90-х", {"decade": "90"}),
    ("1990-е", {"ordinal": "1990", "decade": "1990"}),
    ("1995-х", {}),
    ("XIX", {"roman": "19"}),
    ("ХХ", {"roman": "20"}),
    ("14.11.2023", {"date": "2023-11-14"}),
    ("4.1.2023", {"date": "2023-01-04"}),
    ("2023-11-14", {"date": "2023-11-14"}),
    ("14.13.2023", {}),
    ("1.2.10", {}),
    ("08.05", {"day_dot_month": "05-08"}),
    ("18.30", {}),
    ("50-летний", {}),
])
def test_kinds_of_numbers(form: str, kinds: dict[str, str]) -> None:
    assert number_kinds(form) == kinds


@pytest.mark.parametrize(("numeral", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("ХХI", 21)])
def test_roman_numerals(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


@pytest.mark.parametrize(("form", "pieces"), [
    ("14–16", ["14", "–", "16"]),
    ("январе-марте", ["январе", "-", "марте"]),
    ("2018/19", ["2018", "/", "19"]),
    ("31.10.2018,", ["31.10.2018", ","]),
    ("2019–начале", ["2019", "–", "начале"]),
])
def test_words_of_several_pieces(form: str, pieces: list[str]) -> None:
    entry = look_up(form)
    assert entry
    assert [piece.form for piece in entry.pieces] == pieces
    assert [form[piece.start:piece.end] for piece in entry.pieces] == pieces


@pytest.mark.parametrize("form", ["ЧМ-2018", "1,1766", "20-летие", "Як-40", "человек", "8-495-123-45-67"])
def test_words_that_stand_in_no_date(form: str) -> None:
    assert look_up(form) is None
