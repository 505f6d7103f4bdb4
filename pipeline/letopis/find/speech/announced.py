"""How a stretch between marks is announced: by a clause after, inside or before it, by a name and a colon, or not at all."""

import re
from collections.abc import Iterator

from letopis.find.speech.candidates import Cue
from letopis.find.speech.cues import source_opening
from letopis.find.speech.lexicon import nouns, verbs
from letopis.find.speech.offsets import Reading
from letopis.find.speech.view import View

DASH = "–—−-"
_INSERTION = re.compile(rf"[,.!?…»\"”]\s*[{DASH}]\s+(?=[^\W\d_«\"])")
_INSERTION_END = re.compile(rf"([.,:?!…]?)\s*\s[{DASH}]\s+|$")
_AFTER = re.compile(rf"[»\"”“]?[.,!?…]*[ \t\u00a0]*(?P<dash>[{DASH}])?[ \t\u00a0]*")
_SAYING = frozenset({"say", "media", "passive", "admit", "promise", "demand", "ask", "think", "word"})
_LONGEST_CLAUSE = 170                              # characters of a reporting clause
_WINDOW = 14                                       # words after a dash in which its verb is looked for
_BEFORE = 25                                       # words before a stretch
_NAME = 12                                         # words before a colon


def insertions(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int, Cue]]:
    """Reporting clauses inside a stretch ('«Ждать нечего, – сказал он. – Начнём»'): where each begins and ends, and its cue."""
    at = start
    while True:
        opening = _INSERTION.search(reading.clean, at, end)
        if opening is None:
            return
        at = opening.end()
        closing = _INSERTION_END.search(reading.clean, at, min(end, at + _LONGEST_CLAUSE))
        verb = _reporting_verb(reading, at)
        if verb is not None and closing is not None and at < closing.end() and reading.view.end[verb] <= closing.end():
            yield opening.start() + (reading.clean[opening.start()] != ","), closing.end(), cue_of(reading.view, verb)
            at = closing.end()


def _reporting_verb(reading: Reading, offset: int) -> int | None:
    """The verb of a clause that begins at `offset` and only says who speaks: one of its first words."""
    view, first = reading.view, reading.word_at(offset)
    for word in range(first, min(first + 3, reading.words.stop)):
        if view.form[word] in (",", ".", ":", "«", "\""):
            return None
        if "VerbForm=Fin" in view.feats[word] and view.form[word][:1].islower():
            return word if view.lemma[word] in verbs() or (word == first and "Person=1" not in view.feats[word]) else None
    return None


def announced(reading: Reading, start: int, end: int) -> tuple[str, Cue | None]:
    """Where the words stand that announce a stretch (after, colon, within, named, alone), and the chief of them."""
    after = _AFTER.match(reading.clean, end)
    if after is not None and (after["dash"] or "." not in after.group()):
        verb = _verb_after(reading, after.end(), dash=bool(after["dash"]))
        if verb is not None:
            return "after", cue_of(reading.view, verb)
    left, word = _left_of(reading, start)
    colon = left > 0 and reading.clean[left - 1] == ":"
    cue = _cue_before(reading, left, word)
    if cue is not None:
        return ("colon" if colon else "within"), cue
    return ("named", _name_before(reading, word)) if colon else ("alone", None)


def _verb_after(reading: Reading, offset: int, *, dash: bool) -> int | None:
    view, first = reading.view, reading.word_at(offset)
    if reading.clean[offset:offset + 1] in ("\n", "\u2028", ""):
        return None
    for word in range(first, min(first + (_WINDOW if dash else 3), reading.words.stop)):
        if view.form[word] in (".", ":", "«", "\"", ";", "!", "?"):
            return None
        known = view.lemma[word] in verbs()
        if "VerbForm=Fin" in view.feats[word] or (known and view.pos[word] in ("VERB", "ADJ")):
            if "Person=1|Tense=Fut" in view.feats[word]:
                return None                                # 'Напомним': the author goes on
            return word if dash or known else None
    return None


def _left_of(reading: Reading, start: int) -> tuple[int, int]:
    """The offset left of a stretch's opening mark and blank space, and the last word before it."""
    left = start - 1
    while left > 0 and reading.clean[left - 1] in " \u00a0\n«\"„":
        left -= 1
    return left, reading.word_at(max(left, 0)) - 1


def _cue_before(reading: Reading, left: int, word: int) -> Cue | None:
    """The nearest word of speech before a stretch in its sentence, verbs of saying first."""
    view = reading.view
    found = None
    for at in range(word, max(word - _BEFORE, reading.words.start - 1), -1):
        if view.form[at] in (".", "!", "?", "»", "\"") or "\n" in reading.clean[view.end[at]:left]:
            break
        if view.lemma[at] in verbs() or view.lemma[at] in nouns():
            if _kind(view, at) in _SAYING:
                return cue_of(view, at)
            found = at if found is None else found
    return None if found is None else cue_of(view, found)


def _name_before(reading: Reading, colon: int) -> Cue | None:
    """'Иван Петров: «...»': the words from the start of the sentence to the colon."""
    view = reading.view
    if colon < reading.words.start or view.form[colon] != ":":
        return None
    first = max(view.first[view.sentence[colon]], colon - _NAME)
    if first == colon or any(view.pos[w] in ("VERB", "AUX") for w in range(first, colon)):
        return None
    return Cue(colon, first, colon, "name", "name")


def cue_of(view: View, word: int) -> Cue:
    """The cue that a verb or noun is."""
    entry = nouns().get(view.lemma[word])
    if entry is None or view.lemma[word] in verbs():
        return Cue(word, word, word, "verb", _kind(view, word))
    opening = source_opening(view, word) if "по" in entry.takes else None
    return Cue(word, word, word, "noun", entry.kind) if opening is None else Cue(word, opening, word, "source", entry.kind)


def _kind(view: View, word: int) -> str:
    entry = verbs().get(view.lemma[word]) or nouns().get(view.lemma[word])
    return "other" if entry is None else entry.kind
