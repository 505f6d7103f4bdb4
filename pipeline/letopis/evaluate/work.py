"""Positions against NEREL's relations WORKS_AS (person, profession) and WORKPLACE (person, organisation).

Contract. A pair is right where both of its spans overlap those of a relation of gold, one to one. NEREL links a person to a post
once where a text says it several times, and across sentences: precision is a lower bound, and recall is told of all relations
and of those inside one sentence. Callings ('певец') are professions there and no positions here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from letopis.evaluate.gold import lines
from letopis.layers import Mention, Position, Readings, Span

RELATIONS = ("WORKS_AS", "WORKPLACE")
Range = tuple[int, int]


class Pair(NamedTuple):
    """A person, and a post or an organisation."""

    relation: str
    person: Range
    other: Range


@dataclass(slots=True)
class Score:
    """Counts over documents of one relation; `near` are the relations of gold inside one sentence."""

    gold: int = 0
    near: int = 0
    found: int = 0
    right: int = 0

    def figures(self) -> dict[str, float]:
        """Precision, recall of all, recall of those inside a sentence; rounded to 4 places."""
        shares = {"precision": self.found, "recall": self.gold, "recall_in_sentence": self.near}
        return {name: round(self.right / whole, 4) if whole else 0.0 for name, whole in shares.items()}

    def add(self, gold: Sequence[Pair], found: Sequence[Pair], near: int) -> None:
        """Count one document."""
        self.gold += len(gold)
        self.near += near
        self.found += len(found)
        self.right += _matched(gold, found)


def read_relations(path: Path) -> list[Pair]:
    """The relations of a BRAT file whose first argument is a person, each once."""
    spans: dict[str, tuple[str, Range]] = {}
    rows = [line.lstrip("\ufeff").split("\t") for line in lines(path)]
    for row in (r for r in rows if r[0].startswith("T")):
        kind, *offsets = row[1].replace(";", " ").split()
        spans[row[0]] = (kind, (int(offsets[0]), int(offsets[-1])))
    pairs = []
    for name, first, second in (r[1].split() for r in rows if r[0].startswith("R")):
        subject, other = spans[first.partition(":")[2]], spans[second.partition(":")[2]]
        if name in RELATIONS and subject[0] == "PERSON":
            pairs.append(Pair(name, subject[1], other[1]))
    return sorted(set(pairs))


def found_in(positions: Iterable[Position], mentions: Sequence[Mention], readings: Readings) -> list[Pair]:
    """The pairs of the positions of one reading with the offsets of its original, each once."""
    def original(span: Span) -> Range:
        return (int(readings.origin_start[span.reading][span.start]), int(readings.origin_end[span.reading][span.end - 1]))

    pairs = set()
    for p in positions:
        person = original(mentions[p.person].span)
        pairs.add(Pair("WORKS_AS", person, original(p.span)))
        if p.organisation is not None:
            pairs.add(Pair("WORKPLACE", person, original(mentions[p.organisation].span)))
    return sorted(pairs)


def _matched(gold: Sequence[Pair], found: Sequence[Pair]) -> int:
    """How many found pairs have a partner, the nearest ends first."""
    left = list(gold)
    count = 0
    for pair in found:
        fitting = [g for g in left if g.relation == pair.relation and _meet(g.person, pair.person) and _meet(g.other, pair.other)]
        if fitting:
            left.remove(min(fitting, key=lambda g: abs(g.other[1] - pair.other[1])))
            count += 1
    return count


def _meet(a: Range, b: Range) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])
