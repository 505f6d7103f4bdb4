"""Words -> packed chunks: many sentences in one sequence, a blank row before, between and after them.

A blank row is what padding is to a convolution, so each sentence is encoded as if it stood alone. What it does not do:
compute anything from a weight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from slovnet.shape import word_shape

from letopis.encoder.weights import Models
from letopis.layers import Words

CHUNK = 2048                # words: the widest layer of a chunk takes 6 MB

Longs: TypeAlias = npt.NDArray[np.int64]
_shape = lru_cache(maxsize=30_000)(word_shape)


@dataclass(frozen=True, slots=True)
class Packed:
    """A run of sentences as one sequence of rows."""

    first: int                        # number of its first word in the batch
    length: Longs                     # [sentence] words
    start: Longs                      # [sentence] row of its first word
    row: Longs                        # [word] its row
    blank: Longs                      # rows that hold no word
    word: Longs                       # [distinct] number in the embedding
    shape: Longs                      # [distinct] number of the shape
    kind: Longs                       # [row] 1 + which of the distinct pairs of word and shape it holds; 0 for blanks


def pack(models: Models, words: Words) -> Iterator[Packed]:
    """Chunks of whole sentences in order, each of at most CHUNK words, or of one longer sentence."""
    size = np.diff(words.first).astype(np.int64)
    sentences = np.flatnonzero(size)
    done = 0
    while done < len(sentences):
        total = np.cumsum(size[sentences[done:done + CHUNK]])
        count = max(1, int(np.searchsorted(total, CHUNK, side="right")))
        first = int(words.first[sentences[done]])
        forms = words.form[first:first + int(total[count - 1])]
        yield _packed(first, size[sentences[done:done + count]], _kinds(models, forms))
        done += count


def _kinds(models: Models, forms: list[str]) -> Longs:
    """Word and shape of each form in one number."""
    number, shape = models.embedding.number, models.shapes
    word = np.array([number.get(form.lower(), 0) for form in forms], np.int64)
    return word << 8 | np.array([shape[_shape(form)] for form in forms], np.int64)


def _packed(first: int, length: Longs, kinds: Longs) -> Packed:
    sentence = np.repeat(np.arange(len(length)), length)
    row = np.arange(1, len(kinds) + 1) + sentence
    total = int(row[-1]) + 2
    blank = np.ones(total, np.bool_)
    blank[row] = False
    distinct, which = np.unique(kinds, return_inverse=True)
    kind = np.zeros(total, np.int64)
    kind[row] = which + 1
    start = np.cumsum(length) - length + np.arange(1, len(length) + 1)
    return Packed(first, length, start, row, np.flatnonzero(blank), distinct >> 8, distinct & 255, kind)
