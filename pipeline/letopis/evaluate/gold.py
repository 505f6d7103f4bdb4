"""Readers of published gold: files as they come -> texts with character spans.

Contract. Offsets are half-open and count characters of `Text.text` read without newline translation; texts come in a fixed order. A
layer that is absent is not in `layers`; an empty layer was annotated and holds nothing. Nothing is cleaned, and nothing is left out
but discontinuous parts: a discontinuous NEREL span counts from its first to its last character.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

SLAVICNER_TYPES = ("PER", "LOC", "ORG", "PRO", "EVT")
_OBJECTS = {"Person": "PER", "Org": "ORG", "Location": "LOC", "LocOrg": "LOC"}
_NAME_SPANS = {"PER": {"name", "surname", "patronymic", "nickname"}, "ORG": {"org_name"}, "LOC": {"loc_name"}}
_SOURCES = {"factrueval_dev": "factrueval", "news": "rucoco", "vzglyad": "vzglyad"}


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A typed span."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """The trigger of an event: `type2` is '' or a second type that is as acceptable; triggers of one event share `event`."""

    start: int
    end: int
    type: str
    type2: str
    realis: str
    event: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One document: `layers` by name, `triggers` None where events weren't annotated.

    `typed` are spans known to be events whose type and realis are known, in a text where not every trigger is marked.
    """

    corpus: str
    id: str
    text: str
    layers: dict[str, tuple[Label, ...]]
    triggers: tuple[Trigger, ...] | None = None
    typed: tuple[Trigger, ...] = ()


def read_nerel(folder: Path) -> list[Text]:
    """A folder of NEREL in BRAT format: its name is the corpus's, 'nerel/dev'."""
    paths = sorted(folder.glob("*.txt"))
    return [Text(f"nerel/{folder.name}", p.stem, read(p), {"nerel": _brat(p.with_suffix(".ann"))}) for p in paths]


def read_slavicner(folder: Path) -> list[Text]:
    """SlavicNER (raw/<topic>/*.txt and ner/<topic>/*.tsv): the topic is the corpus's name, 'slavicner/brexit'."""
    texts = []
    for raw in sorted((folder / "raw").glob("*/*.txt")):
        topic = raw.parent.name
        rows = [line.split("\t") for line in lines(folder / "ner" / topic / f"{raw.stem}.tsv")]
        labels = {Label(int(r[0]), int(r[1]), r[4]) for r in rows if r[4] in SLAVICNER_TYPES}
        texts.append(Text(f"slavicner/{topic}", raw.stem, read(raw), {"slavicner": tuple(sorted(labels))}))
    return texts


def read_factrueval(folder: Path) -> list[Text]:
    """factRuEval's names: an object counts by the parts that name it ('мэрия Москвы' has none of its own)."""
    return [Text("factrueval", p.stem, read(p), {"factrueval": _names(p)}) for p in sorted(folder.glob("*.txt"))]


def read_events(path: Path) -> list[Text]:
    """The exhaustive event gold, a file events_*.jsonl or a folder of them: the corpus's name is the file's, 'events/news'.

    Texts stand in the line, or beside the folder: in factrueval/devset and raw_news.parquet.
    """
    paths = [path] if path.is_file() else sorted(path.glob("events_*.jsonl"))
    return [text for p in paths for text in _event_file(p)]


def raw_news(corpora: Path) -> Mapping[tuple[str, str], str]:
    """(source, id) -> text of the unlabelled news."""
    return _raw_news(corpora)


def annotated(corpora: Path, key: tuple[str, str]) -> str:
    """The text of a document of data/annotations: raw news by source and id, or of ('news_md', path) the body, outer blanks off."""
    if key[0] != "news_md":
        return _raw_news(corpora)[key]
    return read(corpora / key[1]).split("---\n", 2)[2].strip()


def read(path: Path) -> str:
    """The text of a file without newline translation."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def lines(path: Path) -> list[str]:
    """Lines that aren't empty; str.splitlines would also cut at U+2028, which stands inside some texts."""
    return [line for line in read(path).replace("\r\n", "\n").split("\n") if line]


def _event_file(path: Path) -> Iterator[Text]:
    name, corpora = path.stem.removeprefix("events_"), path.parent.parent
    for row in map(json.loads, lines(path)):
        source = row.get("source") or _SOURCES.get(name, "")
        body = row["text"] if "text" in row else _body(corpora, source, row["doc"])
        yield Text(f"events/{name}", row["doc"], body, {}, triggers=tuple(map(_trigger, row["events"])))


def _trigger(event: Mapping[str, Any]) -> Trigger:
    return Trigger(event["start"], event["end"], event["type"], event.get("type2") or "", event["realis"], event.get("coref") or "")


@lru_cache(maxsize=1)
def _raw_news(corpora: Path) -> dict[tuple[str, str], str]:
    table = pq.read_table(corpora / "raw_news.parquet", columns=["source", "id", "text"])
    columns = [table[c].to_pylist() for c in ("source", "id", "text")]
    return {(s, i): t for s, i, t in zip(*columns, strict=True)}


def _body(corpora: Path, source: str, doc: str) -> str:
    if source == "factrueval":
        return read(corpora / "factrueval" / "devset" / f"{doc}.txt")
    return _raw_news(corpora)[source, doc]


def _brat(path: Path) -> tuple[Label, ...]:
    labels = set()
    for row in (line.split("\t") for line in lines(path)):
        if row[0].lstrip("\ufeff").startswith("T"):
            kind, _, offsets = row[1].partition(" ")  # 'EVENT 10 14;20 25'
            numbers = [int(n) for n in offsets.replace(";", " ").split()]
            labels.add(Label(min(numbers), max(numbers), kind))
    return tuple(sorted(labels))


def _names(path: Path) -> tuple[Label, ...]:
    spans = {}
    for line in lines(path.with_suffix(".spans")):
        fields = line.split()
        spans[fields[0]] = (fields[1], int(fields[2]), int(fields[2]) + int(fields[3]))
    labels = set()
    for line in lines(path.with_suffix(".objects")):
        fields = line.split("#")[0].split()
        kind = _OBJECTS.get(fields[1]) if fields else None
        parts = [spans[f] for f in fields[2:] if f in spans and kind and spans[f][0] in _NAME_SPANS[kind]]
        if kind and parts:
            labels.add(Label(min(p[1] for p in parts), max(p[2] for p in parts), kind))
    return tuple(sorted(labels))
