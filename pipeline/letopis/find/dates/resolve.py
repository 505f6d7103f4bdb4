"""Partial dates -> days. Every rule is calendar arithmetic on an anchor, chosen by the direction the clause speaks
in.

`Context` holds what the text says around an expression; what can't be resolved is a reason (a short code), never a
guess.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from letopis.find.dates import calendar
from letopis.find.dates.calendar import Closed
from letopis.find.dates.choice import NONE, Direction, closest, nearest, weekday, weekend, window
from letopis.find.dates.partial import (
    Calendar,
    Century,
    Day,
    Decade,
    Distance,
    FirstMonths,
    Month,
    NthDay,
    Part,
    Partial,
    Season,
    Section,
    Weekday,
    Weekend,
    Window,
    Year,
)
from letopis.find.dates.story import Story
from letopis.find.dates.within import InYear, of_year

Reason: TypeAlias = str
NO_DATE, NO_ANCHOR, OUT_OF_RANGE = "no_publication_date", "no_anchor", "out_of_range"
_SUNDAY = 6
_YEARS_ROUND = 2        # a bare day, month or season is of a year next to the anchor's
_WEEKDAY_YEARS = 8      # a weekday and a day of the month agree at least once in so many years


@dataclass(frozen=True, slots=True)
class Context:
    """The anchor (publication or dateline), the direction of the clause, the story so far, the sentence's number."""

    anchor: date | None
    direction: Direction
    story: Story
    sentence: int


def resolve(partial: Partial, context: Context) -> Closed | Reason:
    """The days of a partial date, or why there are none."""
    match partial:
        case Day() | NthDay() | Month() | Season() | Section() | FirstMonths():
            return _in_year(partial, context)
        case Year():
            year = _year(partial, context)
            return year if isinstance(year, str) else _known(calendar.years(year, 1, "year"))
        case Century(number=number, bc=bc) if number is not None:
            return OUT_OF_RANGE if bc else _known(calendar.century(number))
        case Decade():
            return _decade(partial, context)
        case Part():
            return _part(partial, context)
        case _:
            return _counted(partial, context)


def _part(partial: Part, context: Context) -> Closed | Reason:
    """A part of a period; of the one before or after where the tense says so ('в конце года подписали', in January)."""
    whole = resolve(partial.of, context)
    part = whole if isinstance(whole, str) else _known(calendar.part(whole, partial.part))
    if isinstance(part, str) or context.anchor is None or not isinstance(partial.of, Calendar) or not partial.of.loose:
        return part
    said = context.direction.tense if context.direction.direct else ""
    over, ahead = said == "past" and part.start > context.anchor, said == "future" and part.end < context.anchor
    other = Part(partial.part, replace(partial.of, shift=ahead - over, loose=False))
    return _part(other, context) if over or ahead else part


def origin(partial: Partial, context: Context) -> date | None:
    """The day a partial date is counted from."""
    of_story = context.story.near
    match partial:
        case Part(of=of):
            return origin(of, context)
        case Calendar(unit=unit, of_story=True):
            return context.story.base(unit)
        case Distance(unit=unit, base="story", direction=direction):
            return of_story(unit, context.sentence) or (context.anchor if direction < 0 else None)
        case Distance(unit=unit, base="clause") if context.direction.tense == "past":
            return of_story(unit, context.sentence)
        case Calendar(unit=unit, shift=1) if context.direction.tense == "past" and unit != "day":
            return of_story("year", context.sentence) or context.anchor
        case Year(number=None, shift=None):
            return context.story.base("year")
        case Year(shift=1) if context.direction.tense == "past":
            return of_story("year", context.sentence) or context.anchor
        case Day(year=None) | Month(year=None):
            told = _told(context)
            return told.start if told else context.anchor
        case _:
            return context.anchor


def _told(context: Context) -> Closed | None:
    return context.story.told(context.sentence, anchored=context.anchor is not None)


def _known(interval: Closed | None) -> Closed | Reason:
    return interval or OUT_OF_RANGE


def _missing(context: Context) -> Reason:
    return NO_ANCHOR if context.anchor else NO_DATE


