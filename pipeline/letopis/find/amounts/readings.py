"""What a number is: money, a percent, an age, a measure, a count. Rules in order, the first answer wins and gives
the method.

A number that no rule reads may still share the unit of a neighbour (`shared`); else it is no quantity.
"""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from letopis.find.amounts.ages import is_age, is_age_of_adjective
from letopis.find.amounts.counted import noun_after
from letopis.find.amounts.lexicon import Unit, contexts, units
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number
from letopis.find.amounts.units import Found, unit_after

_OLDEST = 100
_YEAR = Unit("measure", "year")


class Reading(NamedTuple):
    """What a number is; `noun` is the word it hangs on, `last` the last word of the quantity."""

    kind: str
    unit: str
    factor: float
    noun: int
    last: int
    method: str


Rule: TypeAlias = Callable[[Sentence, Number, Found | None], Reading | None]


def read(sentence: Sentence, number: Number) -> Reading | None:
    """The first rule's answer."""
    found = None if number.unit or number.symbol else unit_after(sentence, number)
    return next((reading for rule in RULES if (reading := rule(sentence, number, found))), None)


def symbol(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'$1,5 млрд'."""
    if not number.symbol:
        return None
    return Reading("money", units()[number.symbol].symbol, 1, number.last, number.last, "money_symbol")


def age_adjective(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'35-летний тренер'."""
    if number.unit != _YEAR or number.kind != "adjective" or not is_age_of_adjective(sentence, number.first):
        return None
    return Reading("age", "year", 1, number.last, number.last, "age_adjective")


def in_itself(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'шестидневный', 'полчаса', 'две трети'."""
    if not number.unit:
        return None
    kind, last = number.unit.kind, number.last
    return Reading(kind, number.unit.symbol, 1, last, last, f"{kind}_{number.kind}")


def age(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'в возрасте 40 лет'."""
    if not found or found.unit.symbol not in ("year", "month") or not is_age(sentence, number, found.noun):
        return None
    return Reading("age", found.unit.symbol, 1, found.noun, found.last, "age_phrase")


def by_unit(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'300 тысяч рублей', '16,5%', 'пять километров'."""
    if not found:
        return None
    kind, symbol, factor = found.unit
    return Reading(kind, symbol, factor, found.noun, found.last, f"{kind}_unit")


def count(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'12 человек', '135 крупнейшими мегаполисами'."""
    counted = noun_after(sentence, number)
    return Reading("count", counted.lemma, 1, counted.noun, counted.noun, f"count_{number.kind}") if counted else None


def on_scale(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'землетрясение магнитудой 6,1'."""
    if sentence.lemma(number.first - 1) not in contexts()["scale"] or number.scale > 1:
        return None
    return Reading("measure", "magnitude", 1, number.last, number.last, "measure_scale")


def older_than(sentence: Sentence, number: Number, found: Found | None) -> Reading | None:
    """'65+'."""
    plus = number.last + 1
    if sentence.form(plus) != "+" or not sentence.touches(plus) or not 0 < number.low < _OLDEST:
        return None
    return Reading("age", "year", 1, number.last, plus, "age_plus")


RULES: tuple[Rule, ...] = (symbol, age_adjective, in_itself, age, by_unit, count, on_scale, older_than)
