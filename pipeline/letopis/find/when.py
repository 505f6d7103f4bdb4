"""When each happening was: the days of every event mention, the same for all mentions of one happening in a document.

Contract. Reads events with their clusters and the time expressions; gives the events in the same order with start, end,
granularity and date_basis: the basis of the expression chosen, 'dateline' or 'lead' for the day of the report else, all
None where nothing tells. Two looks (see `dating`): which expression of the text, the report's day or nothing speaks for a mention;
then what the other mentions of its happening, stem, type, sentence and document make of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from letopis.find.clauses import Text
from letopis.find.dating.agree import Cells, Stretches, cells_of, groups_of, measures, pool, score, stretches_of
from letopis.find.dating.look import Look, look_at
from letopis.find.dating.weights import Weights, total, weights
from letopis.layers import Documents, Event, Ints, Role, Time

VERSION = "2"
SILENCE = -2.75                      # added to what speaks for no day: gold leaves events undated that a reader could date
DIGITS = 4


def date_events(
    text: Text, documents: Documents, events: tuple[Event, ...], times: Sequence[Time], roles: Sequence[Role]
) -> tuple[Event, ...]:
    """The events of a batch with their days; `roles` of these events."""
    if not events:
        return events
    look = look_at(text, documents, events, times, roles)
    stretches = stretches_of(look.moments, look.document)
    cells = first_look(look, stretches, weights())
    chosen = choose(look, stretches, cells, events)
    answers = zip(events, enumerate(chosen.tolist()), strict=True)
    return tuple(_dated(look, stretches, times, event, answer) for event, answer in answers)


def first_look(look: Look, stretches: Stretches, table: Weights) -> Cells:
    """The probabilities of each mention by itself."""
    count = len(look.grounds.head)
    scores = (
        total(table, "pair", look.of_pairs, len(look.event)), total(table, "report", look.of_events, count),
        total(table, "none", look.of_events, count),
    )
    return cells_of(look.grounds, stretches, (look.event, look.moment, look.same), scores)


def choose(look: Look, stretches: Stretches, cells: Cells, events: Sequence[Event], table: Weights | None = None) -> Ints:
    """[event] its column of the stretches, the one after the last for no day. The surest mention of a happening speaks for all."""
    known = (table or weights()).measures
    groups = grouped(look, events)
    dates, none = measures(cells, groups)
    days = score(dates, known["agree"])
    days[(stretches.start[look.grounds.document] == 0) & (stretches.end[look.grounds.document] == 0)] = -np.inf
    whole = np.concatenate((days, (score(none, known["agree_none"]) + SILENCE)[:, None]), axis=1)
    odds = np.exp(whole - whole.max(axis=1, keepdims=True))
    share = (odds / odds.sum(axis=1, keepdims=True)).round(DIGITS)
    share[:, -1] *= -1.0                                    # no day only where no mention knows one: the lowest, not the highest
    _, surest = pool(share, groups["happening"])
    surest[:, -1] *= -1.0
    chosen: Ints = surest.argmax(axis=1).astype(np.int32)
    return chosen


def grouped(look: Look, events: Sequence[Event]) -> dict[str, Ints]:
    """The groups of the second look."""
    cluster = np.array([e.cluster for e in events], np.int32)
    return groups_of(look.grounds, cluster, np.array([e.type.startswith("statement.") for e in events]))


def _dated(look: Look, stretches: Stretches, times: Sequence[Time], event: Event, answer: tuple[int, int]) -> Event:
    number, column = answer
    document = int(look.grounds.document[number])
    if column == stretches.start.shape[1]:
        return event
    start, end = int(stretches.start[document, column]), int(stretches.end[document, column])
    granularity, basis = _told(look, times, number, (start, end), column == stretches.report[document])
    return replace(event, start=_day(start), end=_day(end), granularity=granularity, date_basis=basis)


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _told(look: Look, times: Sequence[Time], number: int, days: tuple[int, int], is_report: bool) -> tuple[str, str]:
    """Granularity and basis, of the nearest moment with these days; of the report where none of its sentence has them."""
    near, same = _moments(look, number, days)
    if is_report and not same.any():
        return "day", "dateline" if look.moments.stated[look.grounds.document[number]] else "lead"
    nearest = near[same] if same.any() else near
    moment = int(nearest.min()) if len(nearest) else _first(look, number, days)
    time = times[int(look.moments.time[moment])]
    return "range" if look.moments.listed[moment] else time.granularity, time.basis


def _moments(look: Look, number: int, days: tuple[int, int]) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The event's moments with these days, and which of them are of its sentence."""
    first, last = np.searchsorted(look.event, np.array((number, number + 1), look.event.dtype)).tolist()
    moment = look.moment[first:last]
    equal = (look.moments.start[moment] == days[0]) & (look.moments.end[moment] == days[1])
    return moment[equal], look.same[first:last][equal]


def _first(look: Look, number: int, days: tuple[int, int]) -> int:
    """The first moment of the document with these days."""
    own = look.document == look.grounds.document[number]
    return int(np.flatnonzero(own & (look.moments.start == days[0]) & (look.moments.end == days[1]))[0])
