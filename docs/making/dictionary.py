"""The data dictionary: every table and column as the schemas declare them, with a row of the sample."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from letopis.schema import SCHEMA_VERSION, TABLES, Column, Table

LONGEST = 60                          # characters of an example; what is longer is cut and says so
SCOPES = {
    "document": "A folder for each month of publication (`month=YYYY-MM`, `month=undated`)",
    "corpus": "About the whole corpus, not by month",
    "run": "About the nights themselves, not by month",
}
HEAD = f"""# Data dictionary

Generated from the schemas of `pipeline/letopis/schema/` when this site was built; schema version {SCHEMA_VERSION}. The same
descriptions are in the metadata of the Parquet files. Examples are of one row of the bundled sample, the one that has most to
show (where it has nothing, of another row). *Filled* is the share of the sample's rows that are not null.

Offsets are half-open and count code points from 0 in the column of `documents` that `field` names. Days are inclusive.
"""


def dictionary(snapshot: Path) -> str:
    """The page, with examples of a snapshot."""
    listed = "\n".join(f"| [`{t.name}`](#{t.name}) | {t.description} |" for t in TABLES)
    parts = [HEAD, f"| table | one row is |\n|---|---|\n{listed}\n", *(section(t, snapshot) for t in TABLES)]
    return "\n".join(parts)


def section(table: Table, snapshot: Path) -> str:
    """One table: its key, where it lies, its columns."""
    rows = pq.read_table(snapshot / table.name)
    best = fullest(rows)
    lines = [row(column, rows, best) for column in table.columns]
    key = ", ".join(f"`{c}`" for c in table.key)
    return (
        f"## {table.name} {{ #{table.name} }}\n\n{table.description} Key: {key}. {SCOPES[table.scope]}; "
        f"{len(rows):,} rows in the sample.\n\n| column | type | meaning | filled | example |\n|---|---|---|---|---|\n"
        + "\n".join(lines) + "\n"
    )


def fullest(rows: pa.Table) -> int | None:
    """The first of the rows with the fewest nulls; None where there are none."""
    if not len(rows):
        return None
    nulls = [rows[name].is_null().to_pylist() for name in rows.column_names]
    counts = [sum(row) for row in zip(*nulls, strict=True)]
    return counts.index(min(counts))


def row(column: Column, rows: pa.Table, best: int | None) -> str:
    """One line of a table of columns."""
    cells = rows[column.name] if best is not None else pa.chunked_array([[]], column.type)
    known = cells.drop_null()
    value = None if best is None else cells[best].as_py()
    if value is None and len(known):
        value = known[0].as_py()
    meaning = column.description
    if column.values:
        meaning += " One of " + ", ".join(f"`{v}`" for v in column.values) + "."
    if column.references:
        meaning += f" → [`{column.references}`](#{column.references.split('.')[0]})"
    filled = f"{len(known) / len(cells):.0%}" if len(cells) else ""
    return f"| `{column.name}` | {told(column.type)} | {cell(meaning)} | {filled} | {example(value)} |"


def told(kind: pa.DataType) -> str:
    """A type in the words of Arrow, without the name of a list's element."""
    return f"list of {kind.value_type}" if pa.types.is_list(kind) else str(kind).replace("timestamp[us, tz=UTC]", "timestamp, UTC")


def example(value: Any) -> str:
    """A value as a cell: on one line, of bounded length."""
    if value is None:
        return ""
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, list):
        value = ", ".join(map(str, value)) or "[]"
    text = " ".join(str(value).split())
    cut = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"
    plain = cut.replace("`", "'")
    return f"`{plain}`" if plain else ""


def cell(text: str) -> str:
    """A text that does not end its cell."""
    return text.replace("|", "\\|")
