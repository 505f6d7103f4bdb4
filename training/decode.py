"""Scores of the heads -> spans: probabilities are compared after rounding, ties go to the earlier, then shorter span."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Found = tuple[int, int, int, float]  # first token, last token, class (without 'none'), probability
PLACES = 4


def softmax(scores: Floats, axis: int) -> Floats:
    """Probabilities along an axis."""
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def nested(scores: Floats) -> list[Found]:
    """Spans of one sentence from scores [n, classes, n]: may nest, never cross; the likelier of two crossing stays."""
    p = softmax(scores, axis=1)
    best = p.argmax(axis=1)
    first, last = np.nonzero(np.triu(best > 0))
    kind = best[first, last]
    found = zip(first.tolist(), last.tolist(), (kind - 1).tolist(), p[first, kind, last].tolist(), strict=True)
    kept: list[Found] = []
    for span in _by_probability(found):
        if not any(_cross(span, other) for other in kept):
            kept.append(span)
    return sorted(kept)


def triggers(scores: Floats, threshold: float) -> list[Found]:
    """Triggers from scores [tokens, 1 + lengths]: likelier than the threshold; of two that overlap the likelier."""
    p = softmax(scores, axis=1)
    some = 1 - p[:, 0]
    start = np.nonzero(some > threshold)[0]
    length = 1 + p[start, 1:].argmax(axis=1)
    found = zip(start.tolist(), (start + length - 1).tolist(), [0] * len(start), some[start].tolist(), strict=True)
    kept: list[Found] = []
    taken: set[int] = set()
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
