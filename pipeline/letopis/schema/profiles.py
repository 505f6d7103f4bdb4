"""Profiles: what `resolve` reads of a document instead of its rows. Kept in units, never published.

`entity` and `event` are numbers inside the document, as in the unit rows. `key` is the evidence by which things of
different documents are one; null where nothing but the document itself tells who or what it is, and then `anchor`, the
first mention, is what its id is made of.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from letopis.find.minhash import signature
from letopis.find.names import entity_key, event_key
from letopis.layers import Analysis, Event
from letopis.schema import event_mentions, mentions
from letopis.schema.origins import Origins
from letopis.schema.table import BOOL, DAY, FLOAT, INT, STRING

VERSION = "1"

ENTITIES = pa.schema([
    ("document", INT), ("entity", INT), ("type", STRING), ("key", STRING), ("place", STRING), ("anchor", STRING),
    ("mention_count", INT),
])
NAMES = pa.schema([("document", INT), ("entity", INT), ("name", STRING), ("form", STRING), ("count", INT)])
EVENTS = pa.schema([
    ("document", INT), ("event", INT), ("type", STRING), ("name", STRING), ("key", STRING), ("anchor", STRING),
    ("realis", STRING), ("date_start", DAY), ("date_end", DAY), ("granularity", STRING), ("place", INT), ("salience", FLOAT),
    ("lead", STRING), ("lead_sentence", INT), ("mention_count", INT),
])
SIGNATURES = pa.schema([("document", INT), ("long", BOOL), ("signature", pa.list_(pa.int64()))])
SCHEMAS = {
    "profile_entities": ENTITIES, "profile_names": NAMES, "profile_events": EVENTS, "profile_signatures": SIGNATURES,
}


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch with what every profile asks of it."""

    analysis: Analysis
    origins: Origins
    document: tuple[int, ...]         # [mention] its document


def profile_rows(analysis: Analysis, origins: Origins) -> dict[str, pa.Table]:
    """The profiles of a batch, by file name."""
    documents = tuple(int(origins.document[m.span.reading]) for m in analysis.mentions)
    batch = _Batch(analysis, origins, documents)
    groups = _groups(batch)
    return {
        "profile_entities": _table(ENTITIES, [_entity(batch, d, e, group) for (d, e), group in groups.items()]),
        "profile_names": _table(NAMES, [row for (d, e), group in groups.items() for row in _names(batch, d, e, group)]),
        "profile_events": _table(EVENTS, list(_events(batch))),
        "profile_signatures": _table(SIGNATURES, list(_signatures(batch))),
    }


def _groups(batch: _Batch) -> dict[tuple[int, int], list[int]]:
    """(document, entity) -> its mentions, in order of documents and first mentions."""
    groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for i, entity in enumerate(batch.analysis.entities):
        if entity >= 0:
            groups[batch.document[i], entity].append(i)
    return dict(sorted(groups.items()))


def _entity(batch: _Batch, document: int, entity: int, group: list[int]) -> tuple[object, ...]:
    found = [batch.analysis.mentions[i] for i in group]
    kind = Counter(m.type for m in found).most_common(1)[0][0]
    places = Counter(p for i in group if (p := batch.analysis.places[i]) is not None)
    place = places.most_common(1)[0][0] if places else None
    anchor = batch.origins.local_id(found[0].span, found[0].type)
    return document, entity, kind, entity_key(kind, [m.normal for m in found]), place, anchor, len(group)


def _names(batch: _Batch, document: int, entity: int, group: list[int]) -> Iterator[tuple[object, ...]]:
    found = (batch.analysis.mentions[i] for i in group)
    counts = Counter((m.normal, m.form) for m in found if m.form != "adjective")
    for (name, form), count in counts.items():
        yield document, entity, name, form or "name", count


def _events(batch: _Batch) -> Iterator[tuple[object, ...]]:
    groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for i, event in enumerate(batch.analysis.events):
        groups[int(batch.origins.document[event.span.reading]), event.cluster].append(i)
    for (document, cluster), group in sorted(groups.items()):
        yield _event(batch, document, cluster, [batch.analysis.events[i] for i in group])


def _event(batch: _Batch, document: int, cluster: int, group: list[Event]) -> tuple[object, ...]:
    """One happening of one document; its most salient mention, the first of equals, speaks for it."""
    best = max(group, key=lambda e: (e.salience, e.score))
    dated = next((e for e in (best, *group) if e.start or e.end), best)
    placed = next((e for e in (best, *group) if e.place is not None), best)
    name = _name(batch, best)
    key = event_key(best.type, name, dated.start) if best.mention is not None else None
    _, _, sentence, *_ = batch.origins.place(best.span)
    lead = _sentence(batch, best.span.sentence)
    return (
        document, cluster, best.type, name, key, event_mentions.ids_of_events(batch.origins, group)[0], best.realis,
        dated.start, dated.end, dated.granularity, mentions.entity_of(batch.analysis, placed.place), best.salience,
        lead, sentence, len(group),
    )


def _name(batch: _Batch, event: Event) -> str:
    """The normal form of its name where it has one, else its trigger's lemma, capitalised."""
    if event.mention is not None:
        return batch.analysis.mentions[event.mention].normal
    return event.lemma[:1].upper() + event.lemma[1:]


def _sentence(batch: _Batch, number: int) -> str:
    sentences, origins = batch.analysis.sentences, batch.origins
    reading = sentences.reading[number:number + 1]
    start, end = origins.columns(reading, sentences.start[number:number + 1], sentences.end[number:number + 1])
    return origins.texts[int(reading[0])][int(start[0]):int(end[0])]


def _signatures(batch: _Batch) -> Iterator[tuple[object, ...]]:
    readings = batch.analysis.readings
    for reading, field in enumerate(readings.field):
        if field == "text":
            values, enough = signature(readings.clean[reading])
            yield int(readings.document[reading]), enough, values


def _table(schema: pa.Schema, rows: list[tuple[object, ...]]) -> pa.Table:
    arrays = [pa.array([row[i] for row in rows], field.type) for i, field in enumerate(schema)]
    return pa.Table.from_arrays(arrays, schema=schema)


