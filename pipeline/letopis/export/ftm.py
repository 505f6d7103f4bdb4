"""FollowTheMoney: entities as JSON lines, for Aleph, OpenAleph and whatever else reads its model.

Contract. People are Person, organisations Organization, places Address, events Event; a position is Employment where an
organisation is named, else Position with Occupancy; MEMBER_OF is Membership; a part in an event is UnknownLink with its `role`, for
Event itself knows only `organizer` and `involved`. Articles are Article without their text. Products, works, laws and awards have
no place in the model and are counted, as are positions of what is no person. Ids hold letters, digits, dots and hyphens only.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from letopis.export.events import PARTICIPANTS, events
from letopis.export.flat import dumped, plain
from letopis.export.format import Choice, Counts, FileFormat
from letopis.export.reading import Row, connected, query, rows
from letopis.export.web import link
from letopis.ids import digest
from letopis.schema.event_mentions import REALIS

_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_PLACES = ("COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY")
_SCHEMATA = {"PERSON": "Person", "ORGANIZATION": "Organization", **dict.fromkeys(_PLACES, "Address")}
_POSITIONS = """
SELECT p.person_entity_id AS person, p.organisation_entity_id AS organisation, p.position,
    list_sort(list(DISTINCT p.status)) AS status,
    min(p.published_date) AS first, max(p.published_date) AS last, list_sort(list(DISTINCT p.document_id)) AS documents,
    any_value(n.type) AS person_type, any_value(o.type) AS organisation_type, any_value(o.name) AS organisation_name,
    any_value(o.country) AS country
