"""Tables `events` and `event_participants`: what happened, over the whole corpus."""

from letopis.schema.event_mentions import REALIS
from letopis.schema.event_roles import ROLES
from letopis.schema.table import DAY, FLOAT, INT, LONG, STRING, Column, Table
from letopis.schema.time_expressions import GRANULARITIES

TABLE = Table(
    "events",
    "One real event of the whole corpus.",
    (
        Column("event_id", STRING, "Hash of its smallest mention.", False),
        Column("type", STRING, "Type of the ontology.", False, references="event_types.type"),
        Column("name", STRING, "Readable nominative phrase.", False),
        Column("realis", STRING, "Happened, planned, denied, or only possible.", False, REALIS),
        Column("date_start", DAY, "First day; null where open or unknown."),
        Column("date_end", DAY, "Last day, inclusive; null where open or unknown."),
        Column("granularity", STRING, "How fine the date is.", True, GRANULARITIES),
        Column("place_entity_id", STRING, "Where.", references="entities.entity_id"),
        Column("country", STRING, "ISO 3166-1 alpha-2 of the place."),
        Column("latitude", FLOAT, "Degrees, WGS 84."),
        Column("longitude", FLOAT, "Degrees, WGS 84."),
        Column("salience", FLOAT, "The highest of its mentions, 0 to 1.", False),
        Column("document_count", LONG, "Articles that speak of it.", False),
        Column("mention_count", LONG, "Mentions of it.", False),
        Column("first_published", DAY, "First day of an article that speaks of it."),
        Column("last_published", DAY, "Last day of an article that speaks of it."),
        Column("lead", STRING, "The sentence that tells it best.", False),
        Column("lead_document_id", STRING, "Its article.", False, references="documents.document_id"),
        Column("lead_sentence", INT, "Its number there.", False),
        Column("distinct_document_count", LONG, "Articles that speak of it, near-duplicates once.", False),
    ),
    ("event_id",),
    "corpus",
)

PARTICIPANTS = Table(
    "event_participants",
    "Roll-up of roles: entity, event and role.",
    (
        Column("event_id", STRING, "The event.", False, references="events.event_id"),
        Column("entity_id", STRING, "Who took part.", False, references="entities.entity_id"),
        Column("role", STRING, "In which part.", False, ROLES),
        Column("mention_count", LONG, "Distinct event mentions that say so.", False),
        Column("document_count", LONG, "Articles that say so.", False),
    ),
    ("event_id", "entity_id", "role"),
    "corpus",
)
