"""Numbers that say when, where `times` does not hold them: '5 мая', 'в 15 часов', 'через два года после выхода'.

Clock times are no time expressions, and dates that hang on another happening may go unresolved; neither is a quantity.
"""

from letopis.find.amounts.lexicon import contexts
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number
from letopis.find.amounts.units import unit_after

_CALENDAR = frozenset(("day", "week", "month", "quarter", "half-year", "year", "decade", "century"))
_HOURS = frozenset(("час", "часа", "часов", "часам", "часами"))
_MINUTES = frozenset(("минут", "минуты", "минута", "минуту"))
_FIRST_YEAR, _LAST_YEAR = 1000, 2100


def is_year(sentence: Sentence, number: Number) -> bool:
    """'2018 года', 'в 2003–2004 годах'."""
    if number.kind != "digits" or number.scale > 1 or not _FIRST_YEAR <= number.low <= _LAST_YEAR:
        return False
    after = sentence.form(number.last + 1)
    return after in ("г", "гг") or (sentence.lemma(number.last + 1) == "год" and after != "лет")


def is_day(sentence: Sentence, number: Number) -> bool:
    """'5 мая'."""
    return number.low <= 31 and number.scale == 1 and sentence.form(number.last + 1) in contexts()["month"]


def is_clock(sentence: Sentence, number: Number) -> bool:
    """'в 15 часов', 'к 10 часам утра', '9 часов вечера', 'с 23 до 6 часов'; but 'в двух часах езды'."""
    hours = number.last + 1
    if sentence.form(hours) not in _HOURS or number.top > 24 or number.low != int(number.low):
        return False
    after, before = sentence.form(hours + 1), sentence.form(number.first - 1)
    if after in contexts()["day_part"] or (after == "по" and sentence.form(hours + 2) in contexts()["clock_zone"]):
        return True
    if sentence.form(hours + 2) in _MINUTES and sentence.form(hours + 3) in contexts()["clock_zone"]:
        return True
    if before == "до" and sentence.form(number.first - 3) == "с" and sentence.form(number.first - 2)[:1].isdigit():
        return True
    lasts = sentence.pos(hours + 1) == "NOUN" and sentence.has(hours + 1, "Case=Gen")    # 'после пяти часов полёта'
    return before in contexts()["clock_preposition"] and not lasts


def is_minute_of_clock(sentence: Sentence, number: Number) -> bool:
    """'30 минут' of 'в 12 часов 30 минут' and '15 часов 30 минут московского времени'."""
    if sentence.form(number.last + 1) not in _MINUTES or sentence.form(number.first - 1) not in _HOURS:
        return False
    before = sentence.form(number.first - 3)
    return before in contexts()["clock_preposition"] or sentence.form(number.last + 2) in contexts()["clock_zone"]


def is_time_of_day(sentence: Sentence, number: Number) -> bool:
    """'в 12.22 подразделения прибыли', '10.30 мск'."""
    form = sentence.words.form[number.first]
    hours, point, minutes = form.partition(".")
    if not point or number.scale > 1 or number.first != number.last or len(minutes) != 2:
        return False
    clock = hours.isdigit() and minutes.isdigit() and int(hours) < 25 and int(minutes) < 60
    return clock and not unit_after(sentence, number)


def is_offset(sentence: Sentence, number: Number) -> bool:
    """'через два года после выхода', 'пять лет назад', 'за три дня до вылета', 'последние 10 лет': they place a day."""
    found = unit_after(sentence, number)
    symbol = found.unit.symbol if found else number.unit.symbol if number.unit else ""
    if symbol not in _CALENDAR or number.kind == "adjective":
        return False
    last = found.last if found else number.last
    before, after = _before_approximator(sentence, number), sentence.form(last + 1)
    if sentence.form(before) in contexts()["after"] or after in contexts()["ago"]:
        return True
    if sentence.form(before) == "за" and after in ("до", "перед"):
        return True
    beginnings = tuple(contexts()["last"])
    return any(sentence.form(word).startswith(beginnings) for word in (before, *range(number.last + 1, last)))


def _before_approximator(sentence: Sentence, number: Number) -> int:
    """'через' of 'через более чем два года'."""
    before = number.first - 1
    while sentence.form(before) in contexts()["approximator"] or sentence.form(before) in ("чем", "не", "как"):
        before -= 1
    return before
