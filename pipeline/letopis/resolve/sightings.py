"""Sightings of the whole corpus as columns: what is compared of a happening of one document with one of another.

Contract. `make_sightings` leaves `sightings` in the connection, numbered in the order of publication, and of documents and places
in them; numbers are of one night, `member` and `digest` are for good. `columns` holds some of them as arrays of whole numbers, of
which only equality counts where they stand for words or entities; 0 is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from letopis.encoder.weights import Floats
from letopis.find.coreference.kinds import group_number, type_number
from letopis.find.coreference.words import Bytes, Lexis
from letopis.find.gazetteer import gazetteer
from letopis.find.rarity import weight
from letopis.layers import Ints
from letopis.resolve.contents import Longs, bodies, passages, words_of
from letopis.schema.event_mentions import REALIS
from letopis.schema.sightings import AROUND, NEAR, OWN, PARTS
from letopis.store.corpus import Corpus

CHAIN = 4                             # a place and what it lies in
UNKNOWN, NOBODY = 0, -1               # speaker of a statement, and of what is none
_STATEMENT = "statement."

# The entities of lists of numbers, in order; of a document that has hundreds of sightings each list is looked up by itself.
_RESOLVED = """
CREATE OR REPLACE TABLE resolved AS
WITH told AS MATERIALIZED (SELECT document_id, event, who, whom, close, around, about FROM {units}), each AS (
    {sides}
)
SELECT document_id, event, {lists}
FROM each e JOIN entity_map m USING (document_id, entity) LEFT JOIN {rarities} r USING (document_id, entity)
LEFT JOIN entities t USING (entity_id) GROUP BY ALL
"""
_SIDE = """
    SELECT document_id, event, '{0}' AS side, unnest({0}) AS entity, generate_subscripts({0}, 1) AS number FROM told"""
_LIST = """list({what} ORDER BY number) FILTER (side = '{side}') AS {name}"""
_PEOPLE = """list(DISTINCT m.entity_id ORDER BY m.entity_id)
    FILTER (t.type = 'PERSON' AND side IN ('who', 'whom', 'close')) AS people"""

_SIGHTINGS = """
CREATE OR REPLACE TABLE sightings AS
WITH told AS (
    SELECT s.document_id, s.document_id || ':' || s.anchor AS member, s.event, s.type, s.type2, s.realis, s.stem, s.lemmas, s.near,
           s.named, s.happening, s.salience, s.opening, s.alike, s.mention_count, d.published_date, s.date_start, s.date_end,
           p.place AS place, coalesce(r.who, []) AS who, coalesce(r.whom, []) AS whom, coalesce(r.close, []) AS close,
           coalesce(r.around, []) AS around, coalesce(r.rarity, []) AS rarity, coalesce(r.about, []) AS about, t.words, t.weights,
           coalesce(r.people, []) AS people, coalesce(s.sentences, []) AS sentences
    FROM {units} s JOIN days d USING (document_id) LEFT JOIN resolved r USING (document_id, event)
    LEFT JOIN {topics} t USING (document_id) LEFT JOIN entity_map p ON p.document_id = s.document_id AND p.entity = s.place
)
SELECT row_number() OVER (ORDER BY published_date NULLS LAST, document_id, member) - 1 AS sighting, *,
       sha256(CAST(to_json(told) AS VARCHAR)) AS digest
