"""How a table is declared: columns with a description each, its key, and how a unit's rows differ from the public ones.

A *unit* holds what one batch of documents gave before the corpus is looked at, so that a renamed file costs no
annotation and an entity that is merged costs no rewriting of units. Three kinds of columns differ there:

- `document_id` is the number of the document in the unit (column `document`),
- ids of spans lack their document (`local`): 'text:12-20:PERSON' for 'ab12...:text:12-20:PERSON',
- ids that the whole corpus decides (`resolved`) are numbers inside the document: of the entity or of the event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

SCHEMA_VERSION = "1"

STRING, INT, LONG, FLOAT, BOOL = pa.string(), pa.int32(), pa.int64(), pa.float64(), pa.bool_()
DAY, STAMP, STRINGS = pa.date32(), pa.timestamp("us", tz="UTC"), pa.list_(pa.field("element", pa.string()))   # as Parquet names it


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `references` is 'table.column' of a foreign key; `values` are the legal ones, () for any."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True
    values: tuple[str, ...] = ()
    references: str = ""
    local: bool = False
    resolved: str = ""                # '', 'entity' or 'event'


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a snapshot. `scope`: document (partitioned by month), corpus (one file) or run (carries run ids)."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    scope: str = "document"

    @property
    def schema(self) -> pa.Schema:
        """The public Arrow schema; descriptions and the schema version are in the metadata."""
        fields = [_field(c, c.type) for c in self.columns]
        return pa.schema(fields, {"letopis.schema_version": SCHEMA_VERSION, "letopis.description": self.description})

    @property
    def unit_schema(self) -> pa.Schema:
        """The Arrow schema of the same rows inside a unit."""
        fields = [pa.field("document", INT, nullable=False)]
        for column in self.columns:
            if column.name != "document_id":
                fields.append(_field(column, INT if column.resolved else column.type))
        return pa.schema(fields)


def _field(column: Column, kind: pa.DataType) -> pa.Field:
    return pa.field(column.name, kind, column.nullable, {"description": column.description})


def document_id() -> Column:
    """The first column of every table of scope `document` but `documents` itself."""
    return Column("document_id", STRING, "The article.", False, references="documents.document_id")


def place_in_text(span: str, *, sentence: bool = True) -> tuple[Column, ...]:
    """The columns that say where a span stands."""
    number = Column("sentence", INT, "Number of the sentence in which it starts.", False)
    return (
        Column("field", STRING, "Column of `documents` the offsets count in.", False, ("text", "title")),
        *((number,) if sentence else ()),
        Column("start", INT, "First character, counted in code points from 0.", False),
        Column("end", INT, "First character after it.", False),
        Column("text", STRING, f"Exactly the slice of the field: {span}.", False),
    )


def score_and_method(what: str) -> tuple[Column, Column]:
    """The two columns that say how sure a row is and what decided it."""
    return (
        Column("score", FLOAT, f"Probability that {what}, 0 to 1, four places.", False),
        Column("method", STRING, "Rule or model (with its version) that decided.", False),
    )


def table(columns: Table, rows: Sequence[Sequence[Any]]) -> pa.Table:
    """Rows of one unit as an Arrow table; every row holds the values of the unit schema in its order."""
    schema = columns.unit_schema
    arrays = [
        pa.array([row[i] for row in rows], field.type) for i, field in enumerate(schema)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
