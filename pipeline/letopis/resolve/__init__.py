"""The whole corpus: which mentions of different documents are one person, place, organisation or event.

`resolve(corpus)` is a pure function of the units' profiles: the order of nights, the number of workers and the names of
units change nothing. It leaves these tables in the connection: `duplicates` (document_id, root), `entity_map` (document_id,
entity, entity_id), `event_map` (document_id, event, event_id), `keyword_map`, `answers`, which a later resolution can go
on from, and of corrections `corrected`, `correction_methods` (document_id, kind, number, how) and `correction_warnings` (line,
message); and gives the corpus-level tables.
"""

import pyarrow as pa

from letopis.kb.storage import Base
from letopis.resolve.corrections.happenings import correct_events
from letopis.resolve.corrections.lookup import look_up
from letopis.resolve.corrections.record import begin_record, end_record
from letopis.resolve.corrections.statements import NONE, Corrections
from letopis.resolve.duplicates import find_duplicates
from letopis.resolve.entities import resolve_entities
from letopis.resolve.events import resolve_events, roll_up_participants
from letopis.resolve.keywords import resolve_keywords
from letopis.schema.event_types import ontology
from letopis.store.blocks import Answers
from letopis.store.corpus import Corpus

VERSION = "8"                         # raised whenever the same units may resolve otherwise


def resolve(
    corpus: Corpus, answers: Answers | None = None, base: Base | None = None, corrections: Corrections = NONE
) -> dict[str, pa.Table]:
    """The corpus-level tables, by name. `answers`: what earlier runs found of its blocks; they change nothing but the time.

    `base`: the user's knowledge base; its ids are better than ours. `corrections`: what the user knows better.
    """
    begin_record(corpus)
    corrected = look_up(corpus, corrections)
    find_duplicates(corpus)
    entities, told = resolve_entities(corpus, answers, base, corrected)
    events, more = correct_events(corpus, corrected, resolve_events(corpus, entities, answers))
    resolve_keywords(corpus, entities, events)
    end_record(corpus, [*told, *more])
    return {
        "entities": entities, "events": events, "event_participants": roll_up_participants(corpus), "event_types": ontology(),
    }
