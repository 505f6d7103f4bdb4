"""Event pages: what happened, who took part, every place that says so, and where these disagree."""

from collections import Counter, defaultdict
from typing import Any

from letopis.site.files import Shards, Site
from letopis.site.source import Row, Source
from letopis.site.spans import HIT, segments

SIGHTINGS = 60                        # shown of one event, the most salient; how many there are is told
IN_ARTICLE = 3                        # of one article, before others have had theirs
SHOWN = 30                            # quotes, quantities, unnamed participants and linked events likewise

_EVENTS = """
SELECT event_id, type, name, realis, date_start, date_end, granularity, place_entity_id, place, country, salience, weight,
    document_count, distinct_document_count, mention_count, first_published, last_published
FROM ranked ORDER BY event_id
"""
_PARTICIPANTS = """
SELECT event_id, role, entity_id, e.name, e.label, p.mention_count, p.document_count
FROM event_participants p JOIN entities e USING (entity_id) ORDER BY event_id, p.mention_count DESC, role, entity_id
"""
_SIGHTINGS = """
SELECT event_id, event_mention_id, m.document_id, title, source, day, CAST(m.field = 'title' AS INT) AS f, m.start, m."end",
    s.start AS sentence_start, s.text AS sentence_text, m.type, realis, CAST(date_start AS VARCHAR) AS date_start,
    CAST(date_end AS VARCHAR) AS date_end, date_basis, p.name AS place, place_basis, o.name AS reporter,
    salience, m.score, m.method
FROM event_mentions m JOIN articles USING (document_id) JOIN sentences s USING (document_id, sentence)
    LEFT JOIN entities p ON p.entity_id = place_entity_id LEFT JOIN entities o ON o.entity_id = source_entity_id
ORDER BY event_id, day NULLS LAST, m.document_id, m.field DESC, m.start, m.type
"""
_ROLES = """
SELECT event_id, event_mention_id, role, CAST(r.field = 'title' AS INT) AS f, r.start, r."end", r.text, kind, entity_id,
    target_event_mention_id
FROM event_roles r JOIN event_mentions m USING (event_mention_id)
ORDER BY event_id, event_mention_id, r.start, r."end", role
"""
_LINKED = """
SELECT m.event_id, role, t.event_id AS other, e.name, count(*) AS said
FROM event_roles r JOIN event_mentions m USING (event_mention_id)
    JOIN event_mentions t ON t.event_mention_id = target_event_mention_id JOIN events e ON e.event_id = t.event_id
WHERE t.event_id <> m.event_id GROUP BY ALL ORDER BY m.event_id, said DESC, role, other
"""
_QUANTITIES = """
SELECT event_id, q.kind, q.text, value, value_max, unit, approximate, q.document_id, CAST(q.field = 'title' AS INT) AS f, q.start
FROM quantities q JOIN event_mentions USING (event_mention_id) ORDER BY event_id, q.kind, unit, value, q.document_id, q.start
"""
_QUOTES = """
SELECT DISTINCT event_id, q.text, q.kind, speaker_entity_id, e.name AS speaker, q.document_id, title, day,
    CAST(q.field = 'title' AS INT) AS f, q.start
FROM quotes q JOIN event_mentions m ON m.document_id = q.document_id
        AND (q.event_mention_id = m.event_mention_id OR (q.field = m.field AND q.start <= m.start AND m."end" <= q."end"))
    JOIN articles a ON a.document_id = q.document_id LEFT JOIN entities e ON e.entity_id = speaker_entity_id
ORDER BY event_id, day NULLS LAST, q.document_id, q.start
"""
Told = tuple[Any, str, str]           # what makes it the same, how it is worded, the article

_WHERE = ("document_id", "title", "source", "day", "f", "start")
_TOLD = ("type", "realis", "date_start", "date_end", "date_basis", "place", "place_basis", "reporter", "score", "method")


