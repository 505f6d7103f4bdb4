"""Table `event_roles`: one row a participant of an event mention."""

import pyarrow as pa

from letopis.layers import Analysis, Role
from letopis.schema import mentions
from letopis.schema.origins import Origins
from letopis.schema.table import STRING, Column, Table, document_id, place_in_text, score_and_method, table

ROLES = (
    "agent", "participant", "patient", "organizer", "beneficiary", "place", "time", "instrument", "cause", "subevent_of",
)
KINDS = ("name", "nominal", "pronoun", "time", "event")

TABLE = Table(
    "event_roles",
    "One participant of one event mention.",
    (
        Column(
            "event_mention_id", STRING, "The event mention.", False,
            references="event_mentions.event_mention_id", local=True,
        ),
        document_id(),
        Column("role", STRING, "Part it plays.", False, ROLES),
        *place_in_text("the participant", sentence=False),
        Column("kind", STRING, "What the span is.", False, KINDS),
        Column("mention_id", STRING, "The mention it is.", references="mentions.mention_id", local=True),
        Column("entity_id", STRING, "Who or what, by name or anaphor.", references="entities.entity_id", resolved="entity"),
        Column("time_id", STRING, "The time it is.", references="time_expressions.time_id", local=True),
        Column(
            "target_event_mention_id", STRING, "The event mention it is, where a happening plays the part.",
            references="event_mentions.event_mention_id", local=True,
        ),
        *score_and_method("participant and role are right"),
    ),
    ("event_mention_id", "role", "field", "start", "end"),
)


def rows(analysis: Analysis, origins: Origins) -> pa.Table:
    """One row a role."""
    events, named = origins.events, origins.mentions
    times = [origins.local_id(t.span, "TIME") for t in analysis.times]
    out = []
    for r in analysis.roles:
        document, field, _, *place = origins.place(r.span)
        out.append((
            document, events[r.event], r.role, field, *place, r.kind, None if r.mention is None else named[r.mention],
            mentions.entity_of(analysis, _antecedent(analysis, r)), None if r.time is None else times[r.time],
            None if r.target is None else events[r.target], r.score, r.method,
        ))
    return table(TABLE, out)


def _antecedent(analysis: Analysis, role: Role) -> int | None:
    """The mention that tells who a role is: itself, or what its anaphor stands for."""
    if role.mention is not None or role.anaphor is None:
        return role.mention
    return analysis.anaphors[role.anaphor].antecedent
