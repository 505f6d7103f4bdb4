"""Is a number of years an age: '35-летний тренер', 'в возрасте 40 лет', 'ему было 85 лет', 'Иван Петров, 45 лет'?

'пять лет лишения свободы', 'за 20 лет', 'десятилетний контракт', 'сорок лет со дня полёта' are durations.
"""

from letopis.find.amounts.lexicon import contexts
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.sums import Number

_NEAR = 6                 # words: from the person in the dative to the number
_CUE = 3                  # words: from 'возраст', 'старше' to the number
_YOUNGEST = 3             # years: 'в 2 года' is rather a term
_PERSONS = frozenset(("PRON", "PROPN", "NOUN"))
_OF_AGE = frozenset(("быть", "исполниться", "исполняться"))


def is_age_of_adjective(sentence: Sentence, word: int) -> bool:
    """'35-летний' of a living being, or standing alone."""
    head = sentence.head(word)
    if sentence.syntax.deprel[word] != "amod" or head not in sentence:
        head = word + 1
    if sentence.pos(head) == "PROPN" or sentence.has(head, "Animacy=Anim"):
        return True
    return sentence.lemma(head) == "возраст" or sentence.pos(head) != "NOUN"


def is_age(sentence: Sentence, number: Number, noun: int) -> bool:
    """Is the number of years before this noun somebody's age?"""
    if sentence.form(noun + 2) in ("дня", "момента"):               # 'исполнится сорок лет со дня'
        return False
    return any(rule(sentence, number, noun) for rule in RULES)


def is_named(sentence: Sentence, number: Number, noun: int) -> bool:
    """'в возрасте 40 лет', 'не старше 31 года', 'исполнилось 20 лет'."""
    near = range(max(sentence.first, number.first - _CUE), number.first)
    words = contexts()["age"]
    return any(sentence.form(w) in words or sentence.lemma(w) in words for w in near)


def is_of_children(sentence: Sentence, number: Number, noun: int) -> bool:
    """'дети от 5 до 7 лет', 'подросткам до 14 лет'."""
    bound = sentence.form(number.first - 1) in ("от", "до")
    return (bound or number.high is not None) and sentence.lemma(number.first - 1 - bound) in contexts()["child"]


def is_moment(sentence: Sentence, number: Number, noun: int) -> bool:
    """'в 14 лет она уехала'; but not 'срок в 15 лет', 'в 15 лет лишения свободы'."""
    if sentence.form(number.first - 1) != "в" or sentence.form(noun) != "лет" or number.low < _YOUNGEST:
        return False
    return not sentence.has(noun + 1, "Case=Gen") and sentence.lemma(number.first - 2) not in contexts()["term"]


def is_owned(sentence: Sentence, number: Number, noun: int) -> bool:
    """'ему было 85 лет', 'сейчас Ивану 20 лет', but not 'ему дали 20 лет'."""
    name = number.first - 1 - (sentence.form(number.first - 1) in ("было", "будет"))
    if sentence.pos(name) == "PROPN":                               # 'Ивану 20 лет', whatever case the tagger sees
        return True
    near = range(max(sentence.first, number.first - _NEAR), number.first)
    owners = [w for w in near if _is_owner(sentence, w)]
    if not owners or sentence.form(number.first - 1) in contexts()["preposition"]:
        return False
    around = range(max(sentence.first, owners[-1] - 3), noun)
    return not any(sentence.pos(w) == "VERB" and sentence.lemma(w) not in _OF_AGE for w in around)


def _is_owner(sentence: Sentence, word: int) -> bool:
    """Somebody in the dative, without a preposition."""
    if sentence.pos(word) not in _PERSONS or not sentence.has(word, "Case=Dat") or sentence.has(word, "Animacy=Inan"):
        return False
    before = word - 1 - (sentence.pos(word - 1) == "ADJ")
    return sentence.pos(before) != "ADP"


def is_in_apposition(sentence: Sentence, number: Number, noun: int) -> bool:
    """'Иван Петров, 45 лет,' and '(45 лет)'."""
    before, after = sentence.form(number.first - 1), sentence.form(noun + 1)
    name = number.first - 2
    named = sentence.pos(name) == "PROPN" or sentence.form(name) in (")", "»") or sentence.has(name, "Animacy=Anim")
    return named and before in (",", "(") and after in (",", ")", ".", "")


RULES = (is_named, is_of_children, is_moment, is_owned, is_in_apposition)
