"""The shapes of numbers inside one word: '12,5', '30-40', '1.500.000', '5-ти', '35-летний', 'двадцатипятилетний'.

No shape here: ordinals ('5-й', '90-х', '70-летие'), letters before digits ('Ту-154'), telephone numbers ('123-45-67'),
scores ('3-1'), clock times ('07.23').
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

LONGEST = 30                         # characters: whatever is longer counts nothing, and would end as infinity
_GROUPED = r"\d{1,3}(?:[.'’]\d{3})+|\d{1,3}(?:,\d{3}){2,}"
_ONE = rf"{_GROUPED}|\d+(?:[.,]\d+)?"
_DIGITS = re.compile(rf"([-−]?)({_ONE})(?:[-–—]({_ONE}))?(?:-(?:ти|х|ми|мя|ю|и))?")
_WITH_ENDING = re.compile(rf"({_ONE})(?:-х)?(?:[-–—]({_ONE}))?-?([а-я]+)")
_ENDING = r"(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми|ий|его|ему|им|ем|яя|ей|юю|ее|ие|их|ими)"
_DECADE = re.compile(r"(?:\d\d)?\d0-х")


class Stems(NamedTuple):
    """Numbers and units as parts of adjectives: 'шести' -> 6, 'дневн' -> 'measure:day'; with their patterns."""

    numbers: Mapping[str, float]
    units: Mapping[str, str]
    number: re.Pattern[str]
    adjective: re.Pattern[str]       # number, unit
    ending: re.Pattern[str]          # unit


class Adjective(NamedTuple):
    """A number with the stem of its unit."""

    low: float
    high: float | None
    stem: str


def digits(form: str) -> tuple[float, float | None] | None:
    """'12,5' -> (12.5, None), '30-40' -> (30, 40); None for any other shape. A minus counts."""
    match = _DIGITS.fullmatch(form) if len(form) <= LONGEST else None
    if not match or _DECADE.fullmatch(form) or _is_padded(match[2]):
        return None
    low = value(match[2]) * (-1 if match[1] else 1)
    high = value(match[3]) if match[3] else None
    return None if high is not None and high <= low else (low, high)


def value(text: str) -> float:
    """'1.500.000' -> 1500000, '12,5' -> 12.5."""
    if re.fullmatch(_GROUPED, text):
        return float(re.sub(r"\D", "", text))
    return float(text.replace(",", "."))


def stems_of(numbers: Mapping[str, float], units: Mapping[str, str]) -> Stems:
    """Both lists with their patterns."""
    number, unit = _any_of(numbers), _any_of(units)
    adjective = re.compile(f"((?:{number})+)({unit}){_ENDING}")
    return Stems(numbers, units, re.compile(number), adjective, re.compile(f"({unit}){_ENDING}"))


def with_ending(form: str, stems: Stems) -> Adjective | None:
    """'35-летний', '5-7-летние', '1600-километровый' (folded)."""
    match = _WITH_ENDING.fullmatch(form) if len(form) <= LONGEST else None
    found = stems.ending.fullmatch(match[3]) if match else None
    if not match or not found:
        return None
    return Adjective(value(match[1]), value(match[2]) if match[2] else None, found[1])


def in_words(form: str, stems: Stems) -> Adjective | None:
    """'шестидневный', 'двадцатипятилетняя' (folded)."""
    found = stems.adjective.fullmatch(form)
    if not found:
        return None
    return Adjective(sum(stems.numbers[part] for part in stems.number.findall(found[1])), None, found[2])


def _any_of(words: Mapping[str, object]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _is_padded(text: str) -> bool:
    """'07.23', '05': a clock time or a part of a number."""
    return len(text) > 1 and text[0] == "0" and text[1].isdigit()
