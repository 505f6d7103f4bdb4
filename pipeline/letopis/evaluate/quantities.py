"""Quantities against gold, one to one by overlap; right where value and unit are; ties against the gold triggers.

Gold: data/annotations/quantities.jsonl, a line a document: source, id, sha256 of its text, part (develop; held_out and
held_out_2, annotated after the rules had been frozen, once and again), event_gold (whether its triggers stand in
../shared/corpora/gold), quantities by offsets in the text. *Right* is value, value_max and unit (ё folded, to a
thousandth). Ties are judged on right quantities, with the gold triggers given as events.

Conventions beyond the guide: 'ещё один' counts only living beings; '9-этажный' counts floors; '5 лет и 6 месяцев' is
one quantity; 'за полчаса до' is a measure, what places a day ('два дня назад', 'через год после') a date.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from letopis.layers import Event, Quantity, Readings

PRIOR, PRIOR_WEIGHT = 0.9, 5        # what a rule is worth before it is measured, and as how many quantities


class Gold(NamedTuple):
    """A gold quantity: offsets in the original text, event as offsets of its trigger."""

    start: int
    end: int
    value: float
    value_max: float | None
    approximate: bool
    kind: str
    unit: str | None
    event: tuple[int, int] | None


class Pair(NamedTuple):
    """A gold quantity and the found one; one of them None where it has no partner."""

    gold: Gold | None
    found: Quantity | None


@dataclass(slots=True)
class Score:
    """Counts over documents; `add` counts one more."""

    gold: int = 0
    found: int = 0
    met: int = 0                      # overlap
    right: int = 0                    # and value and unit
    kind: int = 0                     # and kind
    approximate: int = 0              # and flag
    exact: int = 0                    # and span
    tied: int = 0                     # right ones with a gold event
    tie_right: int = 0
    loose: int = 0                    # right ones without a gold event
    loose_tied: int = 0               # of these, tied all the same
    rules: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def figures(self) -> Mapping[str, float]:
        """The figures by name, rounded to 4 places; `f1` is of quantities found with the right value and unit."""
        return {
            "gold": self.gold, "found": self.found,
            "precision": _share(self.right, self.found), "recall": _share(self.right, self.gold),
            "f1": _share(2 * self.right, self.gold + self.found),
            "span_f1": _share(2 * self.met, self.gold + self.found),
            "right_of_met": _share(self.right, self.met), "kind": _share(self.kind, self.right),
            "approximate": _share(self.approximate, self.right), "exact_span": _share(self.exact, self.right),
            "tied": self.tied, "tie": _share(self.tie_right, self.tied),
            "without_event": self.loose, "tied_without_event": _share(self.loose_tied, self.loose),
        }

    def add(self, pairs: Iterable[Pair], events: Sequence[Event] | None) -> None:
        """Count one document; `events` in original offsets, None where it has no event gold."""
        for gold, found in pairs:
            right = gold is not None and found is not None and is_right(gold, found)
            self.gold += gold is not None
            self.found += found is not None
            self.met += gold is not None and found is not None
            if found is not None:
                self.rules[found.method, right] += 1
            if gold is not None and found is not None and right:
                self._add_right(gold, found, events)

    def _add_right(self, gold: Gold, found: Quantity, events: Sequence[Event] | None) -> None:
        self.right += 1
        self.kind += gold.kind == found.kind
        self.approximate += gold.approximate == found.approximate
        self.exact += (gold.start, gold.end) == (found.span.start, found.span.end)
        if events is None:
            return
        span = events[found.event].span if found.event is not None else None
        self.tied += gold.event is not None
        self.loose += gold.event is None
        self.tie_right += gold.event is not None and span is not None and (span.start, span.end) == gold.event
        self.loose_tied += gold.event is None and span is not None


def read_annotations(path: Path, part: str) -> dict[tuple[str, str], list[Gold]]:
    """(source, id) -> the gold quantities of the documents of one part."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {(r["source"], r["id"]): [_gold(row) for row in r["quantities"]] for r in records if r["part"] == part}


def _gold(row: Mapping[str, object]) -> Gold:
    event = row["event"]
    return Gold(**{**row, "event": tuple(event) if isinstance(event, list) else None})  # type: ignore[arg-type]


def found_in(reading: int, quantities: Iterable[Quantity], readings: Readings) -> list[Quantity]:
    """The quantities of one reading with the offsets of its original."""
    first, last = readings.origin_start[reading], readings.origin_end[reading]
    return [
        replace(q, span=replace(q.span, start=int(first[q.span.start]), end=int(last[q.span.end - 1])))
        for q in quantities if q.span.reading == reading
    ]


def pair(gold: Sequence[Gold], found: Sequence[Quantity]) -> list[Pair]:
    """Partners one to one: right ones first, then the largest overlap; what is left over stands with None."""
    each = ((i, j, g, f) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs = sorted((not is_right(g, f), -_overlap(g, f), i, j) for i, j, g, f in each if _overlap(g, f) > 0)
    partner: dict[int, int] = {}
    for _, _, i, j in pairs:
        if i not in partner and j not in partner.values():
            partner[i] = j
    alone = [Pair(None, f) for j, f in enumerate(found) if j not in partner.values()]
    return [Pair(g, found[partner[i]] if i in partner else None) for i, g in enumerate(gold)] + alone


def is_right(gold: Gold, found: Quantity) -> bool:
    """Value, value_max and unit."""
    same_value = _same(gold.value, found.value) and _same(gold.value_max, found.value_max)
    return same_value and _fold(gold.unit) == _fold(found.unit)


def score_rows(rules: Mapping[tuple[str, bool], int]) -> list[str]:
    """Rows of data/lexicons/quantities_scores.tsv: rule, right, found, smoothed precision."""
    names = sorted({name for name, _ in rules})
    counts = ((name, rules.get((name, True), 0), rules.get((name, False), 0)) for name in names)
    return [f"{n}\t{r}\t{r + w}\t{(r + PRIOR * PRIOR_WEIGHT) / (r + w + PRIOR_WEIGHT):.4f}" for n, r, w in counts]


def _overlap(gold: Gold, found: Quantity) -> int:
    return min(gold.end, found.span.end) - max(gold.start, found.span.start)


def _same(a: float | None, b: float | None) -> bool:
    return a == b if a is None or b is None else abs(a - b) <= 1e-3 * max(1.0, abs(a))


def _fold(unit: str | None) -> str | None:
    return unit.replace("ё", "е") if unit else None


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
