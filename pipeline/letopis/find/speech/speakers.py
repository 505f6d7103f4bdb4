"""Who speaks, as it stands next to a quote: the phrase that names the speaker of a cue.

Contract: None where nobody is named. Which mention of the document the phrase stands for, `antecedents` and `ranking` decide.
"""

from letopis.find.speech.candidates import Cue
from letopis.find.speech.phrases import NOUNS, POSSESSIVE, Speaker, owner, phrase
from letopis.find.speech.subjects import noun_after, of_verb
from letopis.find.speech.view import Tree


def speaker_of(tree: Tree, cue: Cue) -> Speaker | None:
    """The phrase that names the speaker of a cue."""
    if cue.shape == "verb":
        return of_verb(tree, cue.word)
    if cue.shape == "name":
        return Speaker(_head_of(tree, cue.first, cue.word - 1), cue.first, cue.word - 1, "name")
    if cue.shape == "source":
        return _of_source(tree, cue)
    return _of_noun(tree, cue.word)


def _of_source(tree: Tree, cue: Cue) -> Speaker | None:
    """'по словам <министра>', 'по <его> данным', 'согласно <закону>'."""
    view = tree.view
    for word in range(cue.first, cue.word):
        if view.lower(word) in POSSESSIVE:
            return Speaker(word, word, word, "possessive")
    if view.lower(cue.word) == "согласно":
        return noun_after(tree, cue.word)
    found = owner(tree, cue.word)
    following = cue.word + 1
    if found is not None or following + 1 >= tree.last:
        return found
    if view.pos[following] in NOUNS and view.form[following][:1].isupper():
        return phrase(tree, following, "owner")
    return phrase(tree, following + 1, "owner") if view.form[following] in ("\"", "«") else None


def _of_noun(tree: Tree, noun: int) -> Speaker | None:
    """'требование <оппозиции>', '<министр> выразил надежду'."""
    view = tree.view
    found = owner(tree, noun)
    head = view.head[noun]
    if found is None and tree.first <= head < tree.last and view.pos[head] == "VERB":
        return of_verb(tree, head)
    return found


def _head_of(tree: Tree, first: int, last: int) -> int:
    for word in range(first, last + 1):
        if not first <= tree.view.head[word] <= last:
            return word
    return first
