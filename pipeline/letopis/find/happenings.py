"""Happenings: which event mentions of a document are one, and how much the article is about each.

Contract: the events in their order, with `cluster` and `part` (numbers from 0 in each document, by their first mentions) and
`salience`; nothing else of them changes. `coreference` and `salience` say how.
"""

from dataclasses import replace

from letopis.find import salience
from letopis.find.coreference import Found, columns, happenings_and_parts
from letopis.layers import Event


def join(found: Found, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of a batch with their happenings."""
    if not events:
        return ()
    seen = columns(found, events)
    numbers, parts = happenings_and_parts(seen)
    weights = salience.salience(seen, numbers)
    return tuple(
        replace(e, cluster=n, part=p, salience=w) for e, n, p, w in zip(events, numbers, parts, weights, strict=True)
    )
