"""A model over samples -> spans and events of each, in token numbers of the sample."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import torch
from torch import Tensor

from batches import Batch, collate, pack
from decode import Floats, Found, nested, probabilities, triggers
from model import Tagger
from samples import Block, Sample, blocks

SIZE = 3000  # pieces of a batch
Special = tuple[int, int, int]
Owners = list[tuple[int, int]]


@dataclass(slots=True)
class Prediction:
    """What was found in one sample: spans by layer; triggers with probabilities of their types and realis."""

    layers: dict[str, list[Found]] = field(default_factory=dict)
    triggers: list[Found] = field(default_factory=list)
    types: list[Floats] = field(default_factory=list)
    realis: list[Floats] = field(default_factory=list)


@torch.no_grad()
def predict(
    model: Tagger, special: Special, samples: list[Sample], layers: tuple[str, ...], *, threshold: float | None = None
) -> list[Prediction]:
    """Spans of the layers, and triggers likelier than the threshold (None: no events)."""
    model.eval()
    found = [Prediction({name: [] for name in layers}) for _ in samples]
    for owners, first, states in sentence_states(model, special, samples):
        for name in layers:
            scores = model.spans[name](states, np.diff(first).tolist())
            for (number, start), s in zip(owners, scores, strict=True):
                found[number].layers[name] += [(start + i, start + j, k, p) for i, j, k, p in nested(s.numpy())]
        if threshold is not None:
            _events(model, (owners, first, states), threshold, found)
    return found


def _events(
    model: Tagger, part: tuple[list[tuple[int, int]], list[int], Tensor], threshold: float, found: list[Prediction]
) -> None:
    owners, first, states = part
    scores = model.triggers(states, first).numpy()
    for (number, start), a, b in zip(owners, first[:-1], first[1:], strict=True):
        spans = triggers(scores[a:b], threshold)
        if not spans:
            continue
        ends = torch.tensor([(a + i, a + j) for i, j, _, _ in spans])
        types, realis = model.kinds(states, ends[:, 0], ends[:, 1])
        found[number].triggers += [(start + i, start + j, k, p) for i, j, k, p in spans]
        found[number].types.extend(probabilities(types.numpy()))
        found[number].realis.extend(probabilities(realis.numpy()))


def sentence_states(
    model: Tagger, special: Special, samples: list[Sample]
) -> Iterator[tuple[Owners, list[int], Tensor]]:
    """Batches of sentences: (sample, first token in it) of each, their bounds in the batch, the tokens' states."""
    for owners, batch in sentence_batches(special, samples):
        yield owners, batch.first, model(batch)


def sentence_batches(special: Special, samples: list[Sample]) -> Iterator[tuple[Owners, Batch]]:
    """Batches of sentences of like length, and which sentences they are."""
    ordered = sorted(blocks(samples), key=lambda b: b.cost)
    for part in pack(ordered, SIZE):
        yield _owners(samples, part), collate(samples, part, special)


def _owners(samples: list[Sample], part: list[Block]) -> Owners:
    return [(b.sample, int(samples[b.sample].first[n])) for b in part for n in range(b.start, b.end)]
