"""Pairs of event mentions of one document that could be one happening: a bounded number for each mention.

Contract: pairs (earlier, later) in order, each once. A mention is paired with the NEAREST before it, with the last ALIKE of its
lemma and of its type, and with the first OPENING of its document, so that long documents cost no more a mention than short ones;
then pairs that neither letters, meaning nor type bring together are left out.
"""

import numpy as np
import numpy.typing as npt

from letopis.find.coreference.columns import Columns
from letopis.find.coreference.vectors import LENGTH

NEAREST, ALIKE, OPENING = 40, 4, 6
LIKE = 0.45                           # cosine from which two words are looked at whatever their types
LETTERS_LIKE = 4

Pairs = npt.NDArray[np.int64]


def candidates(columns: Columns) -> Pairs:
    """[pair, 2] numbers of two mentions that could be one happening."""
    document = columns.document.astype(np.int64)
    facts = columns.facts
    near = [_shifted(document, np.arange(len(document)), k) for k in range(1, NEAREST + 1)]
    far = [
        _shifted(document << 32 | key.astype(np.int64), np.lexsort((np.arange(len(key)), key, document)), k)
        for key in (columns.lemmas[:, 0], facts["type"]) for k in range(1, ALIKE + 1)
    ]
    codes = np.unique(np.concatenate([*near, *far, _opening(document)]))
    pairs = np.stack([codes >> 32, codes & 0xFFFFFFFF], axis=1)
    return pairs[_plausible(columns, pairs)]


def _shifted(keys: Pairs, order: Pairs, k: int) -> Pairs:
    """Each mention in `order` with the k-th before it that has the same key, both in one number."""
    a, b = order[:-k], order[k:]
    same = keys[a] == keys[b]
    found: Pairs = a[same] << 32 | b[same]
    return found


def _opening(document: Pairs) -> Pairs:
    """Each mention with the first ones of its document."""
    if not len(document):
        return document
    first = np.searchsorted(document, document)
    number = np.arange(len(document))
    return np.concatenate([(first + k)[first + k < number] << 32 | number[first + k < number] for k in range(OPENING)])


def _plausible(columns: Columns, pairs: Pairs) -> npt.NDArray[np.bool_]:
    a, b = pairs.T
    facts, first, second = columns.facts, columns.facts["type"], columns.facts["type2"]
    kind = (facts["group"][a] == facts["group"][b]) | (first[a] == second[b]) | (second[a] == first[b])
    stem = (columns.letters[a, :LETTERS_LIKE] == columns.letters[b, :LETTERS_LIKE]).all(axis=1)
    root = (columns.root[a, :LETTERS_LIKE] == columns.root[b, :LETTERS_LIKE]).all(axis=1)
    like = np.einsum("ij,ij->i", columns.vector[a], columns.vector[b]) >= LIKE * LENGTH * LENGTH
    generic = (facts["generic"][a] | facts["generic"][b]) & (facts["definite"][a] | facts["definite"][b])
    found: npt.NDArray[np.bool_] = kind | stem | root | like | (generic > 0)
    return found

