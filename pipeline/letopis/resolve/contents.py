"""What documents and sightings say, as sparse rows of words: how like two of them are.

Contract. A row holds a word's rarity times one and the logarithm of how often it is said, and has the length UNIT but for rounding.
Words are hashes, weights whole numbers, so that no order changes a sum; nothing of the corpus at hand changes a row.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_array

from letopis.encoder.weights import Floats
from letopis.layers import Ints
from letopis.store.corpus import Corpus

Longs: TypeAlias = npt.NDArray[np.int64]

UNIT = 1000
RARITY = 1 << 16                      # above any rarity
ROWS = 20_000                         # pairs that are compared at once

_SENTENCES = """
SELECT d.number, s.sentence, s.words, s.weights FROM {words} s JOIN {chosen} d USING (document_id) ORDER BY d.number, s.sentence
"""


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of some documents: a row each, in order."""

    document: Longs                   # [row] number of its document
    sentence: Longs                   # [row] its number in it
    said: csr_array                   # [row, word] 1 where it is said
    rarity: Longs                     # [word]


def words_of(corpus: Corpus, chosen: str) -> Words:
    """Those of the documents of the table `chosen` (document_id, number)."""
    table = corpus.query(_SENTENCES.format(words=corpus.units("profile_sentences"), chosen=chosen))
    document, sentence = (table[c].to_numpy().astype(np.int64) for c in ("number", "sentence"))
    hashes, weights = (_flat(table[c]) for c in ("words", "weights"))
    known, column = np.unique(hashes * RARITY + weights, return_inverse=True)     # words of one hash and two rarities stay two
    lengths = table["words"].combine_chunks().value_lengths().to_numpy(zero_copy_only=False).astype(np.int64)
    ends = np.concatenate([[0], np.cumsum(lengths)])
    said = csr_array((np.ones(len(column), np.int64), column, ends), shape=(len(document), len(known)))
    return Words(document, sentence, said, known % RARITY)


def bodies(words: Words, numbers: Longs) -> csr_array:
    """[document, word] of the documents with these numbers, in order; one of which nothing is known says nothing."""
    place = np.searchsorted(numbers, words.document)
    shape = (len(numbers), len(words.document))
    own = csr_array((np.ones(len(place), np.int64), (place, np.arange(len(place)))), shape=shape)
    return _weighed(own @ words.said, words.rarity)


def passages(words: Words, document: Longs, sentences: list[list[int]]) -> csr_array:
    """[sighting, word] of the sentences that tell of each; [sighting] the number of its document."""
    size = int(words.sentence.max(initial=0)) + 1
    codes = words.document * size + words.sentence
    row = np.repeat(np.arange(len(document)), [len(s) for s in sentences])
    asked = document[row] * size + np.array([n for s in sentences for n in s], np.int64)
    place = np.minimum(np.searchsorted(codes, asked), max(len(codes) - 1, 0))
    known = codes[place] == asked if len(codes) else np.zeros(len(asked), np.bool_)
    shape = (len(document), len(codes))
    own = csr_array((np.ones(int(known.sum()), np.int64), (row[known], place[known])), shape=shape)
    table = own @ words.said
    table.data[:] = 1                                # a word is said or not, in however many of the sentences
    return _weighed(table, words.rarity)


def cosines(table: csr_array, a: Longs, b: Longs) -> Ints:
    """[pair] of rows a and b, in hundredths."""
    dots = [
        np.asarray(table[a[i:i + ROWS]].multiply(table[b[i:i + ROWS]]).sum(axis=1)).reshape(-1) for i in range(0, len(a), ROWS)
    ]
    return (np.concatenate([np.zeros(0, np.int64), *dots]) * 100 // UNIT ** 2).astype(np.int32)


def likeness(vectors: Floats, a: Longs, b: Longs) -> Ints:
    """[pair] cosine of rows a and b of a dense table of whole numbers, in hundredths; -100 where one has none."""
    size = np.einsum("ij,ij->i", vectors, vectors).astype(np.float64)
    return cosine((vectors[a], vectors[b]), size[a] * size[b])


def cosine(sides: tuple[Floats, Floats], sizes: npt.NDArray[np.float64]) -> Ints:
    """The same of the two sides of each pair; `sizes` are the products of the squared lengths."""
    dot = np.einsum("ij,ij->i", *sides).astype(np.float64)
    return np.where(sizes > 0, np.rint(100 * dot / np.sqrt(np.maximum(sizes, 1))), -100).astype(np.int32)


def _weighed(table: csr_array, rarity: Longs) -> csr_array:
    table.sort_indices()
    often = np.rint(100 * (1 + np.log(table.data))).astype(np.int64)
    heavy = rarity[table.indices] * often
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    squares = np.zeros(table.shape[0], np.int64)
    np.add.at(squares, row, heavy ** 2)
    length = np.sqrt(np.maximum(squares, 1).astype(np.float64))
    return csr_array((np.rint(UNIT * heavy / length[row]).astype(np.int64), table.indices, table.indptr), shape=table.shape)


def _flat(column: pa.ChunkedArray) -> Longs:
    found: Longs = column.combine_chunks().flatten().to_numpy(zero_copy_only=False).astype(np.int64)
    return found
