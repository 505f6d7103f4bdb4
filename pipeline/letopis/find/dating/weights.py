"""The weights of dates (models/dating-weights.tsv) and what they make of facts.

Made by training/dating.py. A row: part <tab> fact <tab> code <tab> weight. Parts: pair (a moment is the day), report (the day of
the report is), none (no day is known), then agree and agree_none, the weights of `agree`, which have no codes. What is not there
weighs nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from letopis.find.dating.facts import Fact
from letopis.resources import model_path

Floats = npt.NDArray[np.float64]
NAME = "dating-weights.tsv"


@dataclass(frozen=True, slots=True)
class Weights:
    """Columns of weights of facts by (part, fact), [code], and of measures by part and measure."""

    facts: Mapping[tuple[str, str], Floats]
    measures: Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The table, read once."""
    return read(model_path(NAME).read_text(encoding="utf-8").splitlines())


def read(lines: Iterable[str]) -> Weights:
    """Weights from the lines of a table."""
    codes: dict[tuple[str, str], dict[int, float]] = {}
    measures: dict[str, dict[str, float]] = {"agree": {}, "agree_none": {}}
    for line in lines:
        if line and not line.startswith("#"):
            part, name, code, weight = line.split("\t")
            if code:
                codes.setdefault((part, name), {})[int(code)] = float(weight)
            else:
                measures[part][name] = float(weight)
    return Weights({key: _column(known) for key, known in codes.items()}, measures)


def _column(known: Mapping[int, float]) -> Floats:
    column = np.zeros(max(known) + 1)
    column[list(known)] = list(known.values())
    return column


def total(table: Weights, part: str, facts: Iterable[Fact], count: int) -> Floats:
    """[row] the sum of the weights of its facts."""
    out = np.zeros(count)
    for fact in facts:
        column = table.facts.get((part, fact.name))
        if column is not None:
            known = fact.codes < len(column)
            out += np.where(known, column[np.where(known, fact.codes, 0)], 0.0)
    return out
