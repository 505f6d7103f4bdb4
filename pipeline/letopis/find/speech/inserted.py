"""Candidates around inserted phrases: 'Как сообщает ТАСС, <...>', '<...>, по словам министра, <...>'."""

from collections.abc import Iterator

from letopis.find.speech.candidates import Found
from letopis.find.speech.clauses import DASHES, MARKS, STOPS, before_comma, content_end, content_start, is_finite, sentence_end
from letopis.find.speech.lexicon import Entry
from letopis.find.speech.view import Tree

_LONGEST = 40                                      # words of an inserted phrase
_OPENING = frozenset({"CCONJ", "PART", "ADV", "PUNCT"})


def as_clause(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'Как сообщает ТАСС, <...>', '<...>, как сообщил министр'."""
    opening = as_opening(tree, cue)
    if opening is not None:
        yield from around(tree, opening, phrase_end(tree, cue), "as")


def as_opening(tree: Tree, cue: int) -> int | None:
    """The 'как' of the cue's clause."""
    view = tree.view
    for word in range(cue - 1, max(cue - 9, tree.first) - 1, -1):
        form = view.form[word]
        if form in ("как", "Как"):
            previous = view.form[word - 1] if word > tree.first else ","
            return word if previous in (",", "(", "и", "но", "а", "«", "\"") or previous in DASHES else None
        if form in (",", ":", "»") or is_finite(view, word):
            return None
    return None


def phrase_end(tree: Tree, word: int) -> int:
    """The word after an inserted phrase that `word` heads: at the comma that closes it."""
    view = tree.view
    right = tree.edges(word)[1]
    for end in range(word + 1, min(tree.last, word + _LONGEST)):
        form = view.form[end]
        if form not in (",", ")") and form not in DASHES and form not in STOPS:
            continue
        following = view.form[end + 1] if end + 1 < tree.last else ""
        if following.startswith("котор"):
            continue
        if end > right or not (_is_participle(tree, end + 1) or _is_apposition(tree, end)):
            return end
    return min(right + 1, tree.last)


def _is_participle(tree: Tree, word: int) -> bool:
    return word < tree.last and "VerbForm=Part" in tree.view.feats[word]


def _is_apposition(tree: Tree, comma: int) -> bool:
    """'председатель совета, депутат Думы Иван Петров,': the noun after a comma explains one before it."""
    view = tree.view
    for word in range(comma + 1, min(comma + 5, tree.last)):
        if view.pos[word] in ("NOUN", "PROPN"):
            return view.deprel[word] == "appos" and view.head[word] < comma
        if view.pos[word] != "ADJ":
            return False
    return False


def around(tree: Tree, first: int, end: int, name: str) -> Iterator[Found]:
    """What an inserted phrase (words `first` .. `end` - 1) says something about: what follows it, what precedes it."""
    view = tree.view
    following = end
    while following < tree.last and (view.form[following] in (",", ")") or view.form[following] in DASHES):
        following += 1
    last = sentence_end(tree)
    initial = all(view.form[w] in MARKS or view.pos[w] in _OPENING for w in range(tree.first, first))
    if last - following >= 2:
        yield name + ("_first" if initial else "_inside"), following, content_end(tree, following, first)
    if first - tree.first >= 3 and not initial:
        before = content_start(tree, first)
        if last - following < 2:
            yield name + "_last", before, before_comma(tree, first)
        elif name != "as":
            yield name + "_whole", before, last
