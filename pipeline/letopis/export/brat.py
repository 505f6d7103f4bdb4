"""brat standoff: a text and its annotations an article, to be looked at and corrected in brat.

Contract. The text is `documents.text`, after the title and an empty line where the title has annotations of its own. Names are
text-bound annotations of NEREL's types, nested as they are; what takes part in an event and is no name is Nominal, Pronoun or Time;
happenings are events with their roles and their Realis; relations are relations. `Reference` says which entity a name means, or
which event a happening is. A dot in a type of event is a hyphen here. Spans are broken at line breaks and tabs, as brat does it.
`annotation.conf` declares everything; the annotations as they were lie in `.original`, for `letopis corrections from-brat`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import duckdb

from letopis.export.format import Choice, Counts, FolderFormat
from letopis.export.names import file_name
from letopis.export.reading import Row, articles, connected, query, rows
from letopis.schema.event_mentions import REALIS
from letopis.schema.event_roles import ROLES
from letopis.schema.mentions import TYPES

_PLACE = ("document_id", "field", "start", "end")
TABLES = {
    "mentions": (*_PLACE, "mention_id", "type", "entity_id"),
    "event_mentions": (*_PLACE, "event_mention_id", "type", "realis", "event_id"),
    "event_roles": (*_PLACE, "event_mention_id", "role", "kind", "mention_id", "target_event_mention_id"),
    "relations": ("document_id", "relation", "subject_mention_id", "object_mention_id"),
}
ORIGINAL = ".original"                # brat passes over names that begin with a dot
BASE = "Letopis"                      # the base that references are in
OTHERS = {"nominal": "Nominal", "pronoun": "Pronoun", "time": "Time"}
_TOGETHER = 200                       # articles whose names are looked up together
BREAKS = frozenset("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def write(snapshot: Path, folder: Path, choice: Choice) -> Counts:
    """`month/document_id.txt` and `.ann` of every annotated article, and brat's configuration."""
    counts: Counts = Counter()
    (folder / "annotation.conf").write_text(configuration(snapshot), encoding="utf-8")
    stream = articles(snapshot, TABLES)
    with connected(snapshot) as con:
        while some := list(islice(stream, _TOGETHER)):
            names = _names(con, [own for _, own in some])
            for document, own in some:
                _put(folder, document, own, names)
                counts["articles"] += 1
                counts.update({t: len(r) for t, r in own.items()})
    return counts


def _names(con: duckdb.DuckDBPyConnection, tables: Sequence[dict[str, list[Row]]]) -> dict[str, str]:
    """id -> name of the entities and events that some articles speak of."""
    found: dict[str, str] = {}
    for kind, table, rows_of in (("entity", "entities", "mentions"), ("event", "events", "event_mentions")):
        ids = sorted({r[f"{kind}_id"] for own in tables for r in own[rows_of] if r[f"{kind}_id"]})
        sql = f"SELECT {kind}_id AS id, name FROM {table} WHERE {kind}_id IN (SELECT unnest(?))"
        found |= {r["id"]: r["name"] for r in query(con, sql, [ids])}
    return found


