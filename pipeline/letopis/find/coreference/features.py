"""Pairs of event mentions -> what speaks for and against their being one happening, in whole numbers.

Contract: a column a fact, the same for a pair whatever else is in the batch. Of a pair (a, b) the first mention is the earlier one.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from letopis.encoder.weights import Floats
from letopis.find.coreference.candidates import Pairs
from letopis.find.coreference.columns import TITLE, Columns
from letopis.find.coreference.words import Bytes
from letopis.layers import Ints

Values = npt.NDArray[np.generic]
_FAR, _MANY, _LONG = 60, 30, 100
_BOTH = ("type", "realis", "speech", "tense", "generic", "opening", "relation", "depth")
_LATER = ("plural", "definite", "other", "size")


def features(columns: Columns, pairs: Pairs) -> dict[str, Values]:
    """Name -> [pair] of each fact."""
    a, b = (np.ascontiguousarray(side) for side in pairs.T)
    facts = {name: (values[a], values[b]) for name, values in columns.facts.items()}
    found = _words(columns, a, b) | _kinds(facts) | _participants(columns, a, b)
    return found | _distance(columns, (a, b), facts) | _counts(columns, a, b)


def _words(c: Columns, a: Pairs, b: Pairs) -> dict[str, Values]:
    own, near = (c.lemmas[a], c.lemmas[b]), (c.near[a], c.near[b])
    vectors, company = (c.vector[a], c.vector[b]), (c.company[a], c.company[b])
    size, around = _sizes(c.vector), _sizes(c.company)
    return {
        "near": _shared(*near), "cross": _shared(own[0], near[1]) + _shared(near[0], own[1]),
        "near_a": (near[0] > 0).sum(axis=1), "near_b": (near[1] > 0).sum(axis=1),
        "letters": _prefix(c.letters[a], c.letters[b]), "root": _prefix(c.root[a], c.root[b]),
        "length_a": (c.letters > 0).sum(axis=1)[a], "length_b": (c.letters > 0).sum(axis=1)[b],
        "like": _cosine(*vectors, size[a] * size[b]),
        "like_company": _cosine(*company, around[a] * around[b]),
        "like_cross": np.maximum(
            _cosine(vectors[0], company[1], size[a] * around[b]), _cosine(company[0], vectors[1], around[a] * size[b])
        ),
    }


def _shared(a: Ints, b: Ints) -> Ints:
    """How many of the numbers of a are among those of b."""
    count = np.zeros(len(a), np.int32)
    others = np.ascontiguousarray(b.T)
    for one in np.ascontiguousarray(a.T):
        found = np.zeros(len(a), np.bool_)
        for other in others:
            found |= one == other
        count += found & (one > 0)
    return count


def _prefix(a: Bytes, b: Bytes) -> Ints:
    """Letters that both begin with."""
    count = np.zeros(len(a), np.int32)
    going = np.ones(len(a), np.bool_)
    for one, other in zip(a.T, b.T, strict=True):
        going &= (one == other) & (one > 0)
        count += going
    return count


def _sizes(vectors: Floats) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = np.einsum("ij,ij->i", vectors, vectors).astype(np.float64)
    return found


def _cosine(a: Floats, b: Floats, sizes: npt.NDArray[np.float64]) -> Ints:
    """Cosine in hundredths, -100 where one has no vector; `sizes` are the products of the squared lengths."""
    dot = np.einsum("ij,ij->i", a, b).astype(np.float64)
    return np.where(sizes > 0, np.rint(100 * dot / np.sqrt(np.maximum(sizes, 1))), -100).astype(np.int32)


def _kinds(facts: Mapping[str, tuple[Ints, Ints]]) -> dict[str, Values]:
    kind, second = facts["type"], facts["type2"]
    crossed = (kind[0] == second[1]) | (second[0] == kind[1]) | ((second[0] == second[1]) & (second[0] > 0))
    tense = facts["tense"]
    return {
        "crossed_type": crossed, "sure": np.minimum(*facts["sure"]),
        "same_realis": facts["realis"][0] == facts["realis"][1], "same_speech": facts["speech"][0] == facts["speech"][1],
        "same_number": facts["plural"][0] == facts["plural"][1],
        "same_tense": np.where((tense[0] > 0) & (tense[1] > 0), tense[0] == tense[1], -1),
        **{f"{name}_{side}": facts[name][i] for name in _BOTH for i, side in enumerate("ab")},
        **{f"{name}_b": facts[name][1] for name in _LATER},
        "capital_a": facts["capital"][0], "quoted_b": facts["quote"][1] > 0,
    }


def _participants(c: Columns, a: Pairs, b: Pairs) -> dict[str, Values]:
    actors, everyone = c.parts[:, :2].reshape(len(c.parts), -1), c.parts.reshape(len(c.parts), -1)
    around = c.around[a], c.around[b]
    return {
        "agent": _agreement(c.parts[a, 0], c.parts[b, 0]),
        "actors": _agreement(actors[a], actors[b]), "everyone": _shared(everyone[a], everyone[b]),
        "around": _shared(*around), "around_a": (around[0] > 0).sum(axis=1), "around_b": (around[1] > 0).sum(axis=1),
        "parts_around": _shared(actors[a], around[1]) + _shared(actors[b], around[0]),
    }


def _agreement(a: Ints, b: Ints) -> Ints:
    """1 where they share one, -1 where both have some and share none, 0 where one has none."""
    known = (a[:, 0] > 0) & (b[:, 0] > 0)
    return np.where(_shared(a, b) > 0, 1, np.where(known, -1, 0)).astype(np.int32)


def _distance(c: Columns, pairs: tuple[Pairs, Pairs], facts: Mapping[str, tuple[Ints, Ints]]) -> dict[str, Values]:
    a, b = pairs
    first = np.searchsorted(c.document, c.document)
    blocks = np.minimum(np.abs(facts["block"][1] - facts["block"][0]), _MANY)
    return {
        "sentences": np.minimum(c.sentence[b] - c.sentence[a], _FAR),
        "blocks": np.where(facts["opening"][0] == TITLE, _MANY, blocks),
        "words": np.minimum(c.head[b] - c.head[a], _LONG),
        "number_a": np.minimum(a - first[a], _FAR), "number_b": np.minimum(b - first[b], _FAR),
    }


def _counts(c: Columns, a: Pairs, b: Pairs) -> dict[str, Values]:
    """How many mentions of the document have the lemma or type of one, and how many stand between two that have it both."""
    found: dict[str, Values] = {"all": np.minimum(_ranks(c.document, np.zeros_like(c.document))[1][a], _LONG)}
    for name, keys in (("lemma", c.lemmas[:, 0]), ("kind", c.facts["type"])):
        rank, count = _ranks(c.document, keys)
        found |= {
            f"{name}_between": np.where(keys[a] == keys[b], np.minimum(rank[b] - rank[a], _MANY), -1),
            f"{name}_rank_b": np.minimum(rank[b], _MANY),
            f"{name}_count_a": np.minimum(count[a], _MANY), f"{name}_count_b": np.minimum(count[b], _MANY),
        }
    return found


def _ranks(document: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """[event] its number among those of its document with its key, and how many these are."""
    codes = document.astype(np.int64) << 32 | keys.astype(np.int64)
    _, which, counts = np.unique(codes, return_inverse=True, return_counts=True)
    order = np.argsort(which, kind="stable")
    rank = np.empty(len(codes), np.int32)
    rank[order] = np.arange(len(codes)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rank, counts[which].astype(np.int32)
