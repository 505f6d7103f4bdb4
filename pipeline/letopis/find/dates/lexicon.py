"""What a word can be in a date: the lexicons of data/lexicons/times_*.tsv and the shapes of numbers.

A word form gives a tuple of pieces ('14–16' gives three), each with its kinds ('мая' -> month 5), or nothing where it
can't stand in a date at all. Values are strings; who reads them knows their type. Contexts ('улица', 'запланирован')
are sets of lemmas or forms.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from letopis.find.dates.numerals import number_kinds
from letopis.resources import data_path

FILES = ("months", "weekdays", "seasons", "units", "relations", "numbers", "words")
STRONG = frozenset((
    "month", "month_short", "weekday", "season", "unit", "months", "part_of_day", "weekend", "day_word", "eve",
    "day_adjective", "date", "day_dot_month", "year", "short_year", "decade", "decade_word", "dates_word",
))
_PIECES = re.compile(
    r"""\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d) | \d\d\.\d\d(?![.\d])             # 14.11.2023, 14.11
    | \d+(?:[-‑]?[а-яё]{1,3})?(?![а-яё]) | [а-яё]+ | [ivxх]+(?:-(?:го|й|м|е|му|ом|х))? | [^\w\s]""",
    re.IGNORECASE | re.VERBOSE,
)
_JOINTS = frozenset("-–—‑−/")
_LONGEST = 40        # characters: nothing longer is a date ('14.11.2023—16.11.2023' is 21)


class Piece(NamedTuple):
    """A piece of a word: its folded form, its kinds (with their names as a set), and where it stands in the word."""

    form: str
    kinds: Mapping[str, str]
    names: frozenset[str]
    start: int
    end: int


class Entry(NamedTuple):
    """A word of the grammar; `strong` where a date can stand on it alone."""

    pieces: tuple[Piece, ...]
    strong: bool


def fold(form: str) -> str:
    """Lower case, ё as е."""
    return form.lower().replace("ё", "е")


@lru_cache(maxsize=30_000)
def look_up(form: str) -> Entry | None:
    """What a word form is in the grammar; None for a word that stands in no date."""
    if len(form) > _LONGEST:
        return None
    whole = _kinds(form)
    if whole:
        return _entry((_piece(form, 0, whole),))
    pieces = tuple(_piece(m[0], m.start(), _kinds(m[0])) for m in _PIECES.finditer(form))
    return _entry(pieces) if _is_compound(pieces, form) else None


def _is_compound(pieces: tuple[Piece, ...], form: str) -> bool:
    """'14–16', 'январе-марте', '2018/19', '31.10.2018,'; but not '1,1766', 'ЧМ-2018'."""
    whole = sum(len(piece.form) for piece in pieces) == len(form)
    joined = all(piece.form[0].isalnum() or piece.form in _JOINTS for piece in pieces[1:-1])
    return whole and joined and len(pieces) > 1 and all(piece.kinds for piece in pieces)


def _piece(form: str, start: int, kinds: Mapping[str, str]) -> Piece:
    return Piece(fold(form), kinds, frozenset(kinds), start, start + len(form))


def _entry(pieces: tuple[Piece, ...]) -> Entry:
    return Entry(pieces, any(not STRONG.isdisjoint(piece.names) for piece in pieces))


def _kinds(form: str) -> Mapping[str, str]:
    return _words().get(fold(form)) or number_kinds(form)


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for name in FILES:
        for kind, value, forms in _rows(f"lexicons/times_{name}.tsv"):
            for form in forms:
                words.setdefault(form, {})[kind] = value
    return words


@lru_cache(maxsize=1)
def contexts() -> Mapping[str, frozenset[str]]:
    """Kind of context word -> its lemmas or forms."""
    return {kind: frozenset(forms) for kind, _, forms in _rows("lexicons/times_context.tsv")}


@lru_cache(maxsize=1)
def scores() -> Mapping[str, float]:
    """Rule -> measured precision, smoothed."""
    lines = data_path("lexicons/times_scores.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {row[0]: float(row[-1]) for row in rows}


def _rows(name: str) -> list[tuple[str, str, list[str]]]:
    lines = data_path(name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(kind, value, forms.split(" ")) for kind, value, forms in cells]
