"""Calendar arithmetic: intervals of months, seasons, decades; parts of an interval; moving by units. Knows no text.

An interval has both days, one of them (open), and a granularity; whatever leaves the years 1 to 9999 is None.
"""

import calendar as _calendar
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

_LAST = date.max.toordinal()


class Interval(NamedTuple):
    """First and last day, inclusive; None is an open end."""

    start: date | None
    end: date | None
    granularity: str


class Closed(NamedTuple):
    """An interval with both ends."""

    start: date
    end: date
    granularity: str


def day(year: int, month: int, number: int) -> Closed | None:
    """One day; None for 31 June and the like."""
    if not 1 <= year <= MAXYEAR or not 1 <= number <= _calendar.monthrange(year, month)[1]:
        return None
    one = date(year, month, number)
    return Closed(one, one, "day")


def moved(one: date, days: int) -> date | None:
    """The day so many days later."""
    ordinal = one.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= _LAST else None


def days(first: date | None, last: date | None, granularity: str) -> Closed | None:
    """An interval out of two days, if both are days of the calendar and in order."""
    return Closed(first, last, granularity) if first and last and first <= last else None


def months(year: int, month: int, count: int, granularity: str) -> Closed | None:
    """Whole months from a month on; `month` may lie outside 1..12."""
    first, last = year * 12 + month - 1, year * 12 + month + count - 2
    if first < 12 or last // 12 > MAXYEAR:
        return None
    end = date(last // 12, last % 12 + 1, _calendar.monthrange(last // 12, last % 12 + 1)[1])
    return Closed(date(first // 12, first % 12 + 1, 1), end, granularity)


def years(first: int, count: int, granularity: str) -> Closed | None:
    """Whole years."""
    return months(first, 1, 12 * count, granularity)


def century(number: int) -> Closed | None:
    """The XIX century is 1801..1900."""
    return years(100 * number - 99, 100, "century")


def season(year: int, number: int) -> Closed | None:
    """Spring, summer, autumn of a year; the winter that ends in it."""
    return months(year, 3 * number, 3, "season")


def unit(one: date, name: str, shift: int) -> Closed | None:
    """The calendar unit a day lies in, so many units later."""
    match name:
        case "day":
            return days(moved(one, shift), moved(one, shift), "day")
        case "week":
            monday = moved(one, 7 * shift - one.weekday())
            return days(monday, moved(monday, 6), "week") if monday else None
        case "decade":
            return years(one.year // 10 * 10 + 10 * shift, 10, "decade")
        case "century":
            return century((one.year - 1) // 100 + 1 + shift)
        case _:
            size = {"month": 1, "quarter": 3, "half": 6, "year": 12}[name]
            return months(one.year, (one.month - 1) // size * size + 1 + size * shift, size, name)


def working_week(one: date, shift: int) -> Closed | None:
    """Monday to Friday of the week so many weeks later."""
    week = unit(one, "week", shift)
    return days(week.start, moved(week.start, 4), "workweek") if week else None


def back_or_forth(one: date, count: float, name: str) -> Closed | None:
    """So many units from a day, as exact as the unit: a day for days and weeks, a month, a year."""
    if name in ("day", "week"):
        length = round(count * (7 if name == "week" else 1))
        return unit(one, "day", length)
    if name == "month" and count == int(count):
        return unit(one, "month", int(count))
    if name == "month":
        near = moved(one, round(count * 30.44))
        return unit(near, "day", 0) if near else None
    if count != int(count):
        return unit(one, "month", round(count * 12))
    return unit(one, "year", int(count) * {"year": 1, "decade": 10, "century": 100}[name])


def same_day(one: date, count: int, name: str) -> date | None:
    """The same day of the month or year so many units later (the last of the month where there is none)."""
    if name in ("day", "week"):
        return moved(one, count * (7 if name == "week" else 1))
    size = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[name]
    month = months(one.year, one.month + size * count, 1, "month")
    return month.start.replace(day=min(one.day, month.end.day)) if month else None


def part(whole: Closed, name: str) -> Closed | None:
    """Start, middle and end (thirds), first and second (halves), or the tens of days of a month."""
    if name in ("10", "20"):
        first = moved(whole.start, int(name) - 1)
        return days(first, min(moved(first, 9) or whole.end, whole.end), "range") if first else None
    if name.startswith("week"):
        return _seven_days(whole, int(name[-1]))
    thirds = _thirds(whole)
    index = {"start": 0, "middle": 1, "end": 2}.get(name)
    if index is not None:
        last = moved(thirds[index + 1], -1) if index < 2 else whole.end
        return days(thirds[index], last, "day" if last == thirds[index] else "range")
    half = _half(whole)
    granularity = "half" if whole.granularity == "year" else "range"
    return days(whole.start, moved(half, -1), granularity) if name == "first" else days(half, whole.end, granularity)


def _seven_days(whole: Closed, number: int) -> Closed | None:
    """The first, second ... seven days of a month; 0: its last seven."""
    first = moved(whole.start, 7 * number - 7) if number else moved(whole.end, -6)
    return days(first, moved(first, 6), "range") if first else None


def _thirds(whole: Closed) -> tuple[date, date, date]:
    """First days of the thirds: of a month 1, 11, 21, of a week Monday, Wednesday, Friday, of a year by months."""
    start, length = whole.start, (whole.end - whole.start).days + 1
    match whole.granularity:
        case "month":
            return start, start + timedelta(10), start + timedelta(20)
        case "year" | "quarter" | "season" | "half":
            size = round(length / 91.3)
            return start, same_day(start, size, "month") or start, same_day(start, 2 * size, "month") or start
        case "workweek":
            return start, start + timedelta(1), start + timedelta(4)
        case "decade":
            return start, start.replace(year=start.year + 4), start.replace(year=start.year + 7)
        case "century":
            return start, start.replace(year=start.year + 33), start.replace(year=start.year + 67)
        case _:
            return start, start + timedelta(length // 3), start + timedelta(length - (length + 2) // 3)


def _half(whole: Closed) -> date:
    """First day of the second half."""
    start, length = whole.start, (whole.end - whole.start).days + 1
    if whole.granularity == "month":
        return start + timedelta(15)
    if length > 60:
        return same_day(start, round(length / 60.88), "month") or start
    return start + timedelta(length // 2)
