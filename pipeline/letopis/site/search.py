"""The index of search: folded words of names, events and titles, in order, cut into files.

A row is found under each word, and its first two and three letters, so that a short query meets the weightiest names without
reading the files of all words that begin so. Of a word that very many rows have only the weightiest are kept, which is told.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa

from letopis.site.files import Shards, Site
from letopis.site.folding import fold, words_of
from letopis.site.source import Row, Source

MOST = 200                            # rows of one word
SHORT = (2, 3)                        # letters of the beginnings that have rows of their own
MOST_SHORT = 40                       # rows of one of those
WORDS = 14                            # of one name or title
_BATCH = 50_000
_COLUMNS = "token VARCHAR, kind VARCHAR, id VARCHAR, weight DOUBLE"

_ENTITIES = """
SELECT entity_id AS id, name, list_concat(list_concat([name, name_latin], aliases), abbreviations) AS names,
    CAST(document_count AS DOUBLE) AS weight FROM entities
"""
_EVENTS = """
SELECT event_id AS id, [name, place] AS names, weight FROM ranked WHERE family <> 'statement' OR salience >= 0.5
"""
_TITLES = "SELECT document_id AS id, [title] AS names, 1.0 AS weight FROM articles WHERE title IS NOT NULL"
_KINDS = {"entity": _ENTITIES, "event": _EVENTS, "article": _TITLES}

_FOUND = f"""
WITH kept AS (
    SELECT *, count(*) OVER (PARTITION BY token) AS total FROM postings
    QUALIFY row_number() OVER (PARTITION BY token ORDER BY kind = 'article', weight DESC, id)
        <= if(ends_with(token, '*'), {MOST_SHORT}, {MOST})
)
SELECT token, kind, k.id, k.weight, total,
    coalesce(e.name, r.name, a.title) AS name, coalesce(e.type, r.type, a.source) AS type,
    coalesce(r.date_start, a.day) AS day, r.place, e.aliases, e.label
FROM kept k LEFT JOIN entities e ON kind = 'entity' AND e.entity_id = k.id
    LEFT JOIN ranked r ON kind = 'event' AND r.event_id = k.id
    LEFT JOIN articles a ON kind = 'article' AND a.document_id = k.id
ORDER BY token, kind = 'article', k.weight DESC, k.id
"""


def write_search(site: Site, source: Source) -> list[str]:
    """The rows of all words; gives the first word of every file."""
    for kind, sql in _KINDS.items():
        postings = _postings(kind, source.rows(sql))
        while batch := list(islice(postings, _BATCH)):
            columns = [list(c) for c in zip(*batch, strict=True)]
            source.keep("postings", _COLUMNS, pa.table(columns, ["token", "kind", "id", "weight"]))
    shards = Shards(site, "search")
    for row in source.rows(_FOUND):
        shards.add(row.pop("token"), [_short(v) for v in row.values()])
    return shards.close()


def _postings(kind: str, rows: Iterable[Row]) -> Iterator[tuple[str, str, str, float]]:
    for row in rows:
        for token in tokens_of(row["names"]):
            yield token, kind, row["id"], row["weight"]


def tokens_of(names: Iterable[str | None]) -> list[str]:
    """['ceremin', 'ce*', 'cer*', ...]: folded words of all the names and the beginnings of them, sorted.

    Words of one letter are left out, initials among them.
    """
    words = {fold(w) for name in names if name for w in words_of(name)[:WORDS] if len(w) > 1}
    long = {w for w in words if len(w) > 1}
    return sorted(long | {f"{w[:n]}*" for w in long for n in SHORT})


def _short(value: Any) -> Any:
    """Aliases without the tail that no query needs."""
    return value[:6] if isinstance(value, list) else value
