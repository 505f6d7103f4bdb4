"""Distances in time: 'два года назад', 'неделей ранее', 'через три дня', 'за день до этого', 'спустя год после 5
мая'.

Whatever lies before or after a happening without a date ('через год после аварии') is no date of the calendar and is
not read.
"""

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.days import day_month, numeric_date
from letopis.find.dates.partial import Distance, Partial
from letopis.find.dates.reader import Hit, before, count, skip, value

_UNITS = frozenset(("day", "week", "month", "year", "decade", "century"))
_THIS = frozenset(("этого",))       # 'после того' goes on with 'как', and with no date
_COUNTLESS = frozenset((
    "день", "дня", "днем", "сутки", "неделю", "неделей", "недели", "месяц", "месяца", "месяцем",
    "год", "года", "годом", "десятилетие", "десятилетием", "век", "веком", "столетие",
))
_HALF_MORE = ("с", "половиной")


def ago(atoms: Atoms, at: int) -> Hit[Partial]:
    """'два года назад', 'полгода назад', 'год тому назад'."""
    length = _length(atoms, at)
    if length is None:
        return None
    end = skip(atoms, length[2], ("тому",))
    return (Distance(length[0], length[1], -1), end + 1) if "back" in atoms[end].kinds else None


def earlier_later(atoms: Atoms, at: int) -> Hit[Partial]:
    """'годом ранее', 'двумя днями позже', 'три дня спустя': from the date just spoken of."""
    length = _length(atoms, at)
    if length is None or before(atoms, at) == "на":      # 'на день раньше срока'
        return None
    kinds = atoms[length[2]].kinds
    direction = value(atoms[length[2]], "later") or value(atoms[length[2]], "earlier")
    if direction is None or ("later" in kinds and _after_event(atoms, length[2] + 1)):
        return None
    return Distance(length[0], length[1], direction, "story"), length[2] + 1


def after_a_while(atoms: Atoms, at: int) -> Hit[Partial]:
    """'через две недели', 'спустя четыре года', 'через день после этого', 'спустя год после 5 мая'."""
    if atoms[at].form not in ("через", "спустя"):
        return None
    length = _length(atoms, at + 1)
    if length is None:
        return None
    base = "story" if atoms[at].form == "спустя" else "clause"
    if atoms[length[2]].form != "после":
        return Distance(length[0], length[1], 1, base), length[2]
    return _from_origin(length, 1, atoms, length[2] + 1)


def before_that(atoms: Atoms, at: int) -> Hit[Partial]:
    """'за день до этого', 'за два месяца до 5 мая'."""
    if atoms[at].form != "за":
        return None
    length = _length(atoms, at + 1)
    if length is None or atoms[length[2]].form != "до":
        return None
    return _from_origin(length, -1, atoms, length[2] + 1)


def eve_of(atoms: Atoms, at: int) -> Hit[Partial]:
    """'накануне 9 мая'."""
    if "eve" not in atoms[at].kinds:
        return None
    origin = numeric_date(atoms, at + 1) or (day_month(atoms, at + 1) if "weekday" not in atoms[at + 1].kinds else None)
    return (Distance(1, "day", -1, "publication", origin[0]), origin[1]) if origin else None


def _from_origin(length: tuple[float, str, int], direction: int, atoms: Atoms, at: int) -> Hit[Partial]:
    if atoms[at].form in _THIS:
        return Distance(length[0], length[1], direction, "story"), at + 1
    origin = numeric_date(atoms, at) or day_month(atoms, at)
    return (Distance(length[0], length[1], direction, "publication", origin[0]), origin[1]) if origin else None


def _after_event(atoms: Atoms, at: int) -> bool:
    return atoms[at].form == "после" and atoms[at + 1].form not in _THIS


def _length(atoms: Atoms, at: int) -> tuple[float, str, int] | None:
    """A count of units: how many, of what, and the place after them; 'полгода' is six months."""
    months = value(atoms[at], "months")
    if months is not None:
        return float(months), "month", at + 1
    counted = count(atoms, at)
    start = counted[1] if counted else at
    extra = 0.5 if counted and tuple(a.form for a in atoms[start:start + 2]) == _HALF_MORE else 0.0
    start += 2 if extra else 0
    unit = atoms[start].kinds.get("unit")
    if unit not in _UNITS or (counted is None and atoms[start].form not in _COUNTLESS):
        return None
    return (counted[0] + extra if counted else 1.0), unit, start + 1
