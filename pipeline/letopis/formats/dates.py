"""The published date of a header or column -> the moment in UTC and the day that the source states.

Contract: a stamp with a zone keeps the day of that zone; one without is of the configured zone; a day without a time is
00:00 of it. Nothing is guessed: a day that can't be ('вчера', 31 February, the year 20023) or could be read two ways
('05/06/2019') raises BadDate. A year or a month alone ('2009', '2009-05') names no day and gives None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

FIRST_YEAR, LAST_YEAR = 1678, 2261       # what a nanosecond timestamp of pandas can hold

_MONTHS = (                              # what stands in headers: full forms, cases, cuts of three and four letters
    "янв(?:ар[ья])?|jan(?:uary)?", "фев(?:р(?:ал[ья])?)?|feb(?:ruary)?", "март?а?|mar(?:ch)?", "апр(?:ел[ья])?|apr(?:il)?",
    "ма[йя]|may", "июн[ья]?|june?", "июл[ья]?|july?", "авг(?:уста?)?|aug(?:ust)?", "сент?(?:ябр[ья])?|sept?(?:ember)?",
    "окт(?:ябр[ья])?|oct(?:ober)?", "ноя(?:б(?:р[ья])?)?|nov(?:ember)?", "дек(?:абр[ья])?|dec(?:ember)?",
)
_MONTH = "|".join(_MONTHS)
_NOTHING = frozenset(("", "-", "~", "nan", "nat", "none", "null", "n/a"))
_VAGUE = re.compile(r"\d{4}(?:-\d{2})?")                                          # 2009, 2009-05
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")                             # 1573890000, 1573890000123
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
                    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?", re.I)                         # 11:16, 11:16:09.5, 3:05 pm
_ZONE = re.compile(r"(?<![\w:])(?P<name>Z|UTC|GMT|МСК|MSK)?(?:(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)?"
                   r"(?:\[[\w/+\-]+\])?$", re.I)                                      # Z, +03:00, +0300, GMT+3, МСК
_NOISE = re.compile(r"[\s,.()«»—–|]+|\b(?:в|at|г|года|год|on|of)\b", re.I)
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\b(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|"
                      r"четверг|пятница|суббота|воскресенье)\b", re.I)
_DAYS = (                                                                       # the first that is found is the day
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<mark>[\-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?:T(?=\d)|(?!\d))", re.I),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"),               # 14.12.2019
    re.compile(r"(?<!\d)(?P<either>\d{1,2})[/\-](?P<other>\d{1,2})[/\-](?P<year>\d{4})(?!\d)"),              # 14/12/2019
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})[\s\-]+(?P<name>{_MONTH})\.?[\s\-,]+(?P<year>\d{{4}})(?!\d)", re.I),
    re.compile(rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?!\d)", re.I),  # Nov 16, 2023
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T(?=\d)|(?!\d))", re.I),       # 20231116
)


class BadDate(ValueError):
    """`published` names no day that can be."""


@dataclass(frozen=True, slots=True)
class Published:
    """`moment` is aware, in UTC; `day` is the day in the source's own zone."""

    moment: datetime
    day: date


def parse_published(value: str, zone: tzinfo) -> Published | None:
    """Read a stamp as headers and columns have it; None for none or for a bare year or month. Raises BadDate."""
    text = value.strip()
    if text.casefold() in _NOTHING or _VAGUE.fullmatch(text):
        return None
    try:
        return _epoch(text, zone) or _stamp(text, zone)
    except (ValueError, OverflowError) as cause:
        raise BadDate(f"published: {text[:80]!r} is no date that can be read ({cause})") from cause


def _epoch(text: str, zone: tzinfo) -> Published | None:
    match = _EPOCH.fullmatch(text)
    if not match:
        return None
    seconds = float(text) if match[1] else int(match[2]) / 1000
    return _published(datetime.fromtimestamp(seconds, UTC).astimezone(zone))


def _stamp(text: str, zone: tzinfo) -> Published:
    day, rest = _take_day(text)
    rest, clock = _take(_CLOCK, rest)
    rest, own = _take(_ZONE, rest.strip(" ()"))
    unread = _NOISE.sub("", _WEEKDAY.sub("", rest))
    if unread:
        raise ValueError(f"{unread[:40]!r} belongs to no date")
    return _published(datetime.combine(day, _time(clock), _zone(own) or zone))


def _take_day(text: str) -> tuple[date, str]:
    match = next((m for m in (pattern.search(text) for pattern in _DAYS) if m), None)
    if not match:
        raise ValueError("it names no day, month and year")
    part = match.groupdict()
    if "either" in part:
        month, day = _slashed(int(part["either"]), int(part["other"]))
    else:
        month, day = _month(part["name"]) if "name" in part else int(part["month"]), int(part["day"])
    return date(int(part["year"]), month, day), f"{text[:match.start()]} {text[match.end():]}"


def _month(name: str) -> int:
    return next(n for n, forms in enumerate(_MONTHS, start=1) if re.fullmatch(forms, name, re.I))


def _slashed(either: int, other: int) -> tuple[int, int]:
    """Month and day of '14/12/2019' or '12/14/2019'."""
    if either != other and either <= 12 and other <= 12:
        raise ValueError("day and month could be exchanged")
    return (other, either) if either > 12 else (either, other)


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, Mapping[str, str | None]]:
    match = pattern.search(text)
    return (f"{text[:match.start()]} {text[match.end():]}", match.groupdict()) if match else (text, {})


def _time(clock: Mapping[str, str | None]) -> time:
    hour, minute, second = (int(clock.get(part) or 0) for part in ("hour", "minute", "second"))
    if half := clock.get("half"):
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    microsecond = int(((clock.get("fraction") or "") + "000000")[:6])
    return time(hour, minute, second, microsecond)


def _zone(own: Mapping[str, str | None]) -> tzinfo | None:
    name = (own.get("name") or "").upper()
    if not name and not own.get("sign"):
        return None
    minutes = int(own.get("hours") or 0) * 60 + int(own.get("minutes") or 0)
    if minutes > 15 * 60:
        raise ValueError("no zone is so far from UTC")
    offset = -minutes if own.get("sign") in ("-", "−") else minutes
    return timezone(timedelta(minutes=offset + (180 if name in ("МСК", "MSK") and not own.get("sign") else 0)))


def _published(moment: datetime) -> Published:
    utc = moment.astimezone(UTC)
    for year in (moment.year, utc.year):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"the year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return Published(utc, moment.date())
