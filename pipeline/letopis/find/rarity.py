"""How rare words and names are in news: frozen document frequencies of lemmas, from which topics of articles are weighed.

Contract: a weight is the natural logarithm of how many times rarer than in every article a lemma is, in hundredths, whole; what the
list does not hold is as rare as its rarest. Nothing of the corpus at hand changes it.
"""

import zlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from letopis.find.names import fold
from letopis.resources import model_path
from letopis.text.dictionary import parses

FILE = "events/rarity.npz"
UNIT = 1000                           # length of a topic
WORDS = 60                            # of a topic that are kept: the heaviest


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, int], int]:
    with np.load(model_path(FILE), allow_pickle=False) as stored:
        words = bytes(stored["words"]).decode("utf-8").split("\n")
        weights: list[int] = stored["weights"].tolist()
    return dict(zip(words, weights, strict=True)), max(weights)


def weight(lemma: str) -> int:
    """Of a folded lemma."""
    known, most = _weights()
    return known.get(lemma, most)


@lru_cache(maxsize=30_000)
def name_weight(name: str) -> int:
    """Of a name: that of its rarest word."""
    return max((min(weight(word), weight(_lemma(word))) for word in fold(name).split()), default=0)


def topic(lemmas: Iterable[str]) -> tuple[list[int], list[int]]:
    """Hashes of the heaviest words in order, and their weights; the vector has the length UNIT but for rounding."""
    counts = Counter(lemmas)
    heavy = sorted(((weight(w) * (1 + np.log(n)), w) for w, n in counts.items()), key=lambda x: (-x[0], x[1]))[:WORDS]
    size = float(np.sqrt(sum(v * v for v, _ in heavy))) or 1.0
    merged = {word_hash(w): round(UNIT * v / size) for v, w in heavy}
    return list(merged), list(merged.values())


def word_hash(lemma: str) -> int:
    """The number that stands for a lemma where words are only compared."""
    return zlib.crc32(lemma.encode())


def _lemma(word: str) -> str:
    return fold(parses(word)[0].normal_form)
