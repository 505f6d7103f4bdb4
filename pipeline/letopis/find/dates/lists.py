"""Lists: '12, 13 и 14 марта', 'в 2014 и 2015 годах', 'в среду и четверг на этой неделе' give one expression an item."""

from dataclasses import replace

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.joints import bare, join
from letopis.find.dates.parsed import Parsed
from letopis.find.dates.partial import At, Between, Day, Expression, Month, Partial, Weekday, Year
from letopis.find.dates.periods import month_of_year
from letopis.find.dates.points import point
from letopis.find.dates.reader import COMMA, DASHES, before, skip
from letopis.find.dates.relative import weekday
from letopis.find.dates.years import PLURAL, year_word

_AND = frozenset(("и", "или"))
_PREPOSITIONS = frozenset(("в", "на", "с", "до", "к", "по", "за"))


def listing(atoms: Atoms, at: int) -> tuple[Parsed, ...]:
    """The items of a list; nothing where what stands here is no list."""
    items, place, joined = [], at, False
    while True:
        item = _item(atoms, place)
        if item is None:
            break
        items.append((place, *item))
        after = _connector(atoms, item[1])
        joined = joined or atoms[after - 1].form in _AND
        place = after
    last = point(atoms, place) if items else None
    if last is None or not (joined or before(atoms, at) in _PREPOSITIONS):
        return ()
    return _completed(items, place, last[0], _plural_end(atoms, last))


def _item(atoms: Atoms, at: int) -> tuple[tuple[Partial, ...], int] | None:
    """A bare day, year, month or weekday (or a bare range '12–14') followed by a connector."""
    one = bare(atoms, at) or month_of_year(atoms, at) or weekday(atoms, at)
    if one is None or not isinstance(one[0], Day | Year | Month | Weekday):
        return None
    two = bare(atoms, one[1] + 1) if atoms[one[1]].form in DASHES else None
    partials: tuple[Partial, ...] = (one[0], two[0]) if two else (one[0],)
    end = two[1] if two else one[1]
    return (partials, end) if _connector(atoms, end) > end else None


def _connector(atoms: Atoms, at: int) -> int:
    after = skip(atoms, skip(atoms, at, COMMA), _AND)
    return skip(atoms, after, ("в", "во")) if after > at else at


def _plural_end(atoms: Atoms, last: tuple[Partial, int, str]) -> int:
    """'2014 и 2015 годах': the plural belongs to the list."""
    return year_word(atoms, last[1], PLURAL)


def _completed(
    items: list[tuple[int, tuple[Partial, ...], int]], place: int, last: Partial, end: int
) -> tuple[Parsed, ...]:
    parsed = []
    for start, partials, after in items:
        pairs = [_with_last(partial, last) for partial in partials]
        if any(pair is None for pair in pairs):
            return ()
        whole = [pair[0] for pair in pairs if pair]
        expression: Expression = At(whole[0]) if len(whole) == 1 else Between(whole[0], whole[1])
        parsed.append(Parsed(expression, start, after, "listing"))
    return (*parsed, Parsed(At(last), place, end, "listing"))


def _with_last(partial: Partial, last: Partial) -> tuple[Partial, Partial] | None:
    """Years stand in any order ('2014 и 1936 годов'); weekdays are a list where they share a week."""
    match partial, last:
        case Year(), Year():
            return partial, last
        case Weekday(), Weekday(week=week):
            return None if week is None else (replace(partial, week=week), last)
        case _:
            return join(partial, last)
