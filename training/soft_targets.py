"""What soft_labels.py wrote -> samples to learn from: raw news with weights in place of gold.

A layer of names, triggers, types and realis all have targets, so every head learns from every raw text.
"""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from corpora import LAYER_TYPES, Text, read_raw
from samples import ALL, Ints, Sample, Targets, sample
from subwords import Pieces

LEAST = ALL // 100  # a class less likely than that is not learnt


def read_soft(folder: Path, corpora: Path, pieces: Pieces) -> tuple[Sample, ...]:
    """The samples of all texts that have labels, in the order of the files."""
    texts = {(t.corpus.removeprefix("raw/"), t.id): t for t in read_raw(corpora)}
    found: list[Sample] = []
    for path in sorted(folder.glob("*.parquet")):
        labels: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in pq.read_table(path).to_pylist():
            labels[row["source"], row["id"]].append(row)
        found.extend(_sample(texts[key], rows, pieces) for key, rows in labels.items())
    return tuple(found)


def _sample(text: Text, rows: list[dict[str, Any]], pieces: Pieces) -> Sample:
    return replace(sample(text, pieces, glue=False), targets=_targets(rows))


def _targets(rows: list[dict[str, Any]]) -> Targets:
    layers = {name: _weighted([r for r in rows if r["layer"] == name], "classes", "probabilities") for name in LAYER_TYPES}
    events = [r for r in rows if r["layer"] == "triggers"]
    triggers = [(r["first"], r["last"], round(ALL * sum(r["probabilities"]))) for r in events]
    known = [{**r, "values": range(len(r["realis"])), "weights": sum(r["probabilities"]) * np.array(r["realis"])} for r in events]
    return Targets(
        layers, np.array(triggers, np.int32).reshape(-1, 3), _weighted(events, "classes", "probabilities"),
        _weighted(known, "values", "weights"),
    )


def _weighted(rows: list[dict[str, Any]], kinds: str, weights: str) -> Ints:
    found = [
        (r["first"], r["last"], kind, weight)
        for r in rows for kind, p in zip(r[kinds], r[weights], strict=True) if (weight := round(ALL * float(p))) >= LEAST
    ]
    return np.array(found, np.int32).reshape(-1, 4)
