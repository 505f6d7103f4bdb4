"""Numbers that measure something -> Quantity: counts, money, percents, ages, measures, with the event they belong to.

Contract. `find_quantities` reads every sentence that has a number word in it; spans run from the number through its
unit or counted noun (without 'около', without 'за баррель'), sorted by reading and start; one may stand inside another
('две 35-летние сестры'). What `times` holds is no quantity. A number whose unit nobody names is left out, so `unit` is
always there. It does not convert currencies, nor add quantities up.
"""

from collections import defaultdict
from itertools import groupby

import numpy as np

from letopis.find.amounts.bounds import is_approximate
from letopis.find.amounts.compound import put_together
from letopis.find.amounts.guards import is_refused
from letopis.find.amounts.lexicon import look_up, scores
from letopis.find.amounts.numbers import read_numbers
from letopis.find.amounts.readings import read
from letopis.find.amounts.sentence import Sentence
from letopis.find.amounts.shared import Known, Read, share
from letopis.find.amounts.ties import tie
from letopis.layers import Event, Quantity, Readings, Sentences, Span, Syntax, Time, Words

VERSION = "1"


def find_quantities(
    readings: Readings, sentences: Sentences, words: Words, syntax: Syntax,
    events: tuple[Event, ...], times: tuple[Time, ...],
) -> tuple[Quantity, ...]:
    """All quantities of a batch; `event` is a number in `events`."""
    starts = [i for i, form in enumerate(words.form) if look_up(form) is not None]
    taken, told = _by_sentence([time.span for time in times]), _by_sentence([event.span for event in events])
    found: list[Quantity] = []
    known = Known()
    for number, group in groupby(starts, key=lambda word: int(words.sentence[word])):
        first, last = words.first[number:number + 2].tolist()
        sentence = Sentence(number, int(sentences.reading[number]), first, last, words, syntax)
        same = bool(found) and found[-1].span.reading == sentence.reading
        known = known._replace(before=None) if same else Known()
        reads = _in_sentence(sentence, list(group), [*taken.get(number, {}).values()], known)
        triggers = _triggers(sentence, told.get(number, {}))
        for each, event in zip(reads, tie(sentence, reads, triggers), strict=True):
            found.append(_quantity(sentence, each, event))
            known = known.then(each)
    return tuple(found)


def _in_sentence(sentence: Sentence, starts: list[int], taken: list[Span], known: Known) -> list[Read]:
    free = [word for word in starts if not _overlaps(sentence, word, taken)]
    whole = (n for n in read_numbers(sentence, free) if not _overlaps(sentence, n.last, taken))
    numbers = [n for n in whole if not is_refused(sentence, n)]
    own = {n.first: Read(n, reading) for n in numbers if (reading := read(sentence, n))}
    return put_together(sentence, share(sentence, numbers, own, known))


def _quantity(sentence: Sentence, each: Read, event: int | None) -> Quantity:
    number, reading = each
    start, end = int(sentence.words.start[number.first]), int(sentence.words.end[max(reading.last, number.last)])
    high = None if number.high is None else round(number.high * reading.factor, 6)
    return Quantity(
        Span(sentence.reading, sentence.number, start, end), reading.kind, round(number.low * reading.factor, 6), high,
        is_approximate(sentence, number), reading.unit, event, scores()[reading.method], reading.method,
    )


def _overlaps(sentence: Sentence, word: int, taken: list[Span]) -> bool:
    start, end = int(sentence.words.start[word]), int(sentence.words.end[word])
    return any(span.start < end and start < span.end for span in taken)


def _by_sentence(spans: list[Span]) -> dict[int, dict[int, Span]]:
    """[sentence] number of the span in its list -> span."""
    sentences: defaultdict[int, dict[int, Span]] = defaultdict(dict)
    for i, span in enumerate(spans):
        sentences[span.sentence][i] = span
    return sentences


def _triggers(sentence: Sentence, told: dict[int, Span]) -> dict[int, int]:
    """Word -> number of the event whose trigger it stands in; the shorter trigger wins."""
    triggers: dict[int, int] = {}
    starts, ends = (column[sentence.first:sentence.last] for column in (sentence.words.start, sentence.words.end))
    for number, span in sorted(told.items(), key=lambda event: event[1].start - event[1].end):
        first, last = np.searchsorted(ends, span.start, "right"), np.searchsorted(starts, span.end, "left")
        triggers.update(dict.fromkeys(range(sentence.first + int(first), sentence.first + int(last)), number))
    return triggers
