"""Merges across documents, judged by hand: `python -m letopis.evaluate.merges STORE` asks a store for the verdicts of read pairs.

Protocol. data/annotations/merges_raw_news.tsv holds pairs of mentions that a run had merged, each read with its sentences: one
thing or two. Of the pairs whose articles the store has and whose mentions it finds (the span that shares most, half of the union at
least) are counted those that still are one entity. Precision is of these alone: it tells what became of old errors, no more than
a fresh sample can tell what new ones there are. Recall is of the pairs that are one thing.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from letopis.resources import data_path
from letopis.store.snapshot import settled

FILE = "annotations/merges_raw_news.tsv"
OVERLAP = 0.5
_IDS = "SELECT document_id, substr(sha256(text), 1, 16) AS digest FROM read_parquet('{0}/documents/**/*.parquet')"
_MENTIONS = """
SELECT d.digest, m.start, m."end", m.entity_id FROM read_parquet('{0}/mentions/**/*.parquet') m JOIN ids d USING (document_id)
WHERE m.field = 'text' AND m.entity_id IS NOT NULL ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two mentions, each (digest of its text, start, end), of one entity's label, and whether they are one thing."""

    a: tuple[str, int, int]
    b: tuple[str, int, int]
    label: str
    one: bool


def read_pairs(path: Path) -> tuple[Judged, ...]:
    """The judged pairs of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return tuple(Judged(_side(r, "a"), _side(r, "b"), r["label"], r["verdict"] == "one") for r in rows)


def _side(row: dict[str, str], side: str) -> tuple[str, int, int]:
    return row[f"{side}_text"], int(row[f"{side}_start"]), int(row[f"{side}_end"])


def verdicts(store: Path, pairs: tuple[Judged, ...]) -> Iterator[tuple[Judged, bool]]:
    """The pairs that the store has both mentions of, each with whether they are one entity there."""
    snapshot = settled(store)
    sql = duckdb.connect(config={"threads": 1})
    wanted = sorted({side[0] for pair in pairs for side in (pair.a, pair.b)})
    sql.execute(f"CREATE TABLE ids AS FROM ({_IDS.format(snapshot)}) WHERE digest IN (SELECT unnest($wanted))", {"wanted": wanted})
    found: dict[str, list[tuple[int, int, str]]] = {}
    for digest, start, end, entity in sql.execute(_MENTIONS.format(snapshot)).fetchall():
        found.setdefault(digest, []).append((start, end, entity))
    sql.close()
    for pair in pairs:
        a, b = (_entity(found.get(side[0], []), side[1], side[2]) for side in (pair.a, pair.b))
        if a and b:
            yield pair, a == b


def _entity(mentions: list[tuple[int, int, str]], start: int, end: int) -> str | None:
    """Of the span that shares most with [start, end), the first of equals."""
    shares = [((min(e, end) - max(s, start)) / (max(e, end) - min(s, start)), entity) for s, e, entity in mentions]
    share, entity = max(shares, key=lambda x: x[0], default=(0.0, ""))
    return entity if share >= OVERLAP else None


def main(store: Path) -> None:
    """Print what became of the pairs, by label."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for pair, merged in verdicts(store, read_pairs(data_path(FILE))):
        for label in (pair.label, "all"):
            counts[label, pair.one, merged] += 1
    for label in sorted({key[0] for key in counts}):
        right, wrong, missed = counts[label, True, True], counts[label, False, True], counts[label, True, False]
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"{label}: precision {precision:.3f} of {right + wrong}, recall {recall:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
