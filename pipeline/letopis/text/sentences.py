"""Readings -> Sentences."""

import numpy as np
from razdel import sentenize

from letopis.layers import Readings, Sentences


def segment(readings: Readings) -> Sentences:
    """Split every block of every reading into sentences."""
    rows = [
        (r, block.start + s.start, block.start + s.stop, "title" if readings.field[r] == "title" else "body")
        for r, blocks in enumerate(readings.blocks)
        for block in blocks
        for s in sentenize(readings.clean[r][block.start:block.end])
    ]
    columns = np.array([row[:3] for row in rows], np.int32).reshape(-1, 3)
    return Sentences(columns[:, 0], columns[:, 1], columns[:, 2], tuple(row[3] for row in rows))
