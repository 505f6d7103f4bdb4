"""Entities that are too large or of too many years to be one: what a wrong merge looks like from afar.

Contract. Of the snapshot's entities, those that pass a threshold of the configuration, the farthest over it first. Size is the
share of all articles that name a person, body or thing: a place may be in any share, and so may the publication that the articles
state as theirs. Years are those between the first and the last article that name a person whom tonight's articles quote or give a
post today: of whom they only tell (Pushkin) an archive may tell for ever. Nothing is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from letopis.config import Config
from letopis.journal.night import Night

_TONIGHT = "SEMI JOIN tonight USING (document_id)"
_LARGE = f"""
SELECT name, document_count / $documents AS value FROM entities
WHERE label <> 'LOC' AND document_count > $threshold * $documents AND $documents >= $enough
    AND entity_id NOT IN (SELECT entity_id FROM keywords {_TONIGHT} WHERE source = 'publication' AND entity_id IS NOT NULL)
ORDER BY value DESC, name, entity_id
"""
_OLD = f"""
SELECT name, date_diff('day', first_published, last_published) / 365.25 AS value FROM entities
WHERE type = 'PERSON' AND value > $threshold AND entity_id IN (
    SELECT speaker_entity_id FROM quotes {_TONIGHT} WHERE speaker_entity_id IS NOT NULL
    UNION SELECT person_entity_id FROM positions {_TONIGHT} WHERE status = 'current' AND person_entity_id IS NOT NULL)
ORDER BY value DESC, name, entity_id
"""


@dataclass(frozen=True, slots=True)
class Suspect:
    """An entity by name, and its share of the articles or its years."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Suspects:
    """Both kinds of them."""

    large: Sequence[Suspect] = ()
    old: Sequence[Suspect] = ()


def suspects(night: Night, documents: int, config: Config) -> Suspects:
    """Those of a night; `documents`: how many the store has."""
    large = night.rows(_LARGE, documents=documents, threshold=config.entity_share, enough=config.drift_documents)
    old = night.rows(_OLD, threshold=config.entity_years)
    return Suspects(tuple(Suspect(**row) for row in large), tuple(Suspect(**row) for row in old))
