"""Expressions: partial dates put together into ranges, lists and open ends.

Each rule reads at a place and answers with what it found there (several records for a list), or with nothing. The
first rule that answers wins; its name is the method, that of a single date is the name of the rule that read it.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.joints import bare, join
from letopis.find.dates.lists import listing
from letopis.find.dates.parsed import Parsed
from letopis.find.dates.partial import At, Between, Day, Month, Partial, Since, Till, Weekday, Year
from letopis.find.dates.points import point
from letopis.find.dates.reader import COMMA, DASHES, hour, skip, value
from letopis.find.dates.years import PLURAL, year_word

ExpressionRule: TypeAlias = Callable[[Atoms, int], tuple[Parsed, ...]]

_FROM = frozenset(("с", "со", "c", "co"))
_RANGE_MARKS = DASHES | {"/"}
_NO_START = frozenset(("word", "from", "to", "by", "past", "starting", "up", "not", "between", "compared"))
_TO = frozenset(("по", "до"))
_ACCUSATIVE = frozenset((
    "год", "среду", "пятницу", "субботу", "понедельник", "вторник", "четверг", "воскресенье",
    "осень", "зиму", "весну", "лето", "конец", "начало",
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
))
_INSTRUMENTAL = ("ом", "ем", "ей", "ой", "ью")
_NAMED = frozenset(("month", "unit", "weekday", "season"))


def night(atoms: Atoms, at: int) -> tuple[Parsed, ...]:
    """'ночь на 5 мая' is 5 May; 'ночь с 4 на 5 мая', 'ночь со вторника на среду' are both days."""
    if atoms[at].form not in ("ночь", "ночи"):
        return ()
    if atoms[at + 1].form == "на":
        whole = point(atoms, at + 2)
        return (Parsed(At(whole[0]), at, whole[1], "night"),) if whole else ()
    if atoms[at + 1].form in _FROM:
        return _halves(atoms, (at, at + 2), frozenset(("на",)), "night")
    return ()


def between(atoms: Atoms, at: int) -> tuple[Parsed, ...]:
    """'между 5 и 7 мая'."""
    return _halves(atoms, (at, at + 1), frozenset(("и",)), "between") if atoms[at].form == "между" else ()


def from_to(atoms: Atoms, at: int) -> tuple[Parsed, ...]:
    """'с 14 по 16 ноября', 'с марта 2018 года до конца 2019 года'; the span begins behind the preposition."""
    return _halves(atoms, (at + 1, at + 1), _TO, "from_to") if atoms[at].form in _FROM else ()


def alone(atoms: Atoms, at: int) -> tuple[Parsed, ...]:
    """What needs no preposition: '14–16 ноября', 'конец 2019 – начало 2020 года', '12, 13 и 14 марта', '5 мая'."""
    whole, number = point(atoms, at), bare(atoms, at)
    for first in (whole, number):
        if first and atoms[first[1]].form in _RANGE_MARKS:
            joined = _joined(atoms, first, (at, _RANGE_MARKS), "dash")
            if joined:
                return joined
    many = listing(atoms, at) if number or (whole and isinstance(whole[0], Month | Weekday)) else ()
    return many or ((Parsed(At(whole[0]), at, whole[1], whole[2]),) if whole else ())


def _halves(atoms: Atoms, places: tuple[int, int], connectors: frozenset[str], rule: str) -> tuple[Parsed, ...]:
    """Two halves with a connector between them; `places`: where the expression and where its first half begin."""
    start = hour(atoms, places[1])
    for read in (point, bare):
        first = read(atoms, start)
        joined = _joined(atoms, first, (places[0], connectors), rule) if first else ()
        if joined:
            return joined
    return ()


def _joined(
    atoms: Atoms, first: tuple[Partial, int] | tuple[Partial, int, str], frame: tuple[int, frozenset[str]], rule: str
) -> tuple[Parsed, ...]:
    """The first half with what follows a connector; `frame`: where the expression begins, its connectors."""
    middle = _connector(atoms, first[1], frame[1])
    second = _second(atoms, middle, first[0]) if middle else None
    joined = join(first[0], second[0]) if second else None
    if second is None or joined is None or _is_fraction(atoms, middle, joined):
        return ()
    return (Parsed(Between(*joined), frame[0], year_word(atoms, second[1], PLURAL), rule),)


def _connector(atoms: Atoms, at: int, connectors: frozenset[str]) -> int | None:
    """The place after 'по', ', по', 'и до', '—'; None where there is none."""
    start = skip(atoms, skip(atoms, at, COMMA), ("и",)) if not connectors & DASHES and "и" not in connectors else at
    if atoms[start].form not in connectors:
        return None
    return hour(atoms, skip(atoms, start + 1, ("в",)))


def _second(atoms: Atoms, at: int | None, first: Partial) -> tuple[Partial, int] | None:
    if at is None:
        return None
    whole = point(atoms, at)
    if whole:
        return whole[0], whole[1]
    short = value(atoms[at], "number")       # '2018/19', '1941–45'
    if isinstance(first, Year) and first.number and short is not None and len(atoms[at].form) == 2:
        return Year(first.number // 100 * 100 + short), at + 1
    return None


def _is_fraction(atoms: Atoms, at: int | None, joined: tuple[Partial, Partial]) -> bool:
    """'5/7 мая' is no range of days."""
    return at is not None and atoms[at - 1].form == "/" and not isinstance(joined[0], Year)


def since(atoms: Atoms, at: int) -> tuple[Parsed, ...]:
    """'с 2010 года', 'начиная с января', 'не ранее 5 мая', 'после 2014 года'; not 'по сравнению с 2014 годом'."""
    start = skip(atoms, at, ("начиная",))
    if at and "compared" in atoms[at - 1].names:
        return ()
    if atoms[start].form in _FROM:
        whole = point(atoms, start + 1)
        if whole and atoms[whole[1]].form == "на":
            return _moved(atoms, (whole[0], start + 1, whole[1]))
        open_end = whole and not _instrumental(atoms, start + 1, whole[1])
        return (Parsed(Since(whole[0]), at, whole[1], "since"),) if whole and open_end else ()
    if atoms[at].form == "не" and atoms[at + 1].form in ("ранее", "раньше"):
        whole = point(atoms, skip(atoms, at + 2, ("чем",)))
        return (Parsed(Since(whole[0]), at, whole[1], "since"),) if whole else ()
    whole = point(atoms, at + 1) if atoms[at].form == "после" else None
    return (Parsed(Since(whole[0], after=True), at, whole[1], "after"),) if whole else ()


def _moved(atoms: Atoms, first: tuple[Partial, int, int]) -> tuple[Parsed, ...]:
    """'перенести с июля на октябрь 2018 года': two dates; `first` with the places where it begins and ends."""
    second = point(atoms, first[2] + 1)
    both = join(first[0], second[0]) if second else None
    if second is None or both is None:
        return ()
    return Parsed(At(both[0]), first[1], first[2], "moved"), Parsed(At(both[1]), first[2] + 1, second[1], "moved")


def till(atoms: Atoms, at: int) -> tuple[Parsed, ...]:
    """'до конца года', 'вплоть до мая', 'по 16 ноября', 'не позднее 1 июля'."""
    start = skip(atoms, at, ("вплоть",))
    if atoms[start].form == "до":
        whole = point(atoms, start + 1)
        return (Parsed(Till(whole[0]), at, whole[1], "till"),) if whole else ()
    if atoms[at].form == "не" and atoms[at + 1].form in ("позднее", "позже"):
        whole = point(atoms, at + 2)
        return (Parsed(Till(whole[0], through=True), at, whole[1], "till"),) if whole else ()
    whole = point(atoms, at + 1) if atoms[at].form == "по" else None
    accusative = whole and (isinstance(whole[0], Day) or atoms[whole[1] - 1].form in _ACCUSATIVE)
    return (Parsed(Till(whole[0], through=True), at, whole[1], "till"),) if whole and accusative else ()


def _instrumental(atoms: Atoms, first: int, end: int) -> bool:
    """'с прошлым годом', 'с маем': compared or together, not since."""
    return any(not _NAMED.isdisjoint(a.kinds) and a.form.endswith(_INSTRUMENTAL) for a in atoms[first:end])


EXPRESSIONS: tuple[tuple[ExpressionRule, frozenset[str]], ...] = (
    (night, frozenset(("part_of_day",))),
    (between, frozenset(("between",))),
    (from_to, frozenset(("from",))),
    (since, frozenset(("from", "starting", "not", "past"))),
    (till, frozenset(("to", "up", "by", "not"))),
)


def expressions(atoms: Atoms) -> Iterator[Parsed]:
    """All expressions of a run, left to right, none overlapping."""
    at = 0
    while atoms[at].names:
        found = next((hit for rule in _rules(atoms[at].names) if (hit := rule(atoms, at))), ())
        yield from found
        at = found[-1].end if found else at + 1


@lru_cache(maxsize=1000)
def _rules(names: frozenset[str]) -> tuple[ExpressionRule, ...]:
    led = tuple(rule for rule, starts in EXPRESSIONS if not starts.isdisjoint(names))
    return led if names <= _NO_START else (*led, alone)
