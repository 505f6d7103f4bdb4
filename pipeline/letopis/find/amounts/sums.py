"""The parts of numbers: '1 500 000', 'сто двадцать пять', 'полтора десятка', '12,5 тыс.', 'два с половиной'."""

from dataclasses import dataclass, replace

from letopis.find.amounts.lexicon import Numeral, Unit, look_up
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.shapes import LONGEST

FACTORS = frozenset(("multiplier", "multiplier_abbreviation", "group"))
WORDS = frozenset(("cardinal", "one", "collective"))
_NO_PARTS = frozenset(("part", "and_half", "symbol"))
_THOUSANDS = 3            # digits in a group of '1 500 000'


@dataclass(frozen=True, slots=True)
class Number:
    """Words first .. last; `kind` is that of the first word, `scale` the product of 'тысяч', 'десятка' at the end."""

    first: int
    last: int
    kind: str
    low: float
    high: float | None = None
    scale: float = 1.0
    unit: Unit | None = None
    symbol: str = ""                  # '$' before it

    @property
    def top(self) -> float:
        """The number a noun agrees with."""
        return self.low if self.high is None else self.high


def numeral_at(sentence: Sentence, word: int) -> Numeral | None:
    """What a word of the sentence is in a number."""
    return look_up(sentence.words.form[word]) if word in sentence else None


def read_part(sentence: Sentence, start: int) -> Number | None:
    """A group below a thousand with its 'тысяч', or 'тысяча' alone."""
    numeral = numeral_at(sentence, start)
    if numeral is None or numeral.unit or numeral.kind in _NO_PARTS:
        return None
    group = _group(sentence, start, numeral)
    scale, last = _factors(sentence, group.last if group else start - 1)
    if group is None:
        return Number(start, last, numeral.kind, scale, scale=scale)
    high = None if group.high is None else group.high * scale
    return replace(group, last=last, low=group.low * scale, high=high, scale=scale)


def _group(sentence: Sentence, start: int, numeral: Numeral) -> Number | None:
    """What stands before 'тысяч': digits, words, 'четверть'; with 'с половиной'."""
    if numeral.kind in FACTORS:
        return None
    number = Number(start, start, numeral.kind, numeral.low, numeral.high)
    if numeral.kind == "digits":
        number = _thousands(sentence, number)
    elif numeral.kind in WORDS:
        number = _words(sentence, number)
    halves = sentence.form(number.last + 1) == "с" and sentence.form(number.last + 2) == "половиной"
    return replace(number, low=number.low + 0.5, last=number.last + 2) if halves else number


def _thousands(sentence: Sentence, number: Number) -> Number:
    """'1 500 000': groups of three digits after one of one to three, one space between."""
    form, last = sentence.form(number.first), number.last
    if len(form) > _THOUSANDS or not form.isdigit():
        return number
    while _is_group(after := sentence.form(last + 1)) and sentence.gap(last + 1) == 1 and "," not in form and len(form) < LONGEST:
        form, last = form + after, last + 1
    return replace(number, last=last, low=float(form.replace(",", ".")))


def _is_group(form: str) -> bool:
    """'500', or '500,5' at the end."""
    whole, _, decimals = form.partition(",")
    return len(whole) == _THOUSANDS and whole.isdigit() and (decimals.isdigit() or whole == form)


def _words(sentence: Sentence, number: Number) -> Number:
    """'сто двадцать пять': each word below the last place of the one before."""
    value, last = number.low, number.last
    while (after := numeral_at(sentence, last + 1)) and after.kind in ("cardinal", "one") and after.low < _place(value):
        value, last = value + after.low, last + 1
    return replace(number, low=value, last=last)


def _place(value: float) -> float:
    """100 leaves room below 100, 20 below 10, 12 none."""
    if value % 100 == 0:
        return 100
    return 10 if value % 10 == 0 and value % 100 >= 20 else 0


def _factors(sentence: Sentence, last: int) -> tuple[float, int]:
    """The product of 'десятка', 'тысяч', 'млн' after a word, and the last of them, with the full stop of 'тыс.'."""
    scale = 1.0
    while (after := numeral_at(sentence, last + 1)) and after.kind in FACTORS:
        scale, last = scale * after.low, last + 1
        if after.kind == "multiplier_abbreviation" and sentence.form(last + 1) == "." and last + 2 in sentence:
            last += 1
    return scale, last
