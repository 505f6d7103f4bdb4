"""Token states -> scores of what joins two spans of one sentence: an event and its argument, or two names."""

import numpy as np

from letopis.encoder.graphs import Matrix
from letopis.encoder.packing import Longs
from letopis.encoder.tagger.products import leaky, with_ones
from letopis.encoder.tagger.weights import PairHead
from letopis.encoder.weights import Floats

NEAR = 16                   # tokens between two spans that are told apart, either way


def joinable(one: Longs, two: Longs) -> Longs:
    """[pair, 2] all rows of both sides that have the same number (of their sentence), those of one row of `one` together."""
    order = np.argsort(two, kind="stable")
    start, end = (np.searchsorted(two[order], one, side=side) for side in ("left", "right"))
    size = end - start
    left = np.repeat(np.arange(len(one)), size)
    inside = np.arange(len(left)) - np.repeat(np.cumsum(size) - size, size)
    return np.stack([left, order[np.repeat(start, size) + inside]], axis=1)


def pair_scores(head: PairHead, states: Floats, sides: tuple[Longs, Longs], pairs: Longs) -> Floats:
    """[pair, classes] of pairs of rows of both sides, which are (first token, last token, kind); class 0 is 'nothing'.

    `states` are [token, width], without the 1 behind each.
    """
    parts = zip((head.one, head.two), head.kinds, sides, strict=True)
    one, two = (_projected(matrix, states, side) + (0 if kind is None else kind[side[:, 2]]) for matrix, kind, side in parts)
    inner = one[pairs[:, 0]] + two[pairs[:, 1]]
    inner += head.distance[apart(sides[0][pairs[:, 0]], sides[1][pairs[:, 1]])]
    return with_ones(leaky(inner)) @ head.out


def _projected(matrix: Matrix, states: Floats, spans: Longs) -> Floats:
    ends = np.concatenate([states[spans[:, 0]], states[spans[:, 1]]], axis=1)
    return with_ones(ends) @ matrix


def apart(one: Longs, two: Longs) -> Longs:
    """How two spans lie: tokens between them, before or behind; within, around, or overlapping otherwise."""
    behind, ahead = two[:, 0] - one[:, 1], one[:, 0] - two[:, 1]
    far = np.where(behind > 0, np.minimum(behind, NEAR) - 1 + NEAR, NEAR - np.minimum(ahead, NEAR))
    within = (two[:, 0] >= one[:, 0]) & (two[:, 1] <= one[:, 1])
    around = (two[:, 0] <= one[:, 0]) & (two[:, 1] >= one[:, 1])
    lies = np.where(within, 2 * NEAR, np.where(around, 2 * NEAR + 1, 2 * NEAR + 2))
    return np.where((behind > 0) | (ahead > 0), far, lies)
