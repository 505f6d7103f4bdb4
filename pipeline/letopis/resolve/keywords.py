"""Keywords, authors and publications of the front matter: what each names in its article, else in the whole corpus.

Contract. The first rule of `RULES` that knows an answer wins; of several entities that fit, one named more often than the others in
the article is meant, else none. A keyword means an event only by a name of several words, or one no dictionary has ('Brexit'):
'суд' is no trial in particular. An author is a person, a publication no person and no place. Nothing is made by a keyword alone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeAlias

import pyarrow as pa

from letopis.find.names import fold
from letopis.find.naming.people import agree, person_name
from letopis.find.naming.scene import PLACES
from letopis.store.corpus import Corpus
from letopis.text.dictionary import is_known, parses

DOCUMENTS_AT_ONCE = 2_000
_BRACKET = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_SHORT = 3                             # a name of no more letters is told by itself, never by its dictionary form

_ENTITIES = """
SELECT m.document_id, m.entity_id AS id, e.type, sum(m.mention_count) AS count, any_value(e.name) AS name,
       any_value(list_concat(e.aliases, e.abbreviations)) AS others, list(DISTINCT n.name) AS said
FROM entity_map m JOIN entities e USING (entity_id)
LEFT JOIN {names} n ON n.document_id = m.document_id AND n.entity = m.entity
WHERE m.document_id IN (SELECT document_id FROM keyword_documents) GROUP BY ALL ORDER BY ALL
"""
_EVENTS = """
SELECT document_id, event_id AS id, 'EVENT' AS type, sum(mention_count) AS count, name,
       CAST([] AS VARCHAR[]) AS others, [name] AS said
