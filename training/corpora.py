"""Readers of the corpora the tagger learns from: files as published -> texts with character spans.

Contract. Every reader takes the folder of corpora (`../shared/corpora`) and returns texts in a fixed order; offsets
are half-open and count characters of `Text.text` read without newline translation. A layer that is absent is not in
`layers`; an empty layer was annotated and holds nothing. Nothing is cleaned here, and nothing is left out but
discontinuous parts: a discontinuous NEREL span counts from its first to its last character.
"""

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

NEREL_TYPES = (
    "AGE", "AWARD", "CITY", "COUNTRY", "CRIME", "DATE", "DISEASE", "DISTRICT", "EVENT", "FACILITY", "FAMILY",
    "IDEOLOGY", "LANGUAGE", "LAW", "LOCATION", "MONEY", "NATIONALITY", "NUMBER", "ORDINAL", "ORGANIZATION",
    "PENALTY", "PERCENT", "PERSON", "PRODUCT", "PROFESSION", "RELIGION", "STATE_OR_PROVINCE", "TIME", "WORK_OF_ART",
)
SLAVICNER_TYPES = ("PER", "LOC", "ORG", "PRO", "EVT")
FACTRUEVAL_TYPES = ("PER", "LOC", "ORG")
REALIS = ("actual", "planned", "negated", "hypothetical")
LAYER_TYPES = {"nerel": NEREL_TYPES, "slavicner": SLAVICNER_TYPES, "factrueval": FACTRUEVAL_TYPES}

_OBJECTS = {"Person": "PER", "Org": "ORG", "Location": "LOC", "LocOrg": "LOC"}
_NAME_SPANS = {
    "PER": {"name", "surname", "patronymic", "nickname"},
    "ORG": {"org_name"},
    "LOC": {"loc_name"},
}


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A typed span."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """The trigger of an event: `type2` is '' or a second type that is as acceptable."""

    start: int
    end: int
    type: str
    type2: str
    realis: str


@dataclass(frozen=True, slots=True)
class Text:
    """One document: `layers` by name (keys of LAYER_TYPES), `triggers` None where events weren't annotated.

    `typed` are spans known to be events whose type and realis are known, in a text where not every trigger is marked.
    """

    corpus: str
    id: str
    text: str
    layers: dict[str, tuple[Label, ...]]
    triggers: tuple[Trigger, ...] | None = None
    typed: tuple[Trigger, ...] = ()


def read_nerel(corpora: Path, split: str) -> list[Text]:
    """NEREL in BRAT format with the event types of gold/: split 'train' or 'dev'."""
    typed = _nerel_events(corpora / "gold" / f"nerel_{split}_events.tsv")
    return [
        Text(f"nerel/{split}", p.stem, _read(p), {"nerel": _brat(p.with_suffix(".ann"))}, typed=typed.get(p.stem, ()))
        for p in sorted((corpora / "nerel" / split).glob("*.txt"))
    ]


def read_slavicner(corpora: Path) -> list[Text]:
    """SlavicNER: the topic is the corpus's name, 'slavicner/brexit'."""
    texts = []
    for raw in sorted((corpora / "slavicner" / "raw").glob("*/*.txt")):
        topic = raw.parent.name
        rows = _rows(corpora / "slavicner" / "ner" / topic / f"{raw.stem}.tsv")
        labels = {Label(int(r[0]), int(r[1]), r[4]) for r in rows if r[4] in SLAVICNER_TYPES}
        texts.append(Text(f"slavicner/{topic}", raw.stem, _read(raw), {"slavicner": tuple(sorted(labels))}))
    return texts


def read_factrueval(corpora: Path) -> list[Text]:
    """factRuEval's names: an object counts by the parts that name it ('мэрия Москвы' has none of its own)."""
    paths = sorted((corpora / "factrueval" / "devset").glob("*.txt"))
    return [Text("factrueval", p.stem, _read(p), {"factrueval": _names(p)}) for p in paths]


