"""iCalendar (RFC 5545): events with days as all-day entries; planned ones unless others are asked for.

Contract. An event without a first or a last day is no entry, nor is one that is known only by its season, half, quarter, year or
longer. DTEND is the day after the last, as the standard has it. DTSTAMP is the end of the last run, so that the same snapshot
gives the same bytes. Lines are folded at 75 bytes and never inside a character.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TextIO

from letopis.export.events import events
from letopis.export.format import Choice, Counts, FileFormat
from letopis.export.reading import Row, rows
from letopis.export.web import link

FINE = ("day", "week", "month", "range")
_LINE = 75                            # bytes, the line's end not among them
_STATUS = {"actual": "CONFIRMED", "planned": "TENTATIVE", "hypothetical": "TENTATIVE", "negated": "CANCELLED"}


def write(snapshot: Path, stream: TextIO, choice: Choice) -> Counts:
    """One calendar."""
    counts: Counts = Counter()
    stamp = _stamp(snapshot)
    _put(stream, ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Letopis//letopis export//RU", "CALSCALE:GREGORIAN"])
    for event in events(snapshot, Choice(realis=choice.realis or ("planned",))):
        if event["date_start"] is None or event["date_end"] is None:
            counts["events without a first and a last day"] += 1
        elif event["granularity"] not in FINE:
            counts["events dated by a season, a year or longer"] += 1
        elif event["date_end"] == date.max:
            counts["events on the last day of the calendar"] += 1
        else:
            _put(stream, _entry(event, stamp))
            counts["events"] += 1
    _put(stream, ["END:VCALENDAR"])
    return counts


def _stamp(snapshot: Path) -> str:
    ends: list[datetime] = [r["finished"] or r["started"] for r in rows(snapshot, "runs")]
    return max(ends, default=datetime(1970, 1, 1, tzinfo=UTC)).strftime("%Y%m%dT%H%M%SZ")


def _entry(event: Row, stamp: str) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{_text(event['event_id'])}@letopis", f"DTSTAMP:{stamp}")
    yield f"DTSTART;VALUE=DATE:{_day(event['date_start'])}"
    yield f"DTEND;VALUE=DATE:{_day(event['date_end'] + timedelta(days=1))}"
    yield f"SUMMARY:{_text(event['name'])}"
    yield f"DESCRIPTION:{_text(event['lead'])}"
    yield f"CATEGORIES:{_text(event['type'])}"
    yield f"STATUS:{_STATUS[event['realis']]}"
    yield "TRANSP:TRANSPARENT"
    if event["place"]:
        yield f"LOCATION:{_text(event['place'])}"
    if event["latitude"] is not None and event["longitude"] is not None:
        yield f"GEO:{event['latitude']};{event['longitude']}"
    if link(event["url"]) and event["url"].isascii():
        yield f"URL:{event['url']}"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(value: str) -> str:
    """Backslashes, semicolons, commas and line breaks escaped; other control characters are blanks."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\\n".join(escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "".join(" " if ord(c) < 32 or c == "\x7f" else c for c in lines)


def _put(stream: TextIO, lines: Iterator[str] | list[str]) -> None:
    for line in lines:
        stream.write("\r\n ".join(_folded(line)) + "\r\n")


def _folded(line: str) -> Iterator[str]:
    piece, size = "", 0
    for c in line:
        width = len(c.encode())
        if size + width > _LINE:
            yield piece
            piece, size = "", 1                        # the blank that begins a folded line
        piece, size = piece + c, size + width
    yield piece


ICALENDAR = FileFormat("icalendar", "planned events with days, or those of --realis", write, ("realis",))
