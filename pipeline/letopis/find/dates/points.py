"""All rules that read one partial date, in the order they are asked; the first answer wins and gives the method its
name.
"""

from functools import lru_cache

from letopis.find.dates.atoms import Atoms
from letopis.find.dates.days import day_month, dotted_day, nth_day, numeric_date
from letopis.find.dates.distances import after_a_while, ago, before_that, earlier_later, eve_of
from letopis.find.dates.partial import Partial
from letopis.find.dates.parts import days_of_month, part_of, stretch_of_month
from letopis.find.dates.periods import century, decade, first_months, month_of_year, season, section
from letopis.find.dates.reader import Rule
from letopis.find.dates.relative import (
    day_word,
    eve,
    in_days,
    related_unit,
    same_unit,
    this_day,
    week_and_day,
    weekday,
    weekday_of_week,
    weekend,
    window,
)
from letopis.find.dates.years import year_alone

# A rule is asked only where the first atom is of one of its kinds.
POINTS: tuple[tuple[Rule, frozenset[str]], ...] = (
    (numeric_date, frozenset(("date",))),
    (dotted_day, frozenset(("day_dot_month",))),
    (nth_day, frozenset(("ordinal", "recent"))),
    (stretch_of_month, frozenset(("ordinal", "roman", "recent"))),
    (days_of_month, frozenset(("first", "recent", "decade", "decade_word"))),
    (week_and_day, frozenset(("part", "very", "ordinal", "relation"))),
    (part_of, frozenset(("part", "very", "ordinal"))),
    (eve_of, frozenset(("eve",))),
    (day_month, frozenset((
        "day", "ordinal", "cardinal", "part_of_day", "day_word", "eve", "weekday", "weekday_short", "relation", "how",
    ))),
    (in_days, frozenset(("on",))),
    (day_word, frozenset(("day_word",))),
    (eve, frozenset(("eve",))),
    (this_day, frozenset(("day_adjective",))),
    (season, frozenset(("season", "relation"))),
    (section, frozenset(("ordinal", "roman", "number"))),
    (first_months, frozenset(("first", "months", "number", "cardinal"))),
    (century, frozenset(("ordinal", "roman", "number", "relation", "cardinal"))),
    (decade, frozenset(("decade", "decade_word"))),
    (month_of_year, frozenset(("month", "relation"))),
    (year_alone, frozenset(("year", "short_year", "relation", "that", "apostrophe"))),
    (ago, frozenset(("months", "number", "cardinal", "unit"))),
    (earlier_later, frozenset(("months", "number", "cardinal", "unit"))),
    (after_a_while, frozenset(("through",))),
    (before_that, frozenset(("within",))),
    (window, frozenset(("recent", "coming", "relation"))),
    (weekday_of_week, frozenset(("part_of_day", "how", "weekday", "relation"))),
    (same_unit, frozenset(("that", "relation"))),
    (related_unit, frozenset(("relation",))),
    (weekday, frozenset(("part_of_day", "how", "weekday", "relation", "coming"))),
    (weekend, frozenset(("weekend", "relation", "coming"))),
)


def point(atoms: Atoms, at: int) -> tuple[Partial, int, str] | None:
    """One partial date at a place: what it is, the place after it, the rule that read it."""
    for rule in _rules(atoms[at].names):
        hit = rule(atoms, at)
        if hit:
            return hit[0], hit[1], rule.__name__
    return None


@lru_cache(maxsize=1000)
def _rules(names: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule, starts in POINTS if not starts.isdisjoint(names))
