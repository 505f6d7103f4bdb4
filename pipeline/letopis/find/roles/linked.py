"""Roles by the tagger's heads: what joins a trigger and an argument, and what joins the name of an event and its cause."""

from collections.abc import Iterator, Sequence

from letopis.encoder.tagger import Tagged
from letopis.find.clauses import feature, preposition, words_of_each
from letopis.find.roles.things import Things
from letopis.layers import Event, Role, Span

METHOD = "role_head_1"
NEREL_METHOD = "nerel_head_1"
LEAST = 0.15                          # probability of an argument times that of its role: best F1 on half of the held-out documents
_REASONS = {"HAS_CAUSE": "cause", "SUBEVENT_OF": "subevent_of"}


def joined(things: Things, _: list[Role]) -> Iterator[Role]:
    """Triggers and their arguments, the surest first; no word plays two parts in one event."""
    found = things.found
    events = _events(things)
    reading = found.text.sentences.reading.tolist()
    spans = [Span(reading[a.sentence], a.sentence, a.start, a.end) for a in found.tags.arguments]
    words = words_of_each(found.text, spans)
    taken: dict[int, list[Span]] = {}
    both = [(link.score * found.tags.arguments[link.two].score, link) for link in found.tags.roles]
    for sure, link in sorted(both, key=lambda one: (-one[0], one[1].one, one[1].two)):
        event, span = events[link.one], spans[link.two]
        if event is not None and sure >= LEAST:
            own = taken.setdefault(event, [found.events[event].span])
            if not any(span.start < other.end and other.start < span.end for other in own):
                own.append(span)
                name = _by_case(things, event, link.label, things.head(words[link.two]))
                yield things.role((event, name), span, words[link.two], (link.score, METHOD))


def _by_case(things: Things, event: int, name: str, argument: int) -> str:
    """Who acts and who suffers, told by syntax where the head confused them: 'звёзд поддержали', 'объявлено Думой'.

    Whom something is told is a patient, as in gold: 'сообщил журналистам'.
    """
    text, trigger = things.found.text, things.heads[event]
    if things.above[argument] != trigger or text.syntax.pos[trigger] != "VERB":
        return name
    if name == "agent" and text.syntax.deprel[argument] in ("obj", "iobj"):
        told = text.syntax.deprel[argument] == "obj" or things.found.events[event].type.startswith("statement.")
        return "patient" if told else "beneficiary"
    by = name == "patient" and feature(text, trigger, "Voice") == "Pass" and text.syntax.deprel[argument].startswith("obl")
    return "agent" if by and feature(text, argument, "Case") == "Ins" and not preposition(text, argument) else name


def _events(things: Things) -> list[int | None]:
    """[trigger] the event made of it: of its span, or over it where a name stands for it."""
    found = things.found
    own = {(e.span.sentence, e.span.start, e.span.end): i for i, e in enumerate(found.events)}
    named: dict[int, list[int]] = {}
    for i, event in enumerate(found.events):
        if event.mention is not None:
            named.setdefault(event.span.sentence, []).append(i)
    numbers = (own.get((t.sentence, t.start, t.end)) for t in found.tags.triggers)
    return [
        _over(found.events, named.get(t.sentence, ()), t) if number is None else number
        for t, number in zip(found.tags.triggers, numbers, strict=True)
    ]


def _over(events: Sequence[Event], near: Sequence[int], trigger: Tagged) -> int | None:
    spans = ((events[i].span, i) for i in near)
    return next((i for span, i in spans if span.start < trigger.end and trigger.start < span.end), None)


def reasons(things: Things, _: list[Role]) -> Iterator[Role]:
    """Causes, and the whole that something is a part of, between names of events."""
    found = things.found
    links = [link for link in found.tags.relations if link.label in _REASONS]
    names = [found.tags.names["nerel"][i] for link in links for i in (link.one, link.two)]
    reading = found.text.sentences.reading
    spans = [Span(int(reading[n.sentence]), n.sentence, n.start, n.end) for n in names]
    words = words_of_each(found.text, spans)
    for i, link in enumerate(links):
        event = things.events.get(things.head(words[2 * i]))
        if event is not None:
            yield things.role((event, _REASONS[link.label]), spans[2 * i + 1], words[2 * i + 1], (link.score, NEREL_METHOD))
