"""Profiles: what `resolve` reads of a document instead of its rows. Kept in units, never published.

`entity` is a number inside the document, as in the unit rows. Of an entity they hold the evidence of `find.naming` that
tells whether two of different documents are one, and `anchor`, its first mention, of which ids are made. `profile_near` holds the
company an entity of the document is in. `key` is the evidence by which events of different documents are one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from letopis.find.clauses import text_of
from letopis.find.minhash import signature
from letopis.find.naming.bodies import union_of
from letopis.find.naming.evidence import Evidence, evidence_of, main_country
from letopis.find.naming.scene import Scene, scene_of
from letopis.layers import Analysis
from letopis.schema import sightings
from letopis.schema.origins import Origins
from letopis.schema.table import BOOL, INT, STRING, STRINGS

VERSION = "5"
COMPANY = 24                          # keys of `profile_near` kept of a document

ENTITIES = pa.schema([
    ("document", INT), ("entity", INT), ("type", STRING), ("place", STRING), ("anchor", STRING), ("mention_count", INT),
    ("sort", STRING), ("names", STRINGS), ("short", STRINGS), ("blocks", STRINGS), ("posts", STRINGS), ("seats", STRINGS),
    ("kinds", STRINGS), ("weak", BOOL),
])
NEAR = pa.schema([("document", INT), ("near", STRINGS)])
NAMES = pa.schema([("document", INT), ("entity", INT), ("name", STRING), ("form", STRING), ("count", INT)])
SIGNATURES = pa.schema([("document", INT), ("long", BOOL), ("signature", pa.list_(pa.int64()))])
SCHEMAS = {
    "profile_entities": ENTITIES, "profile_near": NEAR,
    "profile_names": NAMES, "profile_signatures": SIGNATURES,
    "profile_events": sightings.SIGHTINGS, "profile_topics": sightings.TOPICS, "profile_rarities": sightings.RARITIES,
    "profile_sentences": sightings.WORDS,
}


@dataclass(frozen=True, slots=True)
class _Batch:
    """A batch with what every profile asks of it."""

    analysis: Analysis
    origins: Origins
    document: tuple[int, ...]         # [mention] its document
    scene: Scene
    countries: tuple[str | None, ...]   # [document] the country it is mainly about


def profile_rows(analysis: Analysis, origins: Origins) -> dict[str, pa.Table]:
    """The profiles of a batch, by file name."""
    documents = tuple(int(origins.document[m.span.reading]) for m in analysis.mentions)
    text = text_of(analysis.readings, analysis.sentences, analysis.words, analysis.syntax)
    scene = scene_of(text, analysis.mentions, analysis.places)
    batch = _Batch(analysis, origins, documents, scene, tuple(main_country(scene, group) for group in scene.documents))
    groups = _groups(batch)
    known = {(d, e): evidence_of(scene, group, batch.countries[d]) for (d, e), group in groups.items()}
    return {
        "profile_entities": _table(ENTITIES, [_entity(batch, key, group, known[key]) for key, group in groups.items()]),
        "profile_near": _table(NEAR, list(_near(batch, groups, known))),
        "profile_names": _table(NAMES, [row for (d, e), group in groups.items() for row in _names(batch, d, e, group)]),
        "profile_signatures": _table(SIGNATURES, list(_signatures(batch))),
        **{name: _table(SCHEMAS[name], rows) for name, rows in sightings.rows(analysis, origins, text).items()},
    }


def _groups(batch: _Batch) -> dict[tuple[int, int], list[int]]:
    """(document, entity) -> its mentions, in order of documents and first mentions."""
    groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for i, entity in enumerate(batch.analysis.entities):
        if entity >= 0:
            groups[batch.document[i], entity].append(i)
    return dict(sorted(groups.items()))


def _entity(batch: _Batch, key: tuple[int, int], group: list[int], known: Evidence) -> tuple[object, ...]:
    found = [batch.analysis.mentions[i] for i in group]
    kind = Counter(m.type for m in found).most_common(1)[0][0]
    place = _place(batch, group)
    anchor = batch.origins.mentions[group[0]]
    said = (known.names, known.short, known.blocks, known.posts, known.seats, known.kinds)
    return *key, kind, place, anchor, len(group), known.sort, *map(list, said), known.weak


def _place(batch: _Batch, group: list[int]) -> str | None:
    mentions = batch.analysis.mentions
    unions = (union_of(mentions[i].normal) for i in group if mentions[i].type == "ORGANIZATION")
    places = Counter(p for p in (*(batch.analysis.places[i] for i in group), *unions) if p is not None)
    return places.most_common(1)[0][0] if places else None


def _near(
    batch: _Batch, groups: dict[tuple[int, int], list[int]], known: dict[tuple[int, int], Evidence]
) -> Iterator[tuple[object, ...]]:
    """The company of each document: people by full names, bodies, and places smaller than a country, most often named first."""
    company: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for (document, entity), group in groups.items():
        place = _place(batch, group)
        if place is None:
            key = known[document, entity].near
        else:
            key = None if batch.analysis.mentions[group[0]].type == "COUNTRY" else f"PLACE {place}"
        if key is not None:
            company[document][key] += len(group)
    for document, counts in sorted(company.items()):
        yield document, sorted(sorted(counts, key=lambda k: (-counts[k], k))[:COMPANY])


def _names(batch: _Batch, document: int, entity: int, group: list[int]) -> Iterator[tuple[object, ...]]:
    found = [batch.analysis.mentions[i] for i in group]
    nouns = [m for m in found if m.form != "adjective"]
    counts = Counter((m.normal, m.form) for m in nouns or found)
    for (name, form), count in counts.items():
        yield document, entity, name, form or "name", count


def _signatures(batch: _Batch) -> Iterator[tuple[object, ...]]:
    readings = batch.analysis.readings
    for reading, field in enumerate(readings.field):
        if field == "text":
            values, enough = signature(readings.clean[reading])
            yield int(readings.document[reading]), enough, values


def _table(schema: pa.Schema, rows: list[tuple[object, ...]]) -> pa.Table:
    arrays = [pa.array([row[i] for row in rows], field.type) for i, field in enumerate(schema)]
    return pa.Table.from_arrays(arrays, schema=schema)