def read_events(corpora: Path) -> list[Text]:
    """The exhaustive event gold, 980 documents: the corpus's name is its file's, 'events/news'."""
    texts = []
    for path in sorted((corpora / "gold").glob("events_*.jsonl")):
        name = path.stem.removeprefix("events_")
        for line in _lines(path):
            row = json.loads(line)
            body = row["text"] if "text" in row else _body(corpora, row.get("source") or _SOURCES[name], row["doc"])
            texts.append(Text(f"events/{name}", row["doc"], body, {}, triggers=_triggers(row["events"])))
    return texts


def read_raw(corpora: Path) -> list[Text]:
    """The unlabelled news."""
    return [Text(f"raw/{source}", i, text, {}) for (source, i), text in _raw_news(corpora).items()]


def merge(texts: Iterable[Text]) -> list[Text]:
    """Join the annotations of equal texts, so that a text is encoded once; the first one gives the name."""
    merged: dict[str, Text] = {}
    for t in texts:
        old = merged.get(t.text)
        merged[t.text] = t if old is None else replace(
            old,
            layers={**t.layers, **old.layers},
            triggers=old.triggers if old.triggers is not None else t.triggers,
            typed=old.typed or t.typed,
        )
    return list(merged.values())


def digest(text: str) -> str:
    """A stable order of documents that has nothing to do with their names' own."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


_SOURCES = {"factrueval_dev": "factrueval", "news": "rucoco", "vzglyad": "vzglyad"}


@lru_cache(maxsize=1)
def _raw_news(corpora: Path) -> dict[tuple[str, str], str]:
    table = pq.read_table(corpora / "raw_news.parquet", columns=["source", "id", "text"])
    columns = [table[c].to_pylist() for c in ("source", "id", "text")]
    return {(s, i): t for s, i, t in zip(*columns, strict=True)}


def _body(corpora: Path, source: str, doc: str) -> str:
    if source == "factrueval":
        return _read(corpora / "factrueval" / "devset" / f"{doc}.txt")
    return _raw_news(corpora)[source, doc]


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as f:
        return f.read()


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    """Lines that aren't empty; str.splitlines would also cut at U+2028, which stands inside some texts."""
    return [line for line in _read(path).replace("\r\n", "\n").split("\n") if line]


def _brat(path: Path) -> tuple[Label, ...]:
    labels = set()
    for row in _rows(path):
        if not row[0].startswith("T"):
            continue
        kind, _, offsets = row[1].partition(" ")  # 'EVENT 10 14;20 25'
        numbers = [int(n) for n in offsets.replace(";", " ").split()]
        labels.add(Label(min(numbers), max(numbers), kind))
    return tuple(sorted(labels))


def _nerel_events(path: Path) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    with path.open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            trigger = Trigger(int(r["start"]), int(r["end"]), r["type"], r["type2"] or "", r["realis"])
            found.setdefault(r["doc"], []).append(trigger)
    return {doc: tuple(triggers) for doc, triggers in found.items()}


def _triggers(events: list[dict]) -> tuple[Trigger, ...]:
    return tuple(Trigger(e["start"], e["end"], e["type"], e.get("type2") or "", e["realis"]) for e in events)


def _names(path: Path) -> tuple[Label, ...]:
    spans = {}
    for line in _lines(path.with_suffix(".spans")):
        fields = line.split()
        spans[fields[0]] = (fields[1], int(fields[2]), int(fields[2]) + int(fields[3]))
    labels = set()
    for line in _lines(path.with_suffix(".objects")):
        fields = line.split("#")[0].split()
        kind = _OBJECTS.get(fields[1]) if fields else None
        parts = [spans[f] for f in fields[2:] if f in spans and kind and spans[f][0] in _NAME_SPANS[kind]]
        if kind and parts:
            labels.add(Label(min(p[1] for p in parts), max(p[2] for p in parts), kind))
    return tuple(sorted(labels))
