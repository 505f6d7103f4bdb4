"""Quotes against gold: found one to one by half of the union, speakers by the words of their names.

Gold: the lines of ../shared/corpora/gold/events_*.jsonl with `quotes` (start, end, kind, cue, speaker: a canonical name, '' for
nobody). Texts stand in the line, in raw_news.parquet (source and id; `rucoco` for events_news) or in runormas/train.

A quote is found where at least half of the union of both spans is shared; each counts once, equal kinds and larger shares
first. A speaker is right where the found name (the mention's normal form, else the words next to the quote) means the gold one
(`same_speaker`); it is asked of the found quotes whose gold has a speaker. Where gold has several quotes of one span and kind
(who said it, who passes it on), either speaker is right.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from letopis.layers import Analysis, Document, Documents, Mention, Quote, Readings
from letopis.text.dictionary import parses

KINDS = ("direct", "indirect")
SHARED = 0.5
_MARKS = str.maketrans("«»\"„“”().,-–—", " " * 13)
_EMPTY = frozenset({"в", "во", "на", "и", "по", "о", "об", "для", "из", "с", "со", "при", "от", "к", "у", "за", "до", "под"})


@dataclass(frozen=True, slots=True)
class Said:
    """A quote in the original text, gold or found; `person` where the speaker is the name of one."""

    start: int
    end: int
    kind: str
    speaker: str
    person: bool = False
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A document with its gold."""

    file: str
    id: str
    text: str
    quotes: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts: quotes of gold, found, matched; matched with a speaker in gold, and right ones of these."""

    gold: int
    found: int
    matched: int
    spoken: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the found that gold has."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that is found."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.matched / (self.gold + self.found) if self.gold + self.found else 0.0

    @property
    def speakers(self) -> float:
        """Share of right speakers."""
        return self.right / self.spoken if self.spoken else 0.0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.gold + other.gold, self.found + other.found, self.matched + other.matched,
            self.spoken + other.spoken, self.right + other.right,
        )


def read_gold(corpora: Path) -> list[Text]:
    """Every document with quotes in gold, in the order of the files."""
    news = _news(corpora)
    out = []
    for path in sorted((corpora / "gold").glob("events_*.jsonl")):
        for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):     # texts hold other line separators
            row = json.loads(line)
            if "quotes" in row:
                quotes = tuple(Said(q["start"], q["end"], q["kind"], q["speaker"], cue=q["cue"]) for q in row["quotes"])
                out.append(Text(path.stem, row["doc"], _text(corpora, path.stem, row, news), quotes))
    return out


def _news(corpora: Path) -> dict[tuple[str, str], str]:
    table = pq.read_table(corpora / "raw_news.parquet", columns=["source", "id", "text"])
    return {(row["source"], row["id"]): row["text"] for row in table.to_pylist()}


def _text(corpora: Path, file: str, row: dict[str, str], news: dict[tuple[str, str], str]) -> str:
    if "text" in row:
        return row["text"]
    if file == "events_vzglyad":
        return (corpora / "runormas" / "train" / f"{row['doc']}.txt").read_bytes().decode("utf-8")
    return news[row.get("source", "rucoco"), row["doc"]]


def documents_of(texts: Sequence[Text]) -> Documents:
    """Texts as documents without title and date: each has one reading."""
    return tuple(Document(t.id, t.id, None, "txt", t.text, 0, "", True) for t in texts)


def said_in(readings: Readings, reading: int, quotes: Sequence[Said]) -> list[Said]:
    """Gold of one reading in its clean offsets."""
    first, last = readings.origin_start[reading], readings.origin_end[reading]
    out = []
    for quote in quotes:
        start = int(np.searchsorted(last, quote.start, side="right"))
        end = max(int(np.searchsorted(first, quote.end, side="left")), start + 1)
        out.append(replace(quote, start=start, end=end))
    return out


def found_in(readings: Readings, mentions: Sequence[Mention], quotes: Sequence[Quote]) -> list[list[Said]]:
    """The quotes of each reading in clean offsets; a speaker that is no mention has the words next to the quote as name."""
    out: list[list[Said]] = [[] for _ in readings.clean]
    for q in quotes:
        name, person = "", False
        if q.speaker_mention is not None:
            name, person = mentions[q.speaker_mention].normal, mentions[q.speaker_mention].type == "PERSON"
        elif q.speaker is not None:
            name = readings.clean[q.speaker.reading][q.speaker.start:q.speaker.end]
        out[q.span.reading].append(Said(q.span.start, q.span.end, q.kind, name, person, q.cue or ""))
    return out


def evaluate(texts: Sequence[Text], annotate: Callable[[Documents], Analysis]) -> dict[str, Score]:
    """Scores of what `annotate` finds in texts, all quotes and by kind."""
    analysis = annotate(documents_of(texts))
    gold = [said_in(analysis.readings, r, t.quotes) for r, t in enumerate(texts)]
    return by_kind(zip(gold, found_in(analysis.readings, analysis.mentions, analysis.quotes), strict=True))


def score(gold: Sequence[Said], found: Sequence[Said]) -> Score:
    """Counts of one document."""
    pairs = match(gold, found)
    spoken = [(gold[g], found[f]) for g, f in pairs if gold[g].speaker]
    right = sum(any(same_speaker(f.speaker, name, person=f.person) for name in speakers_of(g, gold)) for g, f in spoken)
    return Score(len(gold), len(found), len(pairs), len(spoken), right)


def speakers_of(quote: Said, gold: Sequence[Said]) -> list[str]:
    """The speakers that gold gives for one span: who said it, and who passes it on ('передает ТАСС')."""
    return [q.speaker for q in gold if (q.start, q.end, q.kind) == (quote.start, quote.end, quote.kind) and q.speaker]


def by_kind(documents: Iterable[tuple[Sequence[Said], Sequence[Said]]]) -> dict[str, Score]:
    """Scores of all quotes (kinds may differ) and of each kind by itself, over documents of gold and found."""
    total = dict.fromkeys(("all", *KINDS), Score(0, 0, 0, 0, 0))
    for gold, found in documents:
        total["all"] += score(gold, found)
        for kind in KINDS:
            total[kind] += score([q for q in gold if q.kind == kind], [q for q in found if q.kind == kind])
    return total


def match(gold: Sequence[Said], found: Sequence[Said]) -> list[tuple[int, int]]:
    """Pairs of numbers (gold, found), one to one: equal kinds first, then the larger share."""
    options = sorted(
        (g.kind != f.kind, -share(g, f), i, j)
        for i, g in enumerate(gold) for j, f in enumerate(found) if share(g, f) >= SHARED
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, j in options:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return sorted(taken.items())


def share(one: Said, other: Said) -> float:
    """The common part of two spans over their union."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))


