"""What an event mention takes from its surroundings: date, place and source.

Days come from `find.when`, places from `find.where`; which mentions are one happening is known before (`find.happenings`).
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

from letopis.find.clauses import Text, by_sentence
from letopis.find.when import date_events
from letopis.find.where import place_events
from letopis.layers import Documents, Event, Mention, Quote, Role, Time

VERSION = "2"

Found: TypeAlias = tuple[tuple[Mention, ...], tuple[Time, ...], tuple[Quote, ...]]


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the events of a batch."""

    text: Text
    quotes_in: list[list[int]]        # [sentence]
    quotes: tuple[Quote, ...]


def settle(
    text: Text, documents: Documents, events: tuple[Event, ...], roles: tuple[Role, ...], found: Found
) -> tuple[Event, ...]:
    """The events with date, place and source; in the same order. `found`: mentions, times, quotes."""
    around = _around(text, found)
    mentions, times, _ = found
    placed = place_events(text, events, roles, mentions)
    return date_events(text, documents, tuple(_source(around, e) for e in placed), times, roles)


def _around(text: Text, found: Found) -> Around:
    _, _, quotes = found
    return Around(text, by_sentence([q.span for q in quotes], len(text.sentences.role)), quotes)


def _source(around: Around, event: Event) -> Event:
    """Whoever speaks where the event stands inside reported speech."""
    for i in around.quotes_in[event.span.sentence]:
        quote = around.quotes[i]
        inside = quote.span.start <= event.span.start and event.span.end <= quote.span.end
        if inside and quote.span.reading == event.span.reading and quote.speaker_mention is not None:
            return replace(event, source=quote.speaker_mention)
    return event
