"""Scores of the heads -> spans: probabilities are compared after rounding, ties go to the earlier, then shorter span.

The one truth of both run time and training: what a score means is decided here.
"""

from collections.abc import Iterable, Sequence
from math import log
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Found: TypeAlias = tuple[int, int, int, float]
"""First token, last token, class (without 'none'), probability."""
PLACES = 4
LEAST = np.float32(1e-30)


def softmax(scores: Floats, axis: int) -> Floats:
    """Probabilities along an axis."""
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    p: Floats = e / e.sum(axis=axis, keepdims=True)
    return p


def mean(scores: Sequence[Floats]) -> Floats:
    """[.., class, ..] scores whose probabilities are the means of the models' (of one model its own)."""
    if len(scores) == 1:
        return scores[0]
    p = np.mean([softmax(s, axis=1) for s in scores], axis=0)
    logarithms: Floats = np.log(np.maximum(p, LEAST))
    return logarithms


def probabilities(scores: Floats) -> npt.NDArray[np.float64]:
    """[row, class] rounded, so that equals are equal everywhere."""
    return np.asarray(np.round(softmax(scores, axis=1).astype(np.float64), PLACES), np.float64)


def nested(scores: Floats, threshold: float = 0.5) -> list[Found]:
    """Spans of one sentence from scores [n, classes, n]: may nest, never cross; the likelier of two crossing stays.

    `threshold`: how likely a span is beside 'none', were there no other class.
    """
    odds = np.float32(log(threshold / (1 - threshold)))
    first, last = np.nonzero(scores[:, 1:].max(axis=1) > scores[:, 0] + odds)
    ahead = first <= last
    if not ahead.any():
        return []
    first, last = first[ahead], last[ahead]
    own = scores[first, :, last]
    kind = 1 + own[:, 1:].argmax(axis=1)
    p = softmax(own, axis=1)[np.arange(len(own)), kind]
    kept: list[Found] = []
    for span in _by_probability(zip(first.tolist(), last.tolist(), (kind - 1).tolist(), p.tolist(), strict=True)):
        if not any(_cross(span, other) for other in kept):
            kept.append(span)
    return sorted(kept)


def triggers(scores: Floats, threshold: float) -> list[Found]:
    """Triggers from scores [tokens, 1 + lengths], sentence after sentence: likelier than the threshold; of two that overlap the
    likelier."""
    p = softmax(scores, axis=1)
    some = 1 - p[:, 0]
    start = np.flatnonzero(some > threshold)
    length = 1 + p[start, 1:].argmax(axis=1)
    kept: list[Found] = []
    taken: set[int] = set()
    found = zip(start.tolist(), (start + length - 1).tolist(), [0] * len(start), some[start].tolist(), strict=True)
    for span in _by_probability(found):
        tokens = range(span[0], span[1] + 1)
        if taken.isdisjoint(tokens):
            kept.append(span)
            taken.update(tokens)
    return sorted(kept)


def _by_probability(found: Iterable[Found]) -> list[Found]:
    rounded = [(a, b, kind, round(p, PLACES)) for a, b, kind, p in found]
    return sorted(rounded, key=lambda s: (-s[3], s[0], s[1], s[2]))


def _cross(one: Found, other: Found) -> bool:
    (a, b, *_), (c, d, *_) = one, other
    return a < c <= b < d or c < a <= d < b
