"""What may play a part in an event, by the words it stands at: names, anaphors, time expressions and other events."""

from collections.abc import Sequence
from dataclasses import dataclass

from letopis.encoder.tagger import Tags
from letopis.find.clauses import Text, words_of_each
from letopis.layers import Anaphor, Event, Mention, Role, Span, Time

_NO_PARTS = frozenset(("EVENT", "DATE", "TIME", "AGE", "NUMBER", "ORDINAL", "PERCENT"))
_BARE = frozenset((         # names that stand without the rest of their phrase: '(министр) Сергей Черёмин', '(соседней) Эфиопии'
    "PERSON", "ORGANIZATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY",
))
_APART = ("appos", "flat", "flat:name")
Words = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """The layers that roles are found among."""

    text: Text
    tags: Tags
    events: tuple[Event, ...]
    mentions: tuple[Mention, ...]
    anaphors: tuple[Anaphor, ...]
    times: tuple[Time, ...]


class Things:
    """A batch's things, each by number: events and times at every word they cover, anaphors too, names at their head words."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.above: list[int] = found.text.syntax.head.tolist()
        self.triggers = words_of_each(found.text, [e.span for e in found.events])
        self.heads = [self.head(words) for words in self.triggers]
        self.events = _covered(self.triggers)
        self.times = _covered(words_of_each(found.text, [t.span for t in found.times]))
        self.anaphors = _covered(words_of_each(found.text, [a.span for a in found.anaphors]))
        self.names: dict[int, list[int]] = {}
        for i, words in enumerate(words_of_each(found.text, [m.span for m in found.mentions])):
            if found.mentions[i].type not in _NO_PARTS:
                self.names.setdefault(self.head(words), []).append(i)

    def head(self, words: Words) -> int:
        """The first of some words whose head lies outside."""
        first, last = words
        if last == first + 1:
            return first
        return next((w for w in range(first, last) if not first <= self.above[w] < last), first)

    def role(self, part: tuple[int, str], span: Span, words: Words, basis: tuple[float, str]) -> Role:
        """The row of a span that plays a part in an event; on a basis of score and method."""
        head = self.head(words)
        row = self._time(span, words) if part[1] == "time" else None
        row = row or self._name(span, words, head) or self._event(part[0], span, head) or self._other(span, words, head)
        kind, own, numbers = row
        return Role(*part, own, kind, *numbers, *basis)

    def _time(self, span: Span, words: Words) -> "Row | None":
        """The expression in it; of several ('25 и 26 июля') the first, over all of them."""
        times = sorted({self.times[w] for w in range(*words) if w in self.times})
        if not times:
            return None
        own = self.found.times[times[0]].span if len(times) == 1 else span
        return "time", own, (None, None, times[0], None)

    def _name(self, span: Span, words: Words, head: int) -> "Row | None":
        """The name at its head, or the person that stands beside it: 'министр ... Сергей Черёмин'."""
        number = self._nearest(head, span)
        mentions, text = self.found.mentions, self.found.text
        for child in text.children[head] if number is None or mentions[number].type == "PROFESSION" else ():
            beside = self._nearest(child, span) if words[0] <= child < words[1] and text.syntax.deprel[child] in _APART else None
            if beside is not None and mentions[beside].type == "PERSON":
                number = beside
                break
        if number is None:
            return None
        named = mentions[number]
        return "name", named.span if named.type in _BARE else span, (number, None, None, None)

    def _nearest(self, head: int, span: Span) -> int | None:
        """Of the names with this head, the one most alike in extent."""
        spans = [(self.found.mentions[i].span, i) for i in self.names.get(head, ())]
        return min(spans, key=lambda one: abs(one[0].start - span.start) + abs(one[0].end - span.end))[1] if spans else None

    def _event(self, event: int, span: Span, head: int) -> "Row | None":
        other = self.events.get(head)
        return None if other is None or other == event else ("event", span, (None, None, None, other))

    def _other(self, span: Span, words: Words, head: int) -> "Row":
        pronoun = words[1] == words[0] + 1 and self.found.text.syntax.pos[head] in ("PRON", "DET")
        return "pronoun" if pronoun else "nominal", span, (None, self.anaphors.get(head), None, None)


Row = tuple[str, Span, tuple[int | None, int | None, int | None, int | None]]
"""Kind, span, and the numbers of mention, anaphor, time and event."""


def _covered(each: Sequence[Words]) -> dict[int, int]:
    """word -> number of the last thing over it."""
    return {word: i for i, (first, last) in enumerate(each) for word in range(first, last)}
