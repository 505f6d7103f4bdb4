"""Words -> numbers: 'от 5 до 7', '$1,5 млрд', '2 с половиной миллиона', 'две трети', 'минус 3'.

A number knows its words, its value, its range, and the unit some words carry in themselves ('полчаса', '35-летний').
What it measures is not asked here, nor whether it is a date or a name. Plural 'тысячи', 'десятки' alone are no numbers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from letopis.find.amounts.lexicon import Numeral, Unit, units
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import FACTORS, WORDS, Number, numeral_at, read_part

_SHARES = frozenset(("fraction", "part"))
_DASHES = frozenset("-–—")
_SIGNS = frozenset(("минус", "плюс"))
_MINUS = frozenset("-−")
_TEAMS = frozenset(("десятки", "десятку", "десяткой"))            # 'в первой десятке'
_FARTHEST = 20            # times: '5-7', '10 — 15'; not '2 — 400'
_PERCENT = Unit("percent", "%")


def read_numbers(sentence: Sentence, starts: Iterable[int]) -> Iterator[Number]:
    """The numbers that begin at these words, in order, without overlap."""
    done = -1
    for start in starts:
        number = _range(sentence, start) if start > done else None
        if number:
            done = number.last
            yield number


def _range(sentence: Sentence, start: int) -> Number | None:
    low = _number(sentence, start)
    joint = _joint(sentence, low) if low and low.high is None and low.unit is None else 0
    if low is None or not joint:
        return low
    high = _number(sentence, joint + 1 + (sentence.form(joint + 1) in _SIGNS))
    if high is None or high.high is not None or high.unit is not None or high.symbol not in ("", low.symbol):
        return low
    return _between(low, high, stated=sentence.form(joint) == "до") or low


def _joint(sentence: Sentence, low: Number) -> int:
    """The word that joins a range, 0 for none: '5 - 7', 'от 5 до 7', 'от 5 тысяч рублей до 7', '5 или 6'."""
    after = low.last + 1
    if sentence.form(after) in _DASHES or sentence.form(after) == "или":
        return after
    if sentence.form(low.first - 1) != "от":
        return 0
    after += sentence.form(after) in units()
    return after if sentence.form(after) == "до" else 0


def _between(low: Number, high: Number, *, stated: bool) -> Number | None:
    """The range of both, 'от' in it; 'тысяч' of the second counts for both. Only 'от .. до' may fall or reach far."""
    lifted = low.scale == 1 and low.low * high.scale < high.low
    first, last = low.low * (high.scale if lifted else 1), high.low
    if not stated and not first < last <= _FARTHEST * first:
        return None
    start = low.first - stated
    return replace(low, first=start, last=high.last, low=min(first, last), high=max(first, last), scale=high.scale)


def _number(sentence: Sentence, start: int) -> Number | None:
    numeral = numeral_at(sentence, start)
    if numeral is None or numeral.kind in ("part", "and_half"):
        return None
    if numeral.kind == "symbol":
        return _after_symbol(sentence, start)
    if numeral.unit:
        return Number(start, start, numeral.kind, numeral.low, numeral.high, unit=numeral.unit)
    return _share(sentence, start, numeral) or _sum(sentence, start, numeral)


def _after_symbol(sentence: Sentence, start: int) -> Number | None:
    """'$1,5 млрд'."""
    after = numeral_at(sentence, start + 1)
    number = _sum(sentence, start + 1, after) if after and after.kind == "digits" else None
    return replace(number, first=start, symbol=sentence.form(start)) if number else None


def _share(sentence: Sentence, start: int, numeral: Numeral) -> Number | None:
    """'треть', 'две трети', 'одна пятая'; but 'четверть миллиона' is a sum."""
    after = numeral_at(sentence, start + 1)
    if numeral.kind == "fraction" and (after is None or after.kind not in FACTORS):
        return Number(start, start, "fraction", 100 * numeral.low, unit=_PERCENT)
    if numeral.kind in WORDS and after and after.kind in _SHARES:
        return Number(start, start + 1, "fraction", 100 * numeral.low * after.low, unit=_PERCENT)
    return None


def _sum(sentence: Sentence, start: int, numeral: Numeral) -> Number | None:
    """Parts in falling order, each a group below a thousand with its 'тысяч': '1 млн 200 тыс.'."""
    total = read_part(sentence, start)
    if total is None or (numeral.kind in FACTORS and not _is_singular(sentence, start, numeral)):
        return None
    limit = total.scale
    while limit >= 1000 and (after := read_part(sentence, total.last + 1)):
        if after.top >= limit or after.kind in FACTORS or after.high is not None:
            break
        total = replace(total, last=after.last, low=total.low + after.low, scale=after.scale)
        limit = after.scale
    if _is_minus(sentence, start - 1):
        return replace(total, first=start - 1, low=-total.low, high=None if total.high is None else -total.high)
    return total


def _is_minus(sentence: Sentence, word: int) -> bool:
    """'минус 3', '(-1,36%)'."""
    return sentence.form(word) == "минус" or (sentence.form(word) in _MINUS and sentence.form(word - 1) == "(")


def _is_singular(sentence: Sentence, start: int, numeral: Numeral) -> bool:
    """'тысяча', 'около сотни', 'полсотни' have a value; 'тысячи людей', 'тыс.' alone have none."""
    if numeral.kind == "multiplier_abbreviation" or sentence.form(start) in _TEAMS:
        return False
    return sentence.has(start, "Number=Sing") or sentence.form(start).startswith("пол")
