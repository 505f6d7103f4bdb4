"""Mentions: what the tagger names, by NEREL's 29 types, and the adjectives of places it passed over.

Contract: spans nest, never cross, and lie in one sentence. `form` is filled for people, organisations and places. `score` is the
tagger's probability that span and type are right; of an adjective the gazetteer found, the share that was. Time expressions are
`find.times`' matter: a mention DATE or TIME is what NEREL calls one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from letopis.encoder.tagger import Tags
from letopis.find.clauses import Text, span_of, words_of, words_of_each
from letopis.find.gatherings import numbered
from letopis.find.gazetteer import gazetteer
from letopis.find.naming.scene import PLACES
from letopis.find.places import TYPE_OF_KIND, find_places
from letopis.find.retyping import numbers_of_diseases, retyped
from letopis.layers import Mention, Span
from letopis.text.dictionary import parses
from letopis.text.normal import normal_forms

VERSION = "3"
METHOD = "tagger_1"
ADJECTIVE_METHOD, ADJECTIVE_SCORE = "place_adjective_1", 0.67       # right among those added on NEREL's dev part: 26 of 39
GATHERING_METHOD, GATHERING_SCORE = "numbered_gathering_1", 0.75    # exact on NEREL's train and dev parts: 18 of 24

_BODIES = {"ORGANIZATION", "WORK_OF_ART", "PRODUCT"}
_FORMED = {"PERSON", "ORGANIZATION", *PLACES}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may name something."""

    span: Span
    type: str
    form: str | None
    score: float
    method: str


def find_mentions(text: Text, tags: Tags) -> tuple[tuple[Mention, ...], tuple[str | None, ...]]:
    """The mentions of a batch in order, longer first, and the gazetteer's key of each."""
    candidates = list(_tagged(text, tags))
    for rule in RULES:
        candidates = rule(text, candidates)
    candidates = _nested(candidates)
    normals = normal_forms(text.readings, text.words, text.syntax, [c.span for c in candidates], [c.type for c in candidates])
    named = tuple(
        retyped(Mention(c.span, c.type, c.form, normal, None, c.score, c.method), _surface(text, c.span))
        for c, normal in zip(candidates, normals, strict=True)
    )
    placed = [(m, k) for m, k in zip(named, find_places(text.readings, named), strict=True) if k or m.method != ADJECTIVE_METHOD]
    parents = _parents([m.span for m, _ in placed])
    found = tuple(
        Mention(m.span, _type(m, k), m.form, m.normal, parent, m.score, m.method)
        for (m, k), parent in zip(placed, parents, strict=True)
    )
    keys = tuple(k if m.type in PLACES else None for m, (_, k) in zip(found, placed, strict=True))
    return numbers_of_diseases(found, [_surface(text, m.span) for m in found]), keys


def _surface(text: Text, span: Span) -> str:
    return text.readings.clean[span.reading][span.start:span.end]


def _tagged(text: Text, tags: Tags) -> Iterator[Candidate]:
    for name in tags.names["nerel"]:
        span = Span(int(text.sentences.reading[name.sentence]), name.sentence, name.start, name.end)
        form = _form(text, span) if name.type in _FORMED else None
        yield Candidate(span, name.type, form, name.score, METHOD)


def _form(text: Text, span: Span) -> str:
    """'российский' is an adjective, 'МИД' an abbreviation, 'полиция' nominal; 'ЛОНДОН' is a name in capitals."""
    first, last = words_of(text, span)
    surface = _surface(text, span)
    if last - first == 1 and text.syntax.pos[first] == "ADJ" and _of_place(text, first):
        return "adjective"
    if not any(c.isupper() or c.isdigit() for c in surface):
        return "nominal"
    return "abbreviation" if last - first == 1 and _is_abbreviation(surface) else "name"


def _is_abbreviation(surface: str) -> bool:
    capitals = sum(c.isupper() for c in surface) >= 2
    return capitals and not any(p.is_known and "Abbr" not in p.tag for p in parses(surface.lower()))


def _of_place(text: Text, word: int) -> bool:
    return gazetteer().adjective(text.syntax.lemma[word].lower()) is not None


