"""Event mentions: the triggers the tagger found, with their types and realis, and numbered gatherings it saw none in.

Contract: one row a trigger, in order; triggers never overlap. A named event ('Первый Евразийский конгресс народной дипломатии') is
one row, over its whole name, and has the number of its EVENT mention. Who, where and when are settled later (`find.settle`).
"""

from collections import defaultdict
from collections.abc import Iterator

from letopis.encoder.tagger import Kind, Tagged, Tags
from letopis.find.clauses import Text, by_sentence, feature, words_of
from letopis.find.gatherings import types
from letopis.find.mentions import GATHERING_METHOD, METHOD
from letopis.layers import Event, Mention, Span

VERSION = "3"
SECOND = 0.25                         # probability of a type that is given beside the likeliest


def find_triggers(text: Text, tags: Tags, mentions: tuple[Mention, ...]) -> tuple[Event, ...]:
    """The event mentions of a batch, in order, with neither date nor place yet."""
    named = _named(text, mentions)
    events = {e.span: e for e in _gatherings(text, mentions, tags)}
    for trigger, kind in zip(tags.triggers, tags.kinds, strict=True):
        mention = next((i for i in named[trigger.sentence] if _touches(mentions[i].span, trigger)), None)
        event = _event(text, mentions, (trigger, kind), mention)
        events.setdefault(event.span, event)
    return tuple(sorted(events.values(), key=lambda e: (e.span.reading, e.span.start, -e.span.end)))


def _gatherings(text: Text, mentions: tuple[Mention, ...], tags: Tags) -> Iterator[Event]:
    """The numbered gatherings in which the tagger saw no trigger."""
    seen: defaultdict[int, list[Tagged]] = defaultdict(list)
    for trigger in tags.triggers:
        seen[trigger.sentence].append(trigger)
    for number, m in enumerate(mentions):
        if m.method == GATHERING_METHOD and not any(_touches(m.span, t) for t in seen[m.span.sentence]):
            words = [w for w in range(*words_of(text, m.span)) if text.syntax.lemma[w].lower() in types()]
            kind = (types()[text.syntax.lemma[words[0]].lower()], None, m.score, _realis(text, words[0]))
            yield _row(text, m.span, number, kind, (m.score, GATHERING_METHOD))


def _realis(text: Text, head: int) -> str:
    """A gathering is planned where its verb stands in the future: 'пройдёт Первый конгресс историков'."""
    verb = int(text.syntax.head[head])
    return "planned" if verb >= 0 and feature(text, verb, "Tense") == "Fut" else "actual"


def _named(text: Text, mentions: tuple[Mention, ...]) -> list[list[int]]:
    """[sentence] numbers of the EVENT mentions that are names."""
    groups = by_sentence([m.span for m in mentions], len(text.sentences.role))
    return [[i for i in group if mentions[i].type == "EVENT" and _is_name(text, mentions[i])] for group in groups]


def _is_name(text: Text, mention: Mention) -> bool:
    """A capital, and not only because a sentence begins there."""
    first, last = words_of(text, mention.span)
    opening = int(text.words.first[mention.span.sentence])
    return any(text.words.form[w][0].isupper() for w in range(first + (first == opening), last))


def _touches(span: Span, trigger: Tagged) -> bool:
    return span.start < trigger.end and trigger.start < span.end


def _event(text: Text, mentions: tuple[Mention, ...], found: tuple[Tagged, Kind], mention: int | None) -> Event:
    trigger, kind = found
    own = Span(int(text.sentences.reading[trigger.sentence]), trigger.sentence, trigger.start, trigger.end)
    span = own if mention is None else mentions[mention].span
    (first, _), (second, likely), *_ = kind.types
    known = (first, second if likely >= SECOND else None, kind.score, kind.realis[0][0])
    return _row(text, span, mention, known, (trigger.score, METHOD))


def _row(
    text: Text, span: Span, mention: int | None, kind: tuple[str, str | None, float, str], found: tuple[float, str]
) -> Event:
    """A row of `kind`: type, second type, how sure the type is, realis; `found`: score and method."""
    return Event(
        span=span, lemma=" ".join(text.syntax.lemma[w] for w in range(*words_of(text, span))), type=kind[0], type2=kind[1],
        type_score=kind[2], realis=kind[3], start=None, end=None, granularity=None, date_basis=None, place=None,
        place_basis=None, mention=mention, source=None, salience=0.0, cluster=0, score=found[0], method=found[1],
    )
