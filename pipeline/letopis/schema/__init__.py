"""The tables: the single source of truth for names, types, keys and descriptions.

A new table is one file here and one line in `DOCUMENT_TABLES`, `CORPUS_TABLES` or `RUN_TABLES`.
"""

from collections.abc import Callable

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema import (
    anaphors,
    documents,
    entities,
    event_mentions,
    event_roles,
    event_types,
    events,
    keywords,
    mentions,
    positions,
    quantities,
    quotes,
    relations,
    runs,
    sentences,
    time_expressions,
    tokens,
)
from letopis.schema.origins import Origins, origins
from letopis.schema.profiles import SCHEMAS as PROFILE_SCHEMAS
from letopis.schema.profiles import profile_rows
from letopis.schema.table import SCHEMA_VERSION, Column, Table

Rows = Callable[[Analysis, Origins], pa.Table]

DOCUMENT_TABLES: tuple[tuple[Table, Rows], ...] = (
    (documents.TABLE, documents.rows),
    (sentences.TABLE, sentences.rows),
    (tokens.TABLE, tokens.rows),
    (mentions.TABLE, mentions.rows),
    (anaphors.TABLE, anaphors.rows),
    (relations.TABLE, relations.rows),
    (positions.TABLE, positions.rows),
    (time_expressions.TABLE, time_expressions.rows),
    (quantities.TABLE, quantities.rows),
    (event_mentions.TABLE, event_mentions.rows),
    (event_roles.TABLE, event_roles.rows),
    (quotes.TABLE, quotes.rows),
    (keywords.TABLE, keywords.rows),
)
CORPUS_TABLES: tuple[Table, ...] = (entities.TABLE, events.TABLE, events.PARTICIPANTS, event_types.TABLE)
RUN_TABLES: tuple[Table, ...] = (runs.REDIRECTS, runs.CHANGES, runs.REJECTS, runs.RUNS)
TABLES: tuple[Table, ...] = (*(t for t, _ in DOCUMENT_TABLES), *CORPUS_TABLES, *RUN_TABLES)
BY_NAME: dict[str, Table] = {t.name: t for t in TABLES}
UNIT_SCHEMAS: dict[str, pa.Schema] = {**{t.name: t.unit_schema for t, _ in DOCUMENT_TABLES}, **PROFILE_SCHEMAS}


def unit_rows(analysis: Analysis) -> dict[str, pa.Table]:
    """Rows of one batch for every document-level table, in the unit schemas, and the profiles that `resolve` reads."""
    back = origins(analysis)
    return {**{t.name: rows(analysis, back) for t, rows in DOCUMENT_TABLES}, **profile_rows(analysis, back)}


__all__ = [
    "BY_NAME", "CORPUS_TABLES", "DOCUMENT_TABLES", "RUN_TABLES", "SCHEMA_VERSION", "TABLES", "UNIT_SCHEMAS", "Column", "Table",
    "unit_rows",
]
