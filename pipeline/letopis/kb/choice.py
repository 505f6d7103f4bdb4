"""Which item of those that bear its name an entity of a document is: a score of names, kinds, places, words and times, or none.

Contract. Items of one rank are compared (the user's own, Wikidata's). A family that the mention's type cannot have, a
patronymic or gender that contradicts, a body of another country exclude. One item wins where it is good enough (ENOUGH) and no
other is about as good (MARGIN); where two are, there is no answer. A surname is never enough: a post and a place must agree
besides. How well known an item is decides only where the base says it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from letopis.find.gazetteer import gazetteer
from letopis.find.lexicons import words
from letopis.find.naming.attached import classes
from letopis.find.naming.bodies import generic_level, is_unique, is_word, lemma
from letopis.find.naming.evidence import parsed
from letopis.find.naming.people import PersonName, agree, gender_of, is_name, masculine, person_name
from letopis.kb.context import role_of
from letopis.kb.families import fits, inverted
from letopis.kb.keys import LABEL, PLACELESS, SHORT, SOUND

ENOUGH, MARGIN = -0.35, 0.35
_FAMILY, _PATRONYMIC, _MISTYPED = 0.6, 0.6, -1.0
_MAINLY = 0.5                         # share of a document's places that lie in the country it is about
_USE = (0.5, 0.4, 0.0, -0.2, -0.4, -0.4, 0.2)   # label, its parts, alias, parts of one, sound, surname, a body without its place
_PLACE, _COUNTRY, _ELSEWHERE, _OTHER_COUNTRY, _UNSAID, _FURTHER, _LOCAL = 0.9, 0.4, -0.3, -1.0, -0.4, -0.2, 0.4
_WORD, _WORDS_MOST, _BESIDE, _LONG_AGO, _UNBORN, _KNOWN = 0.5, 1.0, 0.4, -0.7, -3.0, 0.25
_OLD, _MODERN = 60, 1930              # years after an item's end; the year before which none of today's news are told of it
NEVER = -9.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the base says of an item."""

    id: str
    family: str | None
    name: str
    country: str | None
    places: frozenset[str]            # keys of the gazetteer
    words: frozenset[str]
    first: int | None
    last: int | None
    weight: int | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a document says of an entity, and of whatever else it names."""

    type: str
    people: tuple[PersonName, ...]
    cores: tuple[tuple[str, ...], ...]
    own_places: frozenset[str]        # said of the entity itself: in its name, beside it, in its posts
    words: frozenset[str]             # of its posts and kinds
    places: frozenset[str]            # of the document, with what they lie in
    countries: Mapping[str, float]    # share of the document's places
    beside: frozenset[str]            # words of the other names of the document
    year: int | None


def facts_of(row: Mapping[str, Any]) -> Facts:
    """Of a row of the base's items."""
    words = row["words"] or ()
    roles = {role for w in words if (role := role_of(w))}
    return Facts(
        row["item"], row["family"], inverted(row["name"]) or row["name"], row["country"],
        frozenset(p for p in row["places"] or () if known(p)), frozenset({*words, *classes(words), *roles}),
        row["first"], row["last"], row["weight"],
    )


def subject_of(member: Mapping[str, Any]) -> Subject:
    """Of a row of candidates.Asked."""
    person = member["type"] == "PERSON"
    posts = [post.split("|") for post in member["posts"]]
    inside = [p for name in member["names"] for p in name.split("@")[1:]] if not person else []
    own = {*inside, *member["seats"], *(p for _, _, places in posts for p in places.split(",") if p)}
    said = {w for role, body, _ in posts for w in (role, *body.split())} | set(member["kinds"])
    places = [p for p in member["places"] or () if p]
    cores = () if person else tuple(tuple(n.split("@")[0].split()) for n in member["names"])
    mine = {w for name in member["names"] for w in _words(name)}
    beside = {w for name in member["beside"] for w in _words(name)} - mine
    return Subject(
        member["type"], tuple(map(parsed, member["names"])) if person else (), cores, frozenset(own), frozenset(said) - {""},
        frozenset(p for key in places for p in around(key)), _shares(places), frozenset(beside), member["year"],
    )


def choose(subject: Subject, candidates: Sequence[tuple[Facts, int]]) -> tuple[str, float] | None:
    """(id, margin over the next, at most 9) of the item that is meant; None where none is, or two may be."""
    ranked = sorted(((score(subject, facts, use), facts.id) for facts, use in candidates), key=lambda s: (-s[0], s[1]))
    if not ranked or ranked[0][0] < ENOUGH:
        return None
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else -NEVER
    return (ranked[0][1], min(margin, -NEVER)) if margin >= MARGIN else None


def score(subject: Subject, facts: Facts, use: int) -> float:
    """How much speaks for an item."""
    fitting = fits(subject.type, facts.family)
    family = fitting if fitting is not None else _MISTYPED if use == LABEL and _is_telling(subject) else None
    if family is None or not _can_bear(subject, facts, use):
        return NEVER
    places = _places(subject, facts, use)
    said = _said(subject, facts)
    short = use == SHORT and not _short_tells(subject, facts, places)       # never by a surname alone
    if places <= NEVER or short or (use == PLACELESS and not _is_there(subject, facts)):
        return NEVER
    known = _KNOWN * math.log10(1 + facts.weight) if facts.weight else 0.0
    return _FAMILY * family + _USE[use] + places + said + _time(subject, facts) + known + _patronymic(subject, facts)


