"""What a word can be in a quantity: the lexicons of data/lexicons/quantities_*.tsv and the shapes of digits.

`look_up` answers for every word of a text, so it is one cached look-up; nearly all words answer None. Forms are
compared folded: lower case, ё as е.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from letopis.find.amounts.shapes import Adjective, Stems, digits, in_words, stems_of, with_ending
from letopis.resources import data_path

SYMBOLS = frozenset("$€£¥₽₴₸")
_UNITS = ("money", "percent", "measure", "count")


class Unit(NamedTuple):
    """A unit: kind of quantity, symbol, and what its word multiplies the number by."""

    kind: str
    symbol: str
    factor: float = 1.0


class Numeral(NamedTuple):
    """A word of a number; `high` where the word is a range, `unit` where it carries its own ('полчаса', '35-летний').

    Kinds: digits, cardinal, one, collective, multiplier, multiplier_abbreviation, group ('десяток'), fraction, part
    ('пятая'), and_half, half ('полчаса'), adjective, symbol ('$').
    """

    kind: str
    low: float
    high: float | None = None
    unit: Unit | None = None


@lru_cache(maxsize=50_000)
def fold(form: str) -> str:
    """Lower case, ё as е."""
    return form.lower().replace("ё", "е")


@lru_cache(maxsize=50_000)
def look_up(form: str) -> Numeral | None:
    """What a word form is in a number; None for a word that is in none."""
    first = form[0]
    if first.isdigit() or (first in "-−" and len(form) > 1):
        return _of_digits(form)
    if form in SYMBOLS:
        return Numeral("symbol", 0.0)
    folded = fold(form)
    return numerals().get(folded) or halves().get(folded) or _of_words(folded)


def _of_digits(form: str) -> Numeral | None:
    number = digits(form)
    if number:
        return Numeral("digits", *number)
    return _adjective(with_ending(fold(form), stems()))


def _of_words(form: str) -> Numeral | None:
    if "-" in form:
        return _word_range(form.split("-"))
    return _adjective(in_words(form, stems()))


def _word_range(parts: list[str]) -> Numeral | None:
    """'два-три', 'пять-шесть'."""
    known = [n.low for n in map(numerals().get, parts) if n and n.kind in ("cardinal", "one", "collective")]
    if len(known) != len(parts) or len(parts) != 2 or known[0] >= known[1]:
        return None
    return Numeral("digits", known[0], known[1])


def _adjective(found: Adjective | None) -> Numeral | None:
    if found is None:
        return None
    kind, symbol = stems().units[found.stem].split(":")
    return Numeral("adjective", found.low, found.high, Unit(kind, symbol))


@lru_cache(maxsize=1)
def numerals() -> Mapping[str, Numeral]:
    """Folded form -> number word."""
    return {form: Numeral(kind, float(Fraction(value))) for kind, value, form in _entries("quantities_numbers")}


@lru_cache(maxsize=1)
def units() -> Mapping[str, Unit]:
    """Folded form -> unit of money, percent, measure, or an abbreviated noun ('шт')."""
    rows = (row for row in _entries("quantities_units") if row[0].removesuffix("_short") in _UNITS)
    return {form: Unit(kind.removesuffix("_short"), unit, float(factor)) for kind, unit, factor, form in rows}


@lru_cache(maxsize=1)
def short_units() -> frozenset[str]:
    """Abbreviations, signs, indeclinable words, which don't agree with their number: 'км', '%', 'евро'."""
    return frozenset(form for kind, _, _, form in _entries("quantities_units") if kind.endswith("_short"))


@lru_cache(maxsize=1)
def halves() -> Mapping[str, Numeral]:
    """'полчаса' -> half of a unit."""
    kinds = {unit.symbol: unit.kind for unit in units().values()}
    rows = (row for row in _entries("quantities_units") if row[0] == "half")
    return {form: Numeral("half", float(factor), None, Unit(kinds[unit], unit)) for _, unit, factor, form in rows}


@lru_cache(maxsize=1)
def unit_adjectives() -> Mapping[str, tuple[str, str]]:
    """'квадратных' -> (square, ²); 'австралийских' -> (currency_of, AUD)."""
    rows = (row for row in _entries("quantities_units") if row[0] in ("square", "cube", "currency_of", "unit_of"))
    return {form: (kind, unit) for kind, unit, _, form in rows}


@lru_cache(maxsize=1)
def stems() -> Stems:
    """The parts of adjectives like 'шестидневный'."""
    rows = list(_entries("quantities_adjectives"))
    prefixes = {form: float(value) for kind, value, form in rows if kind == "prefix"}
    return stems_of(prefixes, {form: value for kind, value, form in rows if kind == "stem"})


@lru_cache(maxsize=1)
def contexts() -> Mapping[str, frozenset[str]]:
    """Kind of context word -> its forms or lemmas."""
    return {kind: frozenset(words.split(" ")) for kind, _, words in _rows("quantities_context")}


@lru_cache(maxsize=1)
def scores() -> Mapping[str, float]:
    """Rule -> measured precision, smoothed."""
    return {row[0]: float(row[-1]) for row in _rows("quantities_scores")}


def _entries(name: str) -> Iterator[list[str]]:
    """The rows of a lexicon, one a form."""
    return ([*row[:-1], form] for row in _rows(name) for form in row[-1].split(" "))


def _rows(name: str) -> Iterator[list[str]]:
    lines = data_path(f"lexicons/{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    next(rows)
    return rows
