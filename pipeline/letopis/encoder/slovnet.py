"""Words -> morphology, dependencies and names by slovnet's models: its decisions, several times faster.

What a table shows of them is made elsewhere: `text.syntax` (pos, feats, head, deprel) and `find` (mentions).
"""

from dataclasses import dataclass

import numpy as np

from letopis.encoder.convolution import encode
from letopis.encoder.decoding import best_heads, best_path, project
from letopis.encoder.packing import Longs, Packed, pack
from letopis.encoder.weights import Floats, Models, Network
from letopis.layers import Words


@dataclass(frozen=True, slots=True)
class Tags:
    """Numbers of what was decided about each word."""

    tag: Longs                        # [word] in models.morphology.tags
    head: Longs                       # [word] number of the head in the batch, -1 for a root
    relation: Longs                   # [word] in models.syntax.relations


def tag(models: Models, words: Words) -> Tags:
    """Morphology and dependencies of every word."""
    count = len(words.form)
    tags = Tags(*(np.empty(count, np.int64) for _ in range(3)))
    for packed in pack(models, words):
        here = slice(packed.first, packed.first + len(packed.row))
        x = encode(models.morphology.network, models.embedding, packed)[-1]
        tags.tag[here] = project(x, models.morphology.head).argmax(-1)[packed.row]
        x = encode(models.syntax.network, models.embedding, packed)[-1]
        head, relation = best_heads(x, models.syntax, packed)
        tags.head[here] = _words(packed, head[packed.row])
        tags.relation[here] = relation[packed.row]
    return tags


def name_tags(models: Models, words: Words) -> Longs:
    """[word] number of its BIO tag in models.names.tags."""
    tags = np.empty(len(words.form), np.int64)
    for packed in pack(models, words):
        x = encode(models.names.network, models.embedding, packed)[-1]
        path = best_path(project(x, models.names.head), models.names.transitions, packed)
        tags[packed.first:packed.first + len(packed.row)] = path[packed.row]
    return tags


def states(models: Models, network: Network, words: Words) -> tuple[Floats, Floats]:
    """Hidden states of a network's last two layers: [word, 128] and [word, 64] in slovnet's models."""
    last = [np.empty((len(words.form), len(layer.bias)), np.float32) for layer in network.layers[-2:]]
    for packed in pack(models, words):
        for all_words, rows in zip(last, encode(network, models.embedding, packed)[-2:], strict=True):
            all_words[packed.first:packed.first + len(packed.row)] = rows[packed.row]
    return last[0], last[1]


def _words(packed: Packed, head: Longs) -> Longs:
    """Rows -> numbers of words in the batch; a root stays -1."""
    word = np.full(len(packed.kind) + 1, -1, np.int64)
    word[packed.row] = packed.first + np.arange(len(packed.row))
    return word[head]
