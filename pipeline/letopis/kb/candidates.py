"""The batched join: names of all documents' entities against the keys of the base, in one DuckDB query a run.

Contract. `join` streams the base past a hash of the names that the documents have: memory grows with the documents, no item is
looked up by itself, and what has no name in them is never read further. Keys that more than MOST items share tell nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from letopis.find.naming.evidence import parsed
from letopis.kb.items import OWN, rank_of
from letopis.kb.keys import name_key, person_keys
from letopis.kb.storage import Base
from letopis.store.corpus import Corpus

MOST = 50

_NAMES = """
CREATE OR REPLACE TABLE kb_names AS
SELECT m.document_id, m.entity, n.name FROM members m JOIN {names} n USING (document_id, entity)
WHERE n.form <> 'adjective' AND {open} AND (m.sort <> 'PERSON' OR contains(n.name, ' ') OR NOT list_bool_or(
    list_transform(m.names, lambda x: regexp_matches(x, '^[^|]+[|][^|]{{2,}}[|]'))))
"""
_WANTED = """
CREATE OR REPLACE TABLE kb_wanted AS
SELECT DISTINCT document_id, entity, key FROM (
    SELECT document_id, entity, k.key FROM kb_names JOIN kb_keys k USING (name)
    UNION ALL
    SELECT document_id, entity, k.key FROM (SELECT document_id, entity, unnest(names) AS name FROM members WHERE sort = 'PERSON')
    JOIN kb_person_keys k USING (name)
    UNION ALL
    SELECT document_id, entity, 'b:' || split_part(name, '@', 1)
    FROM (SELECT document_id, entity, unnest(names) AS name FROM members m WHERE sort <> 'PERSON' AND {open})
    UNION ALL
    SELECT document_id, entity, 's:' || substr(heard, 2)
    FROM (SELECT document_id, entity, unnest(short) AS heard FROM members m WHERE sort <> 'PERSON' AND {open})
    WHERE starts_with(heard, '~')
)
"""
_FOUND = """
CREATE OR REPLACE TABLE kb_found AS
WITH hits AS (
    SELECT a.key, a.item, min(a.use) AS use FROM read_parquet({aliases}) a JOIN (SELECT DISTINCT key FROM kb_wanted) USING (key)
    GROUP BY ALL
), telling AS (SELECT key FROM hits GROUP BY key HAVING count(*) <= {most})
SELECT w.document_id, w.entity, h.item, min(h.use) AS use
FROM kb_wanted w JOIN hits h USING (key) JOIN telling USING (key) GROUP BY ALL
"""
_ITEMS = """
SELECT DISTINCT ON (i.item) i.* FROM read_parquet({items}) i
WHERE i.item IN (SELECT item FROM kb_found UNION SELECT item FROM kb_same) ORDER BY ALL
"""
_SAME = """
CREATE OR REPLACE TABLE kb_same AS
SELECT DISTINCT "outer", item FROM read_parquet({same})
WHERE "outer" IN (SELECT item FROM kb_found UNION SELECT place FROM members WHERE place IS NOT NULL)
"""
_MEMBERS = """
SELECT m.document_id, m.entity, m.type, m.place, m.names, m.posts, m.seats, m.kinds, year(d.published_date) AS year,
       f.found, c.places, c.names AS beside
FROM members m JOIN days d USING (document_id)
LEFT JOIN (SELECT document_id, entity, list((item, use) ORDER BY item) AS found FROM kb_found GROUP BY ALL) f
     USING (document_id, entity)
JOIN (SELECT document_id, list_sort(list(DISTINCT place)) AS places, flatten(list(names ORDER BY entity)) AS names
      FROM members GROUP BY document_id) c USING (document_id)
WHERE f.found IS NOT NULL OR m.place IN (SELECT "outer" FROM kb_same)
ORDER BY m.document_id, m.entity
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """An entity of a document with the items that bear a name of it (and how: keys.LABEL to SHORT), in the order of their ids."""

    document: str
    entity: int
    member: Mapping[str, Any]         # its row of `members`, and what stands beside it in its document
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """What the join gives: rows of the items by id, other ids of items (outer id -> item), and who asked."""

    items: Mapping[str, Mapping[str, Any]]
    same: Mapping[str, str]
    asked: Iterator[Asked]


def join(corpus: Corpus, base: Base) -> Joined:
    """The one pass over the base."""
    names, is_open = corpus.units("profile_names"), "TRUE" if base.has_own else "(m.place IS NULL OR m.place NOT LIKE 'Q%')"
    corpus.sql.execute(_NAMES.format(names=names, open=is_open))
    named = _column(corpus, "SELECT DISTINCT name FROM kb_names ORDER BY name")
    corpus.add("kb_keys", _table((name, name_key(name)) for name in named))
    people = _column(corpus, "SELECT DISTINCT unnest(names) AS name FROM members WHERE sort = 'PERSON' ORDER BY name")
    corpus.add("kb_person_keys", _table((name, key) for name in people for key in person_keys(parsed(name))))
    corpus.sql.execute(_WANTED.format(open=is_open))
    corpus.sql.execute(_FOUND.format(aliases=base.files("aliases"), most=MOST))
    corpus.sql.execute(_SAME.format(same=base.files("same")))
    items = {row["item"]: row for row in corpus.query(_ITEMS.format(items=base.files("items"))).to_pylist()}
    return Joined(items, _same(corpus), _asked(corpus))


def _table(pairs: Iterable[tuple[str, str]]) -> pa.Table:
    rows = list(pairs)
    return pa.table({"name": pa.array([n for n, _ in rows], pa.string()), "key": pa.array([k for _, k in rows], pa.string())})


def _column(corpus: Corpus, sql: str) -> list[str]:
    return [str(value) for value in corpus.query(sql)["name"].to_pylist()]


def _same(corpus: Corpus) -> dict[str, str]:
    """Outer id -> the item that states it, where one alone of the best rank does."""
    rows = corpus.query('SELECT "outer", item FROM kb_same ORDER BY ALL').to_pylist()
    found: dict[str, str] = {}
    for outer, group in groupby(rows, key=itemgetter("outer")):
        items = [row["item"] for row in group]
        own = [item for item in items if rank_of(item) == OWN] or items
        if len(own) == 1:
            found[outer] = own[0]
    return found


def _asked(corpus: Corpus) -> Iterator[Asked]:
    rows: Any = corpus.sql.sql(_MEMBERS)
    for batch in rows.to_arrow_reader(10_000):
        for row in batch.to_pylist():
            items = tuple(tuple(found.values()) for found in row["found"] or ())
            yield Asked(row["document_id"], row["entity"], row, items)
