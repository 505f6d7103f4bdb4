"""Table `mentions`: one row a span that names something, by NEREL's convention."""

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema.origins import Origins
from letopis.schema.table import STRING, Column, Table, document_id, place_in_text, score_and_method, table

LABELS = {
    "PERSON": "PER", "ORGANIZATION": "ORG", "CITY": "LOC", "COUNTRY": "LOC", "STATE_OR_PROVINCE": "LOC", "DISTRICT": "LOC",
    "LOCATION": "LOC", "EVENT": "EVT", "DATE": "DATE", "TIME": "DATE",
}
OTHER_TYPES = (
    "AGE", "AWARD", "CRIME", "DISEASE", "FACILITY", "FAMILY", "IDEOLOGY", "LANGUAGE", "LAW", "MONEY", "NATIONALITY", "NUMBER",
    "ORDINAL", "PENALTY", "PERCENT", "PRODUCT", "PROFESSION", "RELIGION", "WORK_OF_ART",
)
TYPES = tuple(sorted((*LABELS, *OTHER_TYPES)))
ENTITY_TYPES = (
    "PERSON", "ORGANIZATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY", "PRODUCT",
    "WORK_OF_ART", "LAW", "AWARD",
)
FORMS = ("name", "adjective", "abbreviation", "nominal")

TABLE = Table(
    "mentions",
    "One span that names something, by NEREL's convention; spans nest and never cross.",
    (
        Column("mention_id", STRING, "Document, field, offsets and type.", False, local=True),
        document_id(),
        *place_in_text("the mention"),
        Column("type", STRING, "One of NEREL's 29 types.", False, TYPES),
        Column("label", STRING, "Coarse type.", False, ("PER", "ORG", "LOC", "EVT", "DATE", "MISC")),
        Column("form", STRING, "How it names; filled for PER, ORG and LOC.", True, FORMS),
        Column("normal", STRING, "Nominative form, ё kept.", False),
        Column("parent", STRING, "The enclosing mention.", references="mentions.mention_id", local=True),
        Column("entity_id", STRING, "Whom or what it names.", references="entities.entity_id", resolved="entity"),
        *score_and_method("span and type are right"),
    ),
    ("mention_id",),
)


def label(mention_type: str) -> str:
    """Coarse label of a NEREL type."""
    return LABELS.get(mention_type, "MISC")


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a mention."""
    ids = origins.mentions
    out = []
    for i, m in enumerate(analysis.mentions):
        document, *place = origins.place(m.span)
        parent = None if m.parent is None else ids[m.parent]
        entity = analysis.entities[i]
        out.append((
            document, ids[i], *place, m.type, label(m.type), m.form, m.normal, parent,
            None if entity < 0 else entity, m.score, m.method,
        ))
    return table(TABLE, out)


def entity_of(analysis: Analysis, mention: int | None) -> int | None:
    """Number, inside its document, of the entity a mention names."""
    if mention is None or analysis.entities[mention] < 0:
        return None
    return analysis.entities[mention]
