"""Table `sentences`: one row a sentence."""

import numpy as np
import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema.origins import Origins
from letopis.schema.table import INT, STRING, Column, Table, document_id

ROLES = ("title", "heading", "dateline", "lead", "body", "quote", "caption")

TABLE = Table(
    "sentences",
    "One sentence, in reading order; an annotated title is sentence 0.",
    (
        document_id(),
        Column("sentence", INT, "Number in the document, from 0.", False),
        Column("field", STRING, "Column of `documents` the offsets count in.", False, ("text", "title")),
        Column("start", INT, "First character, counted in code points from 0.", False),
        Column("end", INT, "First character after it.", False),
        Column("text", STRING, "Exactly the slice of the field: the sentence.", False),
        Column("role", STRING, "What the sentence is in the article.", False, ROLES),
    ),
    ("document_id", "sentence"),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a sentence."""
    s = analysis.sentences
    start, end = origins.columns(s.reading, s.start, s.end)
    document = origins.document[s.reading]
    readings = s.reading.tolist()
    text = [origins.texts[r][a:b] for r, a, b in zip(readings, start.tolist(), end.tolist(), strict=True)]
    number = np.arange(len(readings), dtype=np.int32) - origins.sentence_base[document]
    fields = [origins.field[r] for r in readings]
    columns = [document, number, pa.array(fields, STRING), start, end, pa.array(text, STRING), pa.array(s.role, STRING)]
    return pa.Table.from_arrays([pa.array(c) for c in columns], schema=TABLE.unit_schema)
