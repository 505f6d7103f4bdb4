"""Sightings: a happening as one document tells it, by which `resolve` finds it in others. Kept in units, never published.

`event` is the number of a sure part of a happening inside its document, `happening` that of the whole; `who`, `whom`, `close` and
`around` hold numbers of entities: who acts or takes part, whom it befalls, what hangs on its trigger, who is named in its
sentences; it can be found by those of `about`. Lemmas are folded. Its most salient mention, the first of equals, speaks for it.
`profile_topics` holds what the title and the first sentences of a document are about, `profile_sentences` the words of each
sentence, of which those of `sentences` tell of the happening.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyarrow as pa

from letopis.find.clauses import Text, head_word, words_of_each
from letopis.find.coreference.words import root
from letopis.find.event_names import names
from letopis.find.rarity import name_weight, topic, weight, word_hash
from letopis.layers import Analysis, Event, Span
from letopis.schema import mentions
from letopis.schema.origins import Origins
from letopis.schema.table import BOOL, DAY, FLOAT, INT, STRING, STRINGS

INTS = pa.list_(INT)
SIGHTINGS = pa.schema([
    ("document", INT), ("event", INT), ("happening", INT), ("type", STRING), ("type2", STRING), ("name", STRING),
    ("name_kind", INT), ("named", STRING), ("anchor", STRING), ("realis", STRING), ("date_start", DAY), ("date_end", DAY),
    ("granularity", STRING), ("place", INT), ("salience", FLOAT),
    ("lead", STRING), ("lead_sentence", INT), ("mention_count", INT), ("lemmas", STRINGS), ("near", STRINGS), ("who", INTS),
    ("whom", INTS), ("close", INTS), ("around", INTS), ("about", INTS), ("stem", STRING), ("opening", BOOL), ("alike", INT),
    ("sentences", INTS),
])
TOPICS = pa.schema([("document", INT), ("words", pa.list_(pa.int64())), ("weights", INTS)])
WORDS = pa.schema([("document", INT), ("sentence", INT), ("words", pa.list_(pa.int64())), ("weights", INTS)])
RARITIES = pa.schema([("document", INT), ("entity", INT), ("rarity", INT)])

OWN, NEAR, PARTS, AROUND, ABOUT = 4, 8, 6, 10, 4    # lemmas, those near, entities of a side, around, and to be found by
_NOUN = 1000                              # of the names of an entity, what a noun counts beside an adjective
STEM = 4                                  # letters of a lemma without its prefix
OPENING = 4                               # sentences that begin a document
_WHO, _WHOM = ("agent", "organizer", "participant"), ("patient", "beneficiary", "participant")
_CONTENT = frozenset({"NOUN", "VERB", "PROPN", "ADJ", "NUM", "X"})
_FIRST = ("title", "heading", "lead")
Row: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with what every sighting asks of it."""

    analysis: Analysis
    origins: Origins
    text: Text
    who: tuple[dict[int, list[int]], dict[int, list[int]]]     # event -> its entities on each side
    around: dict[int, list[int]]                               # sentence -> its entities
    entity_at: dict[int, int]                                  # word -> the entity it belongs to
    words: list[tuple[int, int]]                               # [event] its words
    lemmas: list[str]
    content: list[bool]                                        # [word] whether it says something
    names: dict[tuple[int, int], str]                          # document and entity -> its most frequent name
    rarities: dict[tuple[int, int], int]


def rows(analysis: Analysis, origins: Origins, text: Text) -> dict[str, list[Row]]:
    """Rows of the profiles of events, by file name."""
    lemmas = [lemma.lower().replace("ё", "е") for lemma in analysis.syntax.lemma]
    content = [pos in _CONTENT for pos in analysis.syntax.pos]
    called = _entity_names(analysis, origins)
    rarities = {key: name_weight(name) for key, name in called.items()}
    places = words_of_each(text, [m.span for m in analysis.mentions])
    entity_at = {w: e for (first, last), e in zip(places, analysis.entities, strict=True) if e >= 0 for w in range(first, last)}
    own = words_of_each(text, [e.span for e in analysis.events])
    batch = Batch(
        analysis, origins, text, _sides(analysis), _around(analysis), entity_at, own, lemmas, content, called, rarities
    )
    return {
        "profile_events": list(_sightings(batch)), "profile_topics": list(_topics(batch)),
        "profile_sentences": list(_words_said(batch)),
        "profile_rarities": [(*key, rarity) for key, rarity in rarities.items()],
    }


