"""Which parts are held out: `python training/splits.py CORPORA` writes data/annotations/splits.json, which is committed.

- NEREL: its own dev.
- events: a tenth of every file's documents, the first by the hash of their names, and those that lie in NEREL's dev.
- factRuEval's names: the same documents as its events.
- SlavicNER: two topics whole.
A text may be in training for one layer and held out for another; a layer is never trained on where it is held out.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from corpora import Text, digest, merge, read_events, read_factrueval, read_nerel, read_slavicner

SPLITS = Path(__file__).resolve().parent.parent / "data" / "annotations" / "splits.json"
SLAVICNER_TOPICS = ("asia_bibi", "covid-19")
TENTH = 10


def training(corpora: Path) -> list[Text]:
    """All texts with the layers that may be trained on."""
    held = held_out()
    texts = [
        *read_nerel(corpora, "train"),
        *(t for t in read_factrueval(corpora) if t.id not in held["events/factrueval_dev"]),
        *(t for t in read_events(corpora) if t.id not in held[t.corpus]),
        *(t for t in read_slavicner(corpora) if t.corpus not in held["slavicner"]),
    ]
    return merge(texts)


def development(corpora: Path) -> dict[str, list[Text]]:
    """The held-out texts by the layer they measure."""
    held = held_out()
    return {
        "nerel": read_nerel(corpora, "dev"),
        "events": [t for t in read_events(corpora) if t.id in held[t.corpus]],
        "slavicner": [t for t in read_slavicner(corpora) if t.corpus in held["slavicner"]],
        "factrueval": [t for t in read_factrueval(corpora) if t.id in held["events/factrueval_dev"]],
    }


def held_out() -> dict[str, list[str]]:
    """Numbers of the held-out documents by event file, and SlavicNER's held-out topics."""
    return json.loads(SPLITS.read_text(encoding="utf-8"))


def choose(corpora: Path) -> dict[str, list[str]]:
    """The split, from the corpora alone."""
    dev = {t.text for t in read_nerel(corpora, "dev")}
    files: dict[str, list[Text]] = {}
    for t in read_events(corpora):
        files.setdefault(t.corpus, []).append(t)
    held = {name: _tenth(texts) + [t.id for t in texts if t.text in dev] for name, texts in files.items()}
    held = {name: sorted(set(ids)) for name, ids in held.items()}
    return {**held, "slavicner": [f"slavicner/{topic}" for topic in SLAVICNER_TOPICS]}


def _tenth(texts: Iterable[Text]) -> list[str]:
    ordered = sorted(texts, key=lambda t: digest(t.id))
    return [t.id for t in ordered[:round(len(ordered) / TENTH)]]


if __name__ == "__main__":
    SPLITS.write_text(json.dumps(choose(Path(sys.argv[1])), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
