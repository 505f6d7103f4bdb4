"""Table `event_mentions`: one row a place where a happening is spoken of."""


import pyarrow as pa

from letopis.layers import Analysis, Event
from letopis.schema import mentions
from letopis.schema.origins import Origins
from letopis.schema.table import DAY, FLOAT, STRING, Column, Table, document_id, place_in_text, score_and_method, table
from letopis.schema.time_expressions import BASES, GRANULARITIES

REALIS = ("actual", "planned", "negated", "hypothetical")

TABLE = Table(
    "event_mentions",
    "One place where a happening is spoken of, by its minimal trigger.",
    (
        Column("event_mention_id", STRING, "Document, field, offsets and type.", False, local=True),
        document_id(),
        *place_in_text("the trigger"),
        Column("lemma", STRING, "Lemmas of the trigger.", False),
        Column("type", STRING, "Type of the ontology.", False, references="event_types.type"),
        Column("type2", STRING, "Another type that fits.", references="event_types.type"),
        Column("type_score", FLOAT, "Probability that the type is right.", False),
        Column("realis", STRING, "Happened, planned, denied, or only possible.", False, REALIS),
        Column("date_start", DAY, "First day of the happening; null where open or unknown."),
        Column("date_end", DAY, "Last day, inclusive; null where open or unknown."),
        Column("granularity", STRING, "How fine the date is.", True, GRANULARITIES),
        Column("date_basis", STRING, "What the date rests on.", True, (*BASES, "dateline", "lead")),
        Column("place_entity_id", STRING, "Where.", references="entities.entity_id", resolved="entity"),
        Column("place_basis", STRING, "What the place rests on.", True, ("role", "dateline", "lead")),
        Column("mention_id", STRING, "EVENT row of `mentions` for it.", references="mentions.mention_id", local=True),
        Column("source_entity_id", STRING, "Who reports it.", references="entities.entity_id", resolved="entity"),
        Column("salience", FLOAT, "How much the article is about it, 0 to 1.", False),
        *score_and_method("it is a happening"),
        Column("event_id", STRING, "The event it speaks of.", False, references="events.event_id", resolved="event"),
    ),
    ("event_mention_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row an event mention."""
    return table(TABLE, [_row(analysis, origins, e, own) for e, own in zip(analysis.events, origins.events, strict=True)])


def _row(analysis: Analysis, origins: Origins, e: Event, event_id: str) -> tuple[object, ...]:
    document, *place = origins.place(e.span)
    mention = None if e.mention is None else origins.mentions[e.mention]
    return (
        document, event_id, *place, e.lemma, e.type, e.type2, e.type_score, e.realis, e.start, e.end, e.granularity,
        e.date_basis, mentions.entity_of(analysis, e.place), e.place_basis, mention,
        mentions.entity_of(analysis, e.source), e.salience, e.score, e.method, e.part,
    )
