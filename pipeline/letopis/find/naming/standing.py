"""Lone nouns that stand for a name: 'министр' for the only minister of an article, 'ведомство' for its only ministry.

Contract. (word, mention it stands for), the last mention before the word. Only nouns without a complement and without a name beside
them are asked; where two people have the post, or two bodies fit, there is no answer.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from letopis.find.lexicons import table, words
from letopis.find.naming.attached import attached_to, classes
from letopis.find.naming.bodies import lemma
from letopis.find.naming.posts import posts_of
from letopis.find.naming.scene import OWNERS, Scene, name_of

_COMPLEMENTS = ("nmod", "amod", "appos", "flat", "nummod", "det", "acl")


def people_by_post(scene: Scene, entities: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Lone posts: 'Министр добавил ...'."""
    known = words("professions")
    for group in scene.documents:
        lone = _lone(scene, group, known)
        if lone:
            holders = _holders(scene, group, entities)
            yield from _antecedents(scene, entities, lone, holders)


def bodies_by_noun(scene: Scene, entities: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Lone nouns for bodies: 'Ведомство сообщило ...'."""
    known = frozenset(_nouns())
    for group in scene.documents:
        lone = _lone(scene, group, known)
        if lone:
            holders = {noun: list(_bodies(scene, group, noun)) for noun in {n for _, n in lone}}
            yield from _antecedents(scene, entities, lone, holders)


def _lone(scene: Scene, group: Sequence[int], known: frozenset[str]) -> list[tuple[int, str]]:
    """(word, noun) of the known nouns of a document that stand alone."""
    if not group:
        return []
    text = scene.text
    document = int(text.readings.document[scene.mentions[group[0]].span.reading])
    first, last = np.searchsorted(text.readings.document[text.sentences.reading], (document, document + 1))
    nouns = (w for w in range(text.words.first[first], text.words.first[last]) if text.syntax.pos[w] == "NOUN")
    named = ((word, text.syntax.lemma[word].lower()) for word in nouns)
    return [(word, noun) for word, noun in named if noun in known and _stands_alone(scene, word)]


def _stands_alone(scene: Scene, word: int) -> bool:
    """No complement, no name beside it, singular."""
    text = scene.text
    complements = (c for c in text.children[word] if text.syntax.deprel[c].split(":")[0] in _COMPLEMENTS)
    if next(complements, None) is not None or "Number=Plur" in text.syntax.feats[word]:
        return False
    beside = (word - 1, word + 1)
    return word not in scene.body_at and not any(w in scene.person_at or w in scene.body_at or w in scene.place_at for w in beside)


def _holders(scene: Scene, group: Sequence[int], entities: Sequence[int]) -> dict[str, list[int]]:
    """Noun -> mentions of the people who are called so in the document."""
    called: defaultdict[str, set[int]] = defaultdict(set)
    people = [i for i in group if scene.mentions[i].type == "PERSON"]
    for i in people:
        first, _ = scene.words[i]
        for word in range(max(0, first - 12), first):
            if scene.text.words.sentence[word] == scene.text.words.sentence[first]:
                called[scene.text.syntax.lemma[word].lower()].add(entities[i])
    named = {entity for i in people if posts_of(scene, i) for entity in [entities[i]]}
    return {noun: [i for i in people if entities[i] in who & named] for noun, who in called.items()}


def _bodies(scene: Scene, group: Sequence[int], noun: str) -> Iterator[int]:
    heads, kinds = _nouns()[noun]
    for i in group:
        if scene.mentions[i].type in OWNERS and scene.mentions[i].parent is None:
            name = name_of(scene, i)
            if heads & set(name.core) or kinds & (classes(name.kinds) | attached_to(scene, i).kinds):
                yield i


def _antecedents(
    scene: Scene, entities: Sequence[int], lone: Sequence[tuple[int, str]], holders: dict[str, list[int]],
) -> Iterator[tuple[int, int]]:
    for word, noun in lone:
        fitting = [i for i in holders.get(noun, ()) if scene.words[i][1] <= word]
        if fitting and len({entities[i] for i in holders[noun]}) == 1:
            yield word, fitting[-1]


@lru_cache(maxsize=1)
def _nouns() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    rows = table("anaphor_nouns")
    return {r["lemma"]: (frozenset(map(lemma, r["heads"].split())), frozenset(r["kinds"].split())) for r in rows}
