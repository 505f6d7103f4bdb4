"""What only looks like a quantity: small questions, any yes refuses the number.

Dates are refused where `times` found them (`find_quantities`); here are the numbers of articles and flights, scores,
addresses, ordinals, parts of names, and 'один' where it is no count; what says when stands in `moments`.
"""

from letopis.find.amounts.counted import noun_after
from letopis.find.amounts.lexicon import contexts
from letopis.find.amounts.moments import is_clock, is_day, is_minute_of_clock, is_offset, is_time_of_day, is_year
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number
from letopis.find.amounts.units import unit_after
from letopis.text.dictionary import parses

_OPENING = frozenset("«\"“„")
_CLOSING = frozenset("»\"”")
_DASHES = frozenset("-–—")
_SCORE = frozenset((":", "/", "х", "x", "*"))
_STREET = 4               # words: from 'улица' to the number of the house
_LONGEST_TITLE = 8        # words


def is_refused(sentence: Sentence, number: Number) -> bool:
    """Is it no quantity?"""
    return any(guard(sentence, number) for guard in GUARDS)


def is_label(sentence: Sentence, number: Number) -> bool:
    """'№ 5', 'статьи 105', 'часть 2 статьи 163'."""
    before = number.first - 1 - (sentence.form(number.first - 1) == ".")
    if number.kind != "digits" or number.scale > 1:
        return False
    return sentence.form(before) in contexts()["label"] or sentence.lemma(before) in contexts()["label"]


def is_address(sentence: Sentence, number: Number) -> bool:
    """'улица Куприна, 42'."""
    if number.kind != "digits" or sentence.form(number.first - 1) != ",":
        return False
    near = range(max(sentence.first, number.first - _STREET), number.first - 1)
    return any(sentence.lemma(w) in contexts()["street"] for w in near)


def is_score(sentence: Sentence, number: Number) -> bool:
    """'3:1', '10:35', '1/8', '1 к 600': a mark and another number touch it."""
    after, before = number.last + 1, number.first - 1
    if sentence.form(before) == "к" and sentence.form(before - 1) == "1":
        return True
    if sentence.form(after) in _SCORE and sentence.touches(after):
        return sentence.form(after + 1)[:1].isdigit()
    return sentence.form(before) in _SCORE and sentence.touches(before) and sentence.form(before - 1)[:1].isdigit()


def is_part_of_word(sentence: Sentence, number: Number) -> bool:
    """'#300000', 'G20', 'Ил-96': letters or marks touch it in front."""
    before = sentence.form(number.first - 1)
    if not before or number.symbol or not sentence.touches(number.first) or sentence.form(number.first - 2) == "(":
        return False
    return before[-1].isalnum() or before[-1] in "#№&_@-+"


def is_ordinal(sentence: Sentence, number: Number) -> bool:
    """'двадцать пятого', '1 место', '3 тура' where the tagger reads an ordinal."""
    after = number.last + 1
    if number.kind != "digits":
        return number.low >= 20 and number.scale == 1 and _is_ordinal_word(sentence, after)
    if number.scale > 1 or number.high is not None or sentence.lemma(after) not in contexts()["numbered"]:
        return False
    if int(number.low) % 10 == 1 and int(number.low) % 100 != 11:
        return number.low < 21 or not sentence.has(after, "Case=Gen")
    return sentence.pos(number.last) == "ADJ" and sentence.has(after, "Number=Sing")


def _is_ordinal_word(sentence: Sentence, word: int) -> bool:
    return word in sentence and "Anum" in parses(sentence.words.form[word])[0].tag


def is_no_one(sentence: Sentence, number: Number) -> bool:
    """'один из', 'ни один', 'в одном доме', 'с одной стороны', 'еще один повод' (but 'еще один пострадавший')."""
    if number.kind != "one" or number.low != 1 or number.high is not None or number.scale > 1:
        return False
    before, after = sentence.form(number.first - 1), sentence.form(number.last + 1)
    if before in contexts()["no_one"] or after in contexts()["together"] or sentence.has(number.first, "Number=Plur"):
        return True
    if sentence.form(number.first - 2) in ("ни", "не") or _is_one_of_two(sentence, number):
        return True
    if unit_after(sentence, number):
        return False
    counted = noun_after(sentence, number)
    if counted is None or counted.lemma in contexts()["one_noun"] or sentence.syntax.deprel[number.first] != "nummod":
        return True
    return before in contexts()["another"] and not sentence.has(counted.noun, "Animacy=Anim")


def _is_one_of_two(sentence: Sentence, number: Number) -> bool:
    """'одно соглашение касается газа, а другое — нефти'."""
    return any(sentence.form(word) in contexts()["other"] for word in range(number.last + 1, sentence.last))


def is_no_share(sentence: Sentence, number: Number) -> bool:
    """'вторая половина', 'четверть финала', 'половина года'."""
    if number.kind != "fraction" or number.last > number.first:
        return False
    return sentence.pos(number.first - 1) == "ADJ" or sentence.form(number.last + 1) in contexts()["not_half"]


def is_named(sentence: Sentence, number: Number) -> bool:
    """'Шестидневной войны', 'Столетняя война': a capital inside a sentence."""
    if number.kind != "adjective" or number.first == sentence.first:
        return False
    before = sentence.form(number.first - 1)
    return sentence.words.form[number.first][0].isupper() and before not in _OPENING and before not in _DASHES


def is_title(sentence: Sentence, number: Number) -> bool:
    """«Двенадцать стульев»: a capital after a quotation mark, and no verb before the mark that closes it."""
    if sentence.form(number.first - 1) not in _OPENING or not sentence.words.form[number.first][0].isupper():
        return False
    for word in range(number.last + 1, min(sentence.last, number.last + _LONGEST_TITLE)):
        if sentence.form(word) in _CLOSING:
            return True
        if sentence.pos(word) in ("VERB", "AUX"):
            return False
    return False


GUARDS = (
    is_label, is_address, is_score, is_part_of_word, is_year, is_day, is_clock, is_minute_of_clock, is_time_of_day,
    is_offset, is_ordinal, is_no_one, is_no_share, is_named, is_title,
)