def _is_telling(subject: Subject) -> bool:
    """Whether a name is so much of its own that the mention's type may be wrong: 'Talk Talk', no surname and no word."""
    if subject.people:
        return all(n.full or not (is_name(n.surname or n.given) or n.middle) for n in subject.people)
    return bool(subject.cores) and not any(is_word(core) or generic_level(core) or is_name(core[0]) for core in subject.cores)


def _short_tells(subject: Subject, facts: Facts, places: float) -> bool:
    """A surname takes a post and a place in common, one initial less, two initials nothing more."""
    agreeing = max((_initials_agree(n, person_name(facts.name)) for n in subject.people), default=0)
    common = (places > 0) + bool(subject.words & facts.words)
    return common + agreeing > 1


def _initials_agree(name: PersonName, own: PersonName) -> int:
    """How many initials of a name are those of the item's; 0 where one is not, or many have the name."""
    said = [x for x in (name.given, *name.middle) if len(x) == 1]
    full = [own.given, *own.middle][:len(said)]
    if masculine(name.surname) != masculine(own.surname) or masculine(name.surname) in words("common_surnames"):
        return 0
    return len(said) if len(full) == len(said) and all(x and x[0] == i for x, i in zip(full, said, strict=True)) else 0


def _is_there(subject: Subject, facts: Facts) -> bool:
    """Whether the place that a body's name leaves out is said beside it or is what the document is about."""
    local = {p for p in facts.places if not _is_country(p)}
    if subject.own_places:
        own = {p for p in subject.own_places if not _is_country(p)} or subject.own_places
        return bool((local or facts.places) & (own if not local else {x for p in own for x in around(p)}))
    share = sum(subject.countries.get(code, 0.0) for code in _countries(facts))
    return any(len(core) > 1 for core in subject.cores) and (bool(local & subject.places) if local else share > _MAINLY)


def _can_bear(subject: Subject, facts: Facts, use: int) -> bool:
    """Whether no part of a person's name contradicts the item's; other names of an item (of stage, of birth) contradict nothing."""
    if not subject.people:
        return True
    own = person_name(facts.name)
    same = [n for n in subject.people if masculine(n.surname) == masculine(own.surname) and n.surname]
    genders = {g for n in (*subject.people, own) if (g := gender_of(n))}
    if use == SOUND and not own.surname.isascii() and not any(n.full and agree(n, own, alike=True) for n in subject.people):
        return False
    return len(genders) < 2 and all(agree(n, own, alike=True) for n in same)


def _patronymic(subject: Subject, facts: Facts) -> float:
    own = person_name(facts.name).middle if subject.people else ()
    return _PATRONYMIC if own and any(n.middle[:1] == own[:1] for n in subject.people) else 0.0


def _places(subject: Subject, facts: Facts, use: int) -> float:
    """Places that the item is told of with and those of the document; what is said of the entity itself counts most."""
    countries = _countries(facts)
    generic = any(map(generic_level, subject.cores)) and not any(map(is_unique, subject.cores))
    if not countries:
        return NEVER if generic and use != LABEL else _UNSAID if subject.own_places else 0.0
    mine = {code for key in subject.own_places if (code := _country(key))}
    if mine and not mine & countries:
        return NEVER if generic else _OTHER_COUNTRY
    local = {p for p in facts.places if not _is_country(p)}
    further = _LOCAL if local & subject.own_places else 0.0 if local <= subject.places else _FURTHER
    share = sum(subject.countries.get(code, 0.0) for code in countries)
    if generic:
        return _PLACE + further if mine else _COUNTRY + further if share > _MAINLY else NEVER
    if mine or local & subject.places:
        return _PLACE + further
    return further + (_COUNTRY * min(1.0, 2 * share) if share else _ELSEWHERE if subject.countries else 0.0)


def _said(subject: Subject, facts: Facts) -> float:
    """Words of posts and kinds that the description has, too; names that it shares with the document."""
    common = min(_WORDS_MOST, _WORD * len(subject.words & facts.words))
    return common + (_BESIDE if facts.words & subject.beside else 0.0)


def _time(subject: Subject, facts: Facts) -> float:
    if facts.first is not None and subject.year is not None and facts.first > subject.year + 1:
        return _UNBORN
    if facts.last is None:
        return 0.0
    return _LONG_AGO if (subject.year - facts.last > _OLD if subject.year else facts.last < _MODERN) else 0.0


def known(key: str) -> bool:
    """Whether this gazetteer has the place; the base may have been imported with another."""
    try:
        gazetteer().number(key)
    except KeyError:
        return False
    return True


@lru_cache(maxsize=50_000)
def around(key: str) -> tuple[str, ...]:
    """A place and what it lies in."""
    found: list[str] = []
    here: str | None = key
    while here is not None and here not in found:
        found.append(here)
        here = gazetteer().place(here).parent
    return tuple(found)


@lru_cache(maxsize=50_000)
def _country(key: str) -> str | None:
    return gazetteer().countries[gazetteer().number(key)]


@lru_cache(maxsize=50_000)
def _is_country(key: str) -> bool:
    return gazetteer().kinds[gazetteer().number(key)] == "country"


def _countries(facts: Facts) -> frozenset[str]:
    found = {facts.country, *map(_country, facts.places)} - {None}
    return frozenset(code for code in found if code)


def _shares(places: Iterable[str]) -> dict[str, float]:
    codes = [code for key in places if (code := _country(key))]
    return {code: codes.count(code) / len(codes) for code in set(codes)}


@lru_cache(maxsize=100_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(lemma(w) for w in name.split("@", maxsplit=1)[0].replace("|", " ").split() if len(w) > 3)
