"""Where each happening was: the place of every event mention and what it rests on.

Contract. Reads events with their clusters; gives them in the same order with place and place_basis. First the most specific place
role; then a place that the event's clause states ('в посёлке Пески', 'под Донецком'), of a movement its destination first; then
what the first mention of the same happening has by these, all with the basis 'role'; for events of title and lead else what the
dateline, or the lead, says of the whole article. Adjectives of places ('московский') are no places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from letopis.find.clauses import Text, by_sentence, feature, head_word, preposition, words_of
from letopis.layers import Event, Mention, Role

VERSION = "2"
SPECIFIC = ("FACILITY", "DISTRICT", "CITY", "LOCATION", "STATE_OR_PROVINCE", "COUNTRY")
FARTHEST = 4                          # steps from the event to the place over the word they share
_HOLDERS = 2                          # nouns between a place and its preposition: 'в | посёлке городского типа Пески'
_DEPTH = 6
_OPENING = ("title", "heading", "dateline", "lead")
_AT = frozenset((
    "в", "во", "на", "под", "у", "близ", "около", "возле", "недалеко", "неподалеку", "над", "посреди", "внутри", "рядом",
))
_INSIDE = frozenset(("appos", "nmod", "flat", "flat:name", "conj", "compound"))


@dataclass(frozen=True, slots=True)
class Stated:
    """A place that the text says something is at."""

    mention: int
    head: int                         # its head word
    destination: bool                 # 'в Москву'


def place_events(
    text: Text, events: Sequence[Event], roles: Sequence[Role], mentions: tuple[Mention, ...]
) -> tuple[Event, ...]:
    """The events of a batch with their places."""
    by_event: dict[int, list[int]] = {}
    for role in roles:
        if role.role == "place" and role.mention is not None and mentions[role.mention].type in SPECIFIC:
            by_event.setdefault(role.event, []).append(role.mention)
    places = [
        [i for i in group if mentions[i].type in SPECIFIC and mentions[i].form != "adjective"]
        for group in by_sentence([m.span for m in mentions], len(text.sentences.role))
    ]
    busy = {e.span.sentence for e in events}
    stated = {s: list(_stated(text, mentions, group)) for s, group in enumerate(places) if group and s in busy}
    opening = opening_places(text, places, mentions)
    found = [
        _best(by_event[i], mentions) if i in by_event else _near(text, e, stated.get(e.span.sentence, ()), mentions)
        for i, e in enumerate(events)
    ]
    return tuple(_placed(text, e, place, opening) for e, place in zip(events, _shared(text, events, found), strict=True))


def _shared(text: Text, events: Sequence[Event], found: Sequence[int | None]) -> list[int | None]:
    """The places, those of a happening's first placed mention for its others without one."""
    keys = [(int(text.readings.document[e.span.reading]), e.cluster) for e in events]
    known: dict[tuple[int, int], int] = {}
    for key, place in zip(keys, found, strict=True):
        if place is not None:
            known.setdefault(key, place)
    return [known.get(key) if place is None else place for key, place in zip(keys, found, strict=True)]


def _placed(text: Text, event: Event, found: int | None, opening: dict[int, tuple[int, str]]) -> Event:
    if found is not None:
        return replace(event, place=found, place_basis="role")
    known = opening.get(int(text.readings.document[event.span.reading]))
    if known and text.sentences.role[event.span.sentence] in _OPENING:
        return replace(event, place=known[0], place_basis=known[1])
    return event


def _best(found: Sequence[int], mentions: tuple[Mention, ...]) -> int:
    """The most specific; the first named of equals."""
    return min(found, key=lambda i: (SPECIFIC.index(mentions[i].type), mentions[i].span.start))


def _stated(text: Text, mentions: tuple[Mention, ...], group: Sequence[int]) -> Iterator[Stated]:
    """The places of a sentence that stand behind a preposition of place."""
    for number in group:
        head = head_word(text, *words_of(text, mentions[number].span))
        holder, before = head, preposition(text, head)
        for _ in range(_HOLDERS):
            above = int(text.syntax.head[holder])
            if before or above < 0 or text.syntax.deprel[holder] not in _INSIDE:
                break
            holder, before = above, preposition(text, above)
        if before in _AT:
            yield Stated(number, head, feature(text, holder, "Case") == "Acc")


def _near(text: Text, event: Event, stated: Sequence[Stated], mentions: tuple[Mention, ...]) -> int | None:
    """The stated place with the shortest way to the event, of equals the most specific; of a movement a destination first."""
    if not stated:
        return None
    first, last = words_of(text, event.span)
    head = head_word(text, first, last)
    moves = event.type.startswith("movement.")
    chain = _chain(text, head)
    ways = [(_steps(chain, _chain(text, s.head)), s) for s in stated if not first <= s.head < last]
    kept = [(moves and not s.destination, steps, SPECIFIC.index(mentions[s.mention].type), abs(s.head - head), s.mention)
            for steps, s in ways if steps <= FARTHEST]
    return min(kept)[-1] if kept else None


def _chain(text: Text, word: int) -> list[int]:
    """A word and the heads above it."""
    chain = [word]
    while len(chain) <= _DEPTH:
        above = int(text.syntax.head[chain[-1]])
        if above < 0:
            break
        chain.append(above)
    return chain


def _steps(one: Sequence[int], other: Sequence[int]) -> int:
    """Steps between two words over the first one that both hang on."""
    return next((i + other.index(word) for i, word in enumerate(one) if word in other), 2 * _DEPTH)


def opening_places(text: Text, places: Sequence[Sequence[int]], mentions: tuple[Mention, ...]) -> dict[int, tuple[int, str]]:
    """document -> the place its dateline names, else the first city or country of its lead, with the basis."""
    found: dict[int, tuple[int, str]] = {}
    for sentence, role in enumerate(text.sentences.role):
        if role not in ("dateline", "lead"):
            continue
        document = int(text.readings.document[text.sentences.reading[sentence]])
        towns = [i for i in places[sentence] if mentions[i].type in ("CITY", "COUNTRY", "STATE_OR_PROVINCE")]
        if towns and (document not in found or (role == "dateline" and found[document][1] != "dateline")):
            found[document] = (min(towns, key=lambda i: SPECIFIC.index(mentions[i].type)), role)
    return found
