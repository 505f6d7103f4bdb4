"""Sentences -> lanes: how a recurrence over many sentences has the same number of rows at every step.

A lane is a row of the recurrence that reads one sentence after the other. All lanes are of about one length, so that hardly a
row is idle; and since a product of so many rows gives the same numbers whatever the rows hold, no sentence can tell which others
were read beside it.
"""

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from letopis.encoder.packing import Longs
from letopis.layers import Ints

WIDTHS = (128, 64, 32, 16)          # rows: the more the faster a row, the fewer the less idle


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where each token is read, forward and backward."""

    width: int
    steps: int
    forward: Longs                    # [step, width] the token read; the number of tokens where none is
    backward: Longs
    begins: npt.NDArray[np.bool_]     # [step, width] whether a sentence begins here, in both directions
    forward_row: Longs                # [token] step * width + lane
    backward_row: Longs


def lanes(first: Ints) -> Lanes:
    """The lanes of sentences whose tokens begin at `first` (and its last number: how many tokens there are)."""
    size = np.diff(first).astype(np.int64)
    total = int(size.sum())
    width = next((w for w in WIDTHS if w * int(size.max(initial=1)) <= total), WIDTHS[-1])
    lane, offset, steps = _placed(size, width)
    sentence = np.repeat(np.arange(len(size)), size)
    inside = np.arange(total) - (np.cumsum(size) - size)[sentence]
    there = (offset[sentence] + inside) * width + lane[sentence]
    back = (offset[sentence] + size[sentence] - 1 - inside) * width + lane[sentence]
    begins = np.zeros(steps * width, np.bool_)
    begins[there[inside == 0]] = True
    return Lanes(width, steps, _table(there, steps, width), _table(back, steps, width), begins.reshape(steps, width), there, back)


def _placed(size: Longs, width: int) -> tuple[Longs, Longs, int]:
    """Lane and first step of each sentence: the longest first, each into the shortest lane."""
    lane, offset = np.zeros(len(size), np.int64), np.zeros(len(size), np.int64)
    free = [(0, n) for n in range(width)]
    for s in np.argsort(-size, kind="stable").tolist():
        step, n = free[0]
        lane[s], offset[s] = n, step
        heapq.heapreplace(free, (step + int(size[s]), n))
    return lane, offset, max(step for step, _ in free)


def _table(row: Longs, steps: int, width: int) -> Longs:
    table = np.full(steps * width, len(row), np.int64)
    table[row] = np.arange(len(row))
    return table.reshape(steps, width)
