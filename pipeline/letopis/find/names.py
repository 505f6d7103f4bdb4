"""What of a name tells that two mentions are one: folded keys, parts of a person's name, keys across documents.

Keys are evidence, never display: they are lower case, without ё, quotation marks and punctuation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from letopis.find.lexicons import words
from letopis.text.dictionary import parses

_NOT_WORD = re.compile(r"[^\w\s.-]+")
_SPACE = re.compile(r"\s+")
_INITIAL = re.compile(r"[^\W\d_]\.?")


@dataclass(frozen=True, slots=True)
class PersonName:
    """Folded parts of a person's name; '' for what is not said. A given name may be an initial."""

    given: str
    surname: str


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """'ОАО «Газпром»' -> 'оао газпром'; 'Черёмин' -> 'черемин'."""
    return _SPACE.sub(" ", _NOT_WORD.sub(" ", name.lower().replace("ё", "е"))).strip(" .-")


@lru_cache(maxsize=100_000)
def person_name(name: str) -> PersonName:
    """Parts of a normal form: 'Сергей Евгеньевич Черёмин', 'Черёмин С. Е.' and 'С. Черёмин' all have surname 'черемин'."""
    parts = [p for p in fold(name.replace(".", ". ")).split() if p != "-"]
    parts = [p for i, p in enumerate(parts) if not (_tagged(p, "Patr") and len(parts) > 1 and i > 0)]
    initials = [p for p in parts if _INITIAL.fullmatch(p)]
    full = [p for p in parts if not _INITIAL.fullmatch(p)]
    if len(full) >= 2:
        first_is_surname = _tagged(full[-1], "Name") and not _tagged(full[0], "Name")
        given, surname = (full[-1], full[0]) if first_is_surname else (full[0], full[-1])
        return PersonName(given, surname)
    given = initials[0].rstrip(".") if initials else ""
    return PersonName(given, full[0] if full else "")


def _tagged(word: str, tag: str) -> bool:
    """Whether the dictionary knows the word as this; what pymorphy3 guesses of unknown words does not count."""
    return any(tag in p.tag for p in parses(word) if p.is_known)


def entity_key(kind: str, normals: Sequence[str]) -> str | None:
    """Key across documents of the mentions of one entity; None for a person without a given name and for a bare 'МИД'.

    Two Ивановы, two foreign offices of two documents stay two until something joins them.
    """
    if kind == "PERSON":
        names = (person_name(n) for n in normals)
        full = sorted(f"{n.given} {n.surname}" for n in names if len(n.given) > 1 and n.surname)
        return f"PERSON|{full[0]}" if full else None
    longest = max(normals, key=lambda n: (len(n), n))
    if kind == "ORGANIZATION" and fold(longest) in words("generic_organisations"):
        return None
    return f"{kind}|{fold(longest)}"


def event_key(kind: str, name: str, start: date | None) -> str | None:
    """Key across documents of a named event; None where no date says which of its kind it is."""
    return f"{kind}|{fold(name)}|{start.year}" if start else None
