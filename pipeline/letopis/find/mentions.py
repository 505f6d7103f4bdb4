"""Mentions, first version: names by slovnet's tagger, places typed by the gazetteer, adjectives of place, named events, dates.

Contract: spans nest, never cross, and lie in one sentence. Types are NEREL's; those this version cannot find are left out,
never guessed. `score` is the precision of its type on NEREL's dev part, exact span and type.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from letopis.encoder import ner
from letopis.find.clauses import Text, feature, span_of
from letopis.find.gazetteer import gazetteer
from letopis.find.lexicons import words as word_list
from letopis.find.places import TYPE_OF_KIND, find_places
from letopis.find.proper import named_events
from letopis.layers import Mention, Span, Time
from letopis.text.dictionary import parses
from letopis.text.normal import normal_forms

VERSION = "1"
SCORES = {
    "PERSON": 0.95, "ORGANIZATION": 0.74, "CITY": 0.94, "COUNTRY": 0.96, "STATE_OR_PROVINCE": 0.96,
    "DISTRICT": 0.25, "LOCATION": 0.33, "EVENT": 0.47, "DATE": 0.41, "PROFESSION": 0.69,
}
ADJECTIVE = 0.78

Name: TypeAlias = tuple[int, int, str]
"""First word, last word + 1, and PER, LOC or ORG."""

_TYPES = {"PER": "PERSON", "ORG": "ORGANIZATION", "LOC": "LOCATION"}
_PLACES = {"LOCATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may name something."""

    span: Span
    type: str
    form: str | None
    method: str


def find_mentions(text: Text, times: tuple[Time, ...]) -> tuple[tuple[Mention, ...], tuple[str | None, ...]]:
    """The mentions of a batch in order, longer first, and the gazetteer's key of each."""
    candidates = _nested([c for finder in FINDERS for c in finder(text)] + list(_dates(times)))
    normals = normal_forms(text.readings, text.words, text.syntax, [c.span for c in candidates], [c.type for c in candidates])
    named = tuple(
        Mention(c.span, c.type, c.form, normal, None, 0.0, c.method)
        for c, normal in zip(candidates, normals, strict=True)
    )
    placed = [(m, k) for m, k in zip(named, find_places(text.readings, named), strict=True) if k or m.form != "adjective"]
    parents = _parents([m.span for m, _ in placed])
    typed = [replace(_typed(m, k), parent=parent) for (m, k), parent in zip(placed, parents, strict=True)]
    found = tuple(replace(m, score=ADJECTIVE if m.form == "adjective" else SCORES[m.type]) for m in typed)
    return found, tuple(k if m.type in _PLACES else None for m, (_, k) in zip(found, placed, strict=True))


def _names(text: Text) -> Iterator[Candidate]:
    """Names as tagged; an organisation takes in the place that follows it in the genitive: 'Правительство [Москвы]'."""
    tagged = (name for name in ner(text.words) if text.syntax.pos[name[0]] != "SYM")     # an address of the net is no name
    names = _bracketed(text, [(a, b, kind) for first, last, kind in tagged for a, b in _parts(text, first, last)])
    for (first, last, kind), (start, end, other) in pairwise([*names, (0, 0, "")]):
        if kind == "ORG" and other == "LOC" and start == last and feature(text, start, "Case") == "Gen":
            yield Candidate(span_of(text, first, end), "ORGANIZATION", "name", "organisation_of_place_1")
        else:
            yield Candidate(span_of(text, first, last), _TYPES[kind], _form(text, first, last), "slovnet_ner_1")


def _bracketed(text: Text, names: list[Name]) -> list[Name]:
    """'Министерство культуры Омской области (МК)': an abbreviation in brackets after an organisation is one, too."""
    out: list[Name] = []
    organisation = -1
    for first, last, kind in names:
        short = first == organisation + 1 and text.words.form[first - 1] == "(" and _form(text, first, last) == "abbreviation"
        out.append((first, last, "ORG" if short else kind))
        follows = kind == "LOC" and first == organisation      # the place in its name
        organisation = last if kind == "ORG" or short or follows else -1
    return out


def _parts(text: Text, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A name stops at a bracket: 'Москвы (ДВМС)' is two names."""
    start = first
    for word in range(first, last + 1):
        if word == last or text.words.form[word] in ("(", ")"):
            if start < word:
                yield start, word
            start = word + 1


def _form(text: Text, first: int, last: int) -> str:
    """'ЕС', 'МИД', 'ДВМС' are abbreviations, 'ЛОНДОН' is a name in capitals; 'Пакистанский' before a noun is an adjective."""
    form = text.words.form[first]
    if last - first > 1:
        return "name"
    if text.syntax.pos[first] == "ADJ" and gazetteer().adjective(text.syntax.lemma[first].lower()) is not None:
        return "adjective"
    capitals = sum(c.isupper() for c in form) >= 2
    spelled = any(p.is_known and "Abbr" not in p.tag for p in parses(form.lower()))
    return "abbreviation" if capitals and not spelled else "name"


def _adjectives(text: Text) -> Iterator[Candidate]:
    """'российский': an adjective the gazetteer knows, of the type of its place; not the 'Омской' of 'Омской области'."""
    inside = {word for first, last, kind in ner(text.words) if kind == "LOC" for word in range(first, last)}
    for word, pos in enumerate(text.syntax.pos):
        if pos == "ADJ" and word not in inside and gazetteer().adjective(text.syntax.lemma[word].lower()) is not None:
            yield Candidate(span_of(text, word, word + 1), "LOCATION", "adjective", "place_adjective_1")


def _events(text: Text) -> Iterator[Candidate]:
    for first, last in named_events(text):
        yield Candidate(span_of(text, first, last), "EVENT", None, "event_name_1")


def _professions(text: Text) -> Iterator[Candidate]:
    known = word_list("professions")
    for word, lemma in enumerate(text.syntax.lemma):
        if lemma in known and text.syntax.pos[word] == "NOUN":
            yield Candidate(span_of(text, word, word + 1), "PROFESSION", None, "profession_1")


def _dates(times: tuple[Time, ...]) -> Iterator[Candidate]:
    for time in times:
        yield Candidate(time.span, "DATE", None, time.method)


FINDERS = (_names, _adjectives, _events, _professions)


def _nested(candidates: Sequence[Candidate]) -> list[Candidate]:
    """In order, longer first; of two that cross or are equal the later finder's is left out."""
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


def _typed(mention: Mention, key: str | None) -> Mention:
    """A place has the type the gazetteer says; LOCATION where it says nothing."""
    if mention.type != "LOCATION" or key is None:
        return mention
    return replace(mention, type=TYPE_OF_KIND.get(gazetteer().place(key).kind, "LOCATION"))
