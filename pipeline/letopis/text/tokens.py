"""Sentences -> Words."""

import numpy as np
from razdel import tokenize as razdel_tokenize

from letopis.layers import Readings, Sentences, Words


def tokenize(readings: Readings, sentences: Sentences) -> Words:
    """Split every sentence into razdel's tokens."""
    rows: list[tuple[int, int, int]] = []
    form: list[str] = []
    first = [0]
    for s, (reading, start, end) in enumerate(zip(sentences.reading, sentences.start, sentences.end, strict=True)):
        for token in razdel_tokenize(readings.clean[reading][start:end]):
            rows.append((s, start + token.start, start + token.stop))
            form.append(token.text)
        first.append(len(rows))
    columns = np.array(rows, np.int32).reshape(-1, 3)
    return Words(columns[:, 0], columns[:, 1], columns[:, 2], form, np.array(first, np.int32))
