"""The traps of identity: small corpora of our own sentences, with what must be one entity there and what must not.

Format of traps/*.yaml, a list of traps a file:

    - id: coach-and-deputy              # unique
      kind: namesake                    # one of KINDS
      why: what decides here, in one line
      documents:                        # two to five, named a, b, c ...
        a: {published: 2015-08-07, publication: Спорт-курьер, title: ..., text: >- ...}     # all but text may be missing
      same:                             # each list is one entity
        - [[b, Леонид Слуцкий], [c.title, Слуцкий]]
      different:                        # the members of each list are pairwise different entities
        - [[a, Слуцкий, 2], [b, Леонид Слуцкий]]

An address is [document, exact words] in the text, or [document.title, words] in the title; a number says which occurrence,
counted in whole words ('Киров' does not stand in 'Кировский' or 'Киров-2'), and must be given where there are several.

Policy. Every decision can be read from the texts of its trap by an attentive reader: position, organisation, place, time,
a definition. Minor people and small organisations are invented; of public figures only plain and harmless things are told.
A `different` may hold a word that names nothing (мороз as weather): it holds if the word is no mention at all.

What this module does not do: it runs no pipeline and judges nothing.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from letopis.layers import Document, Documents

FOLDER = Path(__file__).parent / "traps"
ZONE = ZoneInfo("Europe/Moscow")

KINDS = {
    "namesake": "one name, several people; or one person whose post has changed",
    "kin": "parents, children, brothers and spouses of one surname",
    "surname_alone": "a bare surname or first name, with and without evidence",
    "position": "what a post proves and what it does not",
    "name_form": "order, initials, cases, gender of one name",
    "spelling": "ё and е, transliteration, other alphabets; names that only look alike",
    "other_name": "married, monastic and stage names, nicknames",
    "common_word": "a name that is also a word",
    "name_or_place": "one string for a person, a place, a ship, a club",
    "short_form": "one short form of many organisations",
    "same_name": "organisations of one name in several cities and trades",
    "abbreviation": "abbreviations, defined in every way, or of two things",
    "renamed": "new names of old organisations",
    "subsidiary": "daughters and parts whose name holds the mother's",
    "org_name_form": "long and short names, legal forms",
    "foreign_name": "organisations in two alphabets",
    "place_form": "many names of one place",
    "place_homonym": "one name of many places",
    "title": "works and laws of one title",
    "product": "models, series and their makers",
    "numbered": "schools, colonies, articles that only a number and a place tell apart",
    "event": "happenings of one title (event_id, for an EVENT has no entity_id)",
}
_KEYS = {"id", "kind", "why", "documents", "same", "different"}
_TEXT_KEYS = {"published", "publication", "title", "text"}


class TrapError(ValueError):
    """A trap that does not keep to the format; the message names file and trap."""


@dataclass(frozen=True, slots=True)
class Text:
    """One document of a trap."""

    name: str                         # a, b, c ...
    text: str
    title: str | None
    publication: str | None
    published: date | None


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Some words of a trap: half-open offsets in the field of a document of `to_documents`."""

    document: int
    field: str                        # title or text
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Trap:
    """A mini-corpus and its statements."""

    id: str
    kind: str
    why: str
    texts: tuple[Text, ...]
    same: tuple[tuple[Address, ...], ...]           # each one entity
    different: tuple[tuple[Address, Address], ...]  # each two entities

    @property
    def joins(self) -> tuple[tuple[Address, Address], ...]:
        """The pairs of `same`: those of every group with its first address."""
        return tuple((group[0], other) for group in self.same for other in group[1:])


def load(folder: Path = FOLDER) -> tuple[Trap, ...]:
    """All traps of a folder in order of files. Raises TrapError on the first that is not as the format wants it."""
    traps = tuple(trap for path in sorted(folder.glob("*.yaml")) for trap in _file(path))
    _unique([trap.id for trap in traps], "id", folder.name)
    return traps


