"""Which mentions of a document are one happening: links between found mentions against gold, and B-cubed.

Conventions. A found mention counts where it is matched to one of gold (`spans.match`, whatever its type); two of them are linked
where they share a happening. Links weigh large happenings more, B-cubed every mention alike. Baselines: every mention alone has no
links; same stem and type joins mentions whose head lemmas begin with the same STEM letters and whose types are equal.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from letopis.evaluate.gold import Trigger
from letopis.evaluate.spans import Counts, Score, score
from letopis.layers import Event

STEM = 5
Pair: TypeAlias = tuple[Trigger, Event]
Key: TypeAlias = Callable[[Event], Hashable]


def shipped(event: Event) -> Hashable:
    """The happening that the pipeline gives."""
    return event.cluster


def stem_and_type(event: Event) -> Hashable:
    """The baseline."""
    return event.lemma.split()[-1][:STEM].lower(), event.type


def link_counts(documents: Sequence[Sequence[Pair]], key: Key) -> Counts:
    """[document, (right, found, gold)] links."""
    rows = []
    for pairs in documents:
        both, found, gold = _cells(pairs, key)
        rows.append((_links(both), _links(found), _links(gold)))
    return np.array(rows, np.int64).reshape(-1, 3)


def b_cubed(documents: Sequence[Sequence[Pair]], key: Key) -> Score:
    """Mean over matched mentions of how much of their happening is right, and is found."""
    sums = np.zeros((len(documents), 3))
    for row, pairs in zip(sums, documents, strict=True):
        both, found, gold = _cells(pairs, key)
        row[0] = sum(n * n / found[f] for (f, _), n in both.items())
        row[1] = sum(n * n / gold[g] for (_, g), n in both.items())
        row[2] = len(pairs)
    draws = np.random.default_rng(0).integers(0, max(len(sums), 1), (1000, len(sums)))
    low, high = np.percentile(_harmonic(sums[draws].sum(axis=1)), (2.5, 97.5))
    total = sums.sum(axis=0)
    count = max(total[2], 1)
    return Score(total[0] / count, total[1] / count, float(_harmonic(total)), float(low), float(high), int(total[2]))


def figures(documents: Sequence[Sequence[Pair]], files: Mapping[str, Sequence[int]]) -> dict[str, Score]:
    """Links in all and by file, B-cubed, and the baseline of both; `files` are numbers of documents."""
    return {
        "links": link_score(documents, shipped),
        **{f"links {name}": link_score([documents[i] for i in own], shipped) for name, own in files.items()},
        "links: same stem and type": link_score(documents, stem_and_type),
        "B-cubed": b_cubed(documents, shipped), "B-cubed: same stem and type": b_cubed(documents, stem_and_type),
    }


def link_score(documents: Sequence[Sequence[Pair]], key: Key) -> Score:
    """Precision, recall and F1 of links."""
    return score(link_counts(documents, key))


def _cells(pairs: Sequence[Pair], key: Key) -> tuple[Counter[tuple[Hashable, str]], Counter[Hashable], Counter[str]]:
    keys = [(key(event), trigger.event) for trigger, event in pairs]
    return Counter(keys), Counter(f for f, _ in keys), Counter(g for _, g in keys)


def _links(counts: Mapping[Any, int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _harmonic(sums: np.ndarray) -> np.ndarray:
    precision, recall, count = np.moveaxis(sums, -1, 0)
    mean: np.ndarray = 2 * precision * recall / np.maximum((precision + recall) * count, 1e-9)
    return mean
