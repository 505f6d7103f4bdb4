"""Table `positions`: one row a stated position of a person."""

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema import mentions
from letopis.schema.origins import Origins
from letopis.schema.table import DAY, INT, STRING, Column, Table, document_id, score_and_method, table

TABLE = Table(
    "positions",
    "Who holds which position where, as stated.",
    (
        Column("position_id", STRING, "Document, field, offsets of the position, and the person.", False, local=True),
        document_id(),
        Column("person_mention_id", STRING, "The person.", False, references="mentions.mention_id", local=True),
        Column("person_entity_id", STRING, "The person's entity.", references="entities.entity_id", resolved="entity"),
        Column("position", STRING, "Nominative, without the organisation's words.", False),
        Column("organisation_mention_id", STRING, "Where.", references="mentions.mention_id", local=True),
        Column("organisation_entity_id", STRING, "Where.", references="entities.entity_id", resolved="entity"),
        Column("status", STRING, "As stated.", False, ("current", "former", "acting", "future")),
        Column("field", STRING, "Column of `documents` the offsets count in.", False, ("text", "title")),
        Column("start", INT, "First character of the position's words.", False),
        Column("end", INT, "First character after them.", False),
        Column("published_date", DAY, "Day of the article that states it."),
        *score_and_method("person, position and organisation belong together"),
    ),
    ("position_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a position."""
    ids = origins.mentions
    out = []
    for p in analysis.positions:
        document, field, _, start, end, _ = origins.place(p.span)
        organisation = None if p.organisation is None else ids[p.organisation]
        out.append((
            document, f"{origins.local_id(p.span, 'POSITION')}:{ids[p.person]}", ids[p.person],
            mentions.entity_of(analysis, p.person), p.position, organisation, mentions.entity_of(analysis, p.organisation),
            p.status, field, start, end, analysis.documents[document].published_date, p.score, p.method,
        ))
    return table(TABLE, out)
