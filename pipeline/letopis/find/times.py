"""Time expressions: '14 по 16 ноября', 'в прошлую среду', 'до конца года' with the days they mean.

Contract. Every expression the grammar of `dates` reads becomes a Time: resolved against the day of publication (or
the text's own dateline) or against a date just spoken of ('на следующий день'), else without days and with a reason.
Expressions never overlap. Ages, durations, clock times without a day, scores, prices and names with dates in them are
not read.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from letopis.find.dates.anchors import anchors
from letopis.find.dates.calendar import Interval
from letopis.find.dates.candidates import Candidate, candidates
from letopis.find.dates.choice import NONE
from letopis.find.dates.lexicon import scores
from letopis.find.dates.ranges import anchor_of, basis_of, granularity_of, interval_of, told_of
from letopis.find.dates.resolve import Context
from letopis.find.dates.story import Spoken, Story
from letopis.find.dates.tense import direction_of
from letopis.layers import Documents, Readings, Sentences, Span, Syntax, Time, Words

VERSION = "1"        # raised whenever a text may give other rows than before
_NEW_RULE = 0.9     # the score of a rule too rare to be measured: the prior of the others


def find_times(
    documents: Documents, readings: Readings, sentences: Sentences, words: Words, syntax: Syntax
) -> tuple[Time, ...]:
    """All time expressions of the batch, by reading and start; a score is the measured precision of the rule."""
    found = tuple(candidates(words, syntax))
    days = anchors(documents, readings, sentences, found)
    times: list[Time] = []
    for reading, group in groupby(found, key=lambda candidate: int(sentences.reading[candidate.sentence])):
        times += _times_of(reading, tuple(group), days[int(readings.document[reading])], words, syntax)
    return tuple(times)


def _times_of(
    reading: int, found: Sequence[Candidate], anchor: date | None, words: Words, syntax: Syntax
) -> Iterator[Time]:
    story = Story()
    for candidate in found:
        basis = basis_of(candidate.expression)
        direction = NONE if basis == "explicit" else direction_of(candidate.first, candidate.last, words, syntax)
        context = Context(anchor, direction, story, candidate.sentence)
        time = _time(reading, candidate, basis, context)
        story = _heard(story, time, candidate, context)
        if not _is_length(time):
            yield time


def _time(reading: int, candidate: Candidate, basis: str, context: Context) -> Time:
    interval = interval_of(candidate.expression, context)
    span = Span(reading, candidate.sentence, candidate.start, candidate.end)
    score = scores().get(candidate.rule, _NEW_RULE)
    if isinstance(interval, str):
        granularity = granularity_of(candidate.expression)
        return Time(span, None, None, granularity, basis, None, interval, score, candidate.rule)
    counted_from = anchor_of(candidate.expression, context)
    return Time(span, *interval, basis, counted_from, None, score, candidate.rule)


def _is_length(time: Time) -> bool:
    """'вернулся спустя 29 лет' with no date to count from says how long, not when."""
    return time.method == "after_a_while" and time.reason == "no_anchor"


def _heard(story: Story, time: Time, candidate: Candidate, context: Context) -> Story:
    """The story with this date; a bare day whose year came from the text is as good as a full one."""
    found = Interval(time.start, time.end, time.granularity)
    told = None if time.reason else told_of(candidate.expression, found, context)
    full = time.basis == "explicit" or (time.basis == "year_inferred" and context.anchor is None)
    return story.heard(Spoken(told, candidate.sentence, full=full)) if told else story
