"""Feature numbers of every fine token of a text, as the run time makes them (letopis.encoder.tagger), and navec's table."""

import numpy as np
import numpy.typing as npt

from letopis.encoder import load
from letopis.encoder.tagger import features as of_tokens
from letopis.encoder.tagger.features import NAVEC, SIZES, WIDTHS
from letopis.encoder.tagger.tokens import split as fine
from tokens import Sentence, words

__all__ = ["NAVEC", "SIZES", "WIDTHS", "features", "navec"]


def features(text: str, sentences: list[Sentence]) -> npt.NDArray[np.int32]:
    """[tokens, len(SIZES)] of one document's tokens, in order."""
    return of_tokens.features(fine(words(text, sentences)), np.zeros(len(sentences), np.int32))


def navec() -> npt.NDArray[np.float16]:
    """Navec's table [rows, 300]; the rows of <unk> and <pad> are zero."""
    e = load().embedding
    parts = np.arange(len(e.centroids))
    table = np.zeros((len(e.codes), NAVEC), np.float16)
    for i in range(0, len(table), 20_000):
        some = e.codes[i:i + 20_000]
        table[i:i + len(some)] = e.centroids[parts, some].reshape(len(some), -1)
    table[e.wordless] = 0
    return table