def parse(trap: Mapping[str, Any]) -> Trap:
    """One trap as YAML gives it -> Trap. Raises TrapError."""
    where = str(trap.get("id"))
    _expect(trap.keys() <= _KEYS and {"id", "kind", "why", "documents"} <= trap.keys(), where, f"keys {sorted(trap)}")
    _expect(bool(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", where)), where, "an id is words with hyphens")
    _expect(trap["kind"] in KINDS, where, f"unknown kind {trap['kind']}")
    texts = tuple(_text(where, name, fields) for name, fields in trap["documents"].items())
    _expect(2 <= len(texts) <= 5, where, "two to five documents")
    same = tuple(_group(where, texts, group) for group in trap.get("same", ()))
    apart = (_group(where, texts, group) for group in trap.get("different", ()))
    different = tuple(pair for group in apart for pair in combinations(group, 2))
    _consistent(where, texts, same, different)
    return Trap(where, trap["kind"], str(trap["why"]), texts, same, different)


def to_documents(trap: Trap) -> Documents:
    """The documents of a trap as `formats` would give them, in their order: Address.document counts in it."""
    return tuple(_document(f"{trap.id}/{text.name}.txt", text) for text in trap.texts)


def nearest(address: Address, spans: Sequence[tuple[int, int]]) -> int | None:
    """Number of the span (original offsets in the address's own field) that an address means; None for none.

    The very span, else the shortest that covers it ('гостиница «Москва»'), else the longest inside it.
    """
    covering = [i for i, (start, end) in enumerate(spans) if start <= address.start and address.end <= end]
    if covering:
        return min(covering, key=lambda i: (spans[i][1] - spans[i][0], i))
    inside = [i for i, (start, end) in enumerate(spans) if address.start <= start and end <= address.end]
    return min(inside, key=lambda i: (spans[i][0] - spans[i][1], i), default=None)


# --- reading ------------------------------------------------------------------------------------------------------------

class _Loader(yaml.CSafeLoader):
    """Safe, and a key that stands twice is an error: the first would be lost."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        _unique([key.value for key, _ in node.value], "key", f"line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


def _file(path: Path) -> Iterator[Trap]:
    try:
        for trap in yaml.load(path.read_text(encoding="utf-8"), _Loader):
            yield parse(trap)
    except TrapError as error:
        raise TrapError(f"{path.name}: {error}") from error


def _text(where: str, name: str, fields: Mapping[str, Any]) -> Text:
    _expect(fields.keys() <= _TEXT_KEYS and bool(fields.get("text")), where, f"keys of {name}: {sorted(fields)}")
    published = fields.get("published")
    _expect(published is None or type(published) is date, where, f"{name}: published is a day")
    return Text(name, fields["text"], fields.get("title"), fields.get("publication"), published)


def _document(key: str, text: Text) -> Document:
    day = text.published
    return Document(
        key=key, path=key, record=None, format="txt", text=text.text, text_start=0, content_sha256=key, annotated=True,
        language="ru", title=text.title, publication=text.publication, published_date=day,
        published=datetime.combine(day, time(), ZONE).astimezone(UTC) if day else None,
    )


def _group(where: str, texts: tuple[Text, ...], group: Sequence[Sequence[Any]]) -> tuple[Address, ...]:
    addresses = tuple(_address(where, texts, *raw) for raw in group)
    distinct = len(set(addresses))
    _expect(distinct == len(addresses) > 1, where, f"a group is two or more addresses, all distinct: {group}")
    return addresses


def _address(where: str, texts: tuple[Text, ...], place: str, words: str, occurrence: int | None = None) -> Address:
    name, _, title = place.partition(".")
    found = [i for i, text in enumerate(texts) if text.name == name]
    _expect(bool(found) and title in ("", "title"), where, f"no document {place}")
    source = (texts[found[0]].title if title else texts[found[0]].text) or ""
    starts = [match.start() for match in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-])", source)]
    numbers = [None] if len(starts) == 1 else range(1, len(starts) + 1)
    _expect(occurrence in numbers, where, f"{place} has '{words}' {len(starts)} times, asked for {occurrence}")
    start = starts[(occurrence or 1) - 1]
    return Address(found[0], title or "text", start, start + len(words), words)


# --- checks -------------------------------------------------------------------------------------------------------------

def _consistent(
    where: str, texts: tuple[Text, ...], same: tuple[tuple[Address, ...], ...], different: tuple[tuple[Address, Address], ...],
) -> None:
    """Groups share no address, no pair is both, every document is spoken of, something reaches across documents."""
    entity = {address: number for number, group in enumerate(same) for address in group}
    _expect(len(entity) == sum(map(len, same)), where, "an address stands in two groups of `same`")
    for a, b in different:
        apart = a not in entity or entity[a] != entity.get(b)
        _expect(apart, where, f"'{a.words}' and '{b.words}' are both same and different")
    used = {address.document for address in (*entity, *(address for pair in different for address in pair))}
    _expect(used == set(range(len(texts))), where, "a document that no statement speaks of")
    across = any(len({address.document for address in group}) > 1 for group in (*same, *different))
    _expect(across, where, "no statement across documents")


def _unique(names: Sequence[str], what: str, where: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    _expect(not twice, where, f"{what} stands twice: {', '.join(twice)}")


def _expect(holds: bool, where: str, message: str) -> None:
    if not holds:
        raise TrapError(f"{where}: {message}")
