"""Partial dates: what an expression says by itself, before any anchor. Records only.

A day without a year, 'прошлой весной', 'три недели назад', 'в начале 90-х' all become records here; `resolve` turns
them into days.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Year:
    """A year: by number (two digits allowed), by its shift from the anchor's, or (both None) the one just spoken of."""

    number: int | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month; the month is missing only in the first half of a range or list ('14' of '14–16 ноября').

    `said` is what the text calls it from its own day: 0 'сегодня, 5 мая', -1 'вчера, 5 мая'.
    """

    day: int
    month: int | None
    year: Year | None = None
    weekday: int | None = None
    said: int | None = None


@dataclass(frozen=True, slots=True)
class NthDay:
    """'первое воскресенье сентября', 'последний день мая': number -1 is the last, weekday None any day."""

    number: int
    weekday: int | None
    month: int
    year: Year | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month with or without its year; which as in Weekday ('прошлый май')."""

    month: int
    year: Year | None = None
    which: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday (Monday 0); which: -1 the last, 0 this week's, 1 the next, None a bare one; `week`: of which week."""

    number: int
    which: int | None = None
    week: int | None = None


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday; which as in Weekday."""

    which: int | None


@dataclass(frozen=True, slots=True)
class Season:
    """A season (winter 0); `until` is the second year of 'зимой 2018-2019'; which as in Weekday."""

    number: int
    year: Year | None = None
    which: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The number-th quarter (months 3) or half (months 6) of a year."""

    number: int
    months: int
    year: Year | None = None


@dataclass(frozen=True, slots=True)
class FirstMonths:
    """'за девять месяцев 2018 года', 'за первые полгода': a year from January through month `count`."""

    count: int
    year: Year | None


@dataclass(frozen=True, slots=True)
class Century:
    """A century by number ('XIX век') or by its shift from the anchor's ('прошлый век'); before our era where bc."""

    number: int | None = None
    shift: int | None = None
    bc: bool = False


@dataclass(frozen=True, slots=True)
class Decade:
    """Ten years from `first` (two digits: of `century`, else the latest such ten years)."""

    first: int
    century: Century | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar unit counted from the publication ('вчера') or from the date just spoken of ('на той же неделе').

    `ended`: the last one that is over, on its last day too ('минувшая неделя' on a Sunday); `loose`: the text does not
    say which one ('в конце года'), it is the one around unless the tense says otherwise.
    """

    unit: str
    shift: int
    of_story: bool = False
    ended: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Distance:
    """So many units before (-1) or after (1) a date: `origin` where it is named ('за два дня до 5 мая'), else `base`.

    A base is publication, story (the date just spoken of) or clause ('через неделю': the story in the past tense, else
    the publication).
    """

    count: float
    unit: str
    direction: int
    base: str = "publication"
    origin: "Partial | None" = None


@dataclass(frozen=True, slots=True)
class Window:
    """Up to the anchor ('последние три месяца', -1), from it ('ближайшие дни', 1), by the tense ('на днях', 0)."""

    count: int
    unit: str
    direction: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a period: start, middle, end (thirds), first, second (halves), 10 or 20 ('в 20-х числах марта'),

    of a month also week1 .. week4 and week0, its last seven days ('в последнюю неделю мая').
    """

    part: str
    of: "Partial"


Partial: TypeAlias = (
    Year | Day | NthDay | Month | Weekday | Weekend | Season | Section | FirstMonths | Century | Decade
    | Calendar | Distance | Window | Part
)


# --- expressions: how partial dates are put together -------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class At:
    """The period itself."""

    when: Partial


@dataclass(frozen=True, slots=True)
class Between:
    """From the first day of `start` through the last day of `end`."""

    start: Partial
    end: Partial


@dataclass(frozen=True, slots=True)
class Since:
    """Open to the right; `after`: from the day after its end ('после 2014 года')."""

    when: Partial
    after: bool = False


@dataclass(frozen=True, slots=True)
class Till:
    """Open to the left; `through`: the period itself counts ('по 2019 год', 'не позднее июля')."""

    when: Partial
    through: bool = False


Expression: TypeAlias = At | Between | Since | Till
