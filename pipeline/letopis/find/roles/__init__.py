"""Roles of events: who does it, takes part, suffers it, arranges it or gains by it, where, when, with what, why.

Contract. A batch's roles in order of events and spans, at most one row an event, role and span; each lies in its event's sentence.
First what the tagger's heads join (`linked`), then what syntax adds to them (`stated`). A participant is its name where it has one,
else its anaphor, else its own span (`kind` nominal or pronoun); a day is its time expression, a happening its event. Place and day
of the whole article are the matter of `find.where` and `find.when`.
"""

from collections.abc import Callable, Iterator

from letopis.encoder.tagger import Tags
from letopis.find.clauses import Text
from letopis.find.roles.linked import joined, reasons
from letopis.find.roles.stated import objects, prepositions
from letopis.find.roles.things import Found, Things
from letopis.layers import Anaphor, Event, Mention, Role, Time

VERSION = "3"

RULES: tuple[Callable[[Things, list[Role]], Iterator[Role]], ...] = (joined, reasons, prepositions, objects)
"""What finds roles, in order; each sees the rows before it."""


def find_roles(
    text: Text, tags: Tags, events: tuple[Event, ...], among: tuple[tuple[Mention, ...], tuple[Anaphor, ...], tuple[Time, ...]]
) -> tuple[Role, ...]:
    """The roles of a batch's events, `among` its mentions, anaphors and times."""
    if not events:
        return ()
    things = Things(Found(text, tags, events, *among))
    rows: list[Role] = []
    known: set[tuple[int, str, int, int]] = set()
    for rule in RULES:
        for row in list(rule(things, rows)):
            key = (row.event, row.role, row.span.start, row.span.end)
            if key not in known:
                known.add(key)
                rows.append(row)
    return tuple(sorted(rows, key=lambda r: (r.event, r.span.start, -r.span.end, r.role)))
