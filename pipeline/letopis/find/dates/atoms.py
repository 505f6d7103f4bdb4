"""Words -> runs of atoms: the stretches of a sentence that a date may stand in.

Only words with an entry in the lexicon become atoms; a run is a maximal stretch of them with at least one that can
carry a date. A four-digit number that counts something ('2000 человек', '№ 2010') loses its reading as a year here,
so that the grammar need not ask again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from letopis.find.dates.lexicon import Entry, Piece, contexts, fold, look_up
from letopis.layers import Syntax, Words

_NOT_A_YEAR_AFTER = frozenset(("№", "n", "$", "€", "£"))


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a word with all it can be (`names`: the keys of `kinds`); offsets are those of the reading."""

    form: str
    kinds: Mapping[str, str]
    names: frozenset[str]
    word: int
    start: int
    end: int


Atoms: TypeAlias = tuple[Atom, ...]
END = Atom("", {}, frozenset(), -1, -1, -1)
_PADDING = (END,) * 4        # rules look at most so far past the last word


def runs(words: Words, syntax: Syntax) -> Iterator[Atoms]:
    """All runs of the batch in reading order; each ends with some END, which have no kinds."""
    entries = [look_up(form) for form in words.form]
    done = -1
    for strong in [i for i, entry in enumerate(entries) if entry and entry.strong]:
        if strong > done:
            first, last = _stretch(strong, entries, words)
            done = last
            yield (*(a for i in range(first, last + 1) for a in _atoms(i, entries[i], words, syntax)), *_PADDING)


def _stretch(strong: int, entries: list[Entry | None], words: Words) -> tuple[int, int]:
    sentence = int(words.sentence[strong])
    low, high = int(words.first[sentence]), int(words.first[sentence + 1])
    first = last = strong
    while first > low and entries[first - 1]:
        first -= 1
    while last + 1 < high and entries[last + 1]:
        last += 1
    return first, last


def _atoms(word: int, entry: Entry | None, words: Words, syntax: Syntax) -> list[Atom]:
    if entry is None:
        return []
    start = int(words.start[word])
    counts = any("year" in piece.kinds for piece in entry.pieces) and _counts(word, words, syntax)
    pieces = [_number(piece) if counts and "year" in piece.names else piece for piece in entry.pieces]
    return [Atom(p.form, p.kinds, p.names, word, start + p.start, start + p.end) for p in pieces]


def _number(piece: Piece) -> Piece:
    return piece._replace(kinds={"number": piece.kinds["year"]}, names=frozenset(("number",)))


def _counts(word: int, words: Words, syntax: Syntax) -> bool:
    """Does the number count things: '2000 человек', '1500 км', '2010 лет', '№ 2010'?"""
    if word and words.form[word - 1].lower() in _NOT_A_YEAR_AFTER:
        return True
    if word + 1 >= len(words.form) or words.sentence[word + 1] != words.sentence[word]:
        return False
    following = fold(words.form[word + 1])
    if following in contexts()["counted"] or following in ("лет", "%"):
        return True
    many = "Case=Gen" in syntax.feats[word + 1] and "Number=Plur" in syntax.feats[word + 1]
    return many and syntax.pos[word + 1] == "NOUN" and look_up(following) is None
