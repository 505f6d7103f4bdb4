"""Facts of pairs of mentions of one sentence as codes: hashes of what stands at, between and around both, of how syntax joins them,
and of what the document knows of their entities.

Contract. A pair is two different mentions of one sentence, in either order. A code is below 2 ** BITS; NONE stands for no fact. The
codes of a pair depend on its document alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from letopis.find.links.columns import Longs, MentionColumns, WordColumns

BITS = 16
NONE = 1 << BITS
BETWEEN, LONGEST = 5, 12              # words between that are facts of their own; none where more than LONGEST stand between
GAPS = (1, 2, 3, 4, 6, 9, 15)         # words between, in steps
_BEHIND, _WITHIN, _AROUND = 1, 2, 3   # how the first mention lies to the second; 0: before
WAYS = 4
_UP = 4                               # a word and its heads: how far up syntax is followed
_APART = _UP * _UP                    # the words of a pair meet nowhere near
_SPREAD, _MIXED = np.uint64(0x9E3779B97F4A7C15), np.uint64(29)


@dataclass(frozen=True, slots=True)
class Pairs:
    """[pair] numbers of two mentions and how they lie, in words."""

    one: Longs
    two: Longs
    way: Longs
    far: Longs                        # step of GAPS
    left: Longs                       # first word of the left or outer one
    start: Longs                      # the words between: [start, end), none where they nest
    end: Longs
    after: Longs                      # the word behind both

    def some(self, rows: slice | npt.NDArray[np.bool_]) -> "Pairs":
        """Some of them, in order."""
        return Pairs(*(getattr(self, f.name)[rows] for f in fields(self)))


def pairs_of(m: MentionColumns) -> Pairs:
    """All pairs of each sentence."""
    first, last = (np.searchsorted(m.sentence, m.sentence, side=side) for side in ("left", "right"))
    size = last - first
    one = np.repeat(np.arange(len(size)), size)
    two = np.arange(len(one)) - np.repeat(np.cumsum(size) - size - first, size)
    return _placed(m, one[one != two], two[one != two])


def _placed(m: MentionColumns, one: Longs, two: Longs) -> Pairs:
    within = (m.first[one] >= m.first[two]) & (m.last[one] <= m.last[two])
    around = (m.first[one] <= m.first[two]) & (m.last[one] >= m.last[two]) & ~within
    ahead = m.first[one] < m.first[two]
    way = np.select([within, around, ~ahead], [_WITHIN, _AROUND, _BEHIND], 0)
    left, right = np.where(ahead | around, one, two), np.where(ahead | around, two, one)
    end = m.first[right]
    start = np.minimum(np.where(way >= _WITHIN, end, m.last[left]), end)
    far = np.searchsorted(GAPS, end - start, side="right")
    return Pairs(one, two, way, far, m.first[left], start, end, np.maximum(m.last[left], m.last[right]))


def facts(w: WordColumns, m: MentionColumns, pairs: Pairs) -> Longs:
    """[fact, pair] their codes."""
    types = (m.type[pairs.one] * m.kinds.shape[1] + m.type[pairs.two]) * WAYS + pairs.way
    stated = [*_around(w, m, pairs, types), *_own(w, m, pairs, types), *_joined(w, m, pairs, types)]
    codes = [_code(number, parts) for number, parts in enumerate(stated)]
    return np.stack([*codes, *_between(w, pairs, types, len(codes))])


def _around(w: WordColumns, m: MentionColumns, pairs: Pairs, types: Longs) -> Iterator[tuple[Longs, ...]]:
    """What stands between both, before and behind."""
    one, two, far = pairs.one, pairs.two, pairs.far
    gap, low, high = pairs.end - pairs.start, np.minimum(one, two) + 1, np.maximum(one, two)
    nearer = [np.minimum(m.kinds[high, kind] - m.kinds[low, kind], 2) for kind in (m.type[one], m.type[two])]
    bounds = np.stack([pairs.start, pairs.end], axis=1).ravel()
    marks = np.where(gap > 0, np.bitwise_or.reduceat(w.marks, bounds)[::2], 0) if len(one) else gap
    sentence = m.sentence[one]
    behind, ahead = (np.where(gap > 0, w.lemma[word], 1) for word in (pairs.start, pairs.end - 1))
    yield (types,)
    yield types, far
    yield types, np.minimum(high - low, 4), *nearer
    yield types, far, *nearer, marks
    yield types, marks
    yield types, _lemma(w, pairs.left - 1, sentence)
    yield types, _lemma(w, pairs.after, sentence)
    yield types, behind, ahead


def _own(w: WordColumns, m: MentionColumns, pairs: Pairs, types: Longs) -> Iterator[tuple[Longs, ...]]:
    """What both are."""
    one, two = pairs.one, pairs.two
    a, b = m.head[one], m.head[two]
    size = np.minimum(m.last - m.first, 4)
    same = (m.entity[one] == m.entity[two]) & (m.entity[one] >= 0)
    parent = np.where(m.parent < 0, -1, m.type[m.parent])
    siblings = (m.parent[one] == m.parent[two]) & (m.parent[one] >= 0)
    nested = (m.parent[one] == two) | (m.parent[two] == one)
    yield types, w.lemma[a]
    yield types, w.lemma[b]
    yield types, w.lemma[m.last[two] - 1]
    yield types, w.case[a], w.case[b]
    yield types, w.preposition[a], w.preposition[b]
    yield types, m.form[one], m.form[two], size[one], size[two]
    yield types, same.astype(np.int64), m.fresh[one], m.fresh[two]
    yield types, siblings.astype(np.int64), nested.astype(np.int64), parent[one], parent[two]


def _joined(w: WordColumns, m: MentionColumns, pairs: Pairs, types: Longs) -> Iterator[tuple[Longs, ...]]:
    """How syntax joins both."""
    a, b = _way_up(w, m.head[pairs.one]), _way_up(w, m.head[pairs.two])
    meet, top = np.full(len(types), _APART), np.full(len(types), len(w.lemma) - 1)
    steps = sorted(((i, j) for i in range(_UP) for j in range(_UP)), key=lambda step: -sum(step))
    for i, j in steps:
        here = (a[i] == b[j]) & (a[i] < len(w.lemma) - 1)
        meet, top = np.where(here, i * _UP + j, meet), np.where(here, a[i], top)
    ways = [w.deprel[a[0]], w.deprel[b[0]]]
    longer = [np.where(meet // _UP >= 2, w.deprel[a[1]], 0), np.where(meet % _UP >= 2, w.deprel[b[1]], 0)]
    yield types, meet
    yield types, meet, *ways, *longer
    yield types, meet, w.lemma[top]
    yield w.lemma[top], *ways
    yield types, w.lemma[a[1]]
    yield types, w.lemma[b[1]]
    yield types, *ways


def _way_up(w: WordColumns, word: Longs) -> list[Longs]:
    way = [word]
    for _ in range(_UP - 1):
        way.append(w.head[way[-1]])
    return way


def _between(w: WordColumns, pairs: Pairs, types: Longs, name: int) -> Iterator[Longs]:
    """The words between, wherever they stand."""
    gap = pairs.end - pairs.start
    for step in range(BETWEEN):
        told = (gap > step) & (gap <= LONGEST)
        yield np.where(told, _code(name, (types, w.lemma[np.minimum(pairs.start + step, len(w.lemma) - 1)])), NONE)


def _lemma(w: WordColumns, word: Longs, sentence: Longs) -> Longs:
    """Lemmas of words of their own sentence, 0 beyond it."""
    return np.where(w.sentence[word] == sentence, w.lemma[word], 0)


def _code(name: int, parts: tuple[Longs, ...]) -> Longs:
    code = np.full(len(parts[0]), name + 1, np.uint64)
    for part in parts:
        code = (code ^ part.astype(np.uint64)) * _SPREAD
        code ^= code >> _MIXED
    return (code * _SPREAD >> np.uint64(64 - BITS)).astype(np.int64)