FROM event_map WHERE name IS NOT NULL AND document_id IN (SELECT document_id FROM keyword_documents) GROUP BY ALL ORDER BY ALL
"""
Named: TypeAlias = Mapping[str, Any]   # a row of the queries above


@dataclass(frozen=True, slots=True)
class Keyword:
    """One row of `keywords` to resolve."""

    document: str
    text: str
    source: str                        # keyword, author, publication


@dataclass(frozen=True, slots=True)
class Known:
    """What a keyword can name: of its article, and of the corpus by folded name -> (id, type)."""

    entities: Sequence[Named] = ()
    events: Sequence[Named] = ()
    corpus_entities: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    corpus_events: Mapping[str, frozenset[tuple[str, str]]] = field(default_factory=dict)


def resolve_keywords(corpus: Corpus, entities: pa.Table, events: pa.Table) -> None:
    """Leave the table `keyword_map` (document_id, keyword, source, entity_id, event_id) in the connection."""
    stated = [
        Keyword(r["document_id"], r["keyword"], r["source"]) for r in corpus.query(
            f"SELECT DISTINCT document_id, keyword, source FROM {corpus.units('keywords')} ORDER BY ALL"
        ).to_pylist()
    ]
    wanted = {fold(text) for k in stated for text in _variants(k.text)}
    known = _named(entities, wanted, ("entity_id", "name", "type"), ("aliases", "abbreviations"))
    happenings = _named(events, {k for k in wanted if _names_event(k)}, ("event_id", "name", "type"), ())
    rows = [
        (k.document, k.text, k.source, *resolve_one(k, Known(*own, known, happenings)))
        for k, own in _with_articles(corpus, stated)
    ]
    names = ("document_id", "keyword", "source", "entity_id", "event_id")
    corpus.add("keyword_map", pa.table({n: pa.array([r[i] for r in rows], pa.string()) for i, n in enumerate(names)}))


def resolve_one(keyword: Keyword, known: Known) -> tuple[str | None, str | None]:
    """(entity_id, event_id) that a keyword names, at most one of them; what it has in brackets is asked without and alone."""
    for kind, rule in RULES:
        for text in _variants(keyword.text):
            found = rule(replace(keyword, text=text), known)
            if found is not None:
                return (found, None) if kind == "entity" else (None, found)
    return None, None


def _variants(text: str) -> Iterator[str]:
    """'Организация Объединённых Наций (ООН)': the whole, without the bracket, the bracket."""
    yield text
    match = _BRACKET.fullmatch(text)
    if match:
        yield from match.groups()


def _with_articles(corpus: Corpus, stated: Sequence[Keyword]) -> Iterator[tuple[Keyword, tuple[list[Named], list[Named]]]]:
    """Each keyword with the entities and events of its article, some thousand articles at a time."""
    documents = sorted({k.document for k in stated})
    of_document: defaultdict[str, list[Keyword]] = defaultdict(list)
    for keyword in stated:
        of_document[keyword.document].append(keyword)
    for start in range(0, len(documents), DOCUMENTS_AT_ONCE):
        part = documents[start:start + DOCUMENTS_AT_ONCE]
        corpus.add("keyword_documents", pa.table({"document_id": pa.array(part, pa.string())}))
        entities = _by_document(corpus.query(_ENTITIES.format(names=corpus.units("profile_names"))))
        events = _by_document(corpus.query(_EVENTS))
        yield from ((k, (entities[d], events[d])) for d in part for k in of_document[d])


def _by_document(found: pa.Table) -> defaultdict[str, list[Named]]:
    rows: defaultdict[str, list[Named]] = defaultdict(list)
    for row in found.to_pylist():
        rows[row["document_id"]].append(row)
    return rows


def _named(
    rows: pa.Table, wanted: set[str], key: tuple[str, str, str], lists: tuple[str, ...],
) -> dict[str, frozenset[tuple[str, str]]]:
    """Folded name -> (id, type) of what has it, of the wanted ones; `key`: the columns of id, name and type."""
    ids: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows.select([*key, *lists]).to_pylist() if wanted else ():
        for name in filter(wanted.__contains__, map(fold, (row[key[1]], *(n for c in lists for n in row[c])))):
            ids[name].add((row[key[0]], row[key[2]]))
    return {name: frozenset(found) for name, found in ids.items()}


# --- rules -----------------------------------------------------------------------------------------------------------------

def _own_name(keyword: Keyword, known: Known) -> str | None:
    """'Москва': the name, an alias or an abbreviation of what the article names; the name itself before the others."""
    wanted = fold(keyword.text)
    fitting = [e for e in known.entities if _fits(keyword, e["type"])]
    first = [e for e in fitting if fold(e["name"]) == wanted]
    return _only(first) or (None if first else _only([e for e in fitting if wanted in _folded(e)]))


def _own_person(keyword: Keyword, known: Known) -> str | None:
    """'Черёмин Сергей Евгеньевич' for 'Сергей Черёмин': the only person of the article whose name agrees with a full one."""
    wanted = person_name(keyword.text)
    people = [e for e in known.entities if e["type"] == "PERSON"]
    if not (wanted.full and wanted.surname):
        return None
    found = [e for e in people if (name := person_name(e["name"])).surname and name.given and agree(wanted, name, alike=True)]
    return _only(found)


def _own_forms(keyword: Keyword, known: Known) -> str | None:
    """'Олимпийские игры' for 'Олимпийских игр': the dictionary forms of all words are equal."""
    return _only([e for e in known.entities if _fits(keyword, e["type"]) and _same_forms(keyword, e)])


def _own_event(keyword: Keyword, known: Known) -> str | None:
    """'Первый Евразийский конгресс': an event of the article with that name, or that in other forms."""
    if keyword.source != "keyword" or not _names_event(fold(keyword.text)):
        return None
    named = [e for e in known.events if fold(keyword.text) in _folded(e)]
    return _only(named or [e for e in known.events if _same_forms(keyword, e)])


def _corpus_name(keyword: Keyword, known: Known) -> str | None:
    """What exactly one entity of the corpus is called."""
    found = [i for i, kind in known.corpus_entities.get(fold(keyword.text), ()) if _fits(keyword, kind)]
    return found[0] if len(found) == 1 else None


def _corpus_event(keyword: Keyword, known: Known) -> str | None:
    found = known.corpus_events.get(fold(keyword.text), frozenset()) if keyword.source == "keyword" else ()
    return next(iter(found))[0] if len(found) == 1 else None


RULES: tuple[tuple[str, Callable[[Keyword, Known], str | None]], ...] = (
    ("entity", _own_name), ("entity", _own_person), ("entity", _own_forms), ("event", _own_event),
    ("entity", _corpus_name), ("event", _corpus_event),
)
"""What is asked in order, and what its answer is an id of."""


def _fits(keyword: Keyword, kind: str) -> bool:
    if keyword.source == "author":
        return kind == "PERSON"
    return keyword.source == "keyword" or (kind != "PERSON" and kind not in PLACES)


def _only(found: Sequence[Named]) -> str | None:
    """The id of the only one, or of the one named most often."""
    ranked = sorted(found, key=lambda e: (-e["count"], e["id"]))
    if not ranked or (len(ranked) > 1 and ranked[0]["count"] == ranked[1]["count"]):
        return None
    return str(ranked[0]["id"])


def _folded(named: Named) -> set[str]:
    return {fold(name) for name in _names(named)}


def _names(named: Named) -> Iterable[str]:
    return (name for name in (named["name"], *named["others"], *named["said"]) if name)


def _same_forms(keyword: Keyword, named: Named) -> bool:
    wanted = _forms(keyword.text)
    return len(fold(keyword.text)) > _SHORT and any(_forms(name) == wanted for name in _names(named))


@lru_cache(maxsize=100_000)
def _forms(name: str) -> tuple[str, ...]:
    """'Олимпийских игр' -> ('олимпийский', 'игра')."""
    return tuple(fold(parses(word)[0].normal_form) for word in fold(name).replace("-", " ").split())


@lru_cache(maxsize=100_000)
def _names_event(name: str) -> bool:
    """A folded name of several words, or of one that no dictionary has."""
    return " " in name or not is_known(name)
