"""JSON-LD in the vocabulary of schema.org: events, the people, organisations and places in them, the article that tells best.

Contract. The context stands in the file: it is read offline. Places are `location`, organisers `organizer`, people and
organisations that act or take part `attendee`, whoever else `about`; the exact role is kept besides as `letopis:agent` and so on.
Ids are `urn:letopis:...`; Wikidata and GeoNames are `sameAs`. One line a thing, inside one `@graph`.
"""

from collections import Counter, defaultdict
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from letopis.export.events import events
from letopis.export.flat import dumped, plain
from letopis.export.format import Choice, Counts, FileFormat
from letopis.export.reading import Row, connected, query
from letopis.export.web import link
from letopis.schema.event_mentions import REALIS

CONTEXT = {
    "@vocab": "https://schema.org/", "letopis": "urn:letopis:",
    "sameAs": {"@type": "@id"}, "url": {"@type": "@id"},
    "startDate": {"@type": "Date"}, "endDate": {"@type": "Date"}, "datePublished": {"@type": "Date"},
}
_TYPES = {
    "PERSON": "Person", "ORGANIZATION": "Organization", "COUNTRY": "Country", "CITY": "City",
    "STATE_OR_PROVINCE": "AdministrativeArea", "DISTRICT": "AdministrativeArea", "LOCATION": "Place", "FACILITY": "Place",
    "PRODUCT": "Product", "WORK_OF_ART": "CreativeWork", "LAW": "Legislation",
}
_AGENTS = ("PERSON", "ORGANIZATION")
_PLACES = ("COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY")
_ENTITIES = """
SELECT * FROM entities WHERE entity_id IN (
    SELECT p.entity_id FROM event_participants p JOIN events e USING (event_id) WHERE list_contains($1, e.realis)
    UNION ALL SELECT place_entity_id FROM events WHERE list_contains($1, realis)
) ORDER BY entity_id
"""
_ARTICLES = """
SELECT document_id, url, title, publication, published_date, language FROM documents
WHERE document_id IN (SELECT lead_document_id FROM events WHERE list_contains(?, realis)) ORDER BY document_id
"""


def write(snapshot: Path, stream: TextIO, choice: Choice) -> Counts:
    """Events (of a realis), then the entities in them, then the articles of their leads."""
    counts: Counts = Counter()
    realis = [list(choice.realis or REALIS)]
    stream.write(f'{{"@context":{dumped(CONTEXT)},"@graph":[')
    for event in events(snapshot, choice):
        _put(stream, _event(event), counts, "events")
    with connected(snapshot) as con:
        for entity in query(con, _ENTITIES, realis):
            _put(stream, _entity(entity), counts, "entities")
        for article in query(con, _ARTICLES, realis):
            _put(stream, _article(article), counts, "articles")
    stream.write("\n]}\n")
    return counts


def _put(stream: TextIO, thing: Row, counts: Counts, what: str) -> None:
    stream.write(",\n" if counts.total() else "\n")
    stream.write(dumped({name: plain(v) for name, v in thing.items() if v not in (None, [], "")}))
    counts[what] += 1


def _urn(kind: str, key: str) -> str:
    return f"urn:letopis:{kind}:{quote(key, safe='')}"


def _event(event: Row) -> Row:
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for p in event["participants"]:
        one = {"@id": _urn("entity", p["entity_id"])}
        for name in (_property(p["role"], p["type"]), f"letopis:{p['role']}"):
            if one not in parts[name]:
                parts[name].append(one)
    return {
        "@id": _urn("event", event["event_id"]), "@type": "Event", "additionalType": f"letopis:{event['type']}",
        "name": event["name"], "description": event["lead"], "startDate": event["date_start"], "endDate": event["date_end"],
        "letopis:realis": event["realis"], "letopis:salience": event["salience"], "letopis:documentCount": event["document_count"],
        **parts, "subjectOf": {"@id": _urn("document", event["lead_document_id"])},
    }


def _property(role: str, kind: str) -> str:
    if role == "place":
        return "location"
    if role == "organizer" and kind in _AGENTS:
        return "organizer"
    return "attendee" if role in ("agent", "participant", "organizer") and kind in _AGENTS else "about"


def _entity(entity: Row) -> Row:
    same = [f"http://www.wikidata.org/entity/{entity['wikidata_id']}"] if entity["wikidata_id"] else []
    same += [f"https://sws.geonames.org/{entity['geonames_id']}/"] if entity["geonames_id"] else []
    located = entity["type"] in _PLACES and entity["latitude"] is not None
    geo = {"@type": "GeoCoordinates", "latitude": entity["latitude"], "longitude": entity["longitude"]} if located else None
    return {
        "@id": _urn("entity", entity["entity_id"]), "@type": _TYPES.get(entity["type"], "Thing"), "name": entity["name"],
        "alternateName": [*entity["aliases"], *entity["abbreviations"]], "sameAs": same, "geo": geo,
    }


def _article(article: Row) -> Row:
    return {
        "@id": _urn("document", article["document_id"]), "@type": "NewsArticle", "headline": article["title"],
        "url": link(article["url"]),
        "datePublished": article["published_date"], "inLanguage": article["language"],
        "publisher": {"@type": "Organization", "name": article["publication"]} if article["publication"] else None,
    }


JSONLD = FileFormat("jsonld", "events in the vocabulary of schema.org", write, ("realis",))
