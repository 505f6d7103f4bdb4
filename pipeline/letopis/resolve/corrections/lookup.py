"""What of a corpus each correction is about: members, that is entities and events of single documents.

Contract. `look_up` gives every correction with its kind and the members of its addresses in documents; `sides` adds the members of
names. Both are functions of the units and the corrections. What means nothing becomes a warning (line, sentence) and no side.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import pyarrow as pa

from letopis.resolve.corrections.naming import called, longest
from letopis.resolve.corrections.parsing import is_event_type
from letopis.resolve.corrections.places import Article, Member, NotFound, articles, locate
from letopis.resolve.corrections.statements import DROP, ENTITY, EVENT, RETYPE, Address, Correction, Corrections
from letopis.store.corpus import Corpus


class Warned(NamedTuple):
    """Something a user should know about a line of the file."""

    line: int
    message: str


Side: TypeAlias = tuple[Address, frozenset[Member]]


@dataclass(frozen=True, slots=True)
class Found:
    """A correction of entities or of events, with the members its addresses in documents mean."""

    correction: Correction
    kind: str
    members: Mapping[Address, Member]
    warnings: tuple[Warned, ...] = ()

    @property
    def names(self) -> list[Address]:
        """Its addresses by name."""
        return [a for a in self.correction.addresses if a.name is not None]


def look_up(corpus: Corpus, corrections: Corrections) -> tuple[Found, ...]:
    """Every correction, in the order of the file."""
    known = articles(corpus, (a for c in corrections.items for a in c.addresses))
    return tuple(_found(c, known) for c in corrections.items)


def _found(correction: Correction, known: Mapping[str, Article | NotFound]) -> Found:
    """As a correction of entities, unless a type says or all its addresses can only mean that it is one of events."""
    types = {is_event_type(t) for t in (*(a.type for a in correction.addresses), _type_to(correction)) if t}
    kinds = (EVENT,) if True in types else (ENTITY,) if types or correction.kind == DROP else (ENTITY, EVENT)
    tried = [_of_kind(correction, known, kind) for kind in kinds]
    return next((found for found in tried if not found.warnings), tried[0])


def _type_to(correction: Correction) -> str | None:
    return correction.to if correction.kind == RETYPE else None


def _of_kind(correction: Correction, known: Mapping[str, Article | NotFound], kind: str) -> Found:
    members: dict[Address, Member] = {}
    warnings: list[Warned] = []
    for address in correction.addresses:
        if address.document is None:
            continue
        article = known[address.document]
        try:
            if isinstance(article, NotFound):
                raise article
            members[address] = article.document, locate(address, article, kind)
        except NotFound as error:
            warnings.append(Warned(address.line, f"{correction.kind}: {error}"))
    return Found(correction, kind, members, tuple(warnings))


def sides(found: Found, by_name: Mapping[Address, Iterable[Member]]) -> tuple[list[Side], list[Warned]]:
    """The members of every address that means some, what a document says itself before what a name says of all documents."""
    told = list(found.warnings)
    own = frozenset(found.members.values())
    groups: list[Side] = []
    for address in found.correction.addresses:
        if address in found.members:
            groups.append((address, frozenset([found.members[address]])))
        elif address.name is not None:
            members = frozenset(by_name.get(address, ())) - own
            if members:
                groups.append((address, members))
            else:
                told.append(Warned(address.line, f"{found.correction.kind}: nothing is called {address}"))
    return groups, told


# --- names --------------------------------------------------------------------------------------------------------------

_CALLED = """
SELECT p.document_id, p.{number} AS number, p.type, list(n.name ORDER BY n.{count} DESC, n.name) AS names
FROM {profiles} p JOIN {names} n ON n.document_id = p.document_id AND n.{number} = p.{number}
WHERE {forms} AND (p.document_id, p.{number}) IN (
    SELECT (m.document_id, m.{number}) FROM {names} m JOIN wanted_words w ON contains(replace(lower(m.name), 'ё', 'е'), w.word)
) GROUP BY ALL
"""


def members_called(corpus: Corpus, addresses: Iterable[Address], kind: str) -> dict[Address, set[Member]]:
    """The entities or events of documents that each address by name means."""
    wanted = list(addresses)
    if not wanted:
        return {}
    corpus.add("wanted_words", pa.table({"word": pa.array(sorted({longest(a.name or "") for a in wanted}), pa.string())}))
    return called(_called(corpus, kind), wanted)


def _called(corpus: Corpus, kind: str) -> Iterator[tuple[Member, str, list[str]]]:
    if kind == ENTITY:
        profiles, names = corpus.units("profile_entities"), corpus.units("profile_names")
        forms, count = "n.form IN ('name', 'abbreviation')", "count"
    else:
        profiles = names = corpus.units("profile_events")
        forms, count = "n.name IS NOT NULL", "mention_count"
    for row in corpus.query(_CALLED.format(profiles=profiles, names=names, number=kind, forms=forms, count=count)).to_pylist():
        yield (row["document_id"], row["number"]), row["type"], row["names"]
