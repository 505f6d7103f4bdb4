"""What an article is about: whether the main events of gold's cards are among the FIVE most salient happenings found.

Conventions. A main event of a card counts as found where one of the happenings, up to the fifth, has a mention in the body that
overlaps one of the main event's. Happenings are ranked by their salience; of equals the earlier comes first. Baselines: the first
five that the article speaks of, title included, and the five most often spoken of.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from letopis.evaluate.gold import lines
from letopis.evaluate.spans import Counts, Score, score
from letopis.evaluate.tagged import original
from letopis.layers import Analysis, Document
from letopis.pipeline import annotate

FIVE = 5
Spans: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A dated article and the mentions of each of its main events, in the characters of its text."""

    document: Document
    main: tuple[Spans, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """What was found to be one happening: its mentions in the body, how many in all, the first, how salient."""

    spans: Spans
    count: int
    first: int
    salience: float


Order: TypeAlias = Callable[[Happening], tuple[float, int]]
ORDERS: Mapping[str, Order] = {
    "most salient": lambda h: (-h.salience, h.first),
    "first": lambda h: (0.0, h.first),
    "most frequent": lambda h: (-h.count, h.first),
}


def figures(path: Path, model: str) -> dict[str, Score]:
    """Main events found by each order; of the cards beside the event gold, if there are any."""
    cards = [card for file in sorted((path if path.is_dir() else path.parent).glob("cards*.jsonl")) for card in read_cards(file)]
    found = [(card, happenings(annotate((card.document,), model), 0)) for card in cards]
    return {f"main events among the five {name}": score(found_counts(found, order)) for name, order in ORDERS.items() if found}


def read_cards(path: Path) -> list[Card]:
    """The cards of a file cards*.jsonl."""
    return [_card(json.loads(line)) for line in lines(path)]


def happenings(analysis: Analysis, number: int) -> list[Happening]:
    """The happenings of a document of a batch, in order."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for i, event in enumerate(analysis.events):
        if analysis.readings.document[event.span.reading] == number:
            groups[event.cluster].append(i)
    return [_happening(analysis, group) for group in groups.values()]


def found_counts(cards: Sequence[tuple[Card, Sequence[Happening]]], order: Order) -> Counts:
    """[card, (found, main events, main events)] of the first FIVE in this order."""
    rows = []
    for card, found in cards:
        best = sorted(found, key=order)[:FIVE]
        hits = sum(any(overlap(h.spans, main) for h in best) for main in card.main)
        rows.append((hits, len(card.main), len(card.main)))
    return np.array(rows, np.int64).reshape(-1, 3)


def overlap(found: Spans, gold: Spans) -> bool:
    """Whether any two spans share a character."""
    return any(a < d and c < b for a, b in found for c, d in gold)


def _card(row: Mapping[str, Any]) -> Card:
    day = date.fromisoformat(row["published"])
    name = row["doc"]
    document = Document(name, name, None, "txt", row["text"], 0, "", annotated=True, title=row["title"], published_date=day)
    return Card(document, tuple(tuple((m["start"], m["end"]) for m in event["mentions"]) for event in row["events"]))


def _happening(analysis: Analysis, group: Sequence[int]) -> Happening:
    events = [analysis.events[i] for i in group]
    return Happening(tuple(_in_body(analysis, group)), len(group), group[0], max(e.salience for e in events))


def _in_body(analysis: Analysis, group: Sequence[int]) -> Iterator[tuple[int, int]]:
    for span in (analysis.events[i].span for i in group):
        if analysis.readings.field[span.reading] == "text":
            yield original(analysis.readings, span.reading, span.start, span.end)
