"""Table `quantities`: one row a number that measures something."""

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema.origins import Origins
from letopis.schema.table import BOOL, FLOAT, STRING, Column, Table, document_id, place_in_text, score_and_method, table

KINDS = ("count", "money", "percent", "age", "measure")

TABLE = Table(
    "quantities",
    "One number that measures something.",
    (
        Column("quantity_id", STRING, "Document, field, offsets and 'QUANTITY'.", False, local=True),
        document_id(),
        *place_in_text("the number with its unit"),
        Column("kind", STRING, "What kind of measure.", False, KINDS),
        Column("value", FLOAT, "The number, or the lower end of a range.", False),
        Column("value_max", FLOAT, "The upper end of a range."),
        Column("approximate", BOOL, "'около', 'более', 'почти' and the like.", False),
        Column("unit", STRING, "ISO 4217 code, '%', symbol of a unit, or lemma of what is counted."),
        Column(
            "event_mention_id", STRING, "The happening it measures.",
            references="event_mentions.event_mention_id", local=True,
        ),
        *score_and_method("value and unit are right"),
    ),
    ("quantity_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a quantity."""
    events = origins.events
    out = []
    for q in analysis.quantities:
        document, *place = origins.place(q.span)
        out.append((
            document, origins.local_id(q.span, "QUANTITY"), *place, q.kind, q.value, q.value_max, q.approximate, q.unit,
            None if q.event is None else events[q.event], q.score, q.method,
        ))
    return table(TABLE, out)
