"""Is a number a bound or a guess: 'около 100', 'более чем на 5', 'до 7 лет', 'не менее двух', 'двух и более'?

'до' and 'от' bound a number unless something grows or falls to it ('снизилась с 18% до 10%'), or a range follows.
"""

from letopis.find.amounts.lexicon import contexts
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number

_NEAR = 12                # words: from 'вырос' to what it grew to


def is_approximate(sentence: Sentence, number: Number) -> bool:
    """Round nouns ('десяток') always are."""
    words, before = contexts(), number.first - 1
    if number.kind == "group" or sentence.form(before) in words["approximator"]:
        return True
    if sentence.form(before) == "до":
        return not _is_reached(sentence, before)
    if sentence.form(before) == "от":
        return True
    if sentence.form(number.last + 1) == "и" and sentence.form(number.last + 2) in words["or_more"]:
        return True
    while sentence.form(before) in words["preposition"] or sentence.form(before) == "чем":
        before -= 1
    return before < number.first - 1 and sentence.form(before) in words["approximator"]


def _is_reached(sentence: Sentence, before: int) -> bool:
    near = range(max(sentence.first, before - _NEAR), before)
    return any(sentence.lemma(word) in contexts()["change"] for word in near)
