"""The weights of relations (models/relations.npz) and what they make of facts. Made by training/relations.py.

Contract. Facts' vectors are added up, what is negative in the sum counts an eighth, and a table turns it into a score for each
label; label 0 is 'nothing'. All of it is whole numbers, so that no order of adding changes a decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from letopis.find.links.columns import Longs
from letopis.resources import model_path

FILE = "relations.npz"
Floats = npt.NDArray[np.float64]
_SLOPE = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """Whole numbers, kept as floats."""

    types: Mapping[str, int]                    # NEREL's types -> their numbers
    labels: tuple[str, ...]                     # [label - 1]
    told: npt.NDArray[np.bool_]                 # [type, type, way, far] whether pairs that lie so are often related
    vectors: npt.NDArray[np.int16]              # [code + 1, width] the last is zero, of no fact
    bias: npt.NDArray[np.int16]                 # [width]
    out: Floats                                 # [width + 1, label] the last row is added
    scale: float                                # what a score is divided by
    right: tuple[Floats, Floats]                # probabilities, and the share that is right at each


@lru_cache(maxsize=1)
def load() -> Weights:
    """The file, read once."""
    return read(model_path(FILE))


def read(path: Path) -> Weights:
    """Weights from a file."""
    with np.load(path, allow_pickle=False) as stored:
        names, labels = (bytes(stored[key]).decode("utf-8").split("\n") for key in ("types", "labels"))
        told, right = stored["told"], stored["right"].astype(np.float64)
        vectors, bias = np.pad(stored["vectors"].astype(np.int16), ((0, 1), (0, 0))), stored["bias"]
        out, scale = stored["out"].astype(np.float64), float(stored["scale"])
    return Weights({n: i for i, n in enumerate(names)}, tuple(labels), told, vectors, bias, out, scale, (right[0], right[1]))


def scores(table: Weights, codes: Longs) -> Floats:
    """[pair, label] log odds of codes [fact, pair], but for a summand that is the same for all labels of a pair."""
    inner = np.repeat(table.bias[None], codes.shape[1], axis=0)
    vectors = np.empty_like(inner)
    for fact in codes:
        inner += np.take(table.vectors, fact, axis=0, out=vectors, mode="clip")     # faster than vectors[fact]; no code is clipped
    hidden = np.where(inner > 0, np.int32(_SLOPE) * inner, inner).astype(np.float64)
    found: Floats = (hidden @ table.out[:-1] + table.out[-1]) / table.scale
    return found


def probabilities(scored: Floats) -> Floats:
    """[pair, label] of scores; they add up to 1."""
    likely: Floats = np.exp(scored - scored.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    return likely
