"""What a night did, as plain values: the JSON of the journal, and all that its page shows.

Long lists are cut to SHOWN rows and say how many there are. Nothing is read of documents that the run did not write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from letopis.config import Config
from letopis.journal.alarms import Alarm
from letopis.journal.night import Night
from letopis.journal.profile import Drift
from letopis.journal.watch import watched
from letopis.run.request import Run
from letopis.store.recall import keyword_recall

SHOWN = 50
DRIFTS = 12                           # figures that drifted most

_DOCUMENTS = f"""
SELECT * EXCLUDE (kind, characters) FROM articles WHERE kind = $kind ORDER BY day DESC NULLS LAST, document_id LIMIT {SHOWN}
"""
_SLOWEST = "SELECT document_id, title, source, day, url, path, characters FROM articles WHERE document_id = $id"
_REJECTS = """
SELECT stage, error, count(*) AS rejects, arg_min(path, path) AS path, arg_min(message, path) AS message
FROM rejects WHERE last_seen = CAST($started AS TIMESTAMPTZ) GROUP BY stage, error ORDER BY rejects DESC, stage, error
"""
_CHANGES = "SELECT table_name, change, count(*) AS n FROM changes WHERE run_id = $run GROUP BY ALL ORDER BY ALL"
_GAINED = "JOIN changes c ON c.run_id = $run AND c.change = 'added' AND c.table_name = '{0}' AND c.id = {1}"
_ENTITIES = f"""
SELECT entity_id, name, type, label, mention_count, document_count FROM entities {_GAINED.format('entities', 'entity_id')}
ORDER BY document_count DESC, mention_count DESC, entity_id LIMIT {SHOWN // 2}
"""
_EVENTS = f"""
SELECT event_id, e.name, e.type, y.name_ru, e.realis, CAST(date_start AS VARCHAR) AS date_start,
    CAST(date_end AS VARCHAR) AS date_end, p.name AS place, e.document_count, lead, lead_document_id AS document_id,
    a.title, a.url, a.path
FROM events e JOIN event_types y USING (type) {_GAINED.format('events', 'event_id')}
    LEFT JOIN entities p ON p.entity_id = place_entity_id LEFT JOIN articles a ON a.document_id = lead_document_id
WHERE e.type NOT LIKE 'statement.%' ORDER BY e.salience * (1 + ln(e.document_count)) DESC, event_id LIMIT {SHOWN // 2}
"""


def facts(
    night: Night, run: Run, config: Config, judged: tuple[Sequence[Alarm], Sequence[Drift], Mapping[str, int]]
) -> dict[str, Any]:
    """All of it; `judged`: the alarms, what drifted, and of how many documents and nights."""
    alarms, drifted, compared = judged
    return {
        "run": run.row(), "alarms": [{**asdict(a), "message": a.message} for a in alarms],
        "documents": _documents(night, run), "rejects": list(night.rows(_REJECTS, started=run.started)),
        "gained": _gained(night), "slowest": _slowest(night, run), "keywords": _keywords(night),
        "drift": {**compared, "figures": [asdict(d) for d in drifted[:DRIFTS]]}, "watch": watched(night, config),
    }


def _documents(night: Night, run: Run) -> dict[str, Any]:
    counts = {row["kind"]: row["n"] for row in night.rows("SELECT kind, count(*) AS n FROM tonight GROUP BY kind")}
    shown = {kind: list(night.rows(_DOCUMENTS, kind=kind)) if kind in counts else [] for kind in ("added", "changed")}
    return {
        **shown, **{f"{kind}_count": counts.get(kind, 0) for kind in ("added", "changed", "redone")},
        "missing": run.details.missing, "removed": run.details.removed,
    }


def _gained(night: Night) -> dict[str, Any]:
    counts = {f"{row['table_name']}_{row['change']}": row["n"] for row in night.rows(_CHANGES, run=night.run_id)}
    return {
        "counts": counts,
        "entities": list(night.rows(_ENTITIES, run=night.run_id)) if "entities_added" in counts else [],
        "events": list(night.rows(_EVENTS, run=night.run_id)) if "events_added" in counts else [],
    }


def _slowest(night: Night, run: Run) -> list[dict[str, Any]]:
    found = ((seconds, next(night.rows(_SLOWEST, id=key), None)) for seconds, key in run.details.slowest)
    return [{"seconds": round(seconds, 3), **row} for seconds, row in found if row]


def _keywords(night: Night) -> dict[str, int] | None:
    """How many keywords of tonight's front matter are known; None where nothing was written."""
    return None if night.is_empty else keyword_recall(night.snapshot, night.documents())._asdict()
