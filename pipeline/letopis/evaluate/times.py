"""Time expressions against gold: one to one by overlap, right where the interval is equal.

Gold files: lines of JSON with `doc`, `published`, `text` and `timex` (start, end, date_start, date_end, basis) as in
../shared/corpora/gold, or our own data/annotations/times_raw_news*.jsonl (offsets only; a line with a null start says
that a document was read and has none).
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from letopis.layers import Readings, Time

BASES = ("explicit", "year_inferred", "relative")
PRIOR, PRIOR_WEIGHT = 0.9, 5        # a rule before it is measured, and the expressions that counts for


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression in the original text, gold or found: ISO days ('' is an open end), for a found one its rule."""

    start: int
    end: int
    days: tuple[str, str]
    basis: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one line of the report."""

    gold: int
    found: int
    overlapping: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found right."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


Pair: TypeAlias = tuple[Dated | None, Dated | None]


def read_gold(path: Path) -> dict[str, list[Dated]]:
    """Document -> its gold expressions, of a file with `timex`."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {each["doc"]: [_dated(row) for row in each["timex"]] for each in documents}


def read_annotations(path: Path) -> dict[tuple[str, str], list[Dated]]:
    """(source, id) -> its gold expressions, of a file with offsets only."""
    gold: dict[tuple[str, str], list[Dated]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows = gold.setdefault((row["source"], row["id"]), [])
        if row["start"] is not None:
            rows.append(_dated(row))
    return gold


def _dated(row: Mapping[str, str | int | None]) -> Dated:
    days = (str(row["date_start"] or ""), str(row["date_end"] or ""))
    return Dated(int(row["start"] or 0), int(row["end"] or 0), days, str(row["basis"]))


def found_in(reading: int, times: Iterable[Time], readings: Readings) -> list[Dated]:
    """The times of one reading with the offsets of its original."""
    first, last = readings.origin_start[reading], readings.origin_end[reading]
    return [
        Dated(int(first[t.span.start]), int(last[t.span.end - 1]), (_iso(t.start), _iso(t.end)), t.basis, t.method)
        for t in times if t.span.reading == reading
    ]


def _iso(day: object) -> str:
    return "" if day is None else str(day)


def pair(gold: Sequence[Dated], found: Sequence[Dated]) -> list[Pair]:
    """Gold and found one to one, the largest overlap first; what is left over stands with None."""
    overlaps = sorted(
        (-_overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if _overlap(g, f) > 0
    )
    golds: dict[int, int] = {}
    founds: set[int] = set()
    for _, i, j in overlaps:
        if i not in golds and j not in founds:
            golds[i] = j
            founds.add(j)
    pairs: list[Pair] = [(g, found[golds[i]] if i in golds else None) for i, g in enumerate(gold)]
    return pairs + [(None, f) for j, f in enumerate(found) if j not in founds]


def _overlap(one: Dated, other: Dated) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def score(pairs: Sequence[Pair]) -> Score:
    """Counts of pairs: an expression is right where a gold one overlaps it and has the same days."""
    both = [(g, f) for g, f in pairs if g and f]
    right = sum(g.days == f.days for g, f in both)
    return Score(sum(g is not None for g, _ in pairs), sum(f is not None for _, f in pairs), len(both), right)


def by_basis(pairs: Sequence[Pair]) -> dict[str, Score]:
    """A score for all and for each basis (that of the gold where there is one)."""
    groups = {basis: [(g, f) for g, f in pairs if _basis(g, f) == basis] for basis in BASES}
    return {"all": score(pairs)} | {basis: score(group) for basis, group in groups.items()}


def _basis(gold: Dated | None, found: Dated | None) -> str:
    dated = gold or found
    return dated.basis if dated else ""


def by_rule(pairs: Sequence[Pair]) -> dict[str, tuple[int, int]]:
    """Rule -> how many of its expressions are right, and how many there are."""
    found, right = Counter[str](), Counter[str]()
    for gold, each in pairs:
        if each:
            found[each.method] += 1
            right[each.method] += gold is not None and gold.days == each.days
    return {rule: (right[rule], found[rule]) for rule in sorted(found)}


def score_rows(counts: Mapping[str, tuple[int, int]]) -> list[str]:
    """Rows of data/lexicons/times_scores.tsv: rule, right, found, score (its precision, smoothed towards PRIOR)."""
    return [
        f"{rule}\t{right}\t{found}\t{(right + PRIOR * PRIOR_WEIGHT) / (found + PRIOR_WEIGHT):.4f}"
        for rule, (right, found) in sorted(counts.items())
    ]
