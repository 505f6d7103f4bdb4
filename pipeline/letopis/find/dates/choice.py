"""Which of several possible days is meant: by the direction the clause speaks in and the distance from the anchor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from letopis.find.dates import calendar
from letopis.find.dates.calendar import Closed
from letopis.find.dates.partial import Weekday

# Times as far counts a candidate against the direction of the clause: whether the verb itself has the date, whether it
# is one day ('арестован 5 мая', 'объявил о забастовке 25 июля') or longer ('был подписан в декабре'), past or future.
_AGAINST = {
    (True, True, "past"): 12, (True, True, "future"): 12, (True, False, "past"): 40, (True, False, "future"): 40,
    (False, True, "past"): 4, (False, True, "future"): 2, (False, False, "past"): 4, (False, False, "future"): 4,
}
_AGAINST_ONGOING = 10   # ahead, for what goes on since ('работает с января')
_AHEAD = 1.5            # without a direction the past is a little nearer
_NEARER_AHEAD = 3       # days: without a direction a weekday so near ahead is the coming one


@dataclass(frozen=True, slots=True)
class Direction:
    """past, future, present (of a verb), either, ongoing or none; `direct` where that verb has the date."""

    tense: str
    direct: bool = False


NONE, PAST, FUTURE = Direction("none"), Direction("past", direct=True), Direction("future", direct=True)


def nearest(candidates: Sequence[Closed], anchor: date, direction: Direction) -> Closed | None:
    """The candidate nearest to the anchor, distances against the direction counting more."""
    return min(candidates, key=lambda each: _distance(each, anchor, direction), default=None)


def closest(candidates: Sequence[Closed], told: Closed) -> Closed | None:
    """The candidate nearest to an interval the text has just told of."""
    return min(candidates, key=lambda one: max((one.start - told.end).days, (told.start - one.end).days), default=None)


def _distance(interval: Closed, anchor: date, direction: Direction) -> float:
    against = _AGAINST.get((direction.direct, interval.granularity == "day", direction.tense), 1)
    ahead = {"past": against, "future": 1, "ongoing": _AGAINST_ONGOING}.get(direction.tense, _AHEAD)
    behind = against if direction.tense == "future" else 1
    return max((interval.start - anchor).days * ahead, (anchor - interval.end).days * behind, 0)


def weekday_shift(number: int, anchor: date, direction: Direction) -> int:
    """Days from the anchor to a bare weekday."""
    ahead = (number - anchor.weekday()) % 7
    if direction.tense == "future" or ahead == 0:
        return ahead
    if direction.tense == "past":
        return ahead - 7
    return ahead if ahead <= _NEARER_AHEAD else ahead - 7


def weekday(partial: Weekday, base: date, direction: Direction) -> Closed | None:
    """A weekday: of its week, by 'прошлую', 'эту', 'следующую', else by the direction."""
    if partial.week is not None:
        return calendar.unit(base, "day", partial.number - base.weekday() + 7 * partial.week)
    if partial.which is None:
        return calendar.unit(base, "day", weekday_shift(partial.number, base, direction))
    ahead = (partial.number - base.weekday()) % 7
    return calendar.unit(base, "day", {-1: ahead - 7, 0: partial.number - base.weekday(), 1: ahead or 7}[partial.which])


def weekend(which: int | None, base: date, direction: Direction) -> Closed | None:
    """Saturday and Sunday: this week's, those before or after, or as the tense says."""
    begun = 5 - base.weekday() <= 0
    if which is None:
        weeks = 0 if direction.tense == "future" or begun else -1
    else:
        weeks = which if which < 0 and not (begun and base.weekday() == 6) else 0 if which <= 0 else int(begun)
    saturday = calendar.moved(base, 5 - base.weekday() + 7 * weeks)
    return calendar.days(saturday, calendar.moved(saturday, 1), "range") if saturday else None


def window(base: date, count: int, unit: str, direction: int) -> Closed | None:
    """The days from the anchor back or forth."""
    edge = calendar.same_day(base, direction * count, unit)
    return calendar.days(edge, base, "range") if direction < 0 else calendar.days(base, edge, "range")
