"""Table `anaphors`: one row a pronoun or short description that stands for an entity."""

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema import mentions
from letopis.schema.origins import Origins
from letopis.schema.table import STRING, Column, Table, document_id, place_in_text, score_and_method, table

TABLE = Table(
    "anaphors",
    "One pronoun or short description ('он', 'министр', 'ведомство') that stands for an entity.",
    (
        Column("anaphor_id", STRING, "Document, field, offsets and 'ANAPHOR'.", False, local=True),
        document_id(),
        *place_in_text("the pronoun or description"),
        Column("kind", STRING, "What it is.", False, ("pronoun", "nominal")),
        Column(
            "antecedent_mention_id", STRING, "The mention it stands for.",
            references="mentions.mention_id", local=True,
        ),
        Column("entity_id", STRING, "The entity it stands for.", references="entities.entity_id", resolved="entity"),
        *score_and_method("the antecedent is right"),
    ),
    ("anaphor_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row an anaphor."""
    ids = origins.mentions
    out = []
    for a in analysis.anaphors:
        document, *place = origins.place(a.span)
        antecedent = None if a.antecedent is None else ids[a.antecedent]
        out.append((
            document, origins.local_id(a.span, "ANAPHOR"), *place, a.kind, antecedent,
            mentions.entity_of(analysis, a.antecedent), a.score, a.method,
        ))
    return table(TABLE, out)
