"""How rare lemmas are in news: writes models/events/rarity.npz from the texts of raw_news.parquet (called by training/events.py).

Words are taken to their dictionary's first lemma, one by one; lemmas of fewer than LEAST articles are left out, so that each is
as rare as the rarest kept.
"""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import numpy as np

from letopis.evaluate import gold
from letopis.find.names import fold
from letopis.find.rarity import FILE
from letopis.text.dictionary import parses

LEAST = 3
_WORD = re.compile(r"[^\W\d_][\w-]*")


def write_rarity(corpora: Path, models: Path) -> None:
    """Count the articles of each lemma, and write weights in the order of the alphabet."""
    texts = sorted(set(gold.raw_news(corpora).values()))
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({_lemma(word) for word in set(_WORD.findall(text.lower()))})
    words = sorted(word for word, n in counts.items() if n >= LEAST and len(word) < 40)
    weights = np.rint(100 * np.log(len(texts) / np.array([counts[w] for w in words]))).astype(np.int16)
    packed = np.frombuffer("\n".join(words).encode("utf-8"), np.uint8)
    np.savez_compressed(models / FILE, words=packed, weights=weights)
    print(f"{len(texts)} articles, {len(words)} lemmas", flush=True)


@lru_cache(maxsize=1_000_000)
def _lemma(word: str) -> str:
    return fold(parses(word)[0].normal_form)
