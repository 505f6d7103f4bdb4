"""Table `quotes`: one row a piece of reported speech."""

import pyarrow as pa

from letopis.layers import Analysis
from letopis.schema import mentions
from letopis.schema.origins import Origins
from letopis.schema.table import INT, STRING, Column, Table, document_id, place_in_text, score_and_method, table

TABLE = Table(
    "quotes",
    "One piece of reported speech, without its outer quotation marks.",
    (
        Column("quote_id", STRING, "Document, field, offsets and 'QUOTE'.", False, local=True),
        document_id(),
        *place_in_text("what was said"),
        Column("kind", STRING, "Verbatim or reported.", False, ("direct", "indirect")),
        Column("cue", STRING, "Words that announce it: 'заявил', 'по словам'."),
        Column("speaker_start", INT, "Where the speaker is named next to the quote."),
        Column("speaker_end", INT, "First character after it."),
        Column("speaker_mention_id", STRING, "Who speaks.", references="mentions.mention_id", local=True),
        Column("speaker_entity_id", STRING, "Who speaks.", references="entities.entity_id", resolved="entity"),
        Column(
            "event_mention_id", STRING, "The act of saying.",
            references="event_mentions.event_mention_id", local=True,
        ),
        Column("continues", STRING, "The piece it goes on from.", references="quotes.quote_id", local=True),
        *score_and_method("it is reported speech and the speaker is right"),
    ),
    ("quote_id",),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a piece of a quote."""
    ids = [origins.local_id(q.span, "QUOTE") for q in analysis.quotes]
    named, events = origins.mentions, origins.events
    out = []
    for i, q in enumerate(analysis.quotes):
        document, *place = origins.place(q.span)
        start, end = (None, None) if q.speaker is None else origins.place(q.speaker)[3:5]
        out.append((
            document, ids[i], *place, q.kind, q.cue, start, end,
            None if q.speaker_mention is None else named[q.speaker_mention],
            mentions.entity_of(analysis, q.speaker_mention), None if q.event is None else events[q.event],
            None if q.continues is None else ids[q.continues], q.score, q.method,
        ))
    return table(TABLE, out)
