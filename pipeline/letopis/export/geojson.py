"""GeoJSON (RFC 7946): events with coordinates as points, their columns as properties."""

from collections import Counter
from pathlib import Path
from typing import TextIO

from letopis.export.events import events
from letopis.export.flat import dumped, plain
from letopis.export.format import Choice, Counts, FileFormat
from letopis.export.reading import Row


def write(snapshot: Path, stream: TextIO, choice: Choice) -> Counts:
    """A feature a line, between the lines of one FeatureCollection."""
    counts: Counts = Counter()
    stream.write('{"type":"FeatureCollection","features":[')
    for event in events(snapshot, choice):
        if event["latitude"] is None or event["longitude"] is None:
            counts["events without coordinates"] += 1
            continue
        stream.write(",\n" if counts["events"] else "\n")
        stream.write(dumped(_feature(event)))
        counts["events"] += 1
    stream.write("\n]}\n")
    return counts


def _feature(event: Row) -> Row:
    point = {"type": "Point", "coordinates": [event["longitude"], event["latitude"]]}
    kept = {name: plain(v) for name, v in event.items() if name not in ("event_id", "latitude", "longitude")}
    return {"type": "Feature", "id": event["event_id"], "geometry": point, "properties": kept}


GEOJSON = FileFormat("geojson", "events with coordinates", write, ("realis",))
