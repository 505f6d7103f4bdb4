"""GraphML: the graph of events and entities, an edge a role, directed from the entity to the event."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from letopis.export.events import PARTICIPANTS
from letopis.export.flat import plain
from letopis.export.format import Choice, Counts, FileFormat
from letopis.export.reading import Row, connected, query
from letopis.schema.event_mentions import REALIS

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EVENT = ("name", "type", "realis", "date_start", "date_end", "granularity", "country", "latitude", "longitude", "salience",
          "document_count", "mention_count", "lead")
_ENTITY = ("name", "type", "label", "name_latin", "wikidata_id", "geonames_id", "country", "latitude", "longitude",
           "document_count", "mention_count")
_EDGE = ("role", "mention_count")
_TYPES = {"latitude": "double", "longitude": "double", "salience": "double", "document_count": "long", "mention_count": "long"}
_TAKING_PART = f"""
SELECT p.* FROM ({PARTICIPANTS}) p JOIN events e USING (event_id) JOIN entities n USING (entity_id)
WHERE list_contains(?, e.realis) ORDER BY event_id, entity_id, role
"""
_ENTITIES = f"SELECT * FROM entities WHERE entity_id IN (SELECT entity_id FROM ({_TAKING_PART})) ORDER BY entity_id"


def write(snapshot: Path, stream: TextIO, choice: Choice) -> Counts:
    """All events (of a realis), and the entities that take part in them."""
    counts: Counts = Counter()
    realis = [list(choice.realis or REALIS)]
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for line in _keys():
        stream.write(line)
    stream.write('<graph id="letopis" edgedefault="directed">\n')
    with connected(snapshot) as con:
        for event in query(con, "SELECT * FROM events WHERE list_contains(?, realis) ORDER BY event_id", realis):
            stream.write(_node(event["event_id"], "event", event, _EVENT))
            counts["events"] += 1
        for entity in query(con, _ENTITIES, realis):
            stream.write(_node(entity["entity_id"], "entity", entity, _ENTITY))
            counts["entities"] += 1
        for edge in query(con, _TAKING_PART, realis):
            stream.write(_edge(counts["roles"], edge))
            counts["roles"] += 1
    stream.write("</graph>\n</graphml>\n")
    return counts


def _keys() -> Iterator[str]:
    for name in ("kind", *dict.fromkeys((*_EVENT, *_ENTITY))):
        yield f'<key id="{name}" for="node" attr.name="{name}" attr.type="{_TYPES.get(name, "string")}"/>\n'
    for name in _EDGE:
        yield f'<key id="edge_{name}" for="edge" attr.name="{name}" attr.type="{_TYPES.get(name, "string")}"/>\n'


def _node(key: str, kind: str, row: Row, columns: tuple[str, ...]) -> str:
    data = "".join(_data(name, row[name]) for name in columns)
    return f"<node id={quoteattr(_clean(key))}>{_data('kind', kind)}{data}</node>\n"


def _edge(number: int, row: Row) -> str:
    data = "".join(_data(f"edge_{name}", row[name]) for name in _EDGE)
    source, target = quoteattr(_clean(row["entity_id"])), quoteattr(_clean(row["event_id"]))
    return f'<edge id="r{number}" source={source} target={target}>{data}</edge>\n'


def _data(key: str, value: Any) -> str:
    return "" if value is None else f'<data key="{key}">{escape(_clean(str(plain(value))))}</data>'


def _clean(text: str) -> str:
    """XML has no control characters, not even escaped."""
    return _NO_XML.sub("\ufffd", text)


GRAPHML = FileFormat("graphml", "the graph of events and entities, an edge a role", write, ("realis",))
