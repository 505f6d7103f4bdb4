"""Places: which row of the gazetteer a mention means, decided for a document at a time.

Contract. `find_places` gives one key a mention, in their order; None for what is no place, unknown, or not clear enough. A
name means one place in a document (of one type), wherever it stands. Types are evidence: LOCATION may be any place, a person
or an organisation never is one. Spans and types are not changed; nothing is read but the mentions and the text between them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from letopis.find.gazetteer import Uses, gazetteer
from letopis.find.place_choice import Asked, areas, choose, context_of, sure
from letopis.find.place_names import doubt, kinds_said, look_up
from letopis.layers import Mention, Readings

VERSION = "1"
TYPES = frozenset({"COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY"})
TYPE_OF_KIND = {"country": "COUNTRY", "territory": "COUNTRY", "historical": "COUNTRY", "state": "STATE_OR_PROVINCE",
                "city": "CITY", "district": "DISTRICT"}
"""NEREL's type of a kind of place; all other kinds are LOCATION."""

_BETWEEN = re.compile(r"(?: ?\(|, | )(?:во? )?(?:(\w+)[. ]{1,2})?")   # 'Брест (Франция)', 'Портленд, штат Мэн'


_TOWNS = frozenset({"city", "district"})
_REACH = 16                   # letters looked at before a name
_WORD_BEFORE = re.compile(r"(\w+)[. ]{1,2}$")
_ALIKE = re.compile(r"(?:,? (?:и |или )?[А-ЯЁ][а-яё-]+(?:[сц]к)[а-яё]+)* (?:област|кра[йеюя]|(народн\w+ )?республик)")
_REGIONS, _PROCLAIMED = frozenset({"state", "territory"}), frozenset({"territory"})


def find_places(readings: Readings, mentions: tuple[Mention, ...]) -> tuple[str | None, ...]:
    """The gazetteer's key of every mention, aligned with `mentions`."""
    keys: list[str | None] = [None] * len(mentions)
    for numbers in _by_document(readings, mentions):
        for number, row in _resolve(readings, mentions, numbers):
            keys[number] = gazetteer().keys[row]
    return tuple(keys)


def _by_document(readings: Readings, mentions: Sequence[Mention]) -> Iterator[list[int]]:
    """Numbers of the mentions that can be places, document by document, in the order of the text."""
    documents: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        if mention.type in TYPES:
            documents[int(readings.document[mention.span.reading])].append(number)
    for numbers in documents.values():
        yield sorted(numbers, key=lambda n: _order(mentions[n]))


def _order(mention: Mention) -> tuple[int, int, int, str, str]:
    span = mention.span
    return span.reading, span.start, -span.end, mention.type, mention.normal


def _resolve(readings: Readings, mentions: Sequence[Mention], numbers: list[int]) -> Iterator[tuple[int, int]]:
    """(number of the mention, row of its place) of one document."""
    asked = {n: _asked(readings, mentions[n]) for n in numbers}
    context = context_of(Counter(asked.values()), _beside(readings, mentions, asked))
    chosen = {question: choose(question, context) for question in set(asked.values())}
    for number in numbers:
        row = chosen[asked[number]]
        if row is not None:
            yield number, row


def _asked(readings: Readings, mention: Mention) -> Asked:
    text, start, end = readings.clean[mention.span.reading], mention.span.start, mention.span.end
    surface = text[start:end]
    found = look_up(surface, mention.normal, adjective=mention.form == "adjective")
    adjective = found.rule == "adjective"
    kinds = found.kinds or (_kinds_after(text, end) if adjective else _kinds_before(text, start, surface, mention.normal))
    known = frozenset(gazetteer().kinds[row] for row, _ in found.places)
    doubted = doubt(mention.normal) if known & _TOWNS and not adjective and " " not in surface else 0.0
    return Asked(found.places, kinds if kinds & known else frozenset(), mention.type, adjective, doubted)


def _kinds_before(text: str, start: int, surface: str, normal: str) -> frozenset[str]:
    """'в провинции | Алеппо', 'остров | Самос'; not 'города | Туниса', where a country stands in the genitive."""
    word = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    return kinds_said(word[1]) if word is not None and surface == normal else frozenset()


def _kinds_after(text: str, end: int) -> frozenset[str]:
    """'Донецкую | и Луганскую области', 'Ленинградская |, Пензенская и Тульская области'."""
    match = _ALIKE.match(text, end)
    return frozenset() if match is None else _REGIONS if match[1] is None else _PROCLAIMED


def _beside(readings: Readings, mentions: Sequence[Mention], asked: dict[int, Asked]) -> dict[Uses, set[int]]:
    """Candidates -> the areas that stand right before or after one of their mentions, in brackets, or around it."""
    beside: dict[Uses, set[int]] = defaultdict(set)
    for a, b in pairwise(asked):
        if _adjacent(readings, mentions[a], mentions[b]):
            for name, area in ((a, b), (b, a)):
                beside[asked[name].places].update(areas([sure(asked[area])]))
    return beside


def _adjacent(readings: Readings, first: Mention, second: Mention) -> bool:
    a, b = first.span, second.span
    if a.reading != b.reading or b.start - a.end > 24:
        return False
    between = _BETWEEN.fullmatch(readings.clean[a.reading][a.end:b.start])
    return b.end <= a.end or (between is not None and (between[1] is None or bool(kinds_said(between[1]))))
