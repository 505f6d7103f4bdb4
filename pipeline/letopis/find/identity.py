"""Identity inside a document, first version: which mentions name one person, place, organisation or thing.

Contract: numbers count from 0 in each document in the order of first mentions; -1 for mentions that have no entity (dates,
professions, peoples, families). A surname joins the one full name of the document that has it, never one of several.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from letopis.find.clauses import Text
from letopis.find.names import fold, person_name
from letopis.layers import Mention

VERSION = "1"
_KEPT = {
    "PERSON", "ORGANIZATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY", "PRODUCT",
    "WORK_OF_ART", "LAW", "AWARD",
}


def identify(text: Text, mentions: tuple[Mention, ...], places: tuple[str | None, ...]) -> tuple[int, ...]:
    """[mention] number of its entity inside its document, -1 for none."""
    documents: defaultdict[int, list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        if mention.type in _KEPT:
            documents[int(text.readings.document[mention.span.reading])].append(i)
    numbers = [-1] * len(mentions)
    for group in documents.values():
        keys = _keys(text, mentions, places, group)
        order: dict[str, int] = {}
        for i in group:
            numbers[i] = order.setdefault(keys[i], len(order))
    return tuple(numbers)


def _keys(text: Text, mentions: Sequence[Mention], places: Sequence[str | None], group: list[int]) -> dict[int, str]:
    people = _people([mentions[i].normal for i in group if mentions[i].type == "PERSON"])
    short = _abbreviations(text, mentions, group)
    keys: dict[int, str] = {}
    for i in group:
        mention, place = mentions[i], places[i]
        name = fold(mention.normal)
        if mention.type == "PERSON":
            keys[i] = f"PERSON|{people[mention.normal]}"
        elif place is not None:
            keys[i] = place
        else:
            keys[i] = f"{mention.type}|{short.get(name, name)}"
    return keys


def _people(normals: Sequence[str]) -> dict[str, str]:
    """Normal form -> the fullest name of the document it can stand for, itself where several could."""
    names = {n: person_name(n) for n in normals}
    full = {f"{p.given} {p.surname}": p for p in names.values() if len(p.given) > 1 and p.surname}
    out = {}
    for normal, name in names.items():
        fitting = [
            key for key, p in full.items()
            if name.surname in (p.surname, p.given if not name.given else p.surname) and p.given.startswith(name.given)
        ]
        out[normal] = fitting[0] if len(fitting) == 1 else f"{name.given} {name.surname}".strip() or fold(normal)
    return out


def _abbreviations(text: Text, mentions: Sequence[Mention], group: list[int]) -> dict[str, str]:
    """Folded abbreviation -> folded full name, where the text defines it: 'Общественная палата ... (ОП ЕАЭС)'."""
    found: dict[str, str] = {}
    organisations = [i for i in group if mentions[i].type == "ORGANIZATION"]
    for full, short in pairwise(organisations):
        a, b = mentions[full].span, mentions[short].span
        between = text.readings.clean[a.reading][a.end:b.start] if a.reading == b.reading else ""
        if between.strip() == "(" and mentions[short].form == "abbreviation":
            found.setdefault(fold(mentions[short].normal), fold(mentions[full].normal))
    return found
