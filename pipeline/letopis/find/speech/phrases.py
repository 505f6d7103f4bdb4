"""The phrase that names a speaker, as it stands in the sentence."""

from dataclasses import dataclass

from letopis.find.speech.lexicon import group
from letopis.find.speech.view import Tree, View

NAMES = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM", "X", "SYM"})
NOUNS = frozenset({"NOUN", "PROPN", "X"})
POSSESSIVE = frozenset({"его", "её", "ее", "их"})
_EDGES = frozenset({"ADP", "CCONJ", "PART", "PUNCT", "ADV"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A phrase that names who speaks: its head, its first and last word, and how it was found."""

    head: int
    first: int
    last: int
    how: str                          # subject, conj, advcl, participle, place, paper, owner, possessive, name, ...


def phrase(tree: Tree, head: int, how: str) -> Speaker:
    """The noun phrase of a head: its words up to a comma, a verb or a bracket."""
    view = tree.view
    low, high = tree.edges(head)
    first = last = head
    while first > low and _belongs(view, first - 1):
        first -= 1
    while last < high and _belongs(view, last + 1):
        last += 1
    while last > head and view.pos[last] in ("ADP", "CCONJ", "PUNCT"):
        last -= 1
    while first < head and view.pos[first] in _EDGES:
        first += 1
    return Speaker(head, first, last, how)


def _belongs(view: View, word: int) -> bool:
    return view.form[word] not in (",", "(", ")", ":", ";", "–", "—") and "VerbForm=Fin" not in view.feats[word]


def owner(tree: Tree, noun: int) -> Speaker | None:
    """The genitive of a noun: 'слова <министра>', 'сообщение <МИД России>', '<его> слова'."""
    view = tree.view
    for kid in tree.kids.get(noun, ()):
        if kid < noun and view.lower(kid) in POSSESSIVE:
            return Speaker(kid, kid, kid, "possessive")
        if kid > noun and view.pos[kid] in NOUNS and "Case=Ins" not in view.feats[kid] and tree.kid(kid, "case") is None and (
            view.deprel[kid] in ("nmod", "appos", "flat:name", "flat:foreign")
        ):
            return phrase(tree, kid, "owner")
    return None


def is_time(tree: Tree, word: int) -> bool:
    """'в воскресенье', 'в августе', '5 мая'."""
    return tree.first <= word < tree.last and tree.view.lemma[word] in group("time")


def case_of(view: View, word: int) -> str:
    """'Case=Gen', or ''."""
    at = view.feats[word].find("Case=")
    return view.feats[word][at:at + 8] if at >= 0 else ""
