"""Days and places of event mentions against gold: of the gold events that are found, where ours are exactly right.

Conventions. A gold event is found where a trigger of ours overlaps its own, one to one. Its days are right where both ends are
equal ('' is an open end). Its place is right where a mention of our place overlaps one that gold gives the role `place`. Days are
asked of files whose lines have `published`, of their texts with the title; gold without days counts only for how often we leave it
without.
"""

import json
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from letopis.evaluate import gold
from letopis.evaluate.spans import Counts, Score, match, score
from letopis.evaluate.tagged import original
from letopis.layers import Analysis, Document, Event
from letopis.pipeline import annotate

NONE = ("", "")
Days: TypeAlias = tuple[str, str]
Pair: TypeAlias = tuple["Happening", Event]
Dating: TypeAlias = Callable[["Article", Event], Days]


@dataclass(frozen=True, slots=True)
class Happening:
    """A gold event mention: its trigger, days, mentions of one happening by a common name, and the spans of its places."""

    start: int
    end: int
    type: str
    realis: str
    days: Days
    happening: str
    places: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its gold; `published` None where unknown."""

    file: str
    id: str
    text: str
    title: str | None
    published: date | None
    happenings: tuple[Happening, ...]

    def document(self) -> Document:
        """It as the pipeline reads it."""
        return Document(
            self.id, "x", None, "txt", self.text, 0, "", annotated=True, title=self.title, published_date=self.published)


def read_dated(path: Path) -> list[Article]:
    """The articles with a day of publication of a file of the event gold, or of a folder of them."""
    paths = [path] if path.is_file() else sorted(path.glob("events_*.jsonl"))
    rows = ((p, json.loads(line)) for p in paths for line in gold.lines(p))
    return [_article(p.stem.removeprefix("events_"), row) for p, row in rows if row.get("published")]


def read_nerel(corpora: Path, part: str) -> list[Article]:
    """NEREL's events with their days: gold/nerel_<part>_events.tsv and the texts; nothing tells when they were published."""
    events: dict[str, list[Happening]] = {}
    for line in gold.lines(corpora / "gold" / f"nerel_{part}_events.tsv")[1:]:
        doc, _, start, end, _, kind, _, realis, first, last, *_ = line.split("\t")
        own = events.setdefault(doc, [])
        own.append(Happening(int(start), int(end), kind, realis, (first, last), str(len(own))))
    folder = corpora / "nerel" / part
    return [Article(f"nerel/{part}", d, gold.read(folder / f"{d}.txt"), None, None, tuple(own)) for d, own in events.items()]


def _article(file: str, row: Mapping[str, Any]) -> Article:
    happenings = tuple(_happening(e) for e in row["events"])
    return Article(file, row["doc"], row["text"], row.get("title"), date.fromisoformat(row["published"]), happenings)


def _happening(event: Mapping[str, Any]) -> Happening:
    places = tuple((a["start"], a["end"]) for a in event["args"] if a["role"] == "place")
    days = (event.get("date_start") or "", event.get("date_end") or "")
    return Happening(event["start"], event["end"], event["type"], event["realis"], days, event["coref"], places)


def pair(article: Article, analysis: Analysis) -> list[Pair]:
    """Gold events of the text with the ones of ours that they are matched to."""
    own = [e for e in analysis.events if analysis.readings.field[e.span.reading] == "text"]
    spans = [(*original(analysis.readings, e.span.reading, e.span.start, e.span.end), "") for e in own]
    return [(article.happenings[g], own[f]) for g, f in match([(h.start, h.end, "") for h in article.happenings], spans)]


def days_of(_: Article, event: Event) -> Days:
    """The days we give."""
    return ("" if event.start is None else str(event.start), "" if event.end is None else str(event.end))


def publication(article: Article, _: Event) -> Days:
    """The day of publication, whatever the event."""
    return (str(article.published), str(article.published)) if article.published else NONE


def exact(articles: Sequence[Article], pairs: Sequence[Sequence[Pair]], dating: Dating = days_of) -> Score:
    """Share of the found gold events with days whose days are right."""
    return score(exact_counts(articles, pairs, dating))


def exact_counts(articles: Sequence[Article], pairs: Sequence[Sequence[Pair]], dating: Dating = days_of) -> Counts:
    """[article] the counts of the same."""
    return _counts([[dating(a, e) == h.days for h, e in own if h.days != NONE] for a, own in zip(articles, pairs, strict=True)])


def given(articles: Sequence[Article], pairs: Sequence[Sequence[Pair]], dating: Dating = days_of) -> Score:
    """Share of the found events to which we give days that are right; where gold has none they count as wrong."""
    return score(_counts([
        [dating(a, e) == h.days for h, e in own if dating(a, e) != NONE] for a, own in zip(articles, pairs, strict=True)
    ]))


def undated(articles: Sequence[Article], pairs: Sequence[Sequence[Pair]], dating: Dating = days_of) -> Score:
    """Share of the found gold events without days that we leave without, too."""
    rows = ([dating(a, e) == NONE for h, e in own if h.days == NONE] for a, own in zip(articles, pairs, strict=True))
    return score(_counts(rows))


def placed(analyses: Sequence[Analysis], pairs: Sequence[Sequence[Pair]], basis: str | None = None) -> Score:
    """Share of the found gold events with a place whose place is ours; of those alone that we place on a basis."""
    return score(placed_counts(analyses, pairs, basis))


def placed_counts(analyses: Sequence[Analysis], pairs: Sequence[Sequence[Pair]], basis: str | None = None) -> Counts:
    """[article] the counts of the same."""
    return _counts([
        [_is_at(a, h, e) for h, e in own if h.places and basis in (None, e.place_basis)]
        for a, own in zip(analyses, pairs, strict=True)
    ])


def _is_at(analysis: Analysis, happening: Happening, event: Event) -> bool:
    """Our place is a mention of the same entity as one of gold's, or overlaps it."""
    if event.place is None:
        return False
    same = {event.place} if analysis.entities[event.place] < 0 else {
        i for i, entity in enumerate(analysis.entities) if entity == analysis.entities[event.place]
    }
    spans = [analysis.mentions[i].span for i in same]
    ours = [original(analysis.readings, s.reading, s.start, s.end) for s in spans if analysis.readings.field[s.reading] == "text"]
    return any(a < end and start < b for a, b in ours for start, end in happening.places)


def _counts(rows: Iterable[Sequence[bool]]) -> Counts:
    """Right among all, a row a document; precision and recall are the same."""
    return np.array([(sum(own), len(own), len(own)) for own in rows], np.int64).reshape(-1, 3)


def figures(path: Path, model: str, kept: Container[str]) -> dict[str, Score]:
    """All figures of days and places by name, those of single files with the file's; `kept`: ids of articles."""
    articles = [a for a in read_dated(path) if a.id in kept]
    analyses = [annotate((a.document(),), model) for a in articles]
    pairs = [pair(a, analysis) for a, analysis in zip(articles, analyses, strict=True)]
    found = {"days": exact(articles, pairs), "days, of those given": given(articles, pairs),
             "days, none where gold has none": undated(articles, pairs),
             "days, publication always": exact(articles, pairs, publication)}
    for file in sorted({a.file for a in articles}):
        own = [i for i, a in enumerate(articles) if a.file == file]
        found[f"days, {file}"] = exact([articles[i] for i in own], [pairs[i] for i in own])
    bases = {f"place, {basis}": placed(analyses, pairs, basis) for basis in ("role", "dateline", "lead")}
    return {**found, "place": placed(analyses, pairs), **bases}
