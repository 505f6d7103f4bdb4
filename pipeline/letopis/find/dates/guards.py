"""What only looks like a time expression: names, habits, counts. Each guard is a small function; one yes and the
expression is dropped.

They look at the words around, which the grammar does not. An expression dropped here was never one; nothing is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from letopis.find.dates.lexicon import contexts, fold
from letopis.find.dates.parsed import Parsed
from letopis.find.dates.partial import Between, Calendar, Day, Decade, Month, Partial, Weekday, Year
from letopis.layers import Syntax, Words

_BARE_YEAR_AFTER = frozenset(("в", "с", "со", "до", "к", "после", "по", "("))
_NOW = frozenset((("на", "сегодняшний"), ("по", "сей"), ("на", "сей"), ("до", "сего")))
_QUOTES = frozenset("«\"„“”'")
_CLOSING = frozenset("»\"“”'")
_MODERN = range(1900, 2050)


@dataclass(frozen=True, slots=True)
class Place:
    """An expression among the words of its sentence: its words are first .. last, the sentence's low .. high - 1."""

    first: int
    last: int
    low: int
    high: int
    words: Words
    syntax: Syntax

    def before(self, steps: int = 1) -> str:
        """Folded form of the word so many steps before, '' outside the sentence."""
        at = self.first - steps
        return fold(self.words.form[at]) if at >= self.low else ""

    def after(self) -> int | None:
        """Number of the word after, if it is in the sentence."""
        return self.last + 1 if self.last + 1 < self.high else None


Guard: TypeAlias = Callable[[Partial, Parsed, Place], bool]


def bare_year(when: Partial, parsed: Parsed, place: Place) -> bool:
    """A number without 'год' is a year only after a preposition, in brackets, after a yearly event ('выборы 2019')."""
    form = place.words.form[place.last]
    if parsed.rule != "year_alone" or not form.isdigit() or not isinstance(when, Year) or when.number is None:
        return False
    led = {place.before(), fold(place.words.form[place.first])} & _BARE_YEAR_AFTER or _ends_bracket(place)
    near = range(max(place.low, place.first - 2), place.first)
    named = any(fold(place.syntax.lemma[i]) in contexts()["yearly"] for i in near)
    return when.number not in _MODERN or not (led or named)


def street(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'улица 8 Марта', 'станция «Улица 1905 года»'."""
    near = range(max(place.low, place.first - 3), place.first)
    return isinstance(when, Day | Year) and any(fold(place.syntax.lemma[i]) in contexts()["street"] for i in near)


def quoted(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'«Октябрь»', '«Сегодня»', '«8 Марта»': a name in quotes; "конец сентября" is quoted speech."""
    short = place.first == place.last or isinstance(when, Day | Year)
    return short and place.before() in _QUOTES and _follower(place) in _CLOSING


def capital(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'Красный Октябрь', 'Мая', 'Пятница!': a bare month or weekday with a capital inside a sentence is a name."""
    form = place.words.form[place.first]
    if place.first < place.last or not form[:1].isupper():
        return False
    return isinstance(when, Month) or (isinstance(when, Weekday) and place.first > place.low)


def habit(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'каждую среду', 'ежегодно 9 мая'."""
    return any(place.before(steps) in contexts()["every"] for steps in (1, 2))


def no_weekday(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'окружающей среды', 'в среду обитания', 'Вербное воскресенье'."""
    if not isinstance(when, Weekday) or when.which is not None:
        return False
    if place.before() in contexts()["holiday"] or _follower(place) in contexts()["holiday"]:
        return True
    words = [fold(form) for form in place.words.form[max(place.low, place.first - 1):place.last + 1]]
    named = next((i for i, form in enumerate(words) if form.startswith("сред")), None)
    if named is None:
        return _has_own_adjective(place)
    return named == 0 or words[named - 1] not in contexts()["before_weekday"]


def eve_of_event(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'накануне выборов': a preposition."""
    return parsed.rule == "eve" and place.syntax.pos[place.first] == "ADP"


def decade_place(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'в 90-е место', 'в 41-м километре', 'семидесятые широты': an ordinal before its noun."""
    after = place.after()
    if after is None or not (isinstance(when, Decade) or (isinstance(when, Year) and (when.number or 100) < 100)):
        return False
    return place.syntax.pos[after] in ("NOUN", "PROPN") and place.syntax.head[place.last] == after


def idiom(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'на сегодняшний день', 'по сей день': now, until now."""
    return isinstance(when, Calendar) and (place.before(), fold(place.words.form[place.first])) in _NOW


def length_of_event(when: Partial, parsed: Parsed, place: Place) -> bool:
    """'спустя восемь лет заключения': how long something lasted."""
    after = place.after()
    return (
        parsed.rule == "after_a_while" and after is not None and place.syntax.head[after] == place.last
        and place.syntax.pos[after] == "NOUN" and "Case=Gen" in place.syntax.feats[after]
    )


def _ends_bracket(place: Place) -> bool:
    """'(Испания, 1991)'."""
    return place.before() in (",", ";") and _follower(place) == ")"


def _follower(place: Place) -> str:
    after = place.after()
    return fold(place.words.form[after]) if after is not None else ""


def _has_own_adjective(place: Place) -> bool:
    """'чистый четверг', 'последнюю субботу': not just any such day."""
    at = place.first - 1
    return at >= place.low and place.syntax.pos[at] == "ADJ" and place.syntax.head[at] == place.last


GUARDS: tuple[Guard, ...] = (
    bare_year, street, quoted, capital, habit, no_weekday, eve_of_event, decade_place, idiom, length_of_event,
)


def is_none(parsed: Parsed, place: Place) -> bool:
    """Is the expression no time expression after all?"""
    when = parsed.expression.start if isinstance(parsed.expression, Between) else parsed.expression.when
    return any(guard(when, parsed, place) for guard in GUARDS)
