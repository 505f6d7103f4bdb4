"""How much of the front matter's keywords a store knows: a quality figure that needs no gold.

A keyword counts once an article. It *occurs* where its words stand in the title or text one after another, in whatever form (their
ends left out); it is *found* where it is resolved to an entity or event that the article itself names.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import duckdb

from letopis.find.names import fold

_END = 3                               # letters an ending may have
_STEM = 3                              # letters that stay at least

_STATED = """
WITH named AS (
    SELECT DISTINCT document_id, entity_id AS id FROM read_parquet({mentions}, hive_partitioning = true)
    UNION SELECT document_id, event_id FROM read_parquet({events}, hive_partitioning = true)
)
SELECT k.document_id, k.keyword, coalesce(d.title, '') || ' ' || d.text AS text,
       n.id IS NOT NULL AS found, coalesce(k.entity_id, k.event_id) IS NOT NULL AS resolved
FROM read_parquet({keywords}, hive_partitioning = true) k
JOIN read_parquet({documents}, hive_partitioning = true) d USING (document_id)
LEFT JOIN named n ON n.document_id = k.document_id AND n.id = coalesce(k.entity_id, k.event_id)
WHERE k.source = 'keyword' {wanted} ORDER BY k.document_id, k.keyword
"""


class KeywordRecall(NamedTuple):
    """Keywords of articles: all, those that occur in the text, those found there, and those resolved at all."""

    stated: int
    occurring: int
    found: int
    resolved: int


def keyword_recall(snapshot: Path, months: Mapping[str, Sequence[str]] | None = None) -> KeywordRecall:
    """The counts of a snapshot, or of some documents (month -> ids), texts read in batches."""
    files = {name: _files(snapshot / folder, months) for name, folder in _FOLDERS.items()}
    stated = occurring = found = resolved = 0
    with duckdb.connect(config={"threads": 1}) as connection:
        ids = [[key for keys in months.values() for key in keys]] if months is not None else []
        wanted = "AND k.document_id IN (SELECT unnest(?))" if ids else ""
        cursor = connection.execute(_STATED.format(**files, wanted=wanted), ids)
        while rows := cursor.fetchmany(1_000):
            for _, keyword, text, is_found, is_resolved in rows:
                stated += 1
                found += is_found
                resolved += is_resolved
                occurring += is_found or occurs(keyword, text)
    return KeywordRecall(stated, occurring, found, resolved)


def _files(folder: Path, months: Mapping[str, Sequence[str]] | None) -> str:
    """What DuckDB reads of a table: all of it, or some months."""
    names = ["**"] if months is None else [f"month={month}" for month in months]
    return "[" + ", ".join("'" + str(folder / name / "*.parquet").replace("'", "''") + "'" for name in names) + "]"


_FOLDERS = {"mentions": "mentions", "events": "event_mentions", "keywords": "keywords", "documents": "documents"}


def occurs(keyword: str, text: str) -> bool:
    """Whether the words of a keyword stand in a text one after another, whatever their endings."""
    pattern = _pattern(keyword)
    return pattern is not None and pattern.search(text.lower().replace("ё", "е")) is not None


@lru_cache(maxsize=10_000)
def _pattern(keyword: str) -> re.Pattern[str] | None:
    """'Первый конгресс' -> 'пер' + letters, 'конгр' + letters; None for a keyword without a word."""
    words = re.findall(r"\w+", fold(keyword))
    stems = (re.escape(w[:max(_STEM, len(w) - _END)]) + r"\w*" if len(w) > _STEM else re.escape(w) + r"\b" for w in words)
    return re.compile(r"\b" + r"\W+".join(stems)) if words else None
