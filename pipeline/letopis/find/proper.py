"""Named events, first version: a capitalised noun phrase around a word such as 'конгресс'.

'Первый Евразийский Конгресс народной дипломатии', 'Фестиваль культуры стран Латинской Америки', 'чемпионат мира' is none.
"""

from collections.abc import Iterator

from letopis.find.clauses import Text, dependents, phrase
from letopis.find.lexicons import words as word_list


def named_events(text: Text) -> Iterator[tuple[int, int]]:
    """Words [first, last) of every named event."""
    heads = word_list("event_names")
    for word, lemma in enumerate(text.syntax.lemma):
        if lemma.lower() in heads and text.syntax.pos[word] in ("NOUN", "PROPN"):
            first, last = _name(text, word)
            if _is_name(text, first, word):
                yield first, last


def _name(text: Text, head: int) -> tuple[int, int]:
    """From the first capitalised word of the phrase to its end; a lower-case 'этот', 'прошедший' stays outside."""
    first, last = phrase(text, head)
    capital = next((w for w in range(first, head) if text.words.form[w][0].isupper()), head)
    return capital, _end(text, head, last)


def _end(text: Text, head: int, last: int) -> int:
    """A name in the singular goes on to the end of its phrase, but stops at a preposition: 'День Индии | в Москве'."""
    for word in range(head + 1, last):
        if text.syntax.pos[word] in ("ADP", "PUNCT", "VERB"):
            return word
    return last


def _is_name(text: Text, first: int, head: int) -> bool:
    """Some word of it up to the head is capitalised, and not only because a sentence begins there."""
    start = int(text.words.first[text.words.sentence[head]])
    capitals = [w for w in range(first, head + 1) if text.words.form[w][0].isupper()]
    inside = [w for w in capitals if w > start]
    return bool(inside) and (inside[0] < head or any(dependents(text, head, "nmod", "amod", "flat")))
