"""Coreference inside a document on RuCoCo: LEA for names and for all mentions. Evaluation only, by its licence.

Protocol. A found mention (of an entity, or a resolved anaphor) stands for the gold mention of equal span, else for a person's the
shortest gold mention that ends with it ('президент Иван Петров'), else for the one with which it shares half of their union. Chains
of one mention are left out on both sides, as gold has none. `names` keeps the gold mentions that hold a capitalised word other
than one that begins a sentence, and such found mentions that are no anaphors; `all` keeps everything, so what has no name and was
not sought ('71 доктор наук') costs recall.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from letopis.layers import Analysis, Document
from letopis.pipeline import annotate
from letopis.schema import unit_rows

Span: TypeAlias = tuple[int, int]
Chains: TypeAlias = list[set[Span]]

EVERY = 14                            # a sample: every fourteenth document, 205 of 2,869
_NAME = re.compile(r"(?<![.!?]\s)(?<![.!?]\s[«\"])(?<!^)(?<!^[«\"])\b[А-ЯЁA-Z][\w-]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A document and its gold chains."""

    document: Document
    chains: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention or anaphor: its span, the number of its entity, whether it is a person's name or an anaphor."""

    span: Span
    entity: int
    person: bool
    anaphor: bool


def evaluate(path: Path) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of LEA over the sample, for `names` and for `all`."""
    rows: dict[str, list[tuple[float, float, float, float]]] = {"names": [], "all": []}
    for text in read_sample(path):
        found = found_in(annotate((text.document,)))[text.document.key]
        for name, kept in rows.items():
            kept.append(counts(text, found, names=name == "names"))
    return {name: f1(kept) for name, kept in rows.items()}


def read_sample(path: Path) -> Iterator[Text]:
    """Every EVERY-th document of the file."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % EVERY == 0:
                row = json.loads(line)
                text = Document(str(number), str(number), None, "txt", row["text"], 0, str(number), annotated=True, language="ru")
                yield Text(text, tuple(tuple((a, b) for a, b in chain) for chain in row["entities"]))


def found_in(analysis: Analysis) -> dict[str, list[Found]]:
    """Key of a document -> the mentions and anaphors of its text that have an entity."""
    out: dict[str, list[Found]] = {d.key: [] for d in analysis.documents}
    rows = unit_rows(analysis)
    for name, anaphor in (("mentions", False), ("anaphors", True)):
        for row in (r for r in rows[name].to_pylist() if r["entity_id"] is not None and r.get("form") != "adjective"):
            found = Found((row["start"], row["end"]), row["entity_id"], row.get("type") == "PERSON", anaphor)
            out[analysis.documents[row["document"]].key].append(found)
    return out


def counts(text: Text, found: Sequence[Found], *, names: bool) -> tuple[float, float, float, float]:
    """LEA of one document: (resolved, importance) of the key for recall and of the response for precision."""
    gold = [set(chain) for chain in text.chains]
    if names:
        gold = [set(_named(text, chain)) for chain in gold]
        kept = set(_named(text, (f.span for f in found)))
        found = [f for f in found if not f.anaphor and f.span in kept]
    gold = [chain for chain in gold if len(chain) > 1]
    response = _chains(found, [s for chain in gold for s in chain])
    return (*_lea(gold, response), *_lea(response, gold))


def name_spans(text: Text) -> Iterator[Span]:
    """Gold mentions that hold a name."""
    return _named(text, {s for chain in text.chains for s in chain})


def _named(text: Text, spans: Iterable[Span]) -> Iterator[Span]:
    starts = [m.start() for m in _NAME.finditer(text.document.text)]
    for start, end in spans:
        if any(start <= n < end for n in starts):
            yield start, end


def f1(rows: Iterable[tuple[float, float, float, float]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over documents."""
    total = [sum(column) for column in zip(*rows, strict=True)]
    recall, precision = total[0] / max(total[1], 1), total[2] / max(total[3], 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _chains(found: Sequence[Found], gold: Sequence[Span]) -> Chains:
    """Chains of found mentions, by the gold spans they stand for, else their own."""
    chains: defaultdict[int, set[Span]] = defaultdict(set)
    free = sorted(gold, key=lambda s: s[1] - s[0])
    for f in sorted(found, key=lambda f: (f.span not in gold, f.span)):
        span = _stands_for(f, free)
        if span in free:
            free.remove(span)
        chains[f.entity].add(span)
    return [chain for chain in chains.values() if len(chain) > 1]


def _stands_for(found: Found, gold: Sequence[Span]) -> Span:
    start, end = found.span
    if found.span in gold:
        return found.span
    if found.person:
        around = next((s for s in gold if s[0] <= start and s[1] == end), None)
        if around is not None:
            return around
    shares = ((min(end, b) - max(start, a), max(end, b) - min(start, a), (a, b)) for a, b in gold)
    return next((span for shared, union, span in shares if 2 * shared >= union), found.span)


def _lea(key: Chains, response: Chains) -> tuple[float, float]:
    """Sum over the key's chains of importance times resolved share, and of importance."""
    where: Mapping[Span, int] = {span: i for i, chain in enumerate(response) for span in chain}
    resolved = 0.0
    for chain in key:
        parts: defaultdict[int, int] = defaultdict(int)
        for span in chain:
            if span in where:
                parts[where[span]] += 1
        links = len(chain) * (len(chain) - 1) / 2
        resolved += len(chain) * sum(n * (n - 1) / 2 for n in parts.values()) / links
    return resolved, float(sum(map(len, key)))

