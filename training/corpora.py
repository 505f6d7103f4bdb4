"""The corpora the tagger learns from: letopis.evaluate.gold's readers over the folder of corpora (`../shared/corpora`).

Contract. Texts come in a fixed order; a layer that is absent is not in `layers` (keys of LAYER_TYPES), an empty one was annotated
and holds nothing.
"""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from letopis.evaluate import gold
from letopis.evaluate.gold import SLAVICNER_TYPES, Label, Text, Trigger
from letopis.schema.event_mentions import REALIS
from letopis.schema.mentions import TYPES as NEREL_TYPES

__all__ = [
    "LAYER_TYPES", "REALIS", "Label", "Text", "Trigger", "digest", "merge", "read_events", "read_factrueval", "read_nerel",
    "read_raw", "read_slavicner",
]

FACTRUEVAL_TYPES = ("PER", "LOC", "ORG")
LAYER_TYPES = {"nerel": NEREL_TYPES, "slavicner": SLAVICNER_TYPES, "factrueval": FACTRUEVAL_TYPES}


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
