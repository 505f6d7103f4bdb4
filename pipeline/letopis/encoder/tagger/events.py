"""Token states -> scores of triggers, and of the type and realis of those found."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from letopis.encoder.packing import Longs
from letopis.encoder.tagger.decode import PLACES
from letopis.encoder.tagger.products import leaky, with_ones
from letopis.encoder.tagger.weights import KindHead, TriggerHead
from letopis.encoder.weights import Floats
from letopis.layers import Ints

NEVER = np.float32(-1e4)
LEAST = 1e-9                # a probability that was rounded to nothing

Probabilities: TypeAlias = npt.NDArray[np.float64]


def trigger_scores(head: TriggerHead, states: Floats, bounds: list[int]) -> Floats:
    """[token, 1 + lengths]; a trigger that would leave its sentence (bounds[s] to bounds[s + 1] - 1) has NEVER.

    `states` carry a 1 behind each.
    """
    count, lengths = bounds[-1], len(head.both)
    start, end = leaky(states @ head.start), leaky(states @ head.end)
    alone = np.concatenate([start, end], axis=1) @ head.alone
    scores: Floats = alone[:, :1 + lengths] + head.bias
    left = np.repeat(bounds[1:], np.diff(bounds)) - np.arange(count)
    for n in range(min(lengths, count)):
        pair = np.einsum("ij,j->i", start[:count - n] * end[n:count], head.both[n])
        scores[:count - n, 1 + n] += pair + alone[n:count, 1 + lengths + n]
    scores[:, 1:][left[:, None] <= np.arange(lengths)] = NEVER
    return scores


def kind_scores(head: KindHead, vectors: Floats) -> tuple[Floats, Floats]:
    """[span, types] and [span, realis] of spans whose first and last tokens have these vectors side by side."""
    inner = leaky(with_ones(vectors) @ head.inner)
    scores = with_ones(inner) @ head.kinds
    return scores[:, :len(head.types)], scores[:, len(head.types):]


def vectors_of(states: Floats, own: Floats, first: Ints, spans: Longs) -> Floats:
    """[span, 2 * vector] of the first and the last token of spans [.., 2]: state, mean state of the sentence, `own` [token, ..]."""
    sentence = np.searchsorted(first, spans[:, 0], side="right") - 1
    distinct, place = np.unique(sentence, return_inverse=True)
    means = np.stack([states[first[s]:first[s + 1]].mean(axis=0) for s in distinct]) if len(distinct) else states[:0]
    ends = [np.concatenate([states[t], means[place], own[t]], axis=1) for t in spans.T]
    return np.concatenate(ends, axis=1)


def in_company(types: Probabilities, document: Ints, share: float) -> Probabilities:
    """[event, type] each event's probabilities by itself, times the mean of its `document`'s events to the power of `share`.

    An article on a trial speaks of verdicts and appeals: 'решение' in it is justice's. `share` .5 made 1.7 points of the types on
    98 held-out documents (.802 to .819), .3 to .8 at least 1.0.
    """
    if not len(types):
        return types
    own, number = np.unique(document, return_inverse=True)
    whole = np.zeros((len(own), types.shape[1]))
    np.add.at(whole, number, types)
    mean = whole / np.bincount(number)[:, None]
    likely = (types + LEAST) * ((mean + LEAST) ** share)[number]
    found: Probabilities = np.round(likely / likely.sum(axis=1, keepdims=True), PLACES)
    return found
