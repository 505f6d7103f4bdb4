"""Expressions -> intervals, their basis and their anchor. A half without a year or with a bare weekday is found from
the other half.
"""

from dataclasses import replace
from datetime import date

from letopis.find.dates import calendar
from letopis.find.dates.calendar import Closed, Interval
from letopis.find.dates.choice import FUTURE, PAST, Direction
from letopis.find.dates.partial import (
    At,
    Between,
    Calendar,
    Century,
    Day,
    Decade,
    Distance,
    Expression,
    FirstMonths,
    Month,
    NthDay,
    Part,
    Partial,
    Season,
    Section,
    Since,
    Till,
    Weekday,
    Year,
)
from letopis.find.dates.resolve import OUT_OF_RANGE, Context, Reason, origin, resolve


def interval_of(expression: Expression, context: Context) -> Interval | Reason:
    """First and last day of an expression, or why there are none."""
    match expression:
        case Between():
            return _between(expression, context)
        case Since(when=when, after=after):
            found = resolve(when, _ongoing(context))
            return found if isinstance(found, str) else _since(found, after=after)
        case Till(when=when, through=through):
            found = resolve(_up_to(when), _ending(context))
            return found if isinstance(found, str) else _till(found, through=through or _is_end(when))
        case At(when=when):
            found = resolve(when, context)
            return found if isinstance(found, str) else Interval(*found)


def told_of(expression: Expression, found: Interval, context: Context) -> Closed | None:
    """What the text has spoken of: a closed interval, or the period that an open end names ('до 5 мая': that day)."""
    match expression:
        case Since(when=when):
            named = resolve(when, _ongoing(context))
        case Till(when=when):
            named = resolve(when, _ending(context))
        case _:
            return calendar.days(found.start, found.end, found.granularity)
    return None if isinstance(named, str) else named


def basis_of(expression: Expression) -> str:
    """explicit, year_inferred or relative: the weakest of its halves."""
    bases = [_basis(half) for half in _halves(expression)]
    return next(basis for basis in ("relative", "year_inferred", "explicit") if basis in bases)


def anchor_of(expression: Expression, context: Context) -> date | None:
    """The day an expression is relative to; None where it needs none."""
    return None if basis_of(expression) == "explicit" else origin(_halves(expression)[-1], context)


def granularity_of(expression: Expression) -> str:
    """The granularity of an expression that can't be resolved."""
    return _granularity(expression.when) if isinstance(expression, At) else "range"


def _granularity(when: Partial) -> str:
    match when:
        case Calendar(unit=unit) | Distance(unit=unit):
            return unit
        case Section(months=months):
            return "quarter" if months == 3 else "half"
        case Month() | Season() | Year() | Decade() | Century():
            return type(when).__name__.lower()
        case Day() | NthDay() | Weekday():
            return "day"
        case _:
            return "range"


def _halves(expression: Expression) -> tuple[Partial, ...]:
    return (expression.start, expression.end) if isinstance(expression, Between) else (expression.when,)


def _basis(partial: Partial) -> str:
    match partial:
        case Part(of=of):
            return _basis(of)
        case Distance(origin=named) if named is not None:
            return _basis(named)
        case Year(number=int()) | Decade() | Century(number=int()):
            return "explicit"
        case Season(year=None) | Month(year=None, which=int()):
            return "relative"
        case Day() | NthDay() | Month() | Season() | Section() | FirstMonths():
            return "year_inferred" if partial.year is None else _basis(partial.year)
        case _:
            return "relative"


def _since(found: Closed, *, after: bool) -> Interval | Reason:
    start = calendar.moved(found.end, 1) if after else found.start
    return Interval(start, None, "range") if start else OUT_OF_RANGE


def _till(found: Closed, *, through: bool) -> Interval | Reason:
    """'до 10 ноября' counts that day, 'до осени' ends the day before."""
    end = found.end if through or found.granularity == "day" else calendar.moved(found.start, -1)
    return Interval(None, end, "range") if end else OUT_OF_RANGE


def _is_end(when: Partial) -> bool:
    return isinstance(when, Part) and when.part in ("middle", "end")


def _up_to(when: Partial) -> Partial:
    """'до середины года' lasts through its first half."""
    return replace(when, part="first") if isinstance(when, Part) and when.part == "middle" else when


def _ongoing(context: Context) -> Context:
    """'работает с января': the present goes on since a past day."""
    return replace(context, direction=Direction("ongoing")) if context.direction.tense == "present" else context


def _ending(context: Context) -> Context:
    """'принимают до 1 июля' lies ahead; 'арестован до 31 августа': the verb's past need not be the end's."""
    ahead = context.direction.tense in ("present", "future")
    return replace(context, direction=FUTURE if ahead else Direction(context.direction.tense))


def _between(expression: Between, context: Context) -> Interval | Reason:
    start, end = _both(expression, context)
    if isinstance(start, str) or isinstance(end, str):
        return start if isinstance(start, str) else str(end)
    return Interval(start.start, end.end, "range") if start.start <= end.end else "ambiguous"


def _both(expression: Between, context: Context) -> tuple[Closed | Reason, Closed | Reason]:
    """Both halves; a floating first is the last before the second, a floating second the next after a fixed first."""
    first_floats = _floats(expression.start)
    if _floats(expression.end) and not first_floats:
        start = resolve(expression.start, context)
        if isinstance(start, str):
            return start, start
        return start, resolve(expression.end, _from(context, start.start, ahead=True))
    end = resolve(expression.end, context)
    if first_floats and not isinstance(end, str):
        return resolve(expression.start, _from(context, end.start, ahead=False)), end
    return resolve(expression.start, context), end


def _from(context: Context, anchor: date, *, ahead: bool) -> Context:
    return replace(context, anchor=anchor, direction=FUTURE if ahead else PAST)


def _floats(partial: Partial) -> bool:
    match partial:
        case Part(of=of):
            return _floats(of)
        case Weekday(which=which, week=week):
            return which is None and week is None
        case Day() | Month() | Season() | Section():
            return partial.year is None and not (isinstance(partial, Season | Month) and partial.which is not None)
        case _:
            return False
