"""The day that the relative dates of a document are counted from: its publication, or the dateline of its text.

A dateline ('МОСКВА, 30 мая — ПРАЙМ.', '14:54, 2 ноября 2018') stands before the first sentence; 'сегодня, 9 июля'
says the same anywhere. It gives the anchor where the publication is unknown and the dateline names its year, and
where it lies shortly before the publication (an article copied some days later).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from letopis.find.dates.calendar import moved
from letopis.find.dates.candidates import Candidate
from letopis.find.dates.choice import PAST
from letopis.find.dates.partial import At, Day
from letopis.find.dates.resolve import Context, resolve
from letopis.find.dates.story import Story
from letopis.layers import Documents, Readings, Sentences

_HEAD = 30          # characters a dateline may stand behind: a place, an agency, a clock time
_TOP = 400          # characters from the top of the text in which a line of its own may give the date
LATEST = 7          # days between a dateline and the publication of a copy
_AFTER = frozenset("-–—/,.|(\n")
_LINE_END = frozenset(("\n", ""))


def anchors(
    documents: Documents, readings: Readings, sentences: Sentences, found: Iterable[Candidate]
) -> list[date | None]:
    """The anchor of every document of the batch."""
    datelines = _datelines(documents, readings, sentences, found)
    return [datelines.get(i, document.published_date) for i, document in enumerate(documents)]


def _datelines(
    documents: Documents, readings: Readings, sentences: Sentences, found: Iterable[Candidate]
) -> Mapping[int, date]:
    firsts: dict[int, date] = {}
    for candidate in found:
        reading = int(sentences.reading[candidate.sentence])
        document = int(readings.document[reading])
        if readings.field[reading] == "text" and document not in firsts:
            day = _dateline(candidate, readings.clean[reading], documents[document].published_date)
            if day:
                firsts[document] = day
    return firsts


def _dateline(candidate: Candidate, text: str, published: date | None) -> date | None:
    """The day a dateline, or 'сегодня, 9 июля', says it is, if that may be the anchor."""
    when = candidate.expression.when if isinstance(candidate.expression, At) else None
    if not isinstance(when, Day) or (published is None and when.year is None):
        return None
    if when.said is None and not stands_at_head(candidate.start, candidate.end, text):
        return None
    found = resolve(when, Context(published, PAST, Story(), 0))
    day = None if isinstance(found, str) else moved(found.start, -(when.said or 0))
    return day if day and (published is None or 0 <= (published - day).days <= LATEST) else None


def stands_at_head(start: int, end: int, text: str) -> bool:
    """Before it nothing but names and clock times, behind it a mark: 'Киев. 9 июля. УНН.'; or a line of its own."""
    line = text.rfind("\n", 0, start) + 1
    head, tail = text[line:start], text[end:].lstrip(" ")
    lead_in_small_letters = any(word[:1].islower() for word in head.split())
    behind = tail[:1] in _AFTER if line == 0 else tail[:1] in _LINE_END
    return len(head) <= _HEAD and start <= _TOP and not lead_in_small_letters and behind
