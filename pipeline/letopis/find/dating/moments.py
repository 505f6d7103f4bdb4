"""The days of a batch that its happenings may have: resolved time expressions, lists of days as one stretch, days of the reports.

Contract. Rows are sorted by place. Days are proleptic ordinals, 0 for an open or unknown one. 'забастовка 25 и 26 июля' gives a
moment for each day and one for both. The day of a report is its dateline's, else its publication's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from letopis.find.clauses import Text
from letopis.find.dates.anchors import LATEST, stands_at_head
from letopis.layers import Documents, Ints, Time

_JOINED = frozenset((",", "и", ", и", "или", "и в", ", в"))


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments in order of their words."""

    time: Ints                        # [moment] number of its (last) expression
    listed: Ints                      # [moment] 1 for a list of days as one stretch
    first: Ints                       # [moment] words first .. last
    last: Ints
    start: Ints                       # [moment] days
    end: Ints
    report: Ints                      # [document] day of the report
    stated: Ints                      # [document] 1 where a dateline states it


def moments_of(text: Text, documents: Documents, times: Sequence[Time]) -> Moments:
    """The moments of a batch."""
    known = [i for i, t in enumerate(times) if t.reason is None]
    rows = [(i, 0, i, _day(times[i].start), _day(times[i].end)) for i in known]
    for i, j in _lists(text, times, known):
        rows.append((j, 1, i, _day(times[i].start), _day(times[j].end)))
    table = np.array(rows, np.int32).reshape(-1, 5)
    spans = [(times[a].span, times[b].span) for b, _, a, _, _ in rows]
    first = words_at(text, [a.sentence for a, _ in spans], [a.start for a, _ in spans])
    last = words_at(text, [b.sentence for _, b in spans], [b.end - 1 for _, b in spans])
    order = np.lexsort((table[:, 1], last, first))
    report, stated = _reports(text, documents, [times[i] for i in known])
    time, listed, start, end = (table[order, column] for column in (0, 1, 3, 4))
    return Moments(time, listed, first[order], last[order], start, end, report, stated)


def words_at(text: Text, sentences: Sequence[int], offsets: Sequence[int]) -> Ints:
    """The words that offsets of sentences stand in or after, all at once: a span's first word by its start, its last by its last
    character."""
    width = int(text.words.end.max(initial=0)) + 1
    keys = text.words.sentence.astype(np.int64) * width + text.words.start
    asked = np.array(sentences, np.int64) * width + np.array(offsets, np.int64)
    return np.maximum(np.searchsorted(keys, asked, side="right") - 1, 0).astype(np.int32)


def _day(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _lists(text: Text, times: Sequence[Time], known: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of every list of days: '25 и 26 июля'."""
    opened: int | None = None
    for i, j in pairwise(known):
        if _is_listed(text, times[i], times[j]):
            opened = i if opened is None else opened
            yield opened, j
        else:
            opened = None


def _is_listed(text: Text, one: Time, other: Time) -> bool:
    if one.span.sentence != other.span.sentence or one.granularity != "day" or other.granularity != "day":
        return False
    between = text.readings.clean[one.span.reading][one.span.end:other.span.start].strip().lower()
    return between in _JOINED and one.start is not None and other.start is not None and one.start < other.start


def _reports(text: Text, documents: Documents, times: Sequence[Time]) -> tuple[Ints, Ints]:
    report = np.array([_day(d.published_date) for d in documents], np.int32)
    stated = np.zeros(len(documents), np.int32)
    for time in times:
        document = int(text.readings.document[time.span.reading])
        if not stated[document] and _is_dateline(text, time):
            day, published = _day(time.start), int(report[document])
            if not published or 0 <= published - day <= LATEST:
                report[document], stated[document] = day, 1
    return report, stated


def _is_dateline(text: Text, time: Time) -> bool:
    """'МОСКВА, 30 мая — ПРАЙМ', in a sentence of its own or before the first."""
    if time.granularity != "day" or text.readings.field[time.span.reading] != "text":
        return False
    clean = text.readings.clean[time.span.reading]
    return text.sentences.role[time.span.sentence] == "dateline" or stands_at_head(time.span.start, time.span.end, clean)
