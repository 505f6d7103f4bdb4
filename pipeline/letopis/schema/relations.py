"""Table `relations`: one row a stated relation between two mentions."""

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema import mentions
from letopis.schema.origins import Origins
from letopis.schema.table import STRING, Column, Table, document_id, score_and_method, table

TABLE = Table(
    "relations",
    "One stated relation between two mentions, by NEREL's names; the subject is NEREL's first argument.",
    (
        Column("relation_id", STRING, "Relation and its two mentions.", False, local=True),
        document_id(),
        Column("relation", STRING, "Name of the relation, e.g. WORKS_AS.", False),
        Column("subject_mention_id", STRING, "First argument.", False, references="mentions.mention_id", local=True),
        Column("object_mention_id", STRING, "Second argument.", False, references="mentions.mention_id", local=True),
        Column("subject_entity_id", STRING, "Its entity.", references="entities.entity_id", resolved="entity"),
        Column("object_entity_id", STRING, "Its entity.", references="entities.entity_id", resolved="entity"),
        *score_and_method("the relation is stated"),
    ),
    ("relation_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a relation."""
    ids = origins.mentions
    out = []
    for r in analysis.relations:
        document, *_ = origins.place(analysis.mentions[r.subject].span)
        out.append((
            document, f"{ids[r.subject]}:{r.relation}:{ids[r.object]}", r.relation, ids[r.subject], ids[r.object],
            mentions.entity_of(analysis, r.subject), mentions.entity_of(analysis, r.object), r.score, r.method,
        ))
    return table(TABLE, out)
