"""Dates within a year: what a day, month, season or section is in a given year."""

from typing import TypeAlias

from letopis.find.dates import calendar
from letopis.find.dates.calendar import Closed
from letopis.find.dates.partial import Day, FirstMonths, Month, NthDay, Season, Section

InYear: TypeAlias = Day | NthDay | Month | Season | Section | FirstMonths


def of_year(partial: InYear, year: int) -> Closed | None:
    """The days of a partial date in a year; None where it has none (29 February)."""
    match partial:
        case Day(day=number, month=month):
            return calendar.day(year, month or 1, number)
        case NthDay():
            return _nth_day(partial, year)
        case Month(month=month):
            return calendar.months(year, month, 1, "month")
        case Season(number=number, until=until):
            return calendar.season(until or year, number)
        case Section(number=number, months=size):
            return calendar.months(year, (number - 1) * size + 1, size, "quarter" if size == 3 else "half")
        case FirstMonths(count=count):
            return calendar.months(year, 1, count, "range")


def _nth_day(partial: NthDay, year: int) -> Closed | None:
    month = calendar.months(year, partial.month, 1, "month")
    if month is None:
        return None
    if partial.weekday is None:
        return Closed(month.end, month.end, "day")
    if partial.number < 0:
        return calendar.unit(month.end, "day", -((month.end.weekday() - partial.weekday) % 7))
    return calendar.unit(month.start, "day", (partial.weekday - month.start.weekday()) % 7 + 7 * (partial.number - 1))
