"""Candidates that are phrases: 'заявил о <намерении уйти>', 'пообещал <вернуться>', 'назвал <это ошибкой>'.

Contract: each is asked only of words that take it (`cues.VERB_PATTERNS` says what that is).
"""

from collections.abc import Iterator

from letopis.find.speech.candidates import Found
from letopis.find.speech.clausal import ABOUT
from letopis.find.speech.clauses import DASHES, STOPS, before_comma, content_end, is_finite
from letopis.find.speech.lexicon import Entry
from letopis.find.speech.view import Tree

_THIS = frozenset({"этом", "чём", "чем"})
_WITH_O = {"в": "во", "к": "ко", "с": "со"}
_PREPOSITIONS = frozenset({"на", "в", "к", "за", "с", "против", "от"})
_NEAR = 10                                         # words between a cue and its complement
_FAR = 40                                          # and where the complement comes first


def about(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'заявил о <намерении уйти>'."""
    return _with_preposition(tree, cue, ABOUT, "about")


def with_preposition(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'призвал к <спокойствию>', 'пожаловался на <избиение>'."""
    wanted = _PREPOSITIONS & entry.takes
    return _with_preposition(tree, cue, wanted | {_WITH_O[w] for w in wanted if w in _WITH_O}, "preposition")


def _with_preposition(tree: Tree, cue: int, wanted: frozenset[str], name: str) -> Iterator[Found]:
    view = tree.view
    for word in range(cue + 1, min(cue + _NEAR, tree.last - 1)):
        form = view.form[word]
        if form in wanted:
            if view.form[word + 1] not in _THIS and view.form[word + 1:word + 3] != ["том", ","]:
                yield name, word + 1, noun_phrase_end(tree, word + 1, view.head[word], cue)
            return
        if form in (",", ":") or is_finite(view, word):
            return


def about_before(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'О <намерении уйти> заявил министр'."""
    view = tree.view
    for word in range(cue - 1, max(tree.first, cue - _FAR) - 1, -1):
        if view.form[word] in (":", ";") or is_finite(view, word):
            return
        noun = view.head[word]
        if view.lower(word) in ABOUT and noun >= 0 and view.head[noun] == cue and view.form[word + 1] not in _THIS:
            yield "about_before", word + 1, before_comma(tree, tree.edges(noun)[1] + 1)
            return


def noun_phrase_end(tree: Tree, start: int, head: int, cue: int) -> int:
    """The word after a noun phrase that begins at `start`."""
    limit = content_end(tree, start, cue)
    right = tree.edges(head if start <= head < limit else start)[1]
    for word in range(max(right + 1, start + 1), limit):
        if tree.view.form[word] in (",", ":", ";") or tree.view.form[word] in DASHES:
            return word
    return limit


def infinitive(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'пообещал <повысить пенсии>'."""
    view = tree.view
    for word in range(cue + 1, min(cue + _NEAR + 1, tree.last)):
        if "VerbForm=Inf" in view.feats[word]:
            start = word
            while start - 1 > cue and view.pos[start - 1] in ("PART", "ADV"):
                start -= 1
            yield "infinitive", start, content_end(tree, start, cue)
            return
        if view.form[word] in (",", ":") or is_finite(view, word):
            return


def object_phrase(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'потребовал <отставки министра>', 'подтвердил <гибель людей>'."""
    for kid in tree.kids.get(cue, ()):
        if kid > cue and _is_object(tree, kid, entry):
            low = tree.edges(kid)[0]
            start = low if low > cue else kid
            yield "object", start, noun_phrase_end(tree, start, kid, cue)
            return


def _is_object(tree: Tree, kid: int, entry: Entry) -> bool:
    view = tree.view
    if view.pos[kid] not in ("NOUN", "PROPN") or tree.kid(kid, "case") is not None:
        return False
    if view.deprel[kid] == "nsubj:pass" or (view.deprel[kid] == "nsubj" and entry.kind == "passive"):
        return True
    return view.deprel[kid] == "obj" or ("gen" in entry.takes and "Case=Gen" in view.feats[kid])


def naming(tree: Tree, cue: int, entry: Entry) -> Iterator[Found]:
    """'назвал <решение ошибкой>'."""
    view = tree.view
    subject = tree.kid(cue, "nsubj")
    start = cue + 1 if subject is None or subject < cue else tree.edges(subject)[1] + 1
    if start < tree.last and view.form[start] not in (",", ":") and view.form[start] not in STOPS:
        end = content_end(tree, start, cue)
        if end - start >= 2:
            yield "naming", start, end
