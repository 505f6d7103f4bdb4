"""Sentences -> windows: what E5 sees at once. A window depends on the sentences of its document alone, as in training.

Contract. A document's sentences go into blocks, each as many as have together at most WINDOW pieces, or one longer; a block is a
window, and only a longer sentence has several, of whole tokens. Every token lies in exactly one window, in order.
"""

from collections.abc import Iterator

import numpy as np

from letopis.layers import Ints

WINDOW = 192                # pieces, without begin and end


def windows(sentence: Ints, document: Ints, pieces: Ints) -> list[tuple[int, int]]:
    """Tokens [start, end) of every window; sentence s is tokens sentence[s] to sentence[s + 1] - 1 of document[s], token t has
    pieces pieces[t] to pieces[t + 1] - 1."""
    found: list[tuple[int, int]] = []
    for start, end in _blocks(sentence.tolist(), document.tolist(), pieces):
        found += _split(start, end, pieces)
    return found


def _blocks(sentence: list[int], document: list[int], pieces: Ints) -> Iterator[tuple[int, int]]:
    """Tokens of runs of whole sentences of one document."""
    start, own = 0, -1
    for number, a, b in zip(document, sentence[:-1], sentence[1:], strict=True):
        if a > start and (number != own or pieces[b] - pieces[start] > WINDOW):
            yield start, a
            start = a
        own = number
    if sentence[-1] > start:
        yield start, sentence[-1]


def _split(start: int, end: int, pieces: Ints) -> Iterator[tuple[int, int]]:
    """Runs of tokens of at most WINDOW pieces."""
    while start < end:
        fits = int(np.searchsorted(pieces, pieces[start] + WINDOW, side="right")) - 1
        stop = min(end, max(start + 1, fits))
        yield start, stop
        start = stop
