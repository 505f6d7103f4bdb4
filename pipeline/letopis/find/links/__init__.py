"""What joins two mentions of a sentence, by a network over facts of both and of what stands between them.

Contract. The likeliest of NEREL's relations of each pair that is likely enough to have one, with the share of such answers that is
right. A pair is decided by its document alone.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from letopis.find.clauses import Text
from letopis.find.links.columns import mention_columns, word_columns
from letopis.find.links.facts import facts, pairs_of
from letopis.find.links.weights import load, probabilities, scores
from letopis.layers import Mention, Relation

METHOD = "pairs_1"
LEAST = 0.2                           # probability (before it is calibrated) with the best F1 on half of NEREL's dev part
PART = 2048                           # pairs of a run: what their facts give takes some 2 MB


def links(text: Text, mentions: Sequence[Mention], entities: Sequence[int], least: float = LEAST) -> Iterator[Relation]:
    """The relations of a batch of at least a probability, in order of their mentions."""
    table = load()
    words = word_columns(text)
    seen = mention_columns(text, words, mentions, entities, table.types)
    pairs = pairs_of(seen)
    pairs = pairs.some(table.told[seen.type[pairs.one], seen.type[pairs.two], pairs.way, pairs.far])
    for start in range(0, len(pairs.one), PART):
        part = pairs.some(slice(start, start + PART))
        scored = scores(table, facts(words, seen, part))
        rows = np.flatnonzero(scored[:, 1:].max(axis=1) > scored[:, 0] + np.log(least))     # no other can be likely enough
        p = probabilities(scored[rows])[:, 1:]
        label, best = p.argmax(axis=1), p.max(axis=1)
        score = np.round(np.interp(best, *table.right), 4)
        for at in np.flatnonzero(best >= least).tolist():
            row = rows[at]
            yield Relation(table.labels[label[at]], int(part.one[row]), int(part.two[row]), float(score[at]), METHOD)
