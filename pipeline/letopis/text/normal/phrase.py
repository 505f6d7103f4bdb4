"""A span as the model sees it: its pieces, the words they belong to, and what stands around them.

A span may have several parts ('Воронежская ... области'), and may begin or end inside a word.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from letopis.layers import Span, Syntax, Words
from letopis.text.grammemes import given
from letopis.text.normal.pieces import Piece, pieces

_OPENING, _CLOSING = frozenset('«"“„'), frozenset("»”")
_FUNCTION = frozenset({"ADP", "CCONJ", "PUNCT", "SCONJ", "PART"})
DEEPEST_QUOTE = 2


class Tag(NamedTuple):
    """What the tagger says of a word; one letter for case, number and gender, '-' for none."""

    pos: str
    case: str
    number: str
    gender: str
    key: str            # all of it


@dataclass(frozen=True, slots=True)
class Columns:
    """Words and syntax of a batch as lists, which Python reads faster than arrays."""

    start: list[int]
    end: list[int]
    first: list[int]
    form: list[str]
    pos: list[str]
    feats: list[str]
    head: list[int]
    deprel: list[str]

    def tag(self, word: int) -> Tag:
        """The tag of a word."""
        return tag_of(self.pos[word], self.feats[word])


@dataclass(frozen=True, slots=True)
class Phrase:
    """One span; columns `pieces`, `owner`, `quotes` are as long as it has pieces."""

    columns: Columns
    words: list[int]            # its words, in order
    tags: list[Tag]             # of its words
    pieces: list[Piece]
    owner: list[int]            # [piece] place of its word among `words`
    quotes: list[int]           # [piece] how many quotation marks have been opened before it
    anchor: int                 # the word whose head is outside
    parts: int
    common: bool                # whether it is a phrase rather than a name

    def outside(self) -> str:
        """What stands before the span: a function word itself, the tag of any other."""
        word = self.words[0] - 1
        columns = self.columns
        sentence_start = columns.first[bisect_right(columns.first, self.words[0]) - 1]
        if word < sentence_start:
            return "BOS"
        tag = columns.tag(word)
        return tag.pos + columns.form[word].lower() if tag.pos in _FUNCTION else tag.key


def columns_of(words: Words, syntax: Syntax) -> Columns:
    """The lists of a batch."""
    return Columns(
        words.start.tolist(), words.end.tolist(), words.first.tolist(), words.form, syntax.pos, syntax.feats,
        syntax.head.tolist(), syntax.deprel,
    )


@lru_cache(maxsize=10_000)
def tag_of(pos: str, feats: str) -> Tag:
    """The tag of a part of speech and CoNLL-U features."""
    known = given(feats)
    case, number, gender = (known.get(name, "-")[0] for name in ("Case", "Number", "Gender"))
    return Tag(pos, case, number, gender, f"{pos}{case}{number}{gender}")


def phrase_of(columns: Columns, parts: Sequence[Span], *, common: bool = False) -> Phrase | None:
    """The phrase of a span in parts; None where no word stands in them."""
    words: list[int] = []
    forms: list[str] = []
    for part in parts:
        for word in _words_in(columns, part):
            cut_left, cut_right = max(part.start - columns.start[word], 0), max(columns.end[word] - part.end, 0)
            form = columns.form[word]
            words.append(word)
            forms.append(form[cut_left:len(form) - cut_right] if cut_left or cut_right else form)
    return _phrase(columns, words, forms, parts=len(parts), common=common) if words else None


def _words_in(columns: Columns, part: Span) -> range:
    """Words that share a character with the span; a span may go on into the next sentences ('им. Горького')."""
    first, last = columns.first[part.sentence], columns.first[part.sentence + 1]
    while last < len(columns.start) and columns.start[last - 1] < columns.start[last] < part.end:
        last = columns.first[bisect_right(columns.first, last)]
    low = bisect_right(columns.end, part.start, first, last)
    return range(low, bisect_left(columns.start, part.end, low, last))


def _phrase(columns: Columns, words: list[int], forms: list[str], *, parts: int, common: bool) -> Phrase:
    cut = [pieces(form) for form in forms]
    flat = [piece for own in cut for piece in own]
    owner = [place for place, own in enumerate(cut) for _ in own]
    depths = accumulate((form in _OPENING) - (form in _CLOSING) for form in forms)
    quotes = [min(max(depth, 0), DEEPEST_QUOTE) for depth, own in zip(depths, cut, strict=True) for _ in own]
    tags = [tag_of(columns.pos[word], columns.feats[word]) for word in words]
    return Phrase(columns, words, tags, flat, owner, quotes, _anchor(columns, words), parts, common)


def _anchor(columns: Columns, words: list[int]) -> int:
    inside = set(words)
    return next((w for w in words if columns.head[w] not in inside and columns.pos[w] != "PUNCT"), words[0])
