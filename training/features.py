"""Sentences -> feature numbers of every fine token, int32 [tokens, len(SIZES)]; the first column is navec's row.

Affixes are hashed with crc32, so there is no dictionary to ship. Features of the document: whether the word's stem
stands elsewhere with a capital inside a sentence, or in lower case, and how early its sentence is. No feature needs a
lemma.
"""

import re
import zlib
from collections import Counter

import numpy as np
import numpy.typing as npt
from slovnet.shape import SHAPES, word_shape

from states import embedding
from tokens import Sentence

NAVEC = 300
# navec row, then: shape, suffix 2, suffix 3, prefix 3, prefix 5, capitals in the document, place of the sentence,
# length, place in the word and glue to the neighbour, kind of number; 0 is 'none' or 'masked' for all of them
SIZES = (250_002, 128, 1001, 4001, 4001, 12001, 5, 5, 17, 9, 16)
WIDTHS = (0, 16, 12, 24, 24, 24, 4, 4, 4, 4, 6)
AFFIXES = (2, 3, 4, 5)
_SHAPE = {shape: i + 1 for i, shape in enumerate(SHAPES)}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def features(text: str, sentences: list[Sentence]) -> npt.NDArray[np.int32]:
    """Feature numbers of one document's tokens, in order."""
    seen = _Capitals(text, sentences)
    rows = [row for n, s in enumerate(sentences) for row in _sentence(text, s, n, seen)]
    return np.array(rows, np.int32).reshape(-1, len(SIZES))


def navec() -> npt.NDArray[np.float16]:
    """Navec's table [rows, 300]; the rows of <unk> and <pad> are zero."""
    e = embedding()
    indexes, codes = e.pq.indexes, e.pq.codes
    parts = np.arange(codes.shape[0])
    table = np.zeros((len(indexes), codes.shape[0] * codes.shape[2]), np.float16)
    for i in range(0, len(indexes), 20_000):
        some = indexes[i:i + 20_000]
        table[i:i + len(some)] = codes[parts, some].reshape(len(some), -1)
    table[[e.vocab.unk_id, e.vocab.pad_id]] = 0
    return table


class _Capitals:
    """Stems of a document seen with a capital inside a sentence, and in lower case."""

    def __init__(self, text: str, sentences: list[Sentence]) -> None:
        self.upper: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        for s in sentences:
            for i, (a, b) in enumerate(s.tokens):
                if not text[a:b][0].isupper():
                    self.lower[stem(text[a:b])] += 1
                elif i > 0:
                    self.upper[stem(text[a:b])] += 1

    def __call__(self, form: str) -> int:
        key = stem(form)
        return 1 + (key in self.upper) + 2 * (key in self.lower)


def stem(form: str) -> str:
    """A form less two letters, at least four: 'Путина' and 'Путину' share it."""
    return form.lower()[:max(4, len(form) - 2)]


def _sentence(text: str, s: Sentence, number: int, seen: _Capitals) -> list[list[int]]:
    rows = []
    last = len(s.tokens) - 1
    for i, (a, b) in enumerate(s.tokens):
        form = text[a:b]
        first_of_word = i == 0 or s.word_of[i - 1] != s.word_of[i]
        last_of_word = i == last or s.word_of[i + 1] != s.word_of[i]
        glued = i > 0 and s.tokens[i - 1][1] == a
        place = 1 + (not first_of_word) + 2 * (not last_of_word) + 4 * glued
        word = text[slice(*s.words[s.word_of[i]])]
        rows.append([_row(form, word), *_form(form), seen(form), 1 + min(number, 3), 1 + min(len(form), 15), place,
                     _number(form)])
    return rows


def _row(form: str, word: str) -> int:
    """Navec's row: the token's, its spelling with е, its whole word's, that of so many zeros; else <unk>."""
    vocab = embedding().vocab
    lower = form.lower()
    tries = [lower, lower.replace("ё", "е"), word.lower()]
    if _NUMBER.fullmatch(lower):
        tries.append("0" * len(lower))
    return next((vocab[t] for t in tries if t in vocab), vocab.unk_id)


def _form(form: str) -> list[int]:
    lower = form.lower()
    parts = (lower[-2:], lower[-3:], lower[:3], lower[:5])
    hashed = [1 + zlib.crc32(p.encode()) % (SIZES[n] - 1) for n, p in zip(AFFIXES, parts, strict=True)]
    return [_SHAPE.get(word_shape(form), 0), *hashed]


def _number(form: str) -> int:
    """0 no number, 1 a year, 2 another of four digits, from 3 by length and whether it can be a day of the month."""
    if not form.isascii() or not form.isdigit():
        return 0
    if len(form) == 4:
        return 1 if 1000 < int(form) < 2100 else 2
    return 3 + min(len(form), 5) + (0 if int(form) <= 31 else 5)
