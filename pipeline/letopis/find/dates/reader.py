"""Small readers that every rule of the grammar uses: one atom at a place, optional words, numbers, clock times.

A rule takes atoms and a place and answers with what it read and the place after it, or None. Atoms end with END, so a
place is never outside as long as a rule stops at what it does not know.
"""

from collections.abc import Callable, Collection
from typing import TypeAlias, TypeVar

from letopis.find.dates.atoms import Atom, Atoms
from letopis.find.dates.partial import Partial

T = TypeVar("T")
Hit: TypeAlias = tuple[T, int] | None
Rule: TypeAlias = Callable[[Atoms, int], Hit[Partial]]

DASHES = frozenset("-–—‑−")
COMMA = frozenset(",")
_OF_A_DAY = ("ого", "его", "ое", "ье", "ому", "ему")      # 'пятого мая', but 'второй - 16 мая'
_CLOCK_LEADS = frozenset(("в", "около"))


def value(atom: Atom, kind: str) -> int | None:
    """The number an atom has in a kind, if it is of that kind."""
    found = atom.kinds.get(kind)
    return None if found is None else int(found)


def skip(atoms: Atoms, at: int, forms: Collection[str]) -> int:
    """The place after an optional word."""
    return at + 1 if atoms[at].form in forms else at


def before(atoms: Atoms, at: int) -> str:
    """Form of the atom before a place, '' at the start of a run."""
    return atoms[at - 1].form if at else ""


def day_number(atoms: Atoms, at: int) -> Hit[int]:
    """'14', '3-го', 'первого', 'двадцать пятого'."""
    digits = value(atoms[at], "day")
    if digits is not None:
        return digits, at + 1
    tens = value_of_tens(atoms[at])
    ones = value(atoms[at + 1], "ordinal") if tens else None
    if tens and ones is not None and ones < 10 and tens + ones <= 31:
        return tens + ones, at + 2
    word = value(atoms[at], "ordinal") if atoms[at].form.endswith(_OF_A_DAY) else None
    return (word, at + 1) if word is not None and word <= 30 else None


def month_name(atoms: Atoms, at: int, *, short: bool = False) -> Hit[int]:
    """A month; with `short` also 'июл', 'сент.'."""
    month = value(atoms[at], "month")
    if month is not None:
        return month, at + 1
    month = value(atoms[at], "month_short") if short else None
    return None if month is None else (month, skip(atoms, at + 1, (".",)))


def value_of_tens(atom: Atom) -> int:
    """20 of 'двадцать', 30 of 'тридцать', else 0."""
    return {"двадцать": 20, "тридцать": 30}.get(atom.form, 0)


def ordinal(atoms: Atoms, at: int) -> Hit[int]:
    """'третьем', '3-м', 'III', 'двадцать первый'."""
    compound = day_number(atoms, at) if value_of_tens(atoms[at]) else None
    if compound:
        return compound
    for kind in ("ordinal", "roman"):
        number = value(atoms[at], kind)
        if number is not None:
            return number, at + 1
    return None


def count(atoms: Atoms, at: int) -> Hit[float]:
    """'два', '12', 'двадцать пять', 'полтора'; a year or a decade counts nothing."""
    words = atoms[at].kinds.get("cardinal")
    if words is None:
        number = value(atoms[at], "number")
        return (float(number), at + 1) if number is not None and number < 1000 else None
    ones = atoms[at + 1].kinds.get("cardinal")
    if ones is not None and float(words) >= 20 and float(ones) < 10:
        return float(words) + float(ones), at + 2
    return float(words), at + 1


def clock(atoms: Atoms, at: int) -> int:
    """The place after an optional clock time: 'в 15:30', ', 07:40'."""
    start = skip(atoms, skip(atoms, at, COMMA), _CLOCK_LEADS)
    if atoms[start].kinds and atoms[start + 1].form == ":" and _is_clock(atoms[start], atoms[start + 2]):
        return start + 3
    return at


def hour(atoms: Atoms, at: int) -> int:
    """The place after a clock time before a day: '4:01 мск', '10 часов утра'; not '5 дней'."""
    if atoms[at + 1].form == ":" and _is_clock(atoms[at], atoms[at + 2]):
        end = skip(atoms, at + 3, ("мск",))
    elif "number" in atoms[at].kinds and atoms[at + 1].kinds.get("unit") == "hour":
        end = skip(atoms, part_of_day(atoms, at + 2), ("мск",))
    else:
        return at
    return end if atoms[end].names else at


def _is_clock(hours: Atom, minutes: Atom) -> bool:
    hour, minute = value(hours, "number"), value(minutes, "number")
    return hour is not None and minute is not None and hour < 25 and minute < 60 and len(minutes.form) == 2


def part_of_day(atoms: Atoms, at: int) -> int:
    """The place after an optional 'вечером', 'рано утром', 'поздно ночью'."""
    start = skip(atoms, at, ("рано", "поздно"))
    return start + 1 if "part_of_day" in atoms[start].kinds else at


