"""Scores -> heads and relations.

Sentences of one length go together, so that no score depends on what else is in the chunk. Ties go to the first, as in
slovnet.
"""

import numpy as np

from letopis.encoder.graphs import Floats, product
from letopis.encoder.packing import Longs, Packed
from letopis.encoder.weights import Dependencies


def best_heads(x: Floats, syntax: Dependencies, packed: Packed) -> tuple[Longs, Longs]:
    """([row] row of its head, -1 for a root, [row] number of its relation)."""
    dependent, candidate = syntax.heads(x=x)
    head = np.zeros(len(x), np.int64)
    for length in np.unique(packed.length).tolist():
        start = packed.start[packed.length == length, None]
        rows = start + np.arange(length)
        candidates = np.concatenate((np.zeros_like(start), rows + 1), axis=1)
        scores = product(dependent[rows], candidate[candidates].swapaxes(1, 2))
        best = scores.argmax(-1)
        head[rows] = np.take_along_axis(candidates, best, axis=1)
    return head - 1, syntax.relation(x=x, head=head)[0]
