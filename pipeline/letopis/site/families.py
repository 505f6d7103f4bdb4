"""Types of events in a few families that a chart can tell apart by colour."""

FAMILIES: dict[str, tuple[str, ...]] = {         # family -> first parts of the ontology's types
    "politics": ("politics", "personnel", "diplomacy", "contact"),
    "conflict": ("conflict",),
    "justice": ("justice", "crime"),
    "disaster": ("disaster",),
    "economy": ("economy",),
    "society": ("life", "health", "society", "movement", "gathering"),
    "culture": ("culture", "sport", "science", "recognition"),
    "statement": ("statement",),
    "other": ("other",),
}
STATEMENT = "statement"                          # what is said, apart from what happens