def same_speaker(found: str, gold: str, *, person: bool) -> bool:
    """Whether two names mean one speaker, going by normal forms (any parse of pymorphy3, ё folded).

    People: the last word of one name (the surname) is a word of the other, or two words are. Others: more than half of the
    words of the shorter name are words of the longer or akin to one, or one is short for the other ('ФСБ', 'Минфин').
    """
    ours, theirs = _words(found), _words(gold)
    if not ours or not theirs:
        return False
    if person:
        shared = sum(any(w & other for other in theirs) for w in ours)
        return shared > 1 or any(ours[-1] & w for w in theirs) or any(theirs[-1] & w for w in ours)
    short, long = sorted((ours, theirs), key=len)
    shared = sum(any(w & other or _akin(w, other) for other in long) for w in short)
    return 2 * shared > len(short) or _is_short_for(found, theirs) or _is_short_for(gold, ours)


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    """'сербский' and 'Сербия', 'полицейский' and 'полиция': the first four letters and most of the shorter word."""
    a, b = min(one), min(other)
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= max(4, 0.6 * min(len(a), len(b)))


def _words(name: str) -> list[frozenset[str]]:
    words = name.lower().replace("ё", "е").translate(_MARKS).split()
    return [_normals(w) for w in words if w not in _EMPTY]


@lru_cache(maxsize=100_000)
def _normals(word: str) -> frozenset[str]:
    return frozenset({word, *(p.normal_form.replace("ё", "е") for p in parses(word))})


def _is_short_for(short: str, words: Sequence[frozenset[str]]) -> bool:
    """'ФСБ' for the initials of a name, 'Минфин' for the beginnings of its first two words."""
    first = [min(w) for w in words]
    initials = "".join(w[:1] for w in first)
    for word in short.replace("ё", "е").replace("Ё", "Е").translate(_MARKS).split():
        low = word.lower()
        if low == initials and (len(low) > 2 or (len(low) == 2 and word.isupper())):
            return True
        if len(first) > 1 and len(low) > 5 and low.startswith(first[0][:3]) and first[1][:3] in low[3:]:
            return True
    return False
