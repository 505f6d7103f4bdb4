"""What was corrected in brat, as annotations: offsets only, a line an article and field, as in data/annotations."""

from collections.abc import Iterator
from typing import Any

from letopis.export.brat import OTHERS
from letopis.export.returned import Returned
from letopis.ids import digest
from letopis.schema.mentions import TYPES

Line = dict[str, Any]
_KINDS = {name: kind for kind, name in OTHERS.items()}


class Crossing(ValueError):
    """Two names cross, and names only nest."""


def lines(article: Returned) -> Iterator[Line]:
    """One for each field that has annotations: names, happenings with their parts, relations. Raises Crossing."""
    document, after = article.document, article.after
    where = {key: article.place(span) for key, span in after.spans.items()}
    for field in article.shift:
        here = {key: {"start": start, "end": end} for key, (name, start, end) in where.items() if name == field}
        mentions = sorted((_name(article, key, place) for key, place in here.items() if after.spans[key][2] in TYPES), key=_order)
        _check(mentions)
        events = sorted((_event(article, key, here) for key, e in after.events.items() if e.trigger in here), key=_order)
        if mentions or events:
            yield {
                "source": "brat", "document_id": document["document_id"], "path": document["path"], "record": document["record"],
                "field": field, "sha256": digest(document[field], 64), "published": _day(document["published_date"]),
                "mentions": mentions, "events": events,
                "relations": [
                    {"relation": name, "subject": here[one], "object": here[other]}
                    for name, one, other in after.relations.values() if one in here and other in here
                ],
            }


def _order(row: Line) -> tuple[int, int, str]:
    return row["start"], -row["end"], row["type"]


def _day(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())


def _name(article: Returned, key: str, place: Line) -> Line:
    thing, _ = article.after.references.get(key, (None, ""))
    return {**place, "type": article.after.spans[key][2], "entity": thing}


def _event(article: Returned, key: str, here: dict[str, Line]) -> Line:
    event, after = article.after.events[key], article.after
    parts = []
    for role, part in event.parts:
        span = after.events[part].trigger if part in after.events else part
        if span in here:                               # a title's event has no part in the text
            kind = "event" if part in after.events else _KINDS.get(after.spans[part][2], "name")
            parts.append({"role": role, **here[span], "kind": kind})
    kind = event.type.replace("-", ".")
    return {**here[event.trigger], "type": kind, "realis": after.realis.get(key, "actual"), "roles": parts}


def _check(names: list[Line]) -> None:
    ends = list[int]()
    for name in names:
        while ends and ends[-1] <= name["start"]:
            ends.pop()
        if ends and name["end"] > ends[-1]:
            raise Crossing(f"the name at {name['start']}-{name['end']} crosses another that ends at {ends[-1]}: names nest")
        ends.append(name["end"])
