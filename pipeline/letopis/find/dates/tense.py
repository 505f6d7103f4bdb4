"""Does the clause of an expression speak of the past or the future?

Walks from the expression up to the first word that says: a verb ('состоится', 'был подписан') or a word of planning
('запланирован на среду', 'должен'). Where the tree leads out of the commas around the expression, a finite verb between
them is believed instead. Contract: a Direction; `direct` where that word itself has the expression as dependent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from letopis.find.dates.choice import NONE, Direction
from letopis.find.dates.lexicon import contexts, fold
from letopis.layers import Syntax, Words

_LONGEST = 8        # steps up the tree
_PLANNED_BY = frozenset(("на", "до", "к", "ко"))
_WILL = frozenset(("буду", "будешь", "будет", "будем", "будете", "будут", "быть"))
_BREAKS = frozenset(",:;()—–")


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence (words low .. high - 1) as it is seen from an expression behind a preposition."""

    words: Words
    syntax: Syntax
    low: int
    high: int
    preposition: str


Sense: TypeAlias = Callable[[int, Clause], str]


def direction_of(first: int, last: int, words: Words, syntax: Syntax) -> Direction:
    """The direction of the clause around the words first .. last."""
    sentence = int(words.sentence[first])
    low, high = int(words.first[sentence]), int(words.first[sentence + 1])
    preposition = fold(words.form[first - 1 if first > low else first])
    clause = Clause(words, syntax, low, high, preposition)
    word, tense, steps = _by_tree(first, last, clause)
    nearer = _between_commas(word, first, last, clause)
    return nearer or (Direction(tense, direct=steps == 0) if tense else NONE)


def _by_tree(first: int, last: int, clause: Clause) -> tuple[int, str, int]:
    """The word up the tree that says, what it says, and how far up it is; '' where none does."""
    head = _head_outside(first, last, clause)
    for step in range(_LONGEST):
        if head < 0:
            break
        tense = _tense(head, clause)
        if tense:
            return head, tense, step
        head = int(clause.syntax.head[head])
    return -1, "", 0


def _head_outside(first: int, last: int, clause: Clause) -> int:
    head = first
    for _ in range(last - first + 1):
        head = int(clause.syntax.head[head])
        if not first <= head <= last:
            break
    return head


def _between_commas(word: int, first: int, last: int, clause: Clause) -> Direction | None:
    """'как сказал министр в среду, нельзя исключать': the finite verb of the stretch around, if the tree left it."""
    start, end = first, last
    while start > clause.low and clause.words.form[start - 1] not in _BREAKS:
        start -= 1
    while end + 1 < clause.high and clause.words.form[end + 1] not in _BREAKS:
        end += 1
    if word < 0 or start <= word <= end:
        return None
    verbs = [i for i in range(start, end + 1) if "VerbForm=Fin" in clause.syntax.feats[i]]
    tense = _tense(min(verbs, key=lambda i: min(abs(i - first), abs(i - last))), clause) if verbs else ""
    return Direction(tense, direct=True) if tense else None


def _tense(word: int, clause: Clause) -> str:
    """past, future, present, either, or '' where this word does not say."""
    return next((tense for sense in SENSES if (tense := sense(word, clause))), "")


def _planned(word: int, clause: Clause) -> str:
    """'запланирован на среду' lies ahead; 'планировалось закончить до мая' may be over."""
    lemma = fold(clause.syntax.lemma[word])
    led = clause.preposition in _PLANNED_BY
    if lemma not in contexts()["plan"] and not (led and lemma in contexts()["plan_on"]):
        return ""
    over = "Tense=Past" in clause.syntax.feats[word] and "VerbForm=Fin" in clause.syntax.feats[word] and not led
    return "either" if over or _helped(word, clause) == "past" else "future"


def _helped(word: int, clause: Clause) -> str:
    """'будет опубликован', 'может быть принят', 'были закрыты': the tense of a helping verb."""
    syntax = clause.syntax
    helper = next((i for i in range(clause.low, clause.high) if syntax.head[i] == word and syntax.pos[i] == "AUX"), -1)
    if helper < 0:
        return ""
    will = fold(clause.words.form[helper]) in _WILL
    return "future" if will else "past" if "Tense=Past" in syntax.feats[helper] else ""


def _participle(word: int, clause: Clause) -> str:
    """'согласованный', 'опубликован' are past, 'заканчивающийся' is present (the tagger mixes them up).

    What was done to something 'на пятницу' lies ahead ('рейсы, отмененные на пятницу').
    """
    feats = clause.syntax.feats[word]
    if "VerbForm=Part" not in feats:
        return ""
    if clause.preposition == "на" and "Voice=Pass" in feats:
        return "future"
    return "past" if "Tense=Past" in feats and "щи" not in fold(clause.words.form[word]) else "present"


def _finite(word: int, clause: Clause) -> str:
    """'прошёл', 'пройдёт', 'пройдите'; what is tagged a perfective present ('закроется') is future."""
    feats = clause.syntax.feats[word]
    if "VerbForm=Fin" not in feats:
        return ""
    if "Tense=Past" in feats:
        return "past"
    perfective = "Aspect=Perf" in feats and "Tense=Pres" in feats
    will = fold(clause.words.form[word]) in _WILL
    return "future" if "Tense=Fut" in feats or "Mood=Imp" in feats or perfective or will else ""


def _now(word: int, clause: Clause) -> str:
    """'начинается' is present, but 'передает в четверг агентство' tells of the past."""
    feats = clause.syntax.feats[word]
    if "VerbForm=Fin" not in feats or "Tense=Pres" not in feats:
        return ""
    return "past" if fold(clause.syntax.lemma[word]) in contexts()["report"] else "present"


SENSES: tuple[Sense, ...] = (_planned, _helped, _participle, _finite, _now)
