"""Parts of a period: 'начале марта', 'второй половине 2019 года', 'последних числах мая', 'конца недели'."""

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.partial import Calendar, Part, Partial
from letopis.find.dates.periods import century, decade, month_of_year, season, section
from letopis.find.dates.reader import Hit, Rule, ordinal, skip, value
from letopis.find.dates.years import year_alone

_VERY = frozenset(("самом", "самого", "самое", "самый", "самой"))
_DAYS = frozenset(("дни", "днях", "дней"))
_TENS = ("end", "start", "middle", "end")        # the last, first, second, third ten days
_NO_WHOLE = frozenset(("лет", "г", "гг", "дней", "дни", "сутки", "суток"))


def part_of(atoms: Atoms, at: int) -> Hit[Partial]:
    """'начале марта', 'середине 90-х', 'самом конце прошлого года', 'второй половине XIX века', 'конца недели'."""
    start = skip(atoms, at, _VERY)
    part, after = atoms[start].kinds.get("part"), start + 1
    half = ordinal(atoms, start)
    if half and half[0] in (1, 2) and "half_word" in atoms[half[1]].kinds:
        part, after = ("first", "second")[half[0] - 1], half[1] + 1
    period = _period(atoms, after) if part else None
    return (Part(part, period[0]), period[1]) if part and period else None


def days_of_month(atoms: Atoms, at: int) -> Hit[Partial]:
    """'первых числах мая', 'последние дни июня', '20-х числах марта'."""
    if "dates_word" not in atoms[at + 1].kinds and atoms[at + 1].form not in _DAYS:
        return None
    kinds = atoms[at].kinds
    tens = kinds.get("decade") or kinds.get("decade_word")
    part = "start" if "first" in kinds else "end" if "recent" in kinds else tens if tens in ("10", "20") else None
    month = month_of_year(atoms, at + 2) if part else None
    return (Part(part, month[0]), month[1]) if part and month else None


def stretch_of_month(atoms: Atoms, at: int) -> Hit[Partial]:
    """'первую неделю мая', 'последней неделе мая', 'третьей декаде августа'."""
    number = ordinal(atoms, at)
    last = "recent" in atoms[at].kinds
    start = number[1] if number else at + 1
    nth = 0 if last else number[0] if number else -1
    week, ten = atoms[start].kinds.get("unit") == "week", "ten_days" in atoms[start].kinds
    month = month_of_year(atoms, start + 1) if 0 <= nth <= (4 if week else 3) and (week or ten) else None
    return (Part(f"week{nth}" if week else _TENS[nth], month[0]), month[1]) if month else None


def _period(atoms: Atoms, at: int) -> Hit[Partial]:
    for rule in _PERIODS:
        hit = rule(atoms, at)
        if hit:
            return hit
    return None


def _unit(atoms: Atoms, at: int) -> Hit[Partial]:
    """'года', 'прошлой недели', 'рабочей недели', 'сегодняшнего дня': what a part may be of."""
    day = value(atoms[at], "day_adjective")
    if day is not None and atoms[at + 1].kinds.get("unit") == "day":
        return Calendar("day", day), at + 2
    shift = value(atoms[at], "relation")
    start = at if shift is None else skip(atoms, at + 1, ("же",))
    if "working" in atoms[start].kinds and atoms[start + 1].form in ("недели", "неделе"):
        return Calendar("workweek", shift or 0, loose=shift is None), start + 2
    unit = atoms[start].kinds.get("unit")
    if unit in (None, "day", "hour") or atoms[start].form in _NO_WHOLE:
        return None
    return Calendar(unit, shift or 0, loose=shift is None), start + 1


_PERIODS: tuple[Rule, ...] = (season, section, century, decade, month_of_year, year_alone, _unit)
