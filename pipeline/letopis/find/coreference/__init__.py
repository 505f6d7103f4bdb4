"""Coreference of events inside a document: 'конгресс ... форум ... мероприятие' are mentions of one happening.

Contract: numbers of happenings count from 0 in each document in the order of their first mentions. Pairs of mentions are scored by
boosted trees over what `features` states of them and joined by average link. It looks at no other document.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from letopis.find.coreference.candidates import Pairs, candidates
from letopis.find.coreference.clusters import clusters
from letopis.find.coreference.columns import Columns, Found, columns
from letopis.find.coreference.features import features
from letopis.find.coreference.forest import Forest, log_odds, prepared, probability, read
from letopis.layers import Ints
from letopis.resources import model_path

__all__ = ["VERSION", "Columns", "Found", "columns", "happenings", "happenings_and_parts", "numbered"]

VERSION = "2"
LEAST = 0.3                           # average probability from which groups are one happening: best F1 of links out of folds
SURE = 0.5                            # of their parts: by gold's keys, links across documents have F1 .90 on them, .79 on wholes
FILE = "events/coreference.npz"


def happenings(seen: Columns) -> tuple[int, ...]:
    """[event] number of its happening inside its document."""
    return happenings_and_parts(seen)[0]


def happenings_and_parts(seen: Columns) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """[event] number of its happening inside its document, and of the part of it that surely is one."""
    pairs = candidates(seen)
    scored = _scored(pairs, scores(seen, pairs))
    joined = (clusters(scored, round(least * 10_000)) for least in (LEAST, SURE))
    whole, part = ([first.get(i, i) for i in range(len(seen.document))] for first in joined)
    return numbered(seen.document, whole), numbered(seen.document, part)


def scores(seen: Columns, pairs: Pairs) -> Ints:
    """[pair] probability of being one happening, in ten-thousandths."""
    return np.rint(10_000 * probability(log_odds(_trees(), features(seen, pairs), len(pairs)))).astype(np.int32)


def _scored(pairs: Pairs, values: Ints) -> list[tuple[int, int, int]]:
    return [(a, b, s) for (a, b), s in zip(pairs.tolist(), values.tolist(), strict=True)]


def numbered(document: Ints, first: Sequence[int]) -> tuple[int, ...]:
    """[event] number of its happening in its document, of the first mention of each."""
    known: dict[int, dict[int, int]] = {}
    out = []
    for d, mention in zip(document.tolist(), first, strict=True):
        own = known.setdefault(d, {})
        out.append(own.setdefault(mention, len(own)))
    return tuple(out)


@lru_cache(maxsize=1)
def _trees() -> Forest:
    return prepared(read(model_path(FILE)))
