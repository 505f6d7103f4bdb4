"""Addresses in documents: from a quote or from offsets to the one mention that is meant.

Contract. A quote is whole words, its blanks any blank space of the text. Where it stands several times and an occurrence is not
said, all occurrences must mean one thing. What cannot be decided is told in a sentence, not guessed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pyarrow as pa

from letopis.resolve.corrections.statements import EVENT, Address
from letopis.store.corpus import Corpus
from letopis.store.manifest import Entry

Member: TypeAlias = tuple[str, int]
"""(document_id, number of the entity or event in it)."""

TABLES: Mapping[str, tuple[str, str]] = {"entity": ("mentions", "entity_id"), "event": ("event_mentions", "event_id")}


def table_of(members: Iterable[Member]) -> pa.Table:
    """Members as a table (document_id, number), in order."""
    rows = sorted(members)
    columns = {"document_id": pa.array([d for d, _ in rows], pa.string()), "number": pa.array([n for _, n in rows], pa.int32())}
    return pa.table(columns)


class NotFound(Exception):
    """An address means nothing, or more than one thing; `str()` says which."""


@dataclass(frozen=True, slots=True)
class Span:
    """A mention of something, in original offsets."""

    field: str
    start: int
    end: int
    type: str
    number: int


@dataclass(frozen=True, slots=True)
class Article:
    """What addresses in one document are looked up in: its fields, and its mentions by 'entity' and 'event'."""

    document: str
    texts: Mapping[str, str]
    spans: Mapping[str, list[Span]] = field(default_factory=lambda: defaultdict(list))


def articles(corpus: Corpus, addresses: Iterable[Address]) -> dict[str, Article | NotFound]:
    """By what each address calls it, the document; only those documents are read."""
    named = {a.document for a in addresses if a.document is not None}
    entries = _entries(corpus.entries, named) if named else {}
    ids = frozenset(e.document_id for e in entries.values() if isinstance(e, Entry))
    known = {a.document: a for a in _read(corpus, ids)} if ids else {}
    return {name: found if isinstance(found, NotFound) else known[found.document_id] for name, found in entries.items()}


def locate(address: Address, article: Article, kind: str) -> int:
    """The number of the entity or event that an address means. Raises NotFound."""
    spans = [s for s in article.spans[kind] if address.type in (None, s.type)]
    places = list(_places(address, article))
    if not places:
        raise NotFound(f"{address}: no such words there")
    found = {_nearest(place, spans) for place in places} - {None}
    if len(found) > 1:
        raise NotFound(f"{address}: {len(places)} times there, for {len(found)} things: say which `occurrence`")
    if not found:
        what = "event" if kind == EVENT else "person, organisation, place or thing"
        raise NotFound(f"{address}: no mention of a {what}{f' of type {address.type}' if address.type else ''} there")
    return next(number for number in found if number is not None)


def _entries(entries: Sequence[Entry], named: set[str]) -> dict[str, Entry | NotFound]:
    """Documents by id, by path, and by the end of a path; the exact name wins."""
    exact, ends = defaultdict[str, list[Entry]](list), defaultdict[str, list[Entry]](list)
    lasts = {name.rsplit("/", 1)[-1] for name in named}
    for entry in entries:
        path = entry.path if entry.record is None else f"{entry.path}#{entry.record}"
        for name in {entry.document_id, path} & named:
            exact[name].append(entry)
        if path.rsplit("/", 1)[-1] in lasts:
            for name in (n for n in named if path.endswith(f"/{n}")):
                ends[name].append(entry)
    return {name: _one(name, exact[name] or ends[name]) for name in sorted(named)}


def _one(name: str, found: list[Entry]) -> Entry | NotFound:
    if len(found) == 1:
        return found[0]
    ids = ", ".join(sorted(e.document_id for e in found)[:3])
    return NotFound(f"'{name}' is the name of {len(found)} documents: {ids}" if found else f"no document '{name}'")


def _read(corpus: Corpus, ids: frozenset[str]) -> Iterator[Article]:
    articles = {
        row["document_id"]: Article(row["document_id"], {f: row[f] for f in ("text", "title") if row[f]})
        for row in corpus.query(f"SELECT document_id, title, text FROM {corpus.units('documents', only=ids)}").to_pylist()
    }
    for kind, (table, number) in TABLES.items():
        sql = f'SELECT document_id, field, start, "end", type, {number} AS number FROM {corpus.units(table, only=ids)}'
        for row in corpus.query(f"{sql} WHERE {number} IS NOT NULL ORDER BY ALL").to_pylist():
            articles[row.pop("document_id")].spans[kind].append(Span(**row))
    yield from articles.values()


def _places(address: Address, article: Article) -> Iterator[tuple[str, int, int]]:
    """(field, start, end) of the places that an address can mean."""
    for name in (address.field,) if address.field else ("text", "title"):
        found = list(_in_field(address, article.texts.get(name, "")))
        yield from ((name, *place) for place in found)
        if found:
            return


def _in_field(address: Address, text: str) -> Iterator[tuple[int, int]]:
    if address.quote is None:
        if address.start is not None and address.end is not None and address.end <= len(text):
            yield address.start, address.end
        return
    words = r"\s+".join(map(re.escape, address.quote.split()))
    matches = [m.span() for m in re.finditer(rf"(?<![\w-]){words}(?![\w-])", text)]
    yield from matches if address.occurrence is None else matches[address.occurrence - 1:address.occurrence]


def _nearest(place: tuple[str, int, int], spans: Iterable[Span]) -> int | None:
    """The very span, else the shortest that covers it, else the longest in it."""
    name, start, end = place
    here: list[Any] = [s for s in spans if s.field == name and s.start < end and start < s.end]
    covering = [s for s in here if s.start <= start and end <= s.end]
    if covering:
        return int(min(covering, key=lambda s: (s.end - s.start, s.start)).number)
    inside = [s for s in here if start <= s.start and s.end <= end]
    return int(max(inside, key=lambda s: (s.end - s.start, -s.start)).number) if inside else None
