"""Words -> short vectors of whole numbers: navec's, projected onto what tells words of events apart.

Contract: a word's vector has the length LENGTH but for rounding and depends on nothing but the word; sums of products of such
vectors are exact in float32 in whatever order they are added. A word navec does not know has zeros.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from letopis.encoder import load
from letopis.encoder.weights import Floats
from letopis.resources import model_path

Doubles = npt.NDArray[np.float64]

LENGTH = 127
FILE = "events/vectors.npz"


def navec(word: str) -> Floats | None:
    """The word's full vector; None where it has none."""
    embedding = load().embedding
    row = embedding.row[embedding.number.get(word, 0)]
    if row in embedding.wordless:
        return None
    vector: Floats = embedding.centroids[np.arange(len(embedding.centroids)), embedding.codes[row]].reshape(-1)
    return vector


@lru_cache(maxsize=1)
def projection() -> tuple[Doubles, Doubles]:
    """[full] the mean that is taken off, and [full, short] the axes; double, so that no number of threads turns a rounding."""
    with np.load(model_path(FILE), allow_pickle=False) as stored:
        return stored["mean"].astype(np.float64), stored["axes"].astype(np.float64)


def width() -> int:
    """Numbers of a short vector."""
    return len(projection()[1].T)


@lru_cache(maxsize=50_000)
def vector(word: str) -> Floats:
    """[width] the word's short vector."""
    mean, axes = projection()
    full = navec(word)
    short: Doubles = np.zeros(width()) if full is None else np.einsum("i,ij->j", full - mean, axes)
    size = float(np.sqrt(np.einsum("i,i->", short, short)))
    found: Floats = (np.rint(short * LENGTH / size) if size else short).astype(np.float32)
    return found
