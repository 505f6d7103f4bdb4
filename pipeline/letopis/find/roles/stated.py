"""Roles that syntax states where the tagger's heads say nothing."""

from collections.abc import Iterable, Iterator

from letopis.find.clauses import phrase, span_of
from letopis.find.roles.things import Things
from letopis.layers import Role

CAUSE_METHOD, OBJECT_METHOD = "role_cause_1", "role_object_1"
_CAUSES = frozenset(form for word in ("из-за", "вследствие", "благодаря", "ввиду") for form in (word, word.capitalize()))
CAUSE_SCORE, OBJECT_SCORE = 0.24, 0.4


def prepositions(things: Things, _: list[Role]) -> Iterator[Role]:
    """'завод остановили из-за аварии': a happening under a preposition of cause."""
    found, above = things.found, things.above
    for word in (w for w, form in enumerate(found.text.words.form) if form in _CAUSES and found.text.syntax.deprel[w] == "case"):
        cause = things.events.get(above[word])
        number = None if cause is None else things.events.get(above[things.heads[cause]])
        if cause is not None and number is not None and number != cause:
            span = found.events[cause].span
            yield Role(number, "cause", span, "event", None, None, None, cause, CAUSE_SCORE, CAUSE_METHOD)


def objects(things: Things, rows: list[Role]) -> Iterator[Role]:
    """The noun that a verb governs, or the subject of a passive, of an event without a patient."""
    text, taken = things.found.text, _taken(rows)
    for number, words in enumerate(things.triggers):
        if "patient" in taken.get(number, {}):
            continue
        for child in text.children[things.heads[number]]:
            fits = text.syntax.deprel[child] in ("obj", "nsubj:pass") and text.syntax.pos[child] in ("NOUN", "PROPN")
            if fits and child not in things.events and not words[0] <= child < words[1]:
                first, last = phrase(text, child)
                span = span_of(text, first, last)
                if not any(a < span.end and span.start < b for own in taken.get(number, {}).values() for a, b in own):
                    yield things.role((number, "patient"), span, (first, last), (OBJECT_SCORE, OBJECT_METHOD))


def _taken(rows: Iterable[Role]) -> dict[int, dict[str, list[tuple[int, int]]]]:
    """Event -> role -> spans."""
    taken: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for row in rows:
        taken.setdefault(row.event, {}).setdefault(row.role, []).append((row.span.start, row.span.end))
    return taken
