"""The corpora the tagger learns from: letopis.evaluate.gold's readers over the folder of corpora (`../shared/corpora`).

Contract. Texts come in a fixed order; a layer that is absent is not in `layers` (keys of LAYER_TYPES), an empty one was annotated
and holds nothing.
"""

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from letopis.evaluate import gold
from letopis.evaluate.gold import SLAVICNER_TYPES, Label, Text, Trigger
from letopis.schema.event_mentions import REALIS
from letopis.schema.event_roles import ROLES
from letopis.schema.mentions import TYPES as NEREL_TYPES

__all__ = [
    "LAYER_TYPES", "REALIS", "RELATIONS", "ROLES", "Label", "Pair", "Text", "Trigger", "digest", "merge", "read_events",
    "read_factrueval", "read_nerel", "read_raw", "read_relations", "read_roles", "read_slavicner",
]

FACTRUEVAL_TYPES = ("PER", "LOC", "ORG")
RELATIONS = (
    "ABBREVIATION", "AGENT", "AGE_DIED_AT", "AGE_IS", "ALTERNATIVE_NAME", "AWARDED_WITH", "CAUSE_OF_DEATH", "CONVICTED_OF",
    "DATE_DEFUNCT_IN", "DATE_FOUNDED_IN", "DATE_OF_BIRTH", "DATE_OF_CREATION", "DATE_OF_DEATH", "END_TIME", "EXPENDITURE",
    "FOUNDED_BY", "HAS_CAUSE", "HEADQUARTERED_IN", "IDEOLOGY_OF", "INANIMATE_INVOLVED", "INCOME", "KNOWS", "LOCATED_IN",
    "MEDICAL_CONDITION", "MEMBER_OF", "ORGANIZES", "ORIGINS_FROM", "OWNER_OF", "PARENT_OF", "PARTICIPANT_IN", "PART_OF",
    "PENALIZED_AS", "PLACE_OF_BIRTH", "PLACE_OF_DEATH", "PLACE_RESIDES_IN", "POINT_IN_TIME", "PRICE_OF", "PRODUCES", "RELATIVE",
    "RELIGION_OF", "SCHOOLS_ATTENDED", "SIBLING", "SPOUSE", "START_TIME", "SUBEVENT_OF", "SUBORDINATE_OF", "TAKES_PLACE_IN",
    "WORKPLACE", "WORKS_AS",
)
LAYER_TYPES = {"nerel": NEREL_TYPES, "slavicner": SLAVICNER_TYPES, "factrueval": FACTRUEVAL_TYPES}


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two spans and what joins them: an event and its role's, or two mentions and NEREL's relation."""

    start: int
    end: int
    start2: int
    end2: int
    name: str


def read_nerel(corpora: Path, split: str) -> list[Text]:
    """NEREL in BRAT format with the event types of gold/: split 'train' or 'dev'."""
    typed = _nerel_events(corpora / "gold" / f"nerel_{split}_events.tsv")
    return [replace(t, typed=typed.get(t.id, ())) for t in gold.read_nerel(corpora / "nerel" / split)]


def read_slavicner(corpora: Path) -> list[Text]:
    """SlavicNER, all topics."""
    return gold.read_slavicner(corpora / "slavicner")


def read_factrueval(corpora: Path) -> list[Text]:
    """factRuEval's names."""
    return gold.read_factrueval(corpora / "factrueval" / "devset")


def read_events(corpora: Path) -> list[Text]:
    """The exhaustive event gold, 980 documents."""
    return gold.read_events(corpora / "gold")


def read_roles(corpora: Path) -> dict[str, list[Pair]]:
    """Text -> roles of its events, in the texts of `read_events`."""
    found: dict[str, list[Pair]] = {}
    for path in sorted((corpora / "gold").glob("events_*.jsonl")):
        rows = map(json.loads, gold.lines(path))
        for text, row in zip(gold.read_events(path), rows, strict=True):
            found[text.text] = [
                Pair(e["start"], e["end"], a["start"], a["end"], a["role"]) for e in row["events"] for a in e["args"]
            ]
    return found


def read_relations(corpora: Path) -> dict[str, list[Pair]]:
    """Text -> NEREL's relations, in the texts of both splits."""
    found: dict[str, list[Pair]] = {}
    for path in sorted((corpora / "nerel").glob("*/*.txt")):
        spans: dict[str, tuple[int, int]] = {}
        pairs: set[Pair] = set()
        rows = [line.split("\t") for line in gold.lines(path.with_suffix(".ann"))]
        for row in rows:
            if row[0].lstrip("\ufeff").startswith("T"):
                numbers = [int(n) for n in row[1].partition(" ")[2].replace(";", " ").split()]
                spans[row[0].lstrip("\ufeff")] = min(numbers), max(numbers)
        for row in rows:
            if row[0].startswith("R"):
                name, one, two = row[1].split()
                pairs.add(Pair(*spans[one.removeprefix("Arg1:")], *spans[two.removeprefix("Arg2:")], name))
        found[gold.read(path)] = sorted(pairs)
    return found


def read_raw(corpora: Path) -> list[Text]:
    """The unlabelled news."""
    return [Text(f"raw/{source}", i, text, {}) for (source, i), text in gold.raw_news(corpora).items()]


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


def _nerel_events(path: Path) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    with path.open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            trigger = Trigger(int(r["start"]), int(r["end"]), r["type"], r["type2"] or "", r["realis"])
            found.setdefault(r["doc"], []).append(trigger)
    return {doc: tuple(triggers) for doc, triggers in found.items()}
