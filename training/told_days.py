"""Articles whose events are dated by the time expressions that gold gives them as arguments; nothing else tells when they were.

The event gold without days holds 2,900 events with a time argument: their happenings were on the days that this expression means.
Of dated gold .88 of such days are right, and most others lie with open intervals ('с 2010 года'). Events of other happenings are
unknown, not undated. When these articles were published is not known (of some the year is): a day is supposed that makes the
expressions resolvable, the first day that the text names with its month, else one in June. It is taken away again: how days lie to
it teaches nothing of how they lie to reports ('проголосовал за бюджет на 2024 год' became one of 2024).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow.parquet as pq

from letopis.evaluate import gold
from letopis.evaluate.tagged import original
from letopis.evaluate.when import Article, Days, Happening
from letopis.layers import Analysis
from letopis.pipeline import annotate
from letopis.resources import data_path

FILES = ("factrueval_dev", "more", "news", "vzglyad")
UNKNOWN: Days = ("?", "?")
YEAR = 2012                           # of texts that name none
_SOURCES = {"news": "rucoco"}
_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)})[а-я]*(?: (\d{{4}}))?\b")
_YEAR = re.compile(r"\b(?:19[89]|20[012])\d\b")


def articles(corpora: Path) -> Iterator[tuple[Article, Analysis]]:
    """The articles of FILES that are not held out, annotated as of their supposed days, without these."""
    held = json.loads(data_path("annotations/splits.json").read_text(encoding="utf-8"))
    table = pq.read_table(corpora / "raw_news.parquet", columns=["source", "id", "published"]).to_pylist()
    years = {(r["source"], r["id"]): int(r["published"][:4]) for r in table if r["published"]}
    for name in FILES:
        path = corpora / "gold" / f"events_{name}.jsonl"
        for text, row in zip(gold.read_events(path), map(json.loads, gold.lines(path)), strict=True):
            if text.id not in held[text.corpus]:
                year = years.get((row.get("source") or _SOURCES.get(name, ""), text.id))
                article = Article(f"told/{name}", text.id, text.text, None, supposed_day(text.text, year), ())
                analysis = annotate((article.document(),))
                told = replace(article, published=None, happenings=happenings(row["events"], analysis))
                yield told, replace(analysis, documents=(told.document(),))


def supposed_day(text: str, year: int | None) -> date:
    """A day of publication by which the expressions of a text mean something."""
    likely = year or max(map(int, _YEAR.findall(text)), default=YEAR)
    for day, month, own in _DAY.findall(text):
        try:
            return date(int(own or likely), _MONTHS.index(month) + 1, int(day))
        except ValueError:            # '31 июня'
            continue
    return date(likely, 6, 10 + crc32(text.encode()) % 7)


def happenings(events: Sequence[Mapping[str, Any]], analysis: Analysis) -> tuple[Happening, ...]:
    """Gold's events with the days of their own time arguments, else those that all others of the same happening agree on."""
    own = {number: days for number, e in enumerate(events) if (days := _told(e, analysis))}
    shared: dict[str, set[Days]] = {}
    for number, days in own.items():
        shared.setdefault(events[number]["coref"], set()).add(days)
    found = []
    for number, e in enumerate(events):
        others = shared.get(e["coref"], set())
        days = own.get(number) or (next(iter(others)) if len(others) == 1 else UNKNOWN)
        found.append(Happening(e["start"], e["end"], e["type"], e["realis"], days, e["coref"]))
    return tuple(found)


def _told(event: Mapping[str, Any], analysis: Analysis) -> Days | None:
    """The days of the expressions that an event's time argument covers, from the first's start to the last's end."""
    for argument in event["args"]:
        if argument["role"] == "time":
            spans = ((*original(analysis.readings, t.span.reading, t.span.start, t.span.end), t) for t in analysis.times)
            times = [t for a, b, t in spans if t.reason is None and a < argument["end"] and argument["start"] < b]
            if times:
                return (str(times[0].start or ""), str(times[-1].end or ""))
    return None
