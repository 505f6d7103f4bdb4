"""How the halves of a range or list complete each other: '14–16 ноября', 'с 2014 по 2018 год', 'январь–март 2023
года'.

A bare half is a number whose kind shows only in the other half; it is read as a partial date with a gap. `join` says
what two halves are together, with gaps filled from right to left, or None where they are of different kinds.
"""

from dataclasses import replace

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.partial import Calendar, Century, Day, Decade, Month, Part, Partial, Season, Section, Year
from letopis.find.dates.reader import Hit, day_number, value

_LONGEST = 300      # years in one range of bare years
_IN_A_YEAR = (Day, Month, Season, Section)


def bare(atoms: Atoms, at: int) -> Hit[Partial]:
    """A number as the first half: a year ('2014'), a century ('XIX'), a day ('14', 'пятого'), a decade ('80')."""
    for kind, read in (("year", Year), ("roman", Century)):
        number = value(atoms[at], kind)
        if number is not None:
            return read(number), at + 1
    day = day_number(atoms, at)
    if day:
        return Day(day[0], None), day[1]
    number = value(atoms[at], "number")
    return (Decade(number), at + 1) if number is not None and 20 < number < 100 and number % 10 == 0 else None


def join(first: Partial, second: Partial) -> tuple[Partial, Partial] | None:
    """Both halves completed, or None where they don't belong together."""
    match first, second:
        case _, Decade():
            return _decades(_as_decade(first), second)
        case Day(month=None), Day(month=month) if month is not None:
            return replace(first, month=second.month, year=second.year), second
        case Day(month=None), _:
            return None
        case Year(number=int(start)), Year(number=int(end)):
            return (first, second) if 0 < end - start < _LONGEST else None
        case (Part() | Month() | Season() | Calendar(), Part() | Month() | Season() | Calendar()):
            return with_year(first, second), second
        case _:
            return (with_year(first, second), second) if type(first) is type(second) else None


def with_year(first: Partial, second: Partial) -> Partial:
    """The first half in the second's year, or in the one before ('с ноября по март 2018 года')."""
    year = year_of(second)
    if year is None or year_of(first) is not None:
        return first
    if isinstance(first, Part):
        return Part(first.part, with_year(first.of, second))
    if isinstance(first, _IN_A_YEAR):
        return replace(first, year=_earlier(year) if _place(first) > _place(second) else year)
    return first


def year_of(partial: Partial) -> Year | None:
    """The year a partial date names."""
    if isinstance(partial, Part):
        return year_of(partial.of)
    return partial.year if isinstance(partial, _IN_A_YEAR) else None


def _earlier(year: Year) -> Year:
    if year.number is not None:
        return Year(year.number - 1)
    return Year(shift=year.shift - 1) if year.shift is not None else year


def _place(partial: Partial) -> tuple[int, int]:
    """Where in its year a partial date lies: month, day."""
    match partial:
        case Day(day=day, month=month):
            return month or 0, day
        case Month(month=month):
            return month, 0
        case Season(number=number):
            return 3 * number, 0
        case Section(number=number, months=months):
            return (number - 1) * months + 1, 0
        case Part(of=of):
            return _place(of)
        case _:
            return 0, 0


def _as_decade(partial: Partial) -> Decade | None:
    """'1980' and '80' before '90-е'."""
    match partial:
        case Decade():
            return partial
        case Year(number=int(number)) if number % 10 == 0:
            return Decade(number)
        case Day(day=day, month=None) if day % 10 == 0:
            return Decade(day)
        case _:
            return None


def _decades(first: Decade | None, second: Decade) -> tuple[Partial, Partial] | None:
    """'1980–90-е', '80–90-е годы XIX века', '1980–1990-е'."""
    if first is None:
        return None
    hundred = max(first.first, second.first) // 100 * 100
    century = first.century or second.century
    return _in_hundred(first, hundred, century), _in_hundred(second, hundred, century)


def _in_hundred(decade: Decade, hundred: int, century: Century | None) -> Decade:
    return Decade(decade.first if decade.first > 99 else decade.first + hundred, century)