FROM positions p LEFT JOIN entities n ON n.entity_id = p.person_entity_id
LEFT JOIN entities o ON o.entity_id = p.organisation_entity_id
GROUP BY ALL ORDER BY person, organisation, position
"""
_MEMBERS = """
SELECT r.subject_entity_id AS member, r.object_entity_id AS organisation, list_sort(list(DISTINCT r.document_id)) AS documents
FROM relations r JOIN entities s ON s.entity_id = r.subject_entity_id JOIN entities o ON o.entity_id = r.object_entity_id
WHERE r.relation = 'MEMBER_OF' AND s.type IN ('PERSON', 'ORGANIZATION') AND o.type = 'ORGANIZATION' AND member <> organisation
GROUP BY ALL ORDER BY member, organisation
"""
_PARTS = f"""
SELECT p.event_id, p.entity_id, p.role FROM ({PARTICIPANTS}) p JOIN events e USING (event_id) JOIN entities n USING (entity_id)
WHERE list_contains($1, e.realis) AND list_contains($2, n.type) ORDER BY ALL
"""
_COLUMNS = "document_id, title, url, publication, author, language, published_date"


def write(snapshot: Path, stream: TextIO, choice: Choice) -> Counts:
    """Entities, articles, positions and memberships, then events (of a realis) with who takes part."""
    counts: Counts = Counter()
    realis = list(choice.realis or REALIS)
    for thing in _things(snapshot, counts, choice, realis):
        kept = {name: values for name, values in ((n, _values(v)) for n, v in thing["properties"].items()) if values}
        stream.write(dumped({"id": thing["id"], "schema": thing["schema"], "properties": kept}) + "\n")
        counts[thing["schema"]] += 1
    return counts


def _things(snapshot: Path, counts: Counts, choice: Choice, realis: list[str]) -> Iterator[Row]:
    for entity in rows(snapshot, "entities"):
        if entity["type"] in _SCHEMATA:
            yield _entity(entity)
        else:
            counts[f"{entity['type']} passed over"] += 1
    with connected(snapshot) as con:
        for article in query(con, f"SELECT {_COLUMNS} FROM documents ORDER BY document_id"):
            yield _article(article)
        for position in query(con, _POSITIONS):
            yield from _position(position, counts)
        for row in query(con, _MEMBERS):
            key = _made("membership", row["member"], row["organisation"])
            ends = {"member": safe_id(row["member"]), "organization": safe_id(row["organisation"])}
            yield _thing(key, "Membership", **ends, proof=[safe_id(d) for d in row["documents"]])
        yield from map(_event, events(snapshot, choice))
        for row in query(con, _PARTS, [realis, list(_SCHEMATA)]):
            ends = {"subject": safe_id(row["entity_id"]), "object": safe_id(row["event_id"])}
            yield _thing(_made("role", row["event_id"], row["entity_id"], row["role"]), "UnknownLink", **ends, role=row["role"])


def safe_id(key: str) -> str:
    """'Q894' stays, 'gn:787657' is 'gn-787657', what else has odd characters is a hash."""
    if _ID.fullmatch(key):
        return key
    return key.replace(":", "-") if re.fullmatch(r"gn:\d+", key) else f"x-{digest(key, 24)}"


def _made(kind: str, *parts: str | None) -> str:
    return f"{kind}-{digest(repr(parts), 24)}"


def _thing(key: str, schema: str, **properties: Any) -> Row:
    return {"id": key, "schema": schema, "properties": properties}


def _values(value: Any) -> list[str]:
    """Every value is a list of strings in this model."""
    values = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(str(plain(v)) for v in values if v not in (None, "")))


def _country(code: str | None) -> str | None:
    return code.lower() if code else None


def _entity(row: Row) -> Row:
    schema = _SCHEMATA[row["type"]]
    own = {"full": row["name"], "latitude": row["latitude"], "longitude": row["longitude"]} if schema == "Address" else {
        "abbreviation": row["abbreviations"]}
    return _thing(
        safe_id(row["entity_id"]), schema, name=row["name"], alias=[row["name_latin"], *row["aliases"]],
        wikidataId=row["wikidata_id"], country=_country(row["country"]), **own,
    )


def _article(row: Row) -> Row:
    return _thing(
        safe_id(row["document_id"]), "Article", title=row["title"], name=row["title"], sourceUrl=link(row["url"]),
        author=row["author"], publisher=row["publication"], publishedAt=row["published_date"],
        language=_LANGUAGES.get(row["language"]),
    )


_LANGUAGES = {"ru": "rus", "uk": "ukr", "be": "bel", "kk": "kaz", "bg": "bul", "en": "eng"}   # ISO 639-3, as the model has it


def _position(row: Row, counts: Counts) -> Iterator[Row]:
    if row["person_type"] != "PERSON":
        counts["positions of no known person passed over"] += 1
        return
    person, organisation = safe_id(row["person"]), row["organisation"]
    key = (row["person"], organisation, row["position"])
    stated = {"status": row["status"], "date": [row["first"], row["last"]], "proof": [safe_id(d) for d in row["documents"]]}
    if row["organisation_type"] == "ORGANIZATION":
        ends = {"employee": person, "employer": safe_id(organisation)}
        yield _thing(_made("employment", *key), "Employment", **ends, role=row["position"], **stated)
        return
    name = f"{row['position']}, {row['organisation_name']}" if row["organisation_name"] else row["position"]
    post = _made("position", *key)                     # of one person: 'директор' of nobody knows what is not one post
    yield _thing(post, "Position", name=name, country=_country(row["country"]))
    yield _thing(_made("occupancy", *key), "Occupancy", holder=person, post=post, **stated)


def _event(row: Row) -> Row:
    legal = [p for p in row["participants"] if p["type"] in ("PERSON", "ORGANIZATION")]
    at = [p for p in row["participants"] if p["role"] == "place" and p["type"] in _PLACES]
    return _thing(
        safe_id(row["event_id"]), "Event", name=row["name"], startDate=row["date_start"], endDate=row["date_end"],
        summary=row["lead"], country=_country(row["country"]), location=[p["name"] for p in at],
        addressEntity=[safe_id(p["entity_id"]) for p in at],
        organizer=[safe_id(p["entity_id"]) for p in legal if p["role"] == "organizer"],
        involved=[safe_id(p["entity_id"]) for p in legal if p["role"] != "organizer"], keywords=[row["type"], row["realis"]],
        proof=safe_id(row["lead_document_id"]),
    )


FTM = FileFormat("ftm", "FollowTheMoney entities as JSON lines", write, ("realis",))
