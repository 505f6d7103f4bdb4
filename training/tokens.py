"""Text -> sentences of fine tokens: razdel's tokens split further at hyphens and letter/digit borders.

Contract. Sentences never cross a line break and never overlap; a fine token lies inside one word of razdel; every
character that is not white space lies in exactly one fine token. Gold spans begin and end at fine tokens in all but one
case in ten thousand ('COVID-19', 'экс-президент', '2010-х', '5км').
"""

import re
from dataclasses import dataclass

import numpy as np
from razdel import sentenize, tokenize

from letopis.encoder.tagger.tokens import FINE
from letopis.layers import Words

LINE = re.compile(r"[^\n\r]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and fine tokens of one sentence: offsets in the text, and each token's word."""

    words: list[tuple[int, int]]
    tokens: list[tuple[int, int]]
    word_of: list[int]


def split(text: str, glue: tuple[tuple[int, int], ...] = ()) -> list[Sentence]:
    """Sentences of a text; sentences that a span of `glue` crosses are joined (for training, where gold says so)."""
    bounds = [
        (line.start() + s.start, line.start() + s.stop)
        for line in LINE.finditer(text)
        for s in sentenize(line.group())
    ]
    sentences = (sentence(text, start, end) for start, end in _join(bounds, glue))
    return [s for s in sentences if s.tokens]


def sentence(text: str, start: int, end: int) -> Sentence:
    """The words and fine tokens of text[start:end]."""
    words = [(start + w.start, start + w.stop) for w in tokenize(text[start:end])]
    fine = [(m.start() + a, m.end() + a, n) for n, (a, b) in enumerate(words) for m in FINE.finditer(text[a:b])]
    return Sentence(words, [(a, b) for a, b, _ in fine], [n for _, _, n in fine])


def words(text: str, sentences: list[Sentence]) -> Words:
    """The words of the sentences as the run time has them."""
    bounds = np.array([w for s in sentences for w in s.words], np.int32).reshape(-1, 2)
    first = np.cumsum([0, *(len(s.words) for s in sentences)]).astype(np.int32)
    sentence = np.repeat(np.arange(len(sentences), dtype=np.int32), np.diff(first))
    return Words(sentence, bounds[:, 0], bounds[:, 1], [text[a:b] for a, b in bounds.tolist()], first)


def _join(bounds: list[tuple[int, int]], glue: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    cuts = {b for start, end in glue for _, b in bounds if start < b < end}
    for start, end in bounds:
        if joined and joined[-1][1] in cuts:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