def _without_addresses(text: Text, candidates: list[Candidate]) -> list[Candidate]:
    """An address of the net holds no name."""
    words = words_of_each(text, [c.span for c in candidates])
    return [c for c, (first, _) in zip(candidates, words, strict=True) if text.syntax.pos[first] != "SYM"]


def _with_adjectives(text: Text, candidates: list[Candidate]) -> list[Candidate]:
    """'уральский': an adjective the gazetteer knows, outside every place; `_type` gives it the type of its place."""
    inside = {w for c in candidates if c.type in PLACES for w in range(*words_of(text, c.span))}
    words = [w for w, pos in enumerate(text.syntax.pos) if pos == "ADJ" and w not in inside and _of_place(text, w)]
    found = (span_of(text, w, w + 1) for w in words)
    return candidates + [Candidate(s, "LOCATION", "adjective", ADJECTIVE_SCORE, ADJECTIVE_METHOD) for s in found]


def _with_numbered_gatherings(text: Text, candidates: list[Candidate]) -> list[Candidate]:
    """'Первый Евразийский Конгресс' is an event, not a body that meets, and so is 'Конгресс' alone in its document."""
    events = {w for c in candidates if c.type == "EVENT" for w in range(*words_of(text, c.span))}
    found = [(span_of(text, first, last), head) for first, last, head in numbered(text) if head not in events]
    heads = {head for _, head in found}
    known = {(int(text.readings.document[span.reading]), text.syntax.lemma[head].lower()) for span, head in found}
    others = [c for c in candidates if c.type not in _BODIES or not heads or heads.isdisjoint(range(*words_of(text, c.span)))]
    kept = [_gathering(text, c, known) for c in others] if known else others
    return [Candidate(span, "EVENT", None, GATHERING_SCORE, GATHERING_METHOD) for span, _ in found] + kept


def _gathering(text: Text, candidate: Candidate, known: set[tuple[int, str]]) -> Candidate:
    first, last = words_of(text, candidate.span)
    lemma = text.syntax.lemma[first].lower()
    bare = candidate.type in _BODIES and last - first == 1
    if not bare or (int(text.readings.document[candidate.span.reading]), lemma) not in known:
        return candidate
    return replace(candidate, type="EVENT", form=None, score=GATHERING_SCORE, method=GATHERING_METHOD)


RULES: tuple[Callable[[Text, list[Candidate]], list[Candidate]], ...] = (
    _without_addresses, _with_numbered_gatherings, _with_adjectives,
)
"""What is changed of what the tagger named, in order."""


def _nested(candidates: Sequence[Candidate]) -> list[Candidate]:
    """In order, longer first; of two that cross or are equal the later is left out."""
    kept: list[Candidate] = []
    taken: dict[int, list[Span]] = {}
    for candidate in candidates:
        others = taken.setdefault(candidate.span.sentence, [])
        if not any(_clash(candidate.span, other) for other in others):
            others.append(candidate.span)
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.span.reading, c.span.start, -c.span.end))


def _clash(a: Span, b: Span) -> bool:
    crossing = a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end
    return crossing or (a.start, a.end) == (b.start, b.end)


def _parents(spans: Sequence[Span]) -> list[int | None]:
    """Number of the smallest span around each; spans come in order, longer first."""
    parents: list[int | None] = []
    open_spans: list[int] = []
    for i, span in enumerate(spans):
        while open_spans and not _holds(spans[open_spans[-1]], span):
            open_spans.pop()
        parents.append(open_spans[-1] if open_spans else None)
        open_spans.append(i)
    return parents


def _holds(outer: Span, inner: Span) -> bool:
    return outer.reading == inner.reading and inner.end <= outer.end


def _type(mention: Mention, key: str | None) -> str:
    """An adjective the gazetteer found has the type of its place; LOCATION where the kind is none of NEREL's."""
    if mention.method != ADJECTIVE_METHOD or key is None:
        return mention.type
    return TYPE_OF_KIND.get(gazetteer().kinds[gazetteer().number(key)], "LOCATION")
