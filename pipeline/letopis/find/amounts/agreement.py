"""Does a noun agree with its number as counted: '5 каналов', not '5 канал'; '2 тура', not '2 туре'?

After 1 the noun is singular; after 2, 3, 4 genitive singular, or plural in an oblique case; after the others and after
'тысяч' plural and oblique; after a decimal genitive.
"""

from collections.abc import Callable
from functools import lru_cache

from pymorphy3.analyzer import Parse

from letopis.find.amounts.sums import Number
from letopis.text.dictionary import parses

_CASES = frozenset(("gent", "datv", "ablt", "loct"))


def agreement(number: Number) -> str:
    """What the noun has to be: one, few, many, decimal or scaled."""
    if number.scale > 1:
        return "scaled"
    if number.top != int(number.top):
        return "decimal"
    last, tens = int(abs(number.top)) % 10, int(abs(number.top)) % 100 // 10
    if tens != 1 and last == 1:
        return "one"
    return "few" if tens != 1 and last in (2, 3, 4) else "many"


@lru_cache(maxsize=50_000)
def agreeing(form: str, needs: str) -> Parse | None:
    """The likeliest parse of a noun that agrees; None if there is none. Indeclinable nouns agree with any number."""
    return next((p for p in parses(form) if p.tag.POS == "NOUN" and ("Fixd" in p.tag or _NEEDS[needs](p))), None)


@lru_cache(maxsize=50_000)
def standing_alone(form: str, needs: str) -> Parse | None:
    """The parse of an adjective or participle that can stand for a noun: 'двое раненых', '5 военных'."""
    if needs == "one":
        return None
    return next((p for p in parses(form) if p.tag.POS in ("ADJF", "PRTF") and _many(p) and "Apro" not in p.tag), None)


def _one(parse: Parse) -> bool:
    return "sing" in parse.tag or "Pltm" in parse.tag


def _few(parse: Parse) -> bool:
    return ("sing" in parse.tag and "gent" in parse.tag) or _many(parse)


def _many(parse: Parse) -> bool:
    return "plur" in parse.tag and not _CASES.isdisjoint(parse.tag.grammemes)


def _decimal(parse: Parse) -> bool:
    return "gent" in parse.tag


_NEEDS: dict[str, Callable[[Parse], bool]] = {
    "one": _one, "few": _few, "many": _many, "scaled": _many, "decimal": _decimal,
}
