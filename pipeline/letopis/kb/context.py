"""What an item's description tells of its surroundings, in the terms that documents are told in: places, words, years.

Contract. Places are keys of the gazetteer that the description or the name names, countries among them; words are lemmas of what
else it says. Nothing is decided here.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from letopis.find.gazetteer import USES, fold, gazetteer
from letopis.find.lexicons import table
from letopis.find.naming.bodies import lemma
from letopis.find.naming.same_people import KIN
from letopis.find.place_names import look_up
from letopis.text.dictionary import parses

_CAPITALS = re.compile(r"[А-ЯЁ][А-Яа-яёЁ]*(?:[- ](?:на-)?[А-ЯЁ][А-Яа-яёЁ]+)*")
_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_SPAN = re.compile(r"\b(\d{4})\s?[—–-]\s?(\d{4})\b|\((?:род\.?|born|р\.)[^()\d]*(?:\d{1,2} \w+ )?(\d{4})[^()\d]*\)")
_LIFE = 25                            # years that a life in brackets has at least; shorter spans are terms of office
_SMALL = 3                            # letters of words that tell nothing


def years_of(description: str) -> tuple[int | None, int | None]:
    """'художник (1801—1870)' -> 1801, 1870; 'актриса (род. 1985)' -> 1985, None; terms of office tell no life."""
    for found in _SPAN.finditer(description):
        if found[3]:
            return int(found[3]), None
        first, last = int(found[1]), int(found[2])
        if last - first >= _LIFE:
            return first, last
    return None, None


def description_places(name: str, description: str) -> list[str]:
    """Keys of the places named, of countries by adjectives, too: 'российский дипломат' -> Q159."""
    found = {key for text in (name, description) if text for key in _places(text)}
    return sorted(found)


def description_words(description: str) -> list[str]:
    """Lemmas of the nouns and adjectives said, those of places left out: 'министр обороны России' -> министр, оборона, россия.

    What stands after a word for kin is said of somebody else: 'сын президента'.
    """
    lemmas = [lemma(w) for w in _WORD.findall(description)]
    end = next((i for i, x in enumerate(lemmas) if x in KIN), len(lemmas))
    return sorted({x for x in lemmas[:end] if len(x) > _SMALL and _place_of_adjective(x) is None})


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    return {row["lemma"].replace("ё", "е"): row["role"] for row in table("post_roles")}


def role_of(word: str) -> str | None:
    """'президент' -> 'head', as posts of documents say it."""
    return _roles().get(word)


@lru_cache(maxsize=50_000)
def _places(text: str) -> frozenset[str]:
    return frozenset([*_of_names(text), *_of_adjectives(text)])


def _of_names(text: str) -> Iterator[str]:
    for match in _CAPITALS.finditer(text):
        key = _place_of_name(match[0])
        if key is not None:
            yield key


@lru_cache(maxsize=100_000)
def _place_of_name(name: str) -> str | None:
    """The place that a name in any case means first, where it is a usual name of it."""
    known = gazetteer()
    usual = [row for row, use in look_up(name, name, adjective=False).places if USES[use] in ("name", "alias")]
    great = sorted(usual, key=lambda row: (known.kinds[row] != "country", -known.populations[row], known.keys[row]))
    return known.keys[great[0]] if great else None


def _of_adjectives(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        key = _place_of_adjective(lemma(word))
        if key is not None:
            yield key


@lru_cache(maxsize=100_000)
def _place_of_adjective(word: str) -> str | None:
    """Of 'российский'; compounds by each part that is one: 'советский' is none."""
    if not word.endswith(("ий", "ый", "ой")) or "ADJF" not in parses(word)[0].tag:
        return None
    return gazetteer().adjective(fold(word))
