"""Words that announce speech without marks: the cues of a sentence, and every construction of each.

Nothing is chosen here: what is speech and what is not is decided by `choose`.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from letopis.find.speech.candidates import Candidate, Cue, Found
from letopis.find.speech.clausal import after_colon, clause_before, previous_sentence, that_clause
from letopis.find.speech.clauses import MARKS, STOPS, sentence_end
from letopis.find.speech.inserted import around, as_clause, as_opening, phrase_end
from letopis.find.speech.lexicon import Entry, announcing, nouns, verbs
from letopis.find.speech.nominal import about, about_before, infinitive, naming, object_phrase, with_preposition
from letopis.find.speech.view import Tree, View, is_border

Pattern: TypeAlias = Callable[[Tree, int, Entry], Iterator[Found]]

VERB_PATTERNS: tuple[tuple[Pattern, str], ...] = (
    (as_clause, ""), (that_clause, ""), (after_colon, ""), (clause_before, ""), (previous_sentence, ""), (about, "о"),
    (about_before, "о"), (infinitive, "inf"), (object_phrase, "acc gen"), (naming, "name"),
    (with_preposition, "на в к за с против от"),
)
NOUN_PATTERNS: tuple[tuple[Pattern, str], ...] = (
    (that_clause, ""), (about, "о"), (infinitive, "inf"), (with_preposition, "на в к за с против от"),
)
"""Each construction with what a word must take for it (one of these; '' for any word)."""
_HEADLINE = 9                                      # words before a colon


def candidates(tree: Tree) -> Iterator[Candidate]:
    """Every construction of every cue of a sentence."""
    view = tree.view
    known, known_verbs, known_nouns = announcing(), verbs(), nouns()
    yield from headline(tree)
    for word, lemma in enumerate(view.lemma[tree.first:tree.last], tree.first):
        if lemma not in known:
            continue
        if lemma in known_verbs:
            yield from _of_verb(tree, word, known_verbs[lemma])
        elif lemma == "согласно":
            yield from _of_reference(tree, word)
        elif view.pos[word] != "VERB":
            yield from _of_noun(tree, word, known_nouns[lemma])


def headline(tree: Tree) -> Iterator[Candidate]:
    """'Минфин: <налоги не вырастут>': a name and a colon before anything else."""
    view = tree.view
    if ":" not in view.form[tree.first + 1:tree.first + _HEADLINE]:
        return
    for word in range(tree.first + 1, min(tree.first + _HEADLINE, tree.last - 2)):
        if view.form[word] == ":":
            if view.form[word + 1] not in MARKS:
                cue = Cue(word, tree.first, word, "name", "name")
                yield from _candidate(tree, cue, "headline", word + 1, sentence_end(tree))
            return
        if view.pos[word] in ("VERB", "AUX") or view.form[word] in STOPS or view.form[word] == ",":
            return


def _of_verb(tree: Tree, word: int, entry: Entry) -> Iterator[Candidate]:
    opening = as_opening(tree, word)
    cue = Cue(word, word if opening is None else opening, word, "verb", entry.kind)
    for pattern in _fitting(entry, VERB_PATTERNS):
        for name, first, end in pattern(tree, word, entry):
            yield from _candidate(tree, cue, name, first, end)


def _of_noun(tree: Tree, word: int, entry: Entry) -> Iterator[Candidate]:
    opening = source_opening(tree.view, word) if "по" in entry.takes else None
    if opening is not None and opening >= tree.first:
        cue = Cue(word, opening, word, "source", entry.kind)
        for name, first, end in around(tree, opening, phrase_end(tree, word), "by"):
            yield from _candidate(tree, cue, name, first, end)
        return
    cue = Cue(word, word, word, "noun", entry.kind)
    for pattern in _fitting(entry, NOUN_PATTERNS):
        for name, first, end in pattern(tree, word, entry):
            yield from _candidate(tree, cue, name, first, end)


@lru_cache(maxsize=1_000)
def _fitting(entry: Entry, patterns: tuple[tuple[Pattern, str], ...]) -> tuple[Pattern, ...]:
    """The constructions that a word of the lexicon may have."""
    return tuple(pattern for pattern, needs in patterns if not needs or not entry.takes.isdisjoint(needs.split()))


def source_opening(view: View, word: int) -> int | None:
    """The 'по' of 'по словам', 'по его собственному признанию'; None if there is none."""
    first = view.first[view.sentence[word]]
    for at in range(word - 1, max(word - 5, first) - 1, -1):
        form = view.lower(at)
        if form in ("по", "согласно"):
            return at
        if view.pos[at] not in ("ADJ", "DET", "PRON", "NUM") and form != "из" and "VerbForm=Part" not in view.feats[at]:
            return None
    return None


def _of_reference(tree: Tree, word: int) -> Iterator[Candidate]:
    """'согласно закону', where no noun of speech follows ('согласно данным' is `_of_noun`'s)."""
    view = tree.view
    if any(view.lemma[w] in nouns() for w in range(word + 1, min(word + 4, tree.last))):
        return
    cue = Cue(word, word, word, "source", "data")
    for name, first, end in around(tree, word, phrase_end(tree, word), "reference"):
        yield from _candidate(tree, cue, name, first, end)


def _candidate(tree: Tree, cue: Cue, name: str, first: int, end: int) -> tuple[Candidate, ...]:
    """The candidate of a construction, none for an empty one."""
    view = tree.view
    if name == "previous":
        first, end = _words_before(tree)
    if end <= first:
        return ()
    at = view.sentence[first]
    return (Candidate(view.reading[at], view.start[first], view.end[end - 1], "indirect", name, cue, at, first, end),)


def _words_before(tree: Tree) -> tuple[int, int]:
    """The words of the sentence before in the same reading, its final stop not counted; an empty run if there is none."""
    view = tree.view
    end = tree.first
    if end == 0 or view.reading[view.sentence[end - 1]] != view.reading[tree.sentence]:
        return 0, 0
    first = end - 1
    while first > view.first[view.sentence[end - 1]] and not is_border(view, first):
        first -= 1
    while end > first and view.form[end - 1] in STOPS:
        end -= 1
    return first, end
