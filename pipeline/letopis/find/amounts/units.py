"""The unit after a number: '16,5 %', '5 кв. м', '60 км/ч', '100 американских долларов', 'процентных пункта'.

Adjectives may stand between ('30 календарных дней'); some make another unit of it ('канадских долларов', 'квадратных
метров').
"""

from typing import NamedTuple

from letopis.find.amounts.agreement import agreeing, agreement
from letopis.find.amounts.lexicon import Unit, contexts, fold, short_units, unit_adjectives, units
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number

_MOST_ADJECTIVES = 3
_A_WORD = 4               # letters: 'евро', 'тенге' don't agree either, but stand after words ('пять евро')
_PER = {"ч": "h", "час": "h", "с": "s", "сек": "s", "секунду": "s"}
_SPEEDS = frozenset(("km", "m", "mile"))


class Found(NamedTuple):
    """A unit with its noun and the last word of the quantity."""

    unit: Unit
    noun: int
    last: int


def unit_after(sentence: Sentence, number: Number) -> Found | None:
    """The unit that follows the number, None where another word does."""
    word, made = number.last + 1, ("", "")
    if sentence.form(word).startswith("процентн") and sentence.form(word + 1) in contexts()["percent_point"]:
        return Found(Unit("percent", "%"), word + 1, word + 1)
    for _ in range(_MOST_ADJECTIVES):
        if sentence.form(word) in unit_adjectives():
            made = unit_adjectives()[sentence.form(word)]
            word += 1 + (sentence.form(word + 1) == ".")
        elif sentence.pos(word) == "ADJ" and sentence.form(word) not in units():
            word += 1
    unit = units().get(sentence.form(word))
    if unit is None or not _agrees(sentence.words.form[word], number):
        return None
    return _rated(sentence, _made(unit, *made), word)


def _agrees(form: str, number: Number) -> bool:
    if fold(form) in short_units():
        return number.kind == "digits" or number.scale > 1 or len(form) >= _A_WORD
    return agreeing(form, agreement(number)) is not None


def _made(unit: Unit, kind: str, symbol: str) -> Unit | None:
    """The unit an adjective makes: 'm' and 'square' give 'm²'."""
    if kind in ("square", "cube") and unit.kind == "measure":
        return unit._replace(symbol=unit.symbol + symbol)
    if (kind, unit.kind) in (("currency_of", "money"), ("unit_of", "measure")):
        return unit._replace(symbol=symbol)
    return None if unit.symbol == "-" else unit


def _rated(sentence: Sentence, unit: Unit | None, noun: int) -> Found | None:
    """Speeds are units of their own; other rates ('за баррель', 'в год') are left out. 'США' belongs to 'долларов'."""
    if unit is None:
        return None
    after, beyond = sentence.form(noun + 1), sentence.form(noun + 2)
    if unit.kind == "money" and after == "сша":
        return Found(unit, noun, noun + 1)
    if after in ("/", "в") and unit.symbol in _SPEEDS and beyond in _PER:
        return Found(Unit("measure", f"{unit.symbol}/{_PER[beyond]}"), noun, noun + 2)
    return Found(unit, noun, noun)
