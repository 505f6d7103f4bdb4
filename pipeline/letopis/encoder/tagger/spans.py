"""Token states -> scores of every span of every sentence, by a biaffine form; class 0 is 'no span'."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from letopis.encoder.graphs import product
from letopis.encoder.tagger.products import leaky, with_ones
from letopis.encoder.tagger.weights import SpanHead
from letopis.encoder.weights import Floats


def span_scores(head: SpanHead, states: Floats, bounds: list[int]) -> Iterator[Floats]:
    """[n, classes, n] of each sentence, token bounds[s] to bounds[s + 1] - 1; only [i, :, j >= i] has a meaning.

    `states` carry a 1 behind each.
    """
    start, end = (with_ones(leaky(states @ side)) for side in (head.start, head.end))
    left = start @ head.both
    for a, b in pairwise(bounds):
        yield _sentence(head, left[a:b], end[a:b])


def _sentence(head: SpanHead, left: Floats, end: Floats) -> Floats:
    n, classes = len(end), len(head.distance)
    scores: Floats = product(left.reshape(n * classes, -1), end.T).reshape(n, classes, n)
    scores += _distances(head.distance, n)
    return scores


def _distances(distance: Floats, n: int) -> Floats:
    """[n, classes, n] a view: what the distance from start to end adds. `distance` is [classes, -longest .. longest]."""
    longest, (row, one) = distance.shape[1] // 2, distance.strides
    if n > longest + 1:
        last = np.repeat(distance[:, -1:], n - longest - 1, axis=1)
        return _distances(np.concatenate([np.repeat(distance[:, :1], n - longest - 1, axis=1), distance, last], axis=1), n)
    return np.ndarray((n, len(distance), n), np.float32, distance, longest * one, (-one, row, one))
