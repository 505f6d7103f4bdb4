"""Words -> fine tokens: razdel's words split further at hyphens and at letter/digit borders, with what their forms tell.

Contract. A fine token lies inside one word; every character of a word that is not white space lies in exactly one of them
('COVID-19', 'экс-президент', '2010-х', '5км'). A sentence that would have more than LONGEST of them has its words. What a form
tells is a row of numbers a *piece* (a fine token of a distinct word of the batch): affixes are hashed with crc32, so there is
no dictionary to ship, and no number needs a lemma. What depends on the document is `features`'.
"""

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from slovnet.shape import SHAPES, word_shape

from letopis.encoder.weights import load
from letopis.layers import Ints, Words

FINE = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_|\w")
LONGEST = 1024                      # tokens of a sentence: spans cost memory by the square; '****...' is a word of thousands
COLUMNS = ("row", "shape", "suffix 2", "suffix 3", "prefix 3", "prefix 5", "length", "number")
"""Of a piece: navec's row, slovnet's shape, affixes, letters, kind of number; 0 is 'none' for all but the first."""
AFFIX_SIZES = (1001, 4001, 4001, 12001)

_SHAPE = {shape: i + 1 for i, shape in enumerate(SHAPES)}
_WHOLE = re.compile(r".+", re.S)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PLACE = 3                          # numbers of a piece before its columns: start and end in its word, whether it is a capital's

Described: TypeAlias = tuple[bytes, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The fine tokens of a batch, and the distinct pieces they are."""

    word: Ints                      # [token] its word
    start: Ints                     # [token] offsets in the reading
    end: Ints
    first: Ints                     # [sentence + 1] first token of each
    inside: Ints                    # [token] number in its word
    last: Ints                      # [token] number of the last token of its word
    piece: Ints                     # [token] its piece
    pieces: Ints                    # [piece, COLUMNS]
    stem: Ints                      # [piece] number of its stem in the batch
    upper: Ints                     # [piece] 1 where it begins with a capital


def split(words: Words) -> Tokens:
    """The fine tokens of all words, in order."""
    kind, described = _kinds(words)
    table = np.frombuffer(b"".join(d for d, _ in described), np.int32).reshape(-1, _PLACE + len(COLUMNS))
    sizes = np.array([len(stems) for _, stems in described], np.int64)
    offset = np.cumsum(sizes) - sizes
    count = sizes[kind]
    before = np.cumsum(count) - count
    word = np.repeat(np.arange(len(kind)), count)
    inside = np.arange(len(word)) - before[word]
    piece = offset[kind][word] + inside
    start = words.start[word]
    first = np.concatenate([before, [len(word)]])[words.first]
    return Tokens(
        word.astype(np.int32), start + table[piece, 0], start + table[piece, 1], first.astype(np.int32), inside.astype(np.int32),
        (count[word] - 1).astype(np.int32), piece.astype(np.int32), table[:, _PLACE:],
        _numbered(stem for _, stems in described for stem in stems), table[:, 2],
    )


def _kinds(words: Words) -> tuple[npt.NDArray[np.int64], list[Described]]:
    """[word] number of what it is split into, and these. The words of a sentence that would be too long are split into nothing."""
    number: dict[str, int] = {}
    kind = np.array([number.setdefault(form, len(number)) for form in words.form], np.int64)
    described = [_described(form) for form in number]
    sizes = np.array([len(stems) for _, stems in described], np.int64)[kind]
    edges = np.concatenate([[0], np.cumsum(sizes)])[words.first]
    whole: dict[str, int] = {}
    for sentence in np.flatnonzero(np.diff(edges) > LONGEST).tolist():
        for word in range(words.first[sentence], words.first[sentence + 1]):
            if sizes[word] > 1:
                kind[word] = len(described) + whole.setdefault(words.form[word], len(whole))
    return kind, described + [_described(form, whole=True) for form in whole]


def _numbered(stems: Iterable[str]) -> Ints:
    number: dict[str, int] = {}
    return np.array([number.setdefault(s, len(number)) for s in stems], np.int32)


@lru_cache(maxsize=30_000)
def _described(word: str, *, whole: bool = False) -> Described:
    """Place and columns of the pieces of a word, int32, and their stems; `whole` is one piece."""
    rows, stems = [], []
    for m in (_WHOLE if whole else FINE).finditer(word):
        form = m.group()
        rows.append([m.start(), m.end(), int(form[0].isupper()), _row(form, word), *_form(form), min(len(form), 15) + 1,
                     _number(form)])
        stems.append(stem(form))
    return np.array(rows, np.int32).tobytes(), tuple(stems)


def stem(form: str) -> str:
    """A form less two letters, at least four: 'Путина' and 'Путину' share it."""
    return form.lower()[:max(4, len(form) - 2)]


def _row(form: str, word: str) -> int:
    """Navec's row: the token's, its spelling with е, its whole word's, that of so many zeros; else <unk>."""
    embedding = load().embedding
    lower = form.lower()
    tries = [lower, lower.replace("ё", "е"), word.lower()]
    if _NUMBER.fullmatch(lower):
        tries.append("0" * len(lower))
    number = next((embedding.number[t] for t in tries if t in embedding.number), 0)
    return int(embedding.row[number])


def _form(form: str) -> list[int]:
    lower = form.lower()
    parts = (lower[-2:], lower[-3:], lower[:3], lower[:5])
    hashed = [1 + zlib.crc32(p.encode()) % (size - 1) for size, p in zip(AFFIX_SIZES, parts, strict=True)]
    return [_SHAPE.get(word_shape(form), 0), *hashed]


def _number(form: str) -> int:
    """0 no number, 1 a year, 2 another of four digits, from 3 by length and whether it can be a day of the month."""
    if not form.isascii() or not form.isdigit():
        return 0
    if len(form) == 4:
        return 1 if 1000 < int(form) < 2100 else 2
    return 3 + min(len(form), 5) + (0 if int(form) <= 31 else 5)
