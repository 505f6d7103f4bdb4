"""What an event mention takes from its surroundings: date, place, source, salience, and the happening it belongs to.

First version. A date or place that a role states comes first, then what stands in the sentence, then what title, dateline
and lead tell of the whole article; the basis is kept. `cluster` joins mentions of one type and trigger inside a document,
statements never.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from letopis.find.clauses import Text, by_sentence, feature, words_of
from letopis.layers import Documents, Event, Mention, Quote, Role, Time

VERSION = "1"
_SPECIFIC = ("FACILITY", "DISTRICT", "CITY", "LOCATION", "STATE_OR_PROVINCE", "COUNTRY")
_OPENING = ("title", "heading", "dateline", "lead")

Found: TypeAlias = tuple[tuple[Mention, ...], tuple[Time, ...], tuple[Quote, ...]]


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the events of a batch."""

    text: Text
    documents: Documents
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    roles: dict[int, list[Role]]      # event -> its roles
    times_in: list[list[int]]         # [sentence] its resolved times
    places_in: list[list[int]]        # [sentence] its mentions of places, adjectives left out
    quotes_in: list[list[int]]        # [sentence]
    quotes: tuple[Quote, ...]
    opening_place: dict[int, tuple[int, str]]   # document -> (mention, basis)


def settle(
    text: Text, documents: Documents, events: tuple[Event, ...], roles: tuple[Role, ...], found: Found
) -> tuple[Event, ...]:
    """The events with date, place, source, salience and cluster; in the same order. `found`: mentions, times, quotes."""
    around = _around(text, documents, roles, found)
    placed = [_place(around, i, _date(around, i, e)) for i, e in enumerate(events)]
    sourced = [_source(around, e) for e in placed]
    clustered = _clusters(around, sourced)
    return tuple(_salience(around, clustered))


def _around(
    text: Text, documents: Documents, roles: tuple[Role, ...], found: Found
) -> Around:
    mentions, times, quotes = found
    count = len(text.sentences.role)
    of_event: dict[int, list[Role]] = {}
    for role in roles:
        of_event.setdefault(role.event, []).append(role)
    times_in = [[i for i in g if times[i].reason is None] for g in by_sentence([t.span for t in times], count)]
    places = [
        [i for i in g if mentions[i].type in _SPECIFIC and mentions[i].form != "adjective"]
        for g in by_sentence([m.span for m in mentions], count)
    ]
    quoted = by_sentence([q.span for q in quotes], count)
    opening = _opening_places(text, places, mentions)
    return Around(text, documents, mentions, times, of_event, times_in, places, quoted, quotes, opening)


def _opening_places(text: Text, places: Sequence[Sequence[int]], mentions: tuple[Mention, ...]) -> dict[int, tuple[int, str]]:
    """document -> the place its dateline names, else the first city or country of its lead."""
    found: dict[int, tuple[int, str]] = {}
    for sentence, role in enumerate(text.sentences.role):
        document = int(text.readings.document[text.sentences.reading[sentence]])
        towns = [i for i in places[sentence] if mentions[i].type in ("CITY", "COUNTRY", "STATE_OR_PROVINCE")]
        if towns and role in ("dateline", "lead") and (document not in found or found[document][1] != "dateline"):
            best = min(towns, key=lambda i: _SPECIFIC.index(mentions[i].type))
            if role == "dateline" or document not in found:
                found[document] = (best, role)
    return found


def _date(around: Around, number: int, event: Event) -> Event:
    stated = [r.time for r in around.roles.get(number, ()) if r.time is not None and around.times[r.time].reason is None]
    nearby = around.times_in[event.span.sentence]
    chosen = stated or (nearby if len(nearby) == 1 else [])
    if chosen:
        time = around.times[chosen[0]]
        return replace(event, start=time.start, end=time.end, granularity=time.granularity, date_basis=time.basis)
    day = _published(around, event)
    if day and not nearby and event.realis == "actual" and _reports_news(around.text, event):
        return replace(event, start=day, end=day, granularity="day", date_basis="lead")
    return event


def _published(around: Around, event: Event) -> date | None:
    return around.documents[int(around.text.readings.document[event.span.reading])].published_date


def _reports_news(text: Text, event: Event) -> bool:
    """A finished verb of the title or lead: 'Сотрудники полиции задержали ...'."""
    word = words_of(text, event.span)[0]
    past = feature(text, word, "Tense") == "Past" and feature(text, word, "Aspect") == "Perf"
    return past and text.sentences.role[event.span.sentence] in _OPENING


def _place(around: Around, number: int, event: Event) -> Event:
    stated = [r.mention for r in around.roles.get(number, ()) if r.role == "place" and r.mention is not None]
    if stated:
        best = min(stated, key=lambda i: _SPECIFIC.index(around.mentions[i].type))
        return replace(event, place=best, place_basis="role")
    document = int(around.text.readings.document[event.span.reading])
    opening = around.opening_place.get(document)
    if opening and around.text.sentences.role[event.span.sentence] in _OPENING:
        return replace(event, place=opening[0], place_basis=opening[1])
    return event


def _source(around: Around, event: Event) -> Event:
    """Whoever speaks where the event stands inside reported speech."""
    for i in around.quotes_in[event.span.sentence]:
        quote = around.quotes[i]
        inside = quote.span.start <= event.span.start and event.span.end <= quote.span.end
        if inside and quote.span.reading == event.span.reading and quote.speaker_mention is not None:
            return replace(event, source=quote.speaker_mention)
    return event


def _clusters(around: Around, events: list[Event]) -> list[Event]:
    numbers: dict[int, dict[tuple[object, ...], int]] = {}
    out = []
    for i, event in enumerate(events):
        document = int(around.text.readings.document[event.span.reading])
        own = numbers.setdefault(document, {})
        key = ("statement", i) if event.type.startswith("statement.") else (event.type, event.lemma.split()[-1], event.realis)
        out.append(replace(event, cluster=own.setdefault(key, len(own))))
    return out


def _salience(around: Around, events: list[Event]) -> list[Event]:
    """Where it stands, how often it is spoken of, and whether it is more than somebody's words."""
    documents = [int(around.text.readings.document[e.span.reading]) for e in events]
    often = Counter((d, e.cluster) for d, e in zip(documents, events, strict=True))
    opening = {
        (d, e.cluster): around.text.sentences.role[e.span.sentence]
        for d, e in zip(reversed(documents), reversed(events), strict=True)
        if around.text.sentences.role[e.span.sentence] in _OPENING
    }
    out = []
    for document, event in zip(documents, events, strict=True):
        key = (document, event.cluster)
        place = {"title": 0.5, "heading": 0.5, "lead": 0.35, "dateline": 0.35}.get(opening.get(key, ""), 0.1)
        weight = place + 0.1 * min(often[key] - 1, 3) + (0.15 if event.mention is not None else 0.0)
        statement = 0.4 if event.type.startswith("statement.") else 1.0
        out.append(replace(event, salience=round(min(weight, 1.0) * statement, 4)))
    return out