def _put(folder: Path, document: Row, own: dict[str, list[Row]], names: Mapping[str, str]) -> None:
    text, shift = text_of(document, titled=any(r["field"] == "title" for t in own.values() for r in t if "field" in r))
    lines = "".join(f"{line}\n" for line in Standoff(text, shift, own).lines(names))
    where = f"{document['month']}/{file_name(document['document_id'])}"
    for path, content in ((f"{where}.txt", text), (f"{where}.ann", lines), (f"{ORIGINAL}/{where}.ann", lines)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8", newline="")


def text_of(document: Row, *, titled: bool) -> tuple[str, dict[str, int]]:
    """The text of a .txt, and where in it the fields begin."""
    if not titled:
        return document["text"], {"text": 0}
    head = f"{document['title']}\n\n"
    return head + document["text"], {"title": 0, "text": len(head)}


def event_type(name: str) -> str:
    """'disaster.fire' -> 'disaster-fire': brat's types are letters, digits, hyphens and underscores."""
    return name.replace(".", "-")


def configuration(snapshot: Path) -> str:
    """annotation.conf: everything the export uses, and everything an annotator may want."""
    events = sorted(event_type(r["type"]) for r in rows(snapshot, "event_types"))
    related = sorted({r["relation"] for r in rows(snapshot, "relations")})
    roles = ", ".join(f"{role}*:<ANY>" for role in ROLES)
    sections = {
        "entities": [*TYPES, *OTHERS.values()], "relations": [f"{r}\tArg1:<ANY>, Arg2:<ANY>" for r in related],
        "events": [f"{e}\t{roles}" for e in events], "attributes": [f"Realis\tArg:<EVENT>, Value:{'|'.join(REALIS)}"],
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span without the characters a line of standoff can't hold: [(0, 5), (6, 10)] of a span over a line break."""
    found, first = list[tuple[int, int]](), start
    for i in range(start, end + 1):
        if i == end or text[i] in BREAKS:
            found += [(first, i)] if first < i else []
            first = i + 1
    return found


class Standoff:
    """The lines of one article; ids count from 1 in the order of the tables."""

    def __init__(self, text: str, shift: Mapping[str, int], own: Mapping[str, Sequence[Row]]) -> None:
        self.text, self.shift, self.own = text, shift, own
        self.spans: dict[tuple[str, int, int, str], str] = {}      # field, start, end, type -> T
        self.names = {m["mention_id"]: self._span(m, m["type"]) for m in own["mentions"]}
        self.events = {e["event_mention_id"]: f"E{n}" for n, e in enumerate(own["event_mentions"], 1)}
        self.triggers = [self._span(e, event_type(e["type"])) for e in own["event_mentions"]]
        self.arguments: defaultdict[str, list[str]] = defaultdict(list)
        for role in own["event_roles"]:
            self._take(role)

    def lines(self, names: Mapping[str, str]) -> Iterator[str]:
        """All of them; `names` by id of entity and event."""
        for (field, start, end, kind), key in self.spans.items():
            pieces = fragments(self.text, start + self.shift[field], end + self.shift[field])
            offsets, words = ";".join(f"{a} {b}" for a, b in pieces), " ".join(self.text[a:b] for a, b in pieces)
            yield f"{key}\t{kind} {offsets}\t{words}"
        for (key, event), trigger in zip(self.events.items(), self.triggers, strict=True):
            kind = event_type(key.rsplit(":", 1)[1])
            yield f"{event}\t{' '.join([f'{kind}:{trigger}', *_numbered(self.arguments[key])])}"
        for n, relation in enumerate(self.own["relations"], 1):
            ends = (self.names[relation["subject_mention_id"]], self.names[relation["object_mention_id"]])
            yield f"R{n}\t{relation['relation']} Arg1:{ends[0]} Arg2:{ends[1]}"
        for n, row in enumerate(self.own["event_mentions"], 1):
            yield f"A{n}\tRealis {self.events[row['event_mention_id']]} {row['realis']}"
        meant = [(self.names[m["mention_id"]], m["entity_id"]) for m in self.own["mentions"] if m["entity_id"]]
        meant += [(t, e["event_id"]) for t, e in zip(self.triggers, self.own["event_mentions"], strict=True)]
        for n, (key, thing) in enumerate(meant, 1):
            yield f"N{n}\tReference {key} {BASE}:{reference(thing)}\t{' '.join(names[thing].split())}"

    def _span(self, row: Row, kind: str) -> str:
        return self.spans.setdefault((row["field"], row["start"], row["end"], kind), f"T{len(self.spans) + 1}")

    def _take(self, role: Row) -> None:
        if role["target_event_mention_id"]:
            part = self.events[role["target_event_mention_id"]]
        elif role["mention_id"]:
            part = self.names[role["mention_id"]]
        else:
            part = self._span(role, OTHERS.get(role["kind"], "Nominal"))
        self.arguments[role["event_mention_id"]].append(f"{role['role']}:{part}")


def reference(thing: str) -> str:
    """An id as one word."""
    return "".join(c if c.isprintable() and not c.isspace() and c != "%" else f"%{ord(c):02X}" for c in thing)


def _numbered(arguments: Iterable[str]) -> Iterator[str]:
    """'agent:T1', 'agent2:T3': brat wants every part of an event to have a name of its own."""
    count: Counter[str] = Counter()
    for argument in dict.fromkeys(arguments):
        role, part = argument.split(":")
        count[role] += 1
        yield f"{role}{count[role] if count[role] > 1 else ''}:{part}"


BRAT = FolderFormat("brat", "standoff for the annotation tool brat, an article a pair of files", write, fresh=True)
