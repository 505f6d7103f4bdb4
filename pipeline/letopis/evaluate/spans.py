"""Scores of typed spans against gold: exact nested F1 per type, overlapping one-to-one F1, with bootstrap intervals.

Contract. Gold and found spans come document by document, in the same order; a span is (start, end, type) in characters,
half-open. Duplicates count once. Intervals resample whole documents, since mistakes inside one document go together.
It reads no files and knows no corpus: what is gold is its caller's matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Spans: TypeAlias = Sequence[tuple[int, int, str]]
Counts: TypeAlias = npt.NDArray[np.int64]

ALL = "all"
RESAMPLES = 1000
INTERVAL = (2.5, 97.5)  # per cent


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 (0 to 1) with the 95 % interval of F1, and how many spans gold holds."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int


def exact_scores(gold: Sequence[Spans], found: Sequence[Spans]) -> dict[str, Score]:
    """Exact span and type: a score for every type of gold or found, and the micro-average as ALL."""
    types = sorted({t for spans in (*gold, *found) for _, _, t in spans})
    by_type = {t: _exact_counts(_of_type(gold, t), _of_type(found, t)) for t in types}
    total = sum(by_type.values(), np.zeros((len(gold), 3), np.int64))
    return {t: score(counts) for t, counts in [*by_type.items(), (ALL, total)]}


def overlapping_score(gold: Sequence[Spans], found: Sequence[Spans]) -> Score:
    """A found span is right if it overlaps a gold span; each gold span answers for one found span. Types don't count."""
    rows = [(len(match(g, f)), len(set(f)), len(set(g))) for g, f in zip(gold, found, strict=True)]
    return score(np.array(rows, np.int64).reshape(-1, 3))


def match(gold: Spans, found: Spans) -> list[tuple[int, int]]:
    """The largest one-to-one matching of overlapping spans, as pairs of numbers (gold, found).

    Equal spans are tried before larger overlaps, and these before smaller ones.
    """
    taken: dict[int, int] = {}
    options = [_overlapping(g, found) for g in gold]
    for g in sorted(range(len(gold)), key=lambda g: not _has_equal(gold[g], found, options[g])):
        _augment(g, options, taken, set())
    return sorted((g, f) for f, g in taken.items())


def score(counts: Counts) -> Score:
    """The score of counts [documents, (right, found, gold)]."""
    precision, recall, f1 = (float(x) for x in _ratios(counts.sum(axis=0)))
    draws = np.random.default_rng(0).integers(0, max(len(counts), 1), (RESAMPLES, len(counts)))
    low, high = np.percentile(_ratios(counts[draws].sum(axis=1))[2], INTERVAL)
    return Score(precision, recall, f1, float(low), float(high), int(counts[:, 2].sum()))


def macro(counts: Sequence[Counts]) -> Score:
    """Mean precision, recall and F1 of several classes, counted on the same documents."""
    draws = np.random.default_rng(0).integers(0, max(len(counts[0]), 1), (RESAMPLES, len(counts[0])))
    precision, recall, f1 = (float(np.mean(x)) for x in zip(*(_ratios(c.sum(axis=0)) for c in counts), strict=True))
    low, high = np.percentile(np.mean([_ratios(c[draws].sum(axis=1))[2] for c in counts], axis=0), INTERVAL)
    return Score(precision, recall, f1, float(low), float(high), int(sum(c[:, 2].sum() for c in counts)))


def _ratios(counts: Counts) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    right, found, gold = np.moveaxis(counts.astype(np.float64), -1, 0)
    return (
        right / np.maximum(found, 1),
        right / np.maximum(gold, 1),
        2 * right / np.maximum(found + gold, 1),
    )


def _of_type(documents: Sequence[Spans], kind: str) -> list[set[tuple[int, int]]]:
    return [{(a, b) for a, b, t in spans if t == kind} for spans in documents]


def _exact_counts(gold: Sequence[set[tuple[int, int]]], found: Sequence[set[tuple[int, int]]]) -> Counts:
    rows = [(len(g & f), len(f), len(g)) for g, f in zip(gold, found, strict=True)]
    return np.array(rows, np.int64).reshape(-1, 3)


def _overlapping(span: tuple[int, int, str], others: Spans) -> list[int]:
    """Numbers of the spans that overlap, the equal one first, then the largest overlap."""
    start, end, _ = span
    shared = {i: min(end, b) - max(start, a) for i, (a, b, _) in enumerate(others) if a < end and start < b}
    return sorted(shared, key=lambda i: (others[i][:2] != (start, end), -shared[i], i))


def _has_equal(span: tuple[int, int, str], others: Spans, options: list[int]) -> bool:
    return bool(options) and others[options[0]][:2] == span[:2]


def _augment(gold: int, options: list[list[int]], taken: dict[int, int], seen: set[int]) -> bool:
    for f in options[gold]:
        if f in seen:
            continue
        seen.add(f)
        if f not in taken or _augment(taken[f], options, taken, seen):
            taken[f] = gold
            return True
    return False
