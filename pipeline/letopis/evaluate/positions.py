"""Positions against gold, one to one: met where person and post agree, right where organisation and status do as well.

Gold: data/annotations/positions.jsonl by data/annotations/POSITION_GUIDE.md, a line a document: source and id, or path
(key: 'news_md' and the path), sha256 of its text, split (develop, held_out), positions and optional by offsets in the
text. *Met*: the persons overlap, and the posts' characters do by half of their union or the normal forms are equal
(case and ё folded). *Right*: and the organisations overlap or both are null, and status is equal. A found row that
meets no gold one but shares a character with the post of an optional one is neither right nor wrong: it is `spared`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from letopis.layers import Mention, Position, Readings, Span

Range = tuple[int, int]


class Gold(NamedTuple):
    """A gold position in original offsets. `also`: organisations that are right too, None for none at all."""

    person: Range | None              # None only in optional rows
    position: tuple[Range, ...]
    normals: frozenset[str]           # folded
    organisation: Range | None
    also: tuple[Range | None, ...]
    status: str


class GoldDocument(NamedTuple):
    """The gold positions of one document, and what a finder neither wins nor loses by."""

    positions: tuple[Gold, ...]
    optional: tuple[Gold, ...]


class Found(NamedTuple):
    """A found position in original offsets."""

    person: Range
    position: Range
    normal: str                       # folded
    organisation: Range | None
    status: str
    method: str


class Pair(NamedTuple):
    """A gold position and the found one that meets it; one of them None where it has no partner."""

    gold: Gold | None
    found: Found | None


@dataclass(slots=True)
class Score:
    """Counts over documents; `add` counts one more."""

    gold: int = 0
    found: int = 0
    met: int = 0                      # person and post
    organisation: int = 0             # of these, with the right organisation
    status: int = 0                   # of these, with the right status
    right: int = 0                    # of these, with both
    spared: int = 0
    rules: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def figures(self) -> Mapping[str, float]:
        """The figures by name, rounded to 4 places; those of `post_` leave organisation and status out."""
        return {
            "gold": self.gold, "found": self.found, "spared": self.spared,
            "precision": _share(self.right, self.found), "recall": _share(self.right, self.gold),
            "f1": _share(2 * self.right, self.gold + self.found),
            "post_precision": _share(self.met, self.found), "post_recall": _share(self.met, self.gold),
            "post_f1": _share(2 * self.met, self.gold + self.found),
            "organisation": _share(self.organisation, self.met), "status": _share(self.status, self.met),
        }

    def add(self, document: GoldDocument, found: Sequence[Found]) -> None:
        """Count one document."""
        for gold, row in pair(document.positions, found):
            if gold is None and row is not None and any(touches(optional, row) for optional in document.optional):
                self.spared += 1
                continue
            self.gold += gold is not None
            self.found += row is not None
            if row is not None:
                self.rules[row.method, gold is not None and is_right(gold, row)] += 1
            if gold is not None and row is not None:
                self._add_met(gold, row)

    def _add_met(self, gold: Gold, row: Found) -> None:
        self.met += 1
        self.organisation += same_organisation(gold, row)
        self.status += gold.status == row.status
        self.right += is_right(gold, row)


def read_annotations(path: Path, split: str) -> dict[tuple[str, str], GoldDocument]:
    """(source, id), or ('news_md', path) -> the gold of the documents of one split, those without positions too."""
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {
        _key(r): GoldDocument(tuple(map(_gold, r["positions"])), tuple(map(_gold, r["optional"])))
        for r in records if r["split"] == split
    }


def _key(record: Mapping[str, str]) -> tuple[str, str]:
    return ("news_md", record["path"]) if "path" in record else (record["source"], record["id"])


def _gold(row: Mapping[str, Any]) -> Gold:
    normals = frozenset(map(fold, (row["normal"], *row.get("normal_also", ()))))
    parts = tuple((start, end) for start, end in row["position"])
    also = tuple(map(_range, row.get("organisation_also", ())))
    return Gold(_range(row["person"]), parts, normals, _range(row["organisation"]), also, row["status"])


def _range(offsets: list[int] | None) -> Range | None:
    return None if offsets is None else (offsets[0], offsets[1])


def found_in(
    reading: int, positions: Iterable[Position], mentions: Sequence[Mention], readings: Readings
) -> list[Found]:
    """The positions of one reading with the offsets of its original."""
    def original(span: Span) -> Range:
        return (int(readings.origin_start[reading][span.start]), int(readings.origin_end[reading][span.end - 1]))

    return [
        Found(
            original(mentions[p.person].span), original(p.span), fold(p.position),
            None if p.organisation is None else original(mentions[p.organisation].span), p.status, p.method,
        )
        for p in positions if p.span.reading == reading
    ]


def pair(gold: Sequence[Gold], found: Sequence[Found]) -> list[Pair]:
    """Partners one to one: right ones first, then the largest share of the post; what is left over stands with None."""
    each = ((i, j, g, f) for i, g in enumerate(gold) for j, f in enumerate(found) if meets(g, f))
    ranked = sorted((not is_right(g, f), -_common(g, f), i, j) for i, j, g, f in each)
    partner: dict[int, int] = {}
    for _, _, i, j in ranked:
        if i not in partner and j not in partner.values():
            partner[i] = j
    alone = [Pair(None, f) for j, f in enumerate(found) if j not in partner.values()]
    return [Pair(g, found[partner[i]] if i in partner else None) for i, g in enumerate(gold)] + alone


def meets(gold: Gold, found: Found) -> bool:
    """Person and post: half of its characters, or its normal form."""
    return gold.person is not None and _overlap(gold.person, found.person) > 0 and (
        _common(gold, found) >= 0.5 or found.normal in gold.normals
    )


def touches(gold: Gold, found: Found) -> bool:
    """The posts share a character, whoever holds them."""
    return any(_overlap(part, found.position) > 0 for part in gold.position)


def is_right(gold: Gold, found: Found) -> bool:
    """Organisation and status of a row that meets."""
    return gold.status == found.status and same_organisation(gold, found)


def same_organisation(gold: Gold, found: Found) -> bool:
    """The found organisation overlaps one of those that are right, or is rightly null."""
    if found.organisation is None:
        return gold.organisation is None or None in gold.also
    fitting = (one for one in (gold.organisation, *gold.also) if one is not None)
    return any(_overlap(one, found.organisation) > 0 for one in fitting)


def fold(form: str) -> str:
    """A normal form as it is compared."""
    return form.lower().replace("ё", "е")


def _common(gold: Gold, found: Found) -> float:
    """What share of the posts' characters both have, the gold one's parts taken together."""
    start, end = found.position
    shared = sum(max(0, _overlap(part, found.position)) for part in gold.position)
    return shared / (end - start + sum(e - s for s, e in gold.position) - shared)


def _overlap(a: Range, b: Range) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