def _sides(analysis: Analysis) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    sides: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for role in analysis.roles:
        mention = role.mention if role.anaphor is None else analysis.anaphors[role.anaphor].antecedent
        _add(analysis, sides, role.event, mention, role.role)
    for quote in analysis.quotes:
        if quote.event is not None:
            _add(analysis, sides, quote.event, quote.speaker_mention, "agent")
    return sides


def _add(
    analysis: Analysis, sides: tuple[dict[int, list[int]], dict[int, list[int]]], event: int, mention: int | None, role: str
) -> None:
    entity = -1 if mention is None else analysis.entities[mention]
    for side, roles in zip(sides, (_WHO, _WHOM), strict=True):
        if entity >= 0 and role in roles:
            side.setdefault(event, []).append(entity)


def _around(analysis: Analysis) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for mention, entity in zip(analysis.mentions, analysis.entities, strict=True):
        if entity >= 0:
            found.setdefault(mention.span.sentence, []).append(entity)
    return found


def _sightings(batch: Batch) -> Iterator[Row]:
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    events = batch.analysis.events
    for i, event in enumerate(events):
        found[batch.origins.document.item(event.span.reading), event.part].append(i)
    groups = [Group(key, group, _best_first(events, group)) for key, group in sorted(found.items())]
    kinds = Counter((g.key[0], events[g.best_first[0]].type) for g in groups)
    parts = [_parts(batch, group) for group in groups]
    told = [[(events[i], batch.words[i]) for i in g.best_first] for g in groups]
    beside = [_beside(batch, g.key[0], own) for g, own in zip(groups, parts, strict=True)]
    called = names(batch.text, batch.analysis.mentions, told, beside)
    for group, own, name in zip(groups, parts, called, strict=True):
        yield _sighting(batch, group, (own, name, kinds[group.key[0], events[group.best_first[0]].type]))


