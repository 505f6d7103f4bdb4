"""Scores -> decisions: heads and relations by biaffine forms.

Sentences of one length go together, so that no score depends on what else is in the chunk. Ties go to the first, as in
slovnet.
"""

import numpy as np

from letopis.encoder.packing import Longs, Packed
from letopis.encoder.weights import Biaffine, Dependencies, Floats, Linear


def project(x: Floats, linear: Linear) -> Floats:
    """x @ weight + bias."""
    y = x @ linear.weight
    y += linear.bias
    return y


def best_heads(x: Floats, syntax: Dependencies, packed: Packed) -> tuple[Longs, Longs]:
    """([row] row of its head, 0 for a root, [row] number of its relation)."""
    form = syntax.head
    dependent = _project(x, form.head) @ form.kernel
    candidate = np.concatenate((_project(form.root[None], form.tail), _project(x, form.tail)))
    head = np.zeros(len(x), np.int64)
    for length in np.unique(packed.length).tolist():
        start = packed.start[packed.length == length, None]
        rows = start + np.arange(length)
        candidates = np.concatenate((np.zeros_like(start), rows + 1), axis=1)
        scores = dependent[rows] @ candidate[candidates].swapaxes(1, 2)
        best = scores.argmax(-1)
        head[rows] = np.take_along_axis(candidates, best, axis=1) - 1
    return head, _relations(x, head, syntax.relation)


def _relations(x: Floats, head: Longs, form: Biaffine) -> Longs:
    """The best relation of each row to its head."""
    hidden = form.kernel.shape[0]
    root = _project(form.root[None], form.head)
    heads = np.where((head < 0)[:, None], root, _project(x, form.head)[head])
    scores = (heads @ form.kernel).reshape(len(x), -1, hidden) @ _project(x, form.tail)[:, :, None]
    best: Longs = scores[:, :, 0].argmax(-1)
    return best


def _project(x: Floats, linear: Linear) -> Floats:
    return np.maximum(project(x, linear), 0)
