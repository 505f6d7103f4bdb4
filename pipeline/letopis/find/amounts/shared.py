"""Numbers without a unit of their own: 'с 8,9 до 8,3%', '5 из 10 машин', '14 спутников, 2 на ремонте', 'двое ранены'.

Rules in order, the first answer wins: the next number's unit, a noun before, people, the unit of the number before,
that of the count or sum of money last spoken of.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from letopis.find.amounts.agreement import agreeing
from letopis.find.amounts.counted import noun_before, noun_of
from letopis.find.amounts.lexicon import contexts, units
from letopis.find.amounts.readings import Reading
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number

_CLOSE = 4                # words between two numbers that share a unit
_CHANGE = 10              # words: from 'сокращение ведомств' to its numbers
_NEAR = 5                 # words: where what happened to people stands


class Read(NamedTuple):
    """A number with what it is."""

    number: Number
    reading: Reading


class Known(NamedTuple):
    """What was read before a number: in its sentence, and the last sum of money and the last count of its text."""

    before: Read | None = None
    money: Read | None = None
    counted: Read | None = None

    def then(self, read: Read) -> "Known":
        """What is known after one more."""
        money = read if read.reading.kind == "money" else self.money
        return Known(read, money, read if read.reading.kind == "count" else self.counted)


Rule: TypeAlias = Callable[[Sentence, Number, Known], Reading | None]


def share(sentence: Sentence, numbers: Sequence[Number], read: Mapping[int, Read], known: Known) -> list[Read]:
    """`read` with the numbers that get their unit from around them, in order; keys are first words."""
    own = dict(read)
    for number, after in reversed(list(pairwise(numbers))):             # from the right: '5, 10 и 15 тысяч рублей'
        mine, next_one = own.get(number.first), own.get(after.first)
        found = of_next_noun(sentence, mine, next_one) if mine else from_next(sentence, number, next_one)
        if found:
            own[number.first] = found
    out: list[Read] = []
    for number in numbers:
        each = own.get(number.first) or _first_answer(sentence, number, known)
        if each:
            out.append(each)
            known = known.then(each)
    return out


def _first_answer(sentence: Sentence, number: Number, known: Known) -> Read | None:
    reading = next((found for rule in RULES if (found := rule(sentence, number, known))), None)
    return Read(number, reading) if reading else None


def from_next(sentence: Sentence, number: Number, after: Read | None) -> Read | None:
    """'с 8,9 до 8,3%', 'с 5 до 7 млн рублей', '5 из 10 машин', 'двое из пяти нападавших'."""
    if after is None or number.unit or not _is_joined(sentence, number, after.number):
        return None
    scale = after.number.scale
    lifted = number.scale == 1 and scale > 1 and number.top < 1000 and number.kind == "digits"
    reading = after.reading._replace(last=number.last, method="shared_next")
    return Read(_lift(number, scale) if lifted else number, reading)


def of_next_noun(sentence: Sentence, mine: Read, after: Read | None) -> Read | None:
    """'45 золотых, 37 серебряных и 37 бронзовых медалей': a bare adjective, and the noun with the number after it."""
    if after is None or mine.reading.kind != "count" or after.reading.kind != "count":
        return None
    between = [sentence.form(w) for w in range(mine.reading.last + 1, after.number.first)]
    if sentence.pos(mine.reading.noun) != "ADJ" or between not in ([","], ["и"]):
        return None
    return Read(mine.number, mine.reading._replace(unit=after.reading.unit))


def _is_joined(sentence: Sentence, number: Number, after: Number) -> bool:
    """Only joining words between, and one of them at least; no name before the number ('Falcon 9 из двух')."""
    between = [sentence.form(w) for w in range(number.last + 1, after.first)]
    words = contexts()
    if len(between) > _CLOSE or words["joiner"].isdisjoint(between) or sentence.pos(number.first - 1) in ("PROPN", "X"):
        return False
    if 1 < number.scale != after.scale and words["range"].isdisjoint(between):      # '27 млрд и полмиллиона мест'
        return False
    return all(b in words["joiner"] or b in words["preposition"] or b in words["approximator"] for b in between)


def _lift(number: Number, scale: float) -> Number:
    high = None if number.high is None else number.high * scale
    return replace(number, low=number.low * scale, high=high, scale=scale)


def from_noun(sentence: Sentence, number: Number, known: Known) -> Reading | None:
    """'человек пять'; 'таких стран пока две'."""
    counted = noun_before(sentence, number) or noun_of(sentence, number)
    return Reading("count", counted.lemma, 1, number.last, number.last, "count_before") if counted else None


def from_changed(sentence: Sentence, number: Number, known: Known) -> Reading | None:
    """'сокращение ведомств с восьми до трех', 'число истребителей снизилось с 349 до 68'."""
    if sentence.form(number.first - 1) not in ("с", "до") or number.scale > 1 or not _stands_bare(sentence, number):
        return None
    near = range(max(sentence.first, number.first - _CHANGE), number.first)
    if not any(sentence.lemma(w) in contexts()["change"] for w in near):
        return None
    counted = (w for w in near if sentence.has(w, "Case=Gen") and sentence.form(w) not in units())
    nouns = (agreeing(sentence.words.form[w], "many") for w in counted if sentence.pos(w) == "NOUN")
    lemma = next((noun.normal_form for noun in nouns if noun), None)
    return Reading("count", lemma, 1, number.last, number.last, "shared_changed") if lemma else None


def from_text(sentence: Sentence, number: Number, known: Known) -> Reading | None:
    """'12 из них были отклонены' where the text has just counted projects."""
    of = sentence.form(number.last + 1) == "из" and sentence.form(number.last + 2) in contexts()["pronoun"]
    if not of or known.counted is None or number.kind == "collective":
        return None
    return known.counted.reading._replace(noun=number.last, last=number.last, method="shared_text")


def people(sentence: Sentence, number: Number, known: Known) -> Reading | None:
    """'погибли трое', '12 ранены', 'еще двое госпитализированы'."""
    if number.scale > 1 and number.kind != "digits":
        return None
    near = range(max(sentence.first, number.first - _NEAR), min(sentence.last, number.last + 1 + _NEAR))
    harmed = any(sentence.lemma(w) in contexts()["victim"] for w in near)
    of_victims = sentence.lemma(number.first - 1) in contexts()["victim"]          # 'о гибели 127 человек'
    whole = number.low == int(number.low) and (of_victims or _stands_bare(sentence, number))
    if number.kind != "collective" and not (harmed and whole):
        return None
    before = known.before
    more = before is not None and (before.number.low > number.low or sentence.form(number.first - 1) == "из")
    unit = before.reading.unit if before and before.reading.kind == "count" and more else "человек"
    return Reading("count", unit, 1, number.last, number.last, "count_people")


def from_before(sentence: Sentence, number: Number, known: Known) -> Reading | None:
    """'14 спутников используются и 2 находятся на ремонте'; '1560 квот в Приморье, 885 — в Сибири'."""
    before = known.before
    if before is None or before.reading.kind == "age" or before.number.kind == "adjective":
        return None
    if not _stands_bare(sentence, number):
        return None
    if sentence.form(number.first - 1) not in contexts()["parallel"] | contexts()["approximator"]:
        return None
    if before.reading.kind == "money" and number.scale < 1000 <= before.number.scale:
        return None
    return before.reading._replace(noun=number.last, last=number.last, method="shared_before")


def from_money(sentence: Sentence, number: Number, known: Known) -> Reading | None:
    """'в том числе 89,2 млрд на операции' where the text speaks of dollars."""
    in_brackets = sentence.form(number.first - 1) == "("                                  # 'Daimler AG (76 млрд)'
    if known.money is None or number.scale < 1000 or not (in_brackets or _stands_bare(sentence, number)):
        return None
    return known.money.reading._replace(noun=number.last, last=number.last, method="shared_money")


def _stands_bare(sentence: Sentence, number: Number) -> bool:
    """Is it no part of a name or list of numbers: no noun or digits right beside it, no quotes or brackets?"""
    before, after = sentence.form(number.first - 1), sentence.form(number.last + 1)
    if after in ("»", '"') or (before == "(" and after == ")"):
        return False
    if sentence.pos(number.first - 1) in ("NOUN", "PROPN", "X"):
        return False
    if sentence.has(number.last + 1, "Case=Ins") and number.scale > 1:                     # '53,5 млрд годом ранее'
        return True
    return sentence.pos(number.last + 1) not in ("NOUN", "PROPN", "X", "NUM", "ADJ") and not after[:1].isdigit()


RULES: tuple[Rule, ...] = (from_noun, from_changed, people, from_before, from_text, from_money)
