"""Documents in hand, annotated and resolved as one corpus: what each mention's entity_id is, without a store that stays.

Contract: the units are written into a folder of the caller's and resolved by `letopis.resolve`, as a night does it; nothing is
published. Any part of the documents can be resolved as a corpus of its own. It judges nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from letopis.kb.storage import Base
from letopis.layers import Analysis, Documents
from letopis.pipeline import annotate
from letopis.resolve.entities import resolve_entities
from letopis.schema import unit_rows
from letopis.store.corpus import Corpus
from letopis.store.manifest import Entry
from letopis.store.units import FOLDER, UNIT_NAME, write_unit

BATCH_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Named:
    """A mention in the original text of its document; `entity` is its entity_id, '' for none."""

    field: str
    start: int
    end: int
    type: str
    entity: str


@dataclass(frozen=True, slots=True)
class Stored:
    """Documents whose units lie in a folder; an entity of a mention is still a number inside its document, -1 for none."""

    folder: Path
    entries: tuple[Entry, ...]
    mentions: dict[str, tuple[tuple[Named, int], ...]]


def annotate_all(documents: Documents, model: str = "fast") -> Iterator[Analysis]:
    """The documents in batches that fit into memory, in order."""
    batch: list[int] = []
    size = 0
    for number, document in enumerate(documents):
        batch.append(number)
        size += len(document.text)
        if size > BATCH_CHARACTERS or number == len(documents) - 1:
            yield annotate(tuple(documents[i] for i in batch), model)
            batch, size = [], 0


def put(batches: Iterable[Analysis], folder: Path) -> Stored:
    """Write the units of annotated documents; their keys must differ."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    entries: list[Entry] = []
    mentions: defaultdict[str, list[tuple[Named, int]]] = defaultdict(list)
    for number, analysis in enumerate(batches):
        unit = f"unit-{number:04d}"
        tables = unit_rows(analysis)
        write_unit(folder, unit, {n: t.append_column(UNIT_NAME, pa.array([unit] * len(t), pa.string())) for n, t in tables.items()})
        entries += [Entry(d.key, d.key, "", d.path, None, "", "", unit, i, "", None) for i, d in enumerate(analysis.documents)]
        for document, named, entity in _mentions(tables["mentions"]):
            mentions[analysis.documents[document].key].append((named, entity))
    return Stored(folder, tuple(entries), {e.key: tuple(mentions[e.key]) for e in entries})


def resolve(stored: Stored, keys: Collection[str] | None = None, *, base: Base | None = None) -> dict[str, tuple[Named, ...]]:
    """Key of a document -> its mentions in order, with the entities of the corpus that the documents `keys` (all) make.

    `base`: the knowledge base that they are linked to.
    """
    entries = [e for e in stored.entries if keys is None or e.key in keys]
    ids = _entity_ids(stored.folder, entries, base)
    return {
        e.key: tuple(replace(named, entity=ids.get((e.key, number), "")) for named, number in stored.mentions[e.key])
        for e in entries
    }


def _mentions(table: pa.Table) -> Iterator[tuple[int, Named, int]]:
    columns = [table[c].to_pylist() for c in ("document", "field", "start", "end", "type", "entity_id")]
    for document, field, start, end, kind, entity in zip(*columns, strict=True):
        yield document, Named(field, start, end, kind, ""), -1 if entity is None else entity


def _entity_ids(folder: Path, entries: list[Entry], base: Base | None) -> dict[tuple[str, int], str]:
    """(document, number of the entity in it) -> entity_id."""
    corpus = Corpus(folder, entries)
    try:
        resolve_entities(corpus, base=base)
        found = corpus.query("SELECT document_id, entity, entity_id FROM entity_map").to_pylist()
    finally:
        corpus.close()
    return {(r["document_id"], r["entity"]): r["entity_id"] for r in found}
