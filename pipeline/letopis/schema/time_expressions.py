"""Table `time_expressions`: one row a time expression."""

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema.origins import Origins
from letopis.schema.table import DAY, STRING, Column, Table, document_id, place_in_text, score_and_method, table

GRANULARITIES = ("day", "week", "month", "season", "quarter", "half", "year", "decade", "century", "range")
BASES = ("explicit", "year_inferred", "relative")
REASONS = ("no_publication_date", "no_anchor", "ambiguous", "out_of_range")

TABLE = Table(
    "time_expressions",
    "One expression of a day or a longer stretch of the calendar.",
    (
        Column("time_id", STRING, "Document, field, offsets and 'TIME'.", False, local=True),
        document_id(),
        *place_in_text("the expression"),
        Column("date_start", DAY, "First day; null where open or unresolved."),
        Column("date_end", DAY, "Last day, inclusive; null where open or unresolved."),
        Column("granularity", STRING, "How fine the expression is.", False, GRANULARITIES),
        Column("basis", STRING, "Stated in full, with the year inferred, or relative.", False, BASES),
        Column("anchor", DAY, "The day it is relative to."),
        Column("reason", STRING, "Why it is unresolved; then both days are null.", True, REASONS),
        *score_and_method("span and days are right"),
    ),
    ("time_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a time expression."""
    out = []
    for t in analysis.times:
        document, *place = origins.place(t.span)
        out.append((
            document, origins.local_id(t.span, "TIME"), *place, t.start, t.end, t.granularity, t.basis, t.anchor, t.reason,
            t.score, t.method,
        ))
    return table(TABLE, out)
