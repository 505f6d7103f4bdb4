"""Dates counted from another one: 'вчера', 'на прошлой неделе', 'в среду', 'два года назад', 'в ближайшие дни'."""

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.days import day_month
from letopis.find.dates.partial import Calendar, Partial, Weekday, Weekend, Window
from letopis.find.dates.parts import part_of
from letopis.find.dates.reader import COMMA, Hit, before, clock, count, part_of_day, skip, value

_IN = frozenset(("в", "во"))
_PLURAL_DAYS = frozenset(("дни", "дней", "днях", "дням", "днями"))
_IN_ON = frozenset(("в", "на"))
_PLURALS = ("ие", "ые", "их", "ых", "эти")
_SUTKI = frozenset(("сутки", "суток", "сутках"))
_MANY = frozenset((
    "недели", "недель", "неделях", "месяцы", "месяцев", "месяцах", "годы", "годов", "годах", "лет", "часы", "часов",
    "кварталы", "кварталов", "десятилетия", "десятилетий", "десятилетиях", "века", "веков", "веках",
))
_WHOLE = frozenset(("week", "month", "quarter", "half", "decade", "century"))
_SOME_DAYS = 7      # 'в ближайшие дни', 'на днях', 'в последние дни': a week to either side, as in the annotation guide


def day_word(atoms: Atoms, at: int) -> Hit[Partial]:
    """'сегодня днем', 'вчера в четверг', 'завтра, 10:00'."""
    shift = value(atoms[at], "day_word")
    if shift is None:
        return None
    end = clock(atoms, part_of_day(atoms, at + 1))
    start = skip(atoms, skip(atoms, end, COMMA), _IN)
    return Calendar("day", shift), start + 1 if start > end and "weekday" in atoms[start].kinds else end


def eve(atoms: Atoms, at: int) -> Hit[Partial]:
    """'накануне', 'накануне вечером'; before a noun it is a preposition, for `guards` to see."""
    return (Calendar("day", -1), part_of_day(atoms, at + 1)) if "eve" in atoms[at].kinds else None


def this_day(atoms: Atoms, at: int) -> Hit[Partial]:
    """'сегодняшний день', 'вчерашнего вечера'."""
    shift = value(atoms[at], "day_adjective")
    if shift is None:
        return None
    following = atoms[at + 1]
    is_day = following.kinds.get("unit") == "day" or "part_of_day" in following.kinds
    return (Calendar("day", shift), at + 2) if is_day else None


def in_days(atoms: Atoms, at: int) -> Hit[Partial]:
    """'на днях'."""
    return (Window(_SOME_DAYS, "day", 0), at + 2) if [a.form for a in atoms[at:at + 2]] == ["на", "днях"] else None


def weekday(atoms: Atoms, at: int) -> Hit[Partial]:
    """'среду', 'прошлую пятницу', 'вечером в четверг', 'понедельник утром в 10:00'."""
    start = part_of_day(atoms, at)
    start = skip(atoms, start, _IN) if start > at else at
    which, start = _which(atoms, start)
    number = value(atoms[start], "weekday")
    return None if number is None else (Weekday(number, which), clock(atoms, part_of_day(atoms, start + 1)))


def weekday_of_week(atoms: Atoms, at: int) -> Hit[Partial]:
    """'среду на следующей неделе', 'пятницу прошлой недели', 'прошлой неделе, в среду'."""
    week = related_week(atoms, at)
    if week:
        start = skip(atoms, skip(atoms, week[1], COMMA), _IN)
        number = value(atoms[start], "weekday") if start > week[1] else None
        return None if number is None else (Weekday(number, week=week[0]), part_of_day(atoms, start + 1))
    named = weekday(atoms, at)
    following = related_week(atoms, skip(atoms, named[1], ("на",))) if named else None
    if named is None or following is None or not isinstance(named[0], Weekday) or named[0].which is not None:
        return None
    return Weekday(named[0].number, week=following[0]), following[1]


def related_week(atoms: Atoms, at: int) -> Hit[int]:
    """'прошлой неделе' -1, 'этой недели' 0."""
    shift = value(atoms[at], "relation")
    start = skip(atoms, at + 1, ("же",))
    return None if shift is None or atoms[start].form not in ("неделе", "недели") else (shift, start + 1)


def week_and_day(atoms: Atoms, at: int) -> Hit[Partial]:
    """'на прошлой неделе, 12 апреля', 'в конце рабочей недели, 28 сентября': one day."""
    week = related_week(atoms, at) or part_of(atoms, at)
    if week is None or atoms[week[1] - 1].form not in ("неделе", "недели"):
        return None
    return day_month(atoms, week[1] + 1) if atoms[week[1]].form == "," else None


