"""Numbered gatherings: 'Первый Евразийский Конгресс народной дипломатии', 'X съезд партии', 'II открытый фестиваль «Ромашка»'.

A happening that has a number is named by it, whatever the tagger takes its last word for. Heads and their types of the ontology
stand in data/lexicons/gatherings.tsv.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from letopis.find.clauses import Text, phrase
from letopis.find.lexicons import table

FARTHEST = 4                # words from the number to the head
_ROMAN = re.compile(r"[IVXL]+")
_ORDINAL = re.compile(
    r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|[а-я]+надцат|[а-я]+десят|сороков)"
    r"(?:ый|ой|ий|ая|ое|ье|ья|ого|его|ому|ему|ым|им|ом|ем|ую|ью|ей|ые|ых|ыми)"
)
_ENDS = ("ADP", "PUNCT", "VERB", "SYM")


@lru_cache(maxsize=1)
def types() -> Mapping[str, str]:
    """Lemma of a head -> type of the happening."""
    return {row["lemma"]: row["type"] for row in table("gatherings")}


def numbered(text: Text) -> Iterator[tuple[int, int, int]]:
    """Words [first, last) of every numbered gathering, and its head."""
    for head, lemma in enumerate(text.syntax.lemma):
        if lemma.lower() in types() and text.syntax.pos[head] in ("NOUN", "PROPN"):
            number = _number(text, head)
            if number is not None:
                yield number, _quoted(text, _end(text, head)), head


def _number(text: Text, head: int) -> int | None:
    """The number before a head, only adjectives between them."""
    start = int(text.words.first[text.words.sentence[head]])
    for word in range(head - 1, max(start, head - FARTHEST) - 1, -1):
        form = text.words.form[word]
        if _ROMAN.fullmatch(form) or (form[0].isupper() and _ORDINAL.fullmatch(form.lower())):
            return word
        if text.syntax.pos[word] != "ADJ":
            return None
    return None


def _end(text: Text, head: int) -> int:
    """A name goes on to the end of its phrase, but stops at a preposition: 'Первый конгресс историков | в Перми'."""
    _, last = phrase(text, head)
    return next((word for word in range(head + 1, last) if text.syntax.pos[word] in _ENDS), last)


def _quoted(text: Text, last: int) -> int:
    """What stands in quotation marks right behind is the rest of the name."""
    stop = int(text.words.first[text.words.sentence[last - 1] + 1])
    if last < stop and text.words.form[last] == "«":
        return next((word + 1 for word in range(last, stop) if text.words.form[word] == "»"), last)
    return last
