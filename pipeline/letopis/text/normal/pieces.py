"""Word forms in pieces: all about a form that does not depend on its sentence.

'Ростове-на-Дону' has three pieces, since each part of a hyphenated word may keep or change its ending by itself.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Edit: TypeAlias = tuple[str, str]       # what goes from the end of the word, what comes: ('ой', 'ая')

KEEP: Edit = ("", "")
_HYPHEN = re.compile(r"(?<=[А-яЁё])-(?=[А-яЁё])")
_CYRILLIC = re.compile(r"[А-яЁё]")
_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ой|ою|ей|ею|ым|им|ом|ем|ых|их|ами|ями|ах|ях|ую|юю|ая|яя|ое|ее|ый|ий|[аеиоуыэюяьй])$"
)
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word form."""

    text: str           # as written
    low: str            # small letters, ё as е
    shape: str          # x no Cyrillic, A ABC, I one capital, M aBc, C Abc, d 1-abc, l abc
    part: str           # its number in a hyphenated form and how many there are, '02'; '' in others
    stem: str
    ending: str


@lru_cache(maxsize=50_000)
def pieces(form: str) -> tuple[Piece, ...]:
    """The pieces of a word form, in order."""
    texts = _HYPHEN.split(form)
    many = min(len(texts), 3)
    return tuple(_piece(text, f"{i}{many}" if many > 1 else "") for i, text in enumerate(texts))


def _piece(text: str, part: str) -> Piece:
    low = fold(text)
    return Piece(text, low, _shape(text), part, *stem(low))


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Small letters, ё as е: what of two spellings need not agree."""
    return text.lower().replace("ё", "е")


@lru_cache(maxsize=50_000)
def stem(low: str) -> tuple[str, str]:
    """A folded form without its ending, and the ending: what the forms of one name have in common."""
    found = _ENDING.search(low)
    if not found or found.start() < SHORTEST_STEM:
        return low, ""
    return low[:found.start()], found.group()


def edit_between(low: str, normal: str) -> Edit:
    """The edit that makes one folded form of another."""
    same = 0
    for a, b in zip(low, normal, strict=False):
        if a != b:
            break
        same += 1
    return low[same:], normal[same:]


def apply(piece: Piece, edit: Edit) -> str:
    """The piece with another ending, in the letters it is written in."""
    cut, add = edit
    return piece.text[:len(piece.text) - len(cut)] + (add.upper() if piece.shape == "A" else add)


def _shape(text: str) -> str:
    if not _CYRILLIC.search(text):
        return "x"
    if text.isupper():
        return "A" if len(text) > 1 else "I"
    if text[0].isupper():
        return "M" if any(c.isupper() for c in text[1:]) else "C"
    return "d" if text[0].isdigit() else "l"