def weekend(atoms: Atoms, at: int) -> Hit[Partial]:
    """'прошлые выходные', 'на выходных'; 'выходных дней' is none."""
    which, start = _which(atoms, at)
    led = which is not None or before(atoms, at) in ("в", "на", "за")
    if not led or "weekend" not in atoms[start].kinds or "unit" in atoms[start + 1].kinds:
        return None
    return Weekend(which), start + 1


def _which(atoms: Atoms, at: int) -> tuple[int | None, int]:
    """'прошлую' -1, 'эту' 0, 'следующую', 'ближайшую' 1 before a weekday."""
    if "coming" in atoms[at].kinds:
        return 1, at + 1
    relation = value(atoms[at], "relation")
    return (None, at) if relation is None else (max(relation, -1), skip(atoms, at + 1, ("же",)))


def window(atoms: Atoms, at: int) -> Hit[Partial]:
    """'последние три месяца', 'ближайшие дни', 'последние 24 часа', 'прошедшие сутки', 'следующие два года'."""
    direction, counted = _direction(atoms, at), count(atoms, at + 1)
    unit = atoms[counted[1] if counted else at + 1]
    name = unit.kinds.get("unit")
    if direction is None or name is None or (counted is None and not _has_default(atoms, at)):
        return None
    number = int(counted[0]) if counted else _SOME_DAYS if unit.form in _PLURAL_DAYS else 1
    end = (counted[1] if counted else at + 1) + 1
    if name == "hour":
        return (Window(number // 24, "day", direction), end) if counted and number and number % 24 == 0 else None
    return Window(max(number, 1), name, direction), end


def _direction(atoms: Atoms, at: int) -> int | None:
    if "recent" in atoms[at].kinds:
        return -1
    if "coming" in atoms[at].kinds:
        return 1
    relation = value(atoms[at], "relation")
    plural = atoms[at].form.endswith(_PLURALS)
    return relation if plural and relation else None


def _has_default(atoms: Atoms, at: int) -> bool:
    """Without a count: some days, one day and night, one week; 'последний день', 'последние годы' have no value."""
    unit = atoms[at + 1]
    if unit.form in _PLURAL_DAYS:
        return not atoms[at].kinds.keys() & {"relation"}
    if unit.form in _SUTKI:
        return True
    named = "recent" in atoms[at].kinds or "coming" in atoms[at].kinds
    return named and unit.form not in _MANY and unit.kinds.get("unit") in ("week", "month", "year", "quarter", "decade")


def same_unit(atoms: Atoms, at: int) -> Hit[Partial]:
    """'тот же день', 'той же неделе', 'тем же вечером', 'в этот день', 'следующий день': from the text."""
    that, relation = "that" in atoms[at].kinds, value(atoms[at], "relation")
    start = skip(atoms, at + 1, ("же",))
    unit = "day" if "part_of_day" in atoms[start].kinds else atoms[start].kinds.get("unit")
    if unit is None or unit == "hour" or atoms[start].form in _MANY | _PLURAL_DAYS:
        return None
    if that:
        return Calendar(unit, 0, of_story=True), part_of_day(atoms, start + 1)
    if unit == "day" and relation is not None and "part_of_day" not in atoms[start].kinds:
        known = before(atoms, at) in _IN_ON and atoms[start + 1].form != "после"      # 'на следующий день после аварии'
        return (Calendar("day", relation, of_story=True), part_of_day(atoms, start + 1)) if known else None
    return None


def related_unit(atoms: Atoms, at: int) -> Hit[Partial]:
    """'прошлой неделе', 'этом месяце', 'следующем квартале', 'минувшей ночью', 'этим утром'."""
    relation = value(atoms[at], "relation")
    start = skip(atoms, at + 1, ("же",))
    if relation is None or atoms[at].form.endswith(_PLURALS) or atoms[start].form in _SUTKI:
        return None
    if "part_of_day" in atoms[start].kinds:
        return _part_of_some_day(atoms, relation, start)
    unit = atoms[start].kinds.get("unit")
    ended = unit == "week" and "ended" in atoms[at].kinds
    return (Calendar(unit, relation, ended=ended), start + 1) if unit in _WHOLE else None


def _part_of_some_day(atoms: Atoms, relation: int, at: int) -> Hit[Partial]:
    """'минувшей ночью' ends on the day of the report, 'прошлым вечером' is the day before it."""
    if relation > 0:
        return Calendar("day", relation, of_story=True), at + 1
    night = atoms[at].kinds["part_of_day"] in ("night", "morning")
    return Calendar("day", 0 if night else relation), at + 1
