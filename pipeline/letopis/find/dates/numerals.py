"""The shapes of numbers: days, years, decades, Roman numerals, numeric dates.

'14' is a number and a day; '2018' a number and a year; '3-го' an ordinal and a day; '90-х' a decade; '90-м' a short
year; 'XIX' Roman; '14.11.2023' a date; '14.11' a day and month, if what stands around says so. Values are strings,
dates ISO.
"""

import re
from collections.abc import Mapping

_NUMBER = re.compile(r"(\d{1,9})(?:[-‑]?([а-яё]{1,3}))?")
_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)")
_ISO = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
_DOTTED = re.compile(r"(\d\d)\.(\d\d)")
_ROMAN = re.compile(r"([IVXХ]{1,6})(?:-(?:го|й|м|е|му|ом|х))?")
_ORDINAL = frozenset((
    "го", "ого", "й", "ый", "ий", "я", "ая", "е", "ое", "м", "ом", "ем", "му", "ому", "ю", "ую", "ой",
))
_OF_DAYS = frozenset(("го", "ого", "е", "ое", "му", "ому"))
_OF_YEARS = frozenset(("го", "ого", "й", "ый", "м", "ом", "му", "ому", "ой"))
_OF_DECADES = frozenset(("е", "х", "ые", "ых", "ми"))
_DIGITS = {"I": 1, "V": 5, "X": 10}


def number_kinds(form: str) -> Mapping[str, str]:
    """Kinds of a form with digits or Roman numerals; empty where it has no such shape."""
    if form[0].isdigit():
        return _of_digits(form)
    roman = _ROMAN.fullmatch(form)
    return {"roman": str(roman_value(roman[1]))} if roman else {}


def roman_value(numeral: str) -> int:
    """'XIX' -> 19; a Cyrillic Х counts as X."""
    values = [_DIGITS[c] for c in numeral.replace("Х", "X")]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _of_digits(form: str) -> Mapping[str, str]:
    number = _NUMBER.fullmatch(form)
    if number:
        return _with_suffix(number[1], number[2].lower()) if number[2] else _bare(number[1])
    return _numeric_date(form)


def _bare(digits: str) -> Mapping[str, str]:
    kinds = {"number": digits}
    if len(digits) <= 2 and 1 <= int(digits) <= 31:
        kinds["day"] = digits
    if len(digits) == 4 and "1000" <= digits <= "2199":
        kinds["year"] = digits
    return kinds


def _with_suffix(digits: str, suffix: str) -> Mapping[str, str]:
    value, kinds = int(digits), {}
    if suffix in _ORDINAL:
        kinds["ordinal"] = digits
    if suffix in _OF_DAYS and len(digits) <= 2 and 1 <= value <= 31:
        kinds["day"] = digits
    if suffix in _OF_YEARS and len(digits) == 4 and 1000 <= value < 2200:
        kinds |= {"year": digits, "year_ordinal": digits}
    if suffix in _OF_YEARS and len(digits) == 2:
        kinds["short_year"] = digits
    if suffix in _OF_DECADES and value % 10 == 0 and (len(digits) == 2 or (len(digits) == 4 and 1000 <= value < 2200)):
        kinds["decade"] = digits
    return kinds


def _numeric_date(form: str) -> Mapping[str, str]:
    match, iso, dotted = _DATE.fullmatch(form), _ISO.fullmatch(form), _DOTTED.fullmatch(form)
    if iso:
        return _date(iso[1], iso[3], iso[4])
    if match and (len(match[4]) == 4 or len(match[1]) == len(match[3]) == 2):      # no version '1.2.10'
        return _date(match[4], match[3], match[1])
    if dotted and 1 <= int(dotted[1]) <= 31 and 1 <= int(dotted[2]) <= 12:
        return {"day_dot_month": f"{dotted[2]}-{dotted[1]}"}
    return {}


def _date(year: str, month: str, day: str) -> Mapping[str, str]:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31 and (len(year) == 2 or "1000" <= year <= "2199")):
        return {}
    return {"date": f"{year}-{int(month):02d}-{int(day):02d}"}