def _best_first(events: Sequence[Event], group: list[int]) -> list[int]:
    if len(group) == 1:
        return group
    best = max(group, key=lambda i: (events[i].salience, events[i].score))
    return [best, *(i for i in group if i != best)]


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of a sighting."""

    key: tuple[int, int]              # document, part
    mentions: list[int]
    best_first: list[int]             # the one that speaks for all, then the others


@dataclass(frozen=True, slots=True)
class Parts:
    """The entities of a sighting, and the words."""

    who: list[int]
    whom: list[int]
    close: list[int]
    around: list[int]
    place: int | None
    own: list[str]
    near: list[str]


def _parts(batch: Batch, group: Group) -> Parts:
    events = [batch.analysis.events[i] for i in group.best_first]
    place = next((e.place for e in events if e.place is not None), None)
    who, whom = (_often((e for i in group.mentions for e in side.get(i, ())), PARTS) for side in batch.who)
    around = _often((e for x in events for e in batch.around.get(x.span.sentence, ())), AROUND)
    own, near, close = _words(batch, group.best_first)
    return Parts(who, whom, close, around, mentions.entity_of(batch.analysis, place), own, near)


def _beside(batch: Batch, document: int, parts: Parts) -> list[str]:
    """Names of who takes part first, and of where it is."""
    chosen = [*[*parts.who, *parts.whom, *parts.close][:1], *([] if parts.place is None else [parts.place])]
    return [batch.names[document, e] for e in dict.fromkeys(chosen)]


def _sighting(batch: Batch, group: Group, told: tuple[Parts, tuple[str, int], int]) -> Row:
    parts, (name, name_kind), alike = told
    events = [batch.analysis.events[i] for i in group.mentions]
    best = batch.analysis.events[group.best_first[0]]
    dated = next((e for e in (best, *events) if e.start or e.end), best)
    _, _, sentence, *_ = batch.origins.place(best.span)
    roles = batch.analysis.sentences.role
    named = next((batch.analysis.mentions[e.mention].normal for e in (best, *events) if e.mention is not None), None)
    return (
        *group.key, best.cluster, best.type, best.type2, name, name_kind, named, batch.origins.events[group.mentions[0]],
        best.realis, dated.start, dated.end, dated.granularity, parts.place, best.salience, _sentence(batch, best.span),
        sentence, len(events), parts.own, parts.near, parts.who, parts.whom, parts.close, parts.around,
        _about(batch, group.key[0], parts), root(parts.own[0])[:STEM], any(roles[e.span.sentence] in _FIRST for e in events), alike,
        sorted({batch.origins.place(e.span)[2] for e in events}),
    )


def _about(batch: Batch, document: int, parts: Parts) -> list[int]:
    """Whom and where first, then the rarest around."""
    rare = sorted(parts.around, key=lambda e: (-batch.rarities[document, e], e))
    place = [] if parts.place is None else [parts.place]
    return list(dict.fromkeys([*parts.who, *parts.whom, *parts.close, *place, *rare]))[:ABOUT]


def _often(found: Iterable[int], most: int) -> list[int]:
    counts: dict[int, int] = {}
    for one in found:
        counts[one] = counts.get(one, 0) + 1
    return sorted(counts, key=lambda e: (-counts[e], e))[:most]


def _words(batch: Batch, events: Sequence[int]) -> tuple[list[str], list[str], list[int]]:
    """Lemmas of its triggers, heads first, and of what depends on them, the rarest first; entities among these."""
    own, rest, near, close = list[str](), list[str](), set[str](), list[int]()
    content, lemmas, below, entity_at = batch.content, batch.lemmas, batch.text.children, batch.entity_at
    for event in events:
        first, last = batch.words[event]
        head = first if last == first + 1 else head_word(batch.text, first, last)
        own.append(lemmas[head])
        rest += [lemmas[w] for w in range(first, last) if w != head and content[w]]
        children = [c for w in range(first, last) for c in below[w] if not first <= c < last]
        beneath = [*children, *(g for c in children for g in below[c] if not first <= g < last)]
        near.update(lemmas[w] for w in beneath if content[w])
        close += {entity_at[w] for w in beneath if w in entity_at}
    kept = list(dict.fromkeys([*_commonest(own)[:OWN - 1], *_commonest(rest)[:OWN]]))[:OWN]
    return kept, sorted(near.difference(kept), key=lambda w: (-weight(w), w))[:NEAR], _often(close, PARTS)


def _commonest(words: list[str]) -> list[str]:
    """Each once, the most frequent first, of equals the first."""
    return words if len(words) < 2 else [word for word, _ in Counter(words).most_common()]


def _sentence(batch: Batch, span: Span) -> str:
    sentences, number = batch.analysis.sentences, span.sentence
    whole = Span(span.reading, number, sentences.start.item(number), sentences.end.item(number))
    return batch.origins.place(whole)[-1]


def _topics(batch: Batch) -> Iterator[Row]:
    """What each document is about."""
    sentences, words = batch.analysis.sentences, batch.analysis.words
    of = batch.analysis.readings.document[sentences.reading]
    first = {int(d): i for i, d in reversed(list(enumerate(of.tolist())))}
    for document, sentence in sorted(first.items()):
        last = min(sentence + OPENING, int((of == document).sum()) + sentence)
        span = range(int(words.first[sentence]), int(words.first[last]))
        yield document, *topic(batch.lemmas[w] for w in span if batch.content[w])


def _words_said(batch: Batch) -> Iterator[Row]:
    """The words of each sentence, each once, in the order of their hashes."""
    sentences, first = batch.analysis.sentences, batch.analysis.words.first
    of = batch.origins.document[sentences.reading].tolist()
    for number, document in enumerate(of):
        span = range(int(first[number]), int(first[number + 1]))
        hashed = {word_hash(lemma): weight(lemma) for lemma in (batch.lemmas[w] for w in span if batch.content[w])}
        yield document, number - batch.origins.sentence_base.item(document), sorted(hashed), [hashed[h] for h in sorted(hashed)]


def _entity_names(analysis: Analysis, origins: Origins) -> dict[tuple[int, int], str]:
    """The most frequent name of each entity of each document."""
    found: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for mention, entity in zip(analysis.mentions, analysis.entities, strict=True):
        if entity >= 0:
            count = 1 if mention.form == "adjective" else _NOUN
            found[int(origins.document[mention.span.reading]), entity][mention.normal] += count
    return {key: min(counts, key=lambda n: (-counts[n], n)) for key, counts in sorted(found.items())}
