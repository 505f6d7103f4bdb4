"""Words -> morphology and dependencies by slovnet's models, its decisions several times faster; and its hidden states.

What a table shows of them is made elsewhere: `text.syntax` (pos, feats, head, deprel); the states are the tagger's input.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from letopis.encoder.convolution import encode
from letopis.encoder.decoding import best_heads
from letopis.encoder.packing import Longs, Packed, pack
from letopis.encoder.weights import Models
from letopis.layers import Words

Halves: TypeAlias = npt.NDArray[np.float16]
STATES = 576


@dataclass(frozen=True, slots=True)
class Tags:
    """Numbers of what was decided about each word."""

    tag: Longs                        # [word] in models.morphology.tags
    head: Longs                       # [word] number of the head in the batch, -1 for a root
    relation: Longs                   # [word] in models.syntax.relations
    states: Halves                    # [word, STATES] the last two layers of morphology, syntax and names; [0, ..] unless asked for


def tag(models: Models, words: Words, *, states: bool = False) -> Tags:
    """Morphology and dependencies of every word, and on demand its hidden states."""
    count = len(words.form)
    columns = (np.empty(count, np.int64) for _ in range(3))
    tags = Tags(next(columns), next(columns), next(columns), np.empty((count if states else 0, STATES), np.float16))
    for packed in pack(models, words):
        here = slice(packed.first, packed.first + len(packed.row))
        morphology = encode(models.morphology.network, models.embedding, packed)
        tags.tag[here] = models.morphology.best(x=morphology[-1])[0][packed.row]
        syntax = encode(models.syntax.network, models.embedding, packed)
        head, relation = best_heads(syntax[-1], models.syntax, packed)
        tags.head[here] = _words(packed, head[packed.row])
        tags.relation[here] = relation[packed.row]
        if states:
            names = encode(models.names, models.embedding, packed)
            last = np.concatenate([layer for layers in (morphology, syntax, names) for layer in layers], axis=1)
            tags.states[here] = last[packed.row]
    return tags


def _words(packed: Packed, head: Longs) -> Longs:
    """Rows -> numbers of words in the batch; a root stays -1."""
    word = np.full(len(packed.kind) + 1, -1, np.int64)
    word[packed.row] = packed.first + np.arange(len(packed.row))
    return word[head]