FROM told
"""
_COLUMNS = (
    "sighting", "document_id", "type", "type2", "stem", "realis", "lemmas", "near", "named", "salience", "opening", "alike",
    "mention_count",
    "published_date", "date_start", "date_end", "place", "who", "whom", "close", "around", "rarity", "people",
    "sentences", "words", "weights",
)


@dataclass(frozen=True, slots=True)
class Sightings:
    """Some sightings, a row each in the order of their numbers."""

    number: Longs                     # [row] of the night
    facts: dict[str, Ints]            # [row] document, type, type2, group, realis, named, salience, opening, alike, mentions
    days: Ints                        # [row, 3] published, first and last day; 0 unknown
    lemmas: Ints                      # [row, OWN]
    rare: Ints                        # [row] rarity of the first lemma
    letters: Bytes                    # [row, LETTERS] of it
    root: Bytes
    vector: Floats                    # [row, width] of the lemmas
    near: Ints                        # [row, NEAR] what depends on them
    near_rare: Ints
    company: Floats                   # [row, width] of that
    who: Ints                         # [row, PARTS] entities
    whom: Ints
    close: Ints
    around: Ints                      # [row, AROUND]
    rarity: Ints                      # [row, AROUND]
    people: Ints                      # [row, PARTS] of the entities of who, whom and close those who are people
    stem: Longs                       # [row]
    speaker: Longs                    # [row] who a statement is of: UNKNOWN, NOBODY or an entity
    place: Ints                       # [row, CHAIN] the place and what it lies in
    topic: csr_array                  # [document, word]
    body: csr_array                   # [document, word]
    passage: csr_array                # [row, word] of the sentences that tell of it


def make_sightings(corpus: Corpus) -> None:
    """Leave `sightings` in the connection."""
    units = corpus.units("profile_events")
    sides = ("who", "whom", "close", "around", "about")
    lists = [_LIST.format(what="m.entity_id", side=s, name=s) for s in sides]
    lists.append(_LIST.format(what="coalesce(r.rarity, 0)", side="around", name="rarity"))
    lists.append(_PEOPLE)
    corpus.sql.execute(_RESOLVED.format(
        sides=" UNION ALL ".join(_SIDE.format(s) for s in sides), lists=", ".join(lists),
        units=units, rarities=corpus.units("profile_rarities"),
    ))
    corpus.sql.execute(_SIGHTINGS.format(units=units, topics=corpus.units("profile_topics")))


def columns(corpus: Corpus, chosen: str) -> Sightings:
    """Those of the documents of the table `chosen` (document_id, number); of every document all."""
    table = corpus.query(f"SELECT {', '.join(_COLUMNS)} FROM sightings SEMI JOIN {chosen} USING (document_id) ORDER BY sighting")
    lemmas, near = table["lemmas"].to_pylist(), table["near"].to_pylist()
    lexis = Lexis([word for row in (*lemmas, *near) for word in row])
    numbers = iter(lexis.words)
    own, beside = ([[next(numbers) for _ in row] for row in rows] for rows in (lemmas, near))
    first, rest = _padded(own, OWN), _padded(beside, NEAR)
    who, whom, close, people, around = _codes([table[c] for c in ("who", "whom", "close", "people", "around")])
    weights = np.array([0, *(weight(name) for name in lexis.names[1:])], np.int32)
    document, of = _documents(table, corpus.query(f"SELECT document_id, number FROM {chosen}"))
    words = words_of(corpus, chosen)
    return Sightings(
        table["sighting"].to_numpy().astype(np.int64), _facts(table) | {"document": document}, _days(table),
        first, weights[first[:, 0]], lexis.letters(first[:, 0]), lexis.roots(first[:, 0]), lexis.vectors(first),
        rest, weights[rest], lexis.vectors(rest),
        _padded(who, PARTS), _padded(whom, PARTS), _padded(close, PARTS), _padded(around, AROUND),
        _padded(table["rarity"].to_pylist(), AROUND), _padded(people, PARTS),
        _stems(table["stem"].to_pylist()), _speakers(table["type"].to_pylist(), who), _places(table["place"].to_pylist()),
        _topics(table, document), bodies(words, of), passages(words, of[document], table["sentences"].to_pylist()),
    )


def _documents(table: pa.Table, chosen: pa.Table) -> tuple[Ints, Longs]:
    """[row] which document, counted from 0; and [document] its number, in order."""
    known = dict(zip(*(chosen[c].to_pylist() for c in ("document_id", "number")), strict=True))
    numbers = np.array([known[name] for name in table["document_id"].to_pylist()], np.int64)
    of, document = np.unique(numbers, return_inverse=True)
    return document.astype(np.int32), of


def _facts(table: pa.Table) -> dict[str, Ints]:
    types, named = table["type"].to_pylist(), table["named"].to_pylist()
    known = {name: i for i, name in enumerate(dict.fromkeys(n for n in named if n is not None), 1)}
    return {
        "type": _ints(types, type_number), "type2": _ints(table["type2"].to_pylist(), lambda t: type_number(t or "")),
        "group": _ints(types, group_number), "realis": _ints(table["realis"].to_pylist(), REALIS.index),
        "named": _ints(named, lambda n: known.get(n, 0)),
        "salience": _ints(table["salience"].to_pylist(), lambda s: round(100 * s)),
        "opening": _ints(table["opening"].to_pylist(), int), "alike": _ints(table["alike"].to_pylist(), int),
        "mentions": _ints(table["mention_count"].to_pylist(), int),
    }


def _ints(values: Sequence[Any], number: Callable[[Any], int]) -> Ints:
    return np.array([number(v) for v in values], np.int32)


def _days(table: pa.Table) -> Ints:
    found = [pc.fill_null(table[c].cast(pa.int32()), 0).to_numpy() for c in ("published_date", "date_start", "date_end")]
    return np.stack(found, axis=1).astype(np.int32)


def _codes(lists: Sequence[pa.ChunkedArray]) -> list[list[list[int]]]:
    known: dict[str, int] = {}
    return [[[known.setdefault(v, len(known) + 1) for v in row] for row in column.to_pylist()] for column in lists]


def _stems(stems: Sequence[str]) -> Longs:
    known: dict[str, int] = {}
    return np.array([known.setdefault(stem, len(known)) for stem in stems], np.int64)


def _speakers(types: Sequence[str], who: Sequence[Sequence[int]]) -> Longs:
    told = zip(types, who, strict=True)
    return np.array([(own[0] if own else UNKNOWN) if t.startswith(_STATEMENT) else NOBODY for t, own in told], np.int64)


def _padded(rows: Sequence[Sequence[int]], size: int) -> Ints:
    empty = [0] * size
    return np.array([(*row, *empty)[:size] for row in rows], np.int32).reshape(len(rows), size)


def _places(keys: Sequence[str | None]) -> Ints:
    """[row, CHAIN] numbers of a place and of what it lies in."""
    chains = {key: _chain(key) for key in set(keys) if key is not None}
    return _padded([chains[key] if key is not None else () for key in keys], CHAIN)


def _chain(key: str) -> list[int]:
    found = list[int]()
    own: str | None = key
    while own is not None and len(found) < CHAIN:
        found.append(1 + gazetteer().number(own))
        own = gazetteer().place(own).parent
    return found


def _topics(table: pa.Table, document: Ints) -> csr_array:
    """[document, word] what each is about."""
    first = np.unique(document, return_index=True)[1]
    words, weights = (table[c].take(pa.array(first)).to_pylist() for c in ("words", "weights"))
    rows = [dict(zip(w or (), v or (), strict=True)) for w, v in zip(words, weights, strict=True)]
    known = {word: i for i, word in enumerate(dict.fromkeys(word for row in rows for word in row))}
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    columns_ = np.array([known[word] for row in rows for word in row], np.int64)
    heavy = np.array([v for row in rows for v in row.values()], np.int64)
    return csr_array((heavy, columns_, ends), shape=(len(rows), len(known)))
