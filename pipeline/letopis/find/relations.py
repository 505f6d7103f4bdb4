"""Relations, first version: what brackets, nesting and positions state.

ABBREVIATION for 'Общественная палата ... (ОП ЕАЭС)', WORKPLACE and WORKS_AS for positions, LOCATED_IN for a facility or
HEADQUARTERED_IN for an organisation whose name holds a place.
"""

from collections.abc import Iterator

from letopis.find.clauses import Text
from letopis.layers import Mention, Position, Relation

VERSION = "1"
_PLACES = {"CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"}


def find_relations(text: Text, mentions: tuple[Mention, ...], positions: tuple[Position, ...]) -> tuple[Relation, ...]:
    """The relations of a batch, each once."""
    found = [r for finder in (_abbreviations(text, mentions), _nested(mentions), _work(mentions, positions)) for r in finder]
    unique = {(r.relation, r.subject, r.object): r for r in found}
    return tuple(unique.values())


def _abbreviations(text: Text, mentions: tuple[Mention, ...]) -> Iterator[Relation]:
    for i, short in enumerate(mentions):
        if i == 0 or short.form != "abbreviation" or short.type != "ORGANIZATION":
            continue
        full = _outermost_before(mentions, i)
        if full is None:
            continue
        a, b = mentions[full].span, short.span
        if text.readings.clean[a.reading][a.end:b.start].strip() == "(":
            yield Relation("ABBREVIATION", full, i, 0.9, "abbreviation_in_brackets_1")


def _outermost_before(mentions: tuple[Mention, ...], number: int) -> int | None:
    """The organisation that ends before a mention, none nested in it."""
    for i in range(number - 1, max(-1, number - 6), -1):
        m = mentions[i]
        if m.type == "ORGANIZATION" and m.span.reading == mentions[number].span.reading and m.parent is None:
            return i
    return None


def _nested(mentions: tuple[Mention, ...]) -> Iterator[Relation]:
    for i, place in enumerate(mentions):
        if place.parent is None or place.type not in _PLACES:
            continue
        kind = mentions[place.parent].type
        if kind == "ORGANIZATION":
            yield Relation("HEADQUARTERED_IN", place.parent, i, 0.7, "place_in_name_1")
        elif kind == "FACILITY":
            yield Relation("LOCATED_IN", place.parent, i, 0.7, "place_in_name_1")


def _work(mentions: tuple[Mention, ...], positions: tuple[Position, ...]) -> Iterator[Relation]:
    for p in positions:
        post = next((i for i, m in enumerate(mentions) if m.type == "PROFESSION" and _starts(m, p)), None)
        if post is not None:
            yield Relation("WORKS_AS", p.person, post, p.score, "position_1")
        if p.organisation is not None and mentions[p.organisation].type == "ORGANIZATION":
            yield Relation("WORKPLACE", p.person, p.organisation, p.score, "position_1")


def _starts(mention: Mention, position: Position) -> bool:
    return (mention.span.reading, mention.span.start) == (position.span.reading, position.span.start)