def write_events(site: Site, source: Source) -> list[str]:
    """One record an event; gives the first id of every file."""
    queries = (_PARTICIPANTS, _SIGHTINGS, _ROLES, _LINKED, _QUANTITIES, _QUOTES)
    participants, sightings, roles, linked, quantities, quotes = (source.groups(sql) for sql in queries)
    shards = Shards(site, "events")
    for event in source.rows(_EVENTS):
        key = event.pop("event_id")
        seen, parts, said = sightings.take(key), roles.take(key), quotes.take(key)
        numbers = quantities.take(key)
        shards.add(key, {name: value for name, value in event.items() if value is not None} | {
            "participants": [_values(r) for r in participants.take(key)],
            "unnamed": _unnamed(parts),
            "sightings": _shown(seen, parts),
            "conflicts": conflicts(seen, numbers),
            "linked": [_values(r) for r in linked.take(key)[:SHOWN]],
            "quantities": [_values(r) for r in numbers[:SHOWN]],
            "quotes": [_values(r) for r in said[:SHOWN]],
            "quote_count": len(said),
        })
    return shards.close()


def conflicts(seen: list[Row], numbers: list[Row]) -> list[list[Any]]:
    """[what, [[value, sightings, document, ...], ...]] of every fact that sightings tell in different ways.

    Days and places count where a sighting states one; quantities where kind and unit are equal and the value is not.
    """
    facts: dict[str, list[Told]] = {
        "date": [(_days(r), _days(r), r["document_id"]) for r in seen if r["date_start"] or r["date_end"]],
        "place": [(_plain(r["place"]), r["place"], r["document_id"]) for r in seen if r["place"]],
        "realis": [(r["realis"], r["realis"], r["document_id"]) for r in seen],
        "type": [(r["type"], r["type"], r["document_id"]) for r in seen],
    }
    for r in numbers:
        if r["value"] is not None and r["kind"] != "age":
            facts.setdefault(f"{r['kind']} {r['unit'] or ''}".strip(), []).append((r["value"], r["text"], r["document_id"]))
    return [[what, _ways(told)] for what, told in facts.items() if len({same for same, _, _ in told}) > 1]


def _ways(told: list[Told]) -> list[list[Any]]:
    """Each way of telling it as the first sighting words it, most frequent first."""
    counts = Counter(same for same, _, _ in told)
    first = {same: (value, document) for same, value, document in reversed(told)}
    return [[first[same][0], counts[same], first[same][1]] for same in sorted(counts, key=lambda s: (-counts[s], first[s]))][:10]


def _plain(value: str) -> str:
    return value.casefold().replace("ё", "е")


def _days(row: Row) -> str:
    start, end = row["date_start"], row["date_end"]
    return start if start == end else f"{start or ''}/{end or ''}"


def _unnamed(parts: list[Row]) -> list[list[Any]]:
    """Participants that are no entity: role, text and how often, happenings and times aside."""
    texts = Counter((r["role"], r["text"]) for r in parts if r["entity_id"] is None and r["kind"] in ("name", "nominal"))
    return [[role, text, count] for (role, text), count in sorted(texts.items(), key=lambda t: (-t[1], t[0]))][:SHOWN]


def _shown(seen: list[Row], parts: list[Row]) -> list[list[Any]]:
    """The most salient sightings, of many articles rather than few, in the order of days."""
    nth = Counter[str]()
    ranked: list[tuple[bool, int, int]] = []
    for row in sorted(seen, key=lambda r: -r["salience"]):
        nth[row["document_id"]] += 1
        ranked.append((nth[row["document_id"]] > IN_ARTICLE, len(ranked), id(row)))
    chosen = {row for _, _, row in sorted(ranked)[:SIGHTINGS]}
    roles: defaultdict[str, list[Row]] = defaultdict(list)
    for part in parts:
        roles[part["event_mention_id"]].append(part)
    return [_sighting(r, roles[r["event_mention_id"]]) for r in seen if id(r) in chosen]


def _sighting(row: Row, parts: list[Row]) -> list[Any]:
    spans = [(row["start"], row["end"], HIT), *((p["start"], p["end"], p["role"]) for p in parts if p["f"] == row["f"])]
    text = segments(row["sentence_text"], row["sentence_start"], spans)
    return [*(row[n] for n in _WHERE), text, *(row[n] for n in _TOLD)]


def _values(row: Row) -> list[Any]:
    """A row without its key."""
    return list(row.values())[1:]