def _year(year: Year, context: Context) -> int | Reason:
    base = origin(year, context)
    if year.number is not None:
        return year.number if year.number > 99 else _full_year(year.number, context.anchor)
    if base is None:
        return _missing(context)
    return base.year + (year.shift or 0)


def _full_year(number: int, anchor: date | None) -> int:
    """'98' is 1998; up to ten years ahead of the anchor it is of this century."""
    return number + (2000 if number <= (anchor.year % 100 if anchor else 20) + 10 else 1900)


def _in_year(partial: InYear, context: Context) -> Closed | Reason:
    if partial.year is not None:
        year = _year(partial.year, context)
        return year if isinstance(year, str) else _known(of_year(partial, year))
    base = origin(partial, context)
    if base is None:
        return _missing(context)
    around = _WEEKDAY_YEARS if isinstance(partial, Day) and partial.weekday is not None else _YEARS_ROUND
    years = range(base.year - around, base.year + around + 1)
    candidates = [each for year in years if (each := of_year(partial, year)) and _is_weekday(partial, each)]
    if isinstance(partial, Season | Month) and partial.which is not None:
        return _known(_related_period(candidates, base, partial.which))
    if isinstance(partial, Day) and not candidates:      # the weekday is a slip of the pen
        return _in_year(replace(partial, weekday=None), context) if partial.weekday is not None else OUT_OF_RANGE
    told = _told(context) if isinstance(partial, Day | Month) else None
    return _known(closest(candidates, told) if told else nearest(candidates, base, context.direction))


def _is_weekday(partial: InYear, interval: Closed) -> bool:
    return not isinstance(partial, Day) or partial.weekday in (None, interval.start.weekday())


def _related_period(candidates: list[Closed], base: date, which: int) -> Closed | None:
    """'прошлым летом' is over, 'следующим' has not begun, 'этим' is of this year (of winters the nearest)."""
    if which < 0:
        return max((each for each in candidates if each.end < base), default=None)
    if which > 0:
        return min((each for each in candidates if each.start > base), default=None)
    this_year = [each for each in candidates if base.year == each.start.year == each.end.year]
    return nearest(this_year or candidates, base, NONE)


def _decade(decade: Decade, context: Context) -> Closed | Reason:
    if decade.first > 99:
        return _known(calendar.years(decade.first, 10, "decade"))
    if decade.century:
        century = resolve(decade.century, context)
        if isinstance(century, str):
            return century
        return _known(calendar.years(century.start.year - 1 + decade.first, 10, "decade"))
    latest = context.anchor.year if context.anchor else 2000
    hundred = 2000 if 2000 + decade.first <= latest else 1900
    return _known(calendar.years(hundred + decade.first, 10, "decade"))


def _counted(partial: Partial, context: Context) -> Closed | Reason:
    """What is counted from the publication, or from a date just spoken of."""
    if isinstance(partial, Distance) and partial.origin:
        named = resolve(partial.origin, context)
        count = partial.direction * partial.count
        return named if isinstance(named, str) else _known(calendar.back_or_forth(named.end, count, partial.unit))
    base = origin(partial, context)
    if base is None:
        return _missing(context)
    match partial:
        case Weekday():
            return _known(weekday(partial, base, context.direction))
        case Weekend(which=which):
            return _known(weekend(which, base, context.direction))
        case Calendar(unit="workweek", shift=shift):
            return _known(calendar.working_week(base, shift))
        case Calendar(unit=unit, shift=shift, ended=ended):
            over = ended and base.weekday() == _SUNDAY
            return _known(calendar.unit(base, unit, shift + 1 if over else shift))
        case Century(shift=shift):
            return _known(calendar.unit(base, "century", shift or 0))
        case Distance(count=count, unit=unit, direction=direction):
            return _known(calendar.back_or_forth(base, direction * count, unit))
        case Window(count=count, unit=unit, direction=direction):
            return _known(window(base, count, unit, direction or (1 if context.direction.tense == "future" else -1)))
    return NO_ANCHOR
