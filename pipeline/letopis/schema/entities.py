"""Table `entities`: one row a person, organisation, place or named thing of the whole corpus."""

from letopis.schema.mentions import ENTITY_TYPES
from letopis.schema.table import DAY, FLOAT, LONG, STRING, STRINGS, Column, Table

TABLE = Table(
    "entities",
    "One person, organisation, place or named thing of the whole corpus.",
    (
        Column("entity_id", STRING, "Best outer id (own base, Wikidata, GeoNames), else a hash of its smallest key.", False),
        Column("type", STRING, "NEREL type, by vote of its mentions.", False, ENTITY_TYPES),
        Column("label", STRING, "Coarse type.", False, ("PER", "ORG", "LOC", "MISC")),
        Column("name", STRING, "Canonical nominative.", False),
        Column("name_latin", STRING, "The name in Latin letters.", False),
        Column("aliases", STRINGS, "Other nominatives, most frequent first.", False),
        Column("abbreviations", STRINGS, "Abbreviations, most frequent first.", False),
        Column("wikidata_id", STRING, "Wikidata item."),
        Column("geonames_id", STRING, "GeoNames id."),
        Column("link_score", FLOAT, "Probability that the outer id is right."),
        Column("link_method", STRING, "What linked it."),
        Column("country", STRING, "ISO 3166-1 alpha-2 of a place."),
        Column("latitude", FLOAT, "Degrees, WGS 84."),
        Column("longitude", FLOAT, "Degrees, WGS 84."),
        Column("document_count", LONG, "Articles that name it.", False),
        Column("mention_count", LONG, "Mentions that name it.", False),
        Column("first_published", DAY, "First day of an article that names it."),
        Column("last_published", DAY, "Last day of an article that names it."),
    ),
    ("entity_id",),
    "corpus",
)
