"""Keys of names: lower case, without ё, quotation marks and punctuation at the edges. Evidence, never display.

What parts a name has, `find.naming` says.
"""

import re
from datetime import date
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w\s.-]+")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=30_000)
def fold(name: str) -> str:
    """'ОАО «Газпром»' -> 'оао газпром'; 'Черёмин' -> 'черемин'."""
    return _SPACE.sub(" ", _NOT_WORD.sub(" ", name.lower().replace("ё", "е"))).strip(" .-")


def event_key(kind: str, name: str, start: date | None) -> str | None:
    """Key across documents of a named event; None where no date says which of its kind it is."""
    return f"{kind}|{fold(name)}|{start.year}" if start else None
