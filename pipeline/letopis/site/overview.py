"""The first page: counts, the weightiest events, the timeline, who and what stands out, and where it happened."""

from typing import Any

from letopis.site.source import Row, Source

SALIENT = 0.5                         # events that the timeline and the map show: an article is about them
TOP, LEADING, POINTS = 12, 10, 300

_COUNTS = """
SELECT (SELECT count(*) FROM documents) AS articles, (SELECT count(*) FROM documents WHERE annotated) AS annotated,
    (SELECT count(*) FROM documents WHERE duplicate_of IS NOT NULL) AS duplicates,
    (SELECT CAST(min(published_date) AS VARCHAR) FROM documents) AS since,
    (SELECT CAST(max(published_date) AS VARCHAR) FROM documents) AS until,
    (SELECT count(*) FROM ranked WHERE family <> 'statement') AS happenings,
    (SELECT count(*) FROM ranked WHERE family = 'statement') AS statements,
    (SELECT count(*) FROM quotes) AS quotes, (SELECT count(*) FROM rejects) AS rejects
"""
_CORE = """
SELECT CAST(if(published_until - published_since < 0.6 * (until - since), published_since, since) AS VARCHAR) AS since,
    CAST(if(published_until - published_since < 0.6 * (until - since), published_until, until) AS VARCHAR) AS until
FROM (SELECT min(published_date) AS since, max(published_date) AS until, quantile_disc(published_date, {low}) AS published_since,
    quantile_disc(published_date, 0.98) AS published_until FROM ({days}))
"""
_PUBLISHED = "SELECT published_date FROM documents"
_HAPPENED = f"SELECT CAST(date_start AS DATE) AS published_date FROM ranked WHERE salience >= {SALIENT} AND family <> 'statement'"

_LEADING = f"""
WITH chosen AS (
    SELECT event_id, weight, name, type, realis, date_start, date_end, place_entity_id, place, document_count, lead,
        lead_document_id
    FROM ranked WHERE family <> 'statement' AND realis <> 'negated' ORDER BY weight DESC, event_id LIMIT {LEADING}
), told AS (
    SELECT event_id, entity_id, name, sum(p.mention_count) AS said FROM event_participants p JOIN entities USING (entity_id)
    WHERE event_id IN (SELECT event_id FROM chosen) AND role NOT IN ('place', 'time') GROUP BY ALL
), parts AS (
    SELECT event_id, list([entity_id, name] ORDER BY said DESC, entity_id) AS parts FROM told GROUP BY event_id
)
SELECT c.* EXCLUDE (weight), a.title, a.source, parts
FROM chosen c LEFT JOIN articles a ON a.document_id = c.lead_document_id LEFT JOIN parts USING (event_id)
ORDER BY weight DESC, event_id
"""
_MONTHS = f"""
SELECT left(date_start, 7) AS month, family, count(*) AS events FROM ranked
WHERE salience >= {SALIENT} AND date_start IS NOT NULL GROUP BY month, family ORDER BY month, family
"""
_DAYS = f"""
SELECT date_start AS day, family, count(*) AS events FROM ranked
WHERE salience >= {SALIENT} AND date_start IS NOT NULL AND granularity = 'day'
    AND date_start BETWEEN '{{since}}' AND '{{until}}'
GROUP BY day, family ORDER BY day, family
"""
_TYPES = """
SELECT type, family, count(*) AS events FROM ranked WHERE family NOT IN ('other', 'statement')
GROUP BY type, family ORDER BY events DESC, type LIMIT 12
"""
_TOP = f"""
SELECT label, entity_id, name, type, document_count, mention_count FROM entities
QUALIFY row_number() OVER (PARTITION BY label ORDER BY document_count DESC, mention_count DESC, name, entity_id) <= {TOP}
ORDER BY label, document_count DESC, mention_count DESC, name, entity_id
"""
_SPEAKERS = f"""
SELECT speaker_entity_id AS entity_id, name, label, count(*) AS quotes
FROM quotes JOIN entities e ON e.entity_id = speaker_entity_id
GROUP BY ALL ORDER BY quotes DESC, name, 1 LIMIT {TOP}
"""
_SOURCES = f"""
SELECT source, count(*) AS articles FROM articles WHERE source IS NOT NULL
GROUP BY source ORDER BY articles DESC, source LIMIT {TOP}
"""
_MAP = f"""
SELECT place_entity_id, p.name, p.type, round(any_value(r.latitude), 3) AS latitude, round(any_value(r.longitude), 3) AS longitude,
    count(*) AS events
FROM ranked r JOIN entities p ON p.entity_id = place_entity_id
WHERE r.latitude IS NOT NULL AND r.longitude IS NOT NULL AND family <> 'statement'
GROUP BY place_entity_id, p.name, p.type ORDER BY events DESC, place_entity_id LIMIT {POINTS}
"""


def overview(source: Source) -> dict[str, Any]:
    """What the first page shows, as one value."""
    core = _core(source)
    return {
        "core": core,
        "counts": next(source.rows(_COUNTS)),
        "leading": [_values(r) for r in source.rows(_LEADING)],
        "months": [_values(r) for r in source.rows(_MONTHS)],
        "days": [_values(r) for r in source.rows(_DAYS.format(**core))],
        "types": [_values(r) for r in source.rows(_TYPES)],
        "top": _by_label(source),
        "speakers": [_values(r) for r in source.rows(_SPEAKERS)],
        "sources": [_values(r) for r in source.rows(_SOURCES)],
        "map": [_values(r) for r in source.rows(_MAP)],
    }


def _core(source: Source) -> Row:
    """The time that nearly all articles are of, or their events where no article is dated: a few strays would flatten the rest."""
    told = next(source.rows(_CORE.format(days=_PUBLISHED, low=0.02)))
    return told if told["since"] else next(source.rows(_CORE.format(days=_HAPPENED, low=0.1)))


def _by_label(source: Source) -> dict[str, list[list[Any]]]:
    top: dict[str, list[list[Any]]] = {}
    for row in source.rows(_TOP):
        top.setdefault(row["label"], []).append(_values(row)[1:])
    return top


def _values(row: Row) -> list[Any]:
    return list(row.values())
