"""Days of the calendar: '14 ноября', '14.11.2023', 'в понедельник, 9 июля', 'первое воскресенье сентября'."""

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.partial import Day, NthDay, Partial, Year
from letopis.find.dates.reader import Hit, before, clock, day_number, month_name, ordinal, part_of_day, skip, value
from letopis.find.dates.years import SINGULAR, year, year_word

_LEADS = frozenset(("part_of_day", "day_word", "eve", "weekday", "weekday_short", "relation", "how"))
_BETWEEN_LEADS = frozenset((",", "в", "во", "рано", "поздно"))


def numeric_date(atoms: Atoms, at: int) -> Hit[Partial]:
    """'14.11.2023', '2023-11-14', '14/11/23 г.'."""
    if "date" not in atoms[at].kinds:
        return None
    number, month, day = atoms[at].kinds["date"].split("-")
    return Day(int(day), int(month), Year(int(number))), clock(atoms, year_word(atoms, at + 1, SINGULAR))


def dotted_day(atoms: Atoms, at: int) -> Hit[Partial]:
    """'с 08.05', '(14.11)': a day and month without a year; never a number in running text."""
    if "day_dot_month" not in atoms[at].kinds or before(atoms, at) in ("в", "на", "и"):
        return None
    month, day = atoms[at].kinds["day_dot_month"].split("-")
    return Day(int(day), int(month)), clock(atoms, at + 1)


def day_month(atoms: Atoms, at: int) -> Hit[Partial]:
    """'14 ноября', 'в понедельник, 9 июля 2018 года', 'утром двадцать пятого мая', '9 мая (среда)'."""
    start, weekday, said = _lead(atoms, at)
    day = day_number(atoms, start)
    month = month_name(atoms, day[1], short=True) if day else None
    if day is None or month is None:
        return None
    the_year = year(atoms, month[1])
    end = part_of_day(atoms, clock(atoms, the_year[1] if the_year else month[1]))
    named, end = _named_after(atoms, end)
    return Day(day[0], month[0], the_year[0] if the_year else None, named if weekday is None else weekday, said), end


def _lead(atoms: Atoms, at: int) -> tuple[int, int | None, int | None]:
    """Past 'в понедельник,', 'вчера,' before a day; with the weekday and the shift from today, if any."""
    named: dict[str, int] = {}
    if _LEADS.isdisjoint(atoms[at].kinds):
        return at, None, None
    while atoms[at].form in _BETWEEN_LEADS or not _LEADS.isdisjoint(atoms[at].kinds):
        named |= {kind: int(found) for kind, found in atoms[at].kinds.items() if kind in ("weekday", "day_word")}
        at += 1
    return at, named.get("weekday"), named.get("day_word")


def _named_after(atoms: Atoms, at: int) -> tuple[int | None, int]:
    """'(среда)', '(пн)' after a date."""
    named = value(atoms[at + 1], "weekday"), value(atoms[at + 1], "weekday_short")
    if atoms[at].form != "(" or named == (None, None):
        return None, at
    return named[0] if named[0] is not None else named[1], skip(atoms, at + 2, (")",))


def nth_day(atoms: Atoms, at: int) -> Hit[Partial]:
    """'первое воскресенье сентября', 'последний день мая 2018 года'."""
    nth = ordinal(atoms, at)
    number, start = nth if nth and nth[0] <= 5 else (-1, at + 1)
    last = "recent" in atoms[at].kinds
    weekday = value(atoms[start], "weekday")
    is_day = last and atoms[start].form in ("день", "дня", "дню", "днем")
    month = month_name(atoms, start + 1) if (weekday is not None or is_day) and (nth or last) else None
    if month is None:
        return None
    the_year = year(atoms, month[1])
    return NthDay(number, weekday, month[0], the_year[0] if the_year else None), the_year[1] if the_year else month[1]
