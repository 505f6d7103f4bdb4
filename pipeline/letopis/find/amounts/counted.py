"""The noun a number counts, in the nominative singular: 'двое рабочих' -> 'рабочий', '135 мегаполисами' -> 'мегаполис'.

Only what agrees as counted is taken: '5 канал', '28 июня', '105 УК' count nothing.
"""

from typing import NamedTuple

from letopis.find.amounts.agreement import agreeing, agreement, standing_alone
from letopis.find.amounts.lexicon import look_up
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number
from letopis.text.dictionary import inflected

_FARTHEST = 8             # words between a number and its noun: 'двух находящихся в розыске с мая боевиков'
_BETWEEN = frozenset(("ADJ", "DET", "ADV", "CCONJ", "PART"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_QUOTES = frozenset("«“„")
_STOPS = frozenset(",;:.()")
_MASCULINE = frozenset({"nomn", "sing", "masc"})


class Counted(NamedTuple):
    """The noun, its lemma."""

    noun: int
    lemma: str


def noun_after(sentence: Sentence, number: Number) -> Counted | None:
    """The noun counted: the nearest after adjectives, else the head that the syntax gives."""
    return _nearest(sentence, number) or _by_syntax(sentence, number)


def noun_before(sentence: Sentence, number: Number) -> Counted | None:
    """'человек пять', 'машин — 12': the noun, in the genitive plural, straight before."""
    word = number.first - 1
    if sentence.pos(word) != "NOUN" or not sentence.has(word, "Case=Gen") or not sentence.has(word, "Number=Plur"):
        return None
    found = agreeing(sentence.words.form[word], "many")
    return Counted(word, found.normal_form) if found else None


def noun_of(sentence: Sentence, number: Number) -> Counted | None:
    """'таких стран пока две': a noun in the genitive plural that hangs on the number."""
    near = range(max(sentence.first, number.first - _FARTHEST), number.first)
    for word in near:
        if sentence.head(word) == number.last and sentence.pos(word) == "NOUN" and sentence.has(word, "Case=Gen"):
            found = agreeing(sentence.words.form[word], "many")
            return Counted(word, found.normal_form) if found else None
    return None


def _nearest(sentence: Sentence, number: Number) -> Counted | None:
    needs, alone = agreement(number), None
    for word in range(number.last + 1, min(sentence.last, number.last + 1 + _FARTHEST)):
        if sentence.form(word)[-1] in "-+":                  # 'кино- и телефильмам', '300+ перелётов'
            continue
        adjective = _standing_alone(sentence, word, needs)
        if _is_noun(sentence, word, number, adjective=adjective is not None):
            return _counted(sentence, word, needs) or adjective or alone
        alone = adjective or alone
        if not _may_stand_between(sentence, word, adjective=adjective is not None):
            break
    return alone


def _is_noun(sentence: Sentence, word: int, number: Number, *, adjective: bool) -> bool:
    """A noun by its tag; another part of speech only where the syntax hangs the number on it."""
    pos = sentence.pos(word)
    if pos in _NOUNS:                                        # but not the first of 'взрослых карпов'
        return not (adjective and sentence.head(word) == word + 1 and sentence.pos(word + 1) in _NOUNS)
    return pos in ("VERB", "ADJ", "X") and not adjective and sentence.head(number.last) == word


def _may_stand_between(sentence: Sentence, word: int, *, adjective: bool) -> bool:
    form = sentence.form(word)
    if form in _QUOTES or (form == '"' and not sentence.touches(word)):
        return True
    if look_up(form) is not None:
        return False
    return adjective or sentence.pos(word) in _BETWEEN or sentence.has(word, "VerbForm=Part")


def _counted(sentence: Sentence, word: int, needs: str) -> Counted | None:
    form = sentence.words.form[word]
    if form.isascii() or not (form[0].islower() or form.isupper()):
        return None
    parse = agreeing(form, needs)
    return Counted(word, parse.normal_form) if parse else None


def _standing_alone(sentence: Sentence, word: int, needs: str) -> Counted | None:
    """'5 раненых': an adjective with no noun after it; 'погибших' keeps its own lemma, not that of its verb."""
    parse = standing_alone(sentence.words.form[word], needs)
    nominative = inflected(parse, _MASCULINE) if parse else None
    return Counted(word, nominative) if nominative else None


def _by_syntax(sentence: Sentence, number: Number) -> Counted | None:
    """'двух находящихся в розыске боевиков'."""
    head, last = sentence.head(number.last), number.last
    if not sentence.syntax.deprel[last].startswith("nummod") or not last < head <= last + _FARTHEST:
        return None
    if sentence.pos(head) != "NOUN" or any(sentence.form(w) in _STOPS for w in range(last + 1, head)):
        return None
    return _counted(sentence, head, agreement(number))
