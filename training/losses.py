"""The loss of a batch: cross-entropies of all heads, each a sum over what is annotated, divided by the batch's tokens.

Dividing by all tokens of the batch, not by those of a layer, gives every annotated token the same weight in every batch.
"""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from batches import Batch
from model import LONGEST_TRIGGER, Tagger
from samples import Ints

WEIGHTS = {"nerel": 1.0, "slavicner": 0.5, "factrueval": 0.5, "triggers": 1.0, "type": 0.5, "realis": 0.5}
SECOND = 0.3  # share of the second type, where an annotator named two


def losses(model: Tagger, batch: Batch) -> dict[str, Tensor]:
    """Loss by head, unweighted."""
    states = model(batch)
    tokens = len(states)
    found = {n: span_loss(model, states, batch, n) / tokens for n in batch.layers}
    if batch.annotated.any():
        found["triggers"] = trigger_loss(model, states, batch) / tokens
    if len(batch.events):
        kind, realis = kind_losses(model, states, batch.events)
        found |= {"type": kind / tokens, "realis": realis / tokens}
    return found


def total(found: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()


def span_loss(model: Tagger, states: Tensor, batch: Batch, name: str) -> Tensor:
    """Cross-entropy over all spans of the sentences annotated in a layer."""
    numbers, spans = batch.layers[name]
    sentences = [(batch.first[n], batch.first[n + 1]) for n in numbers]
    inside = torch.cat([torch.arange(a, b) for a, b in sentences])
    scores = model.spans[name](states[inside], [b - a for a, b in sentences])
    flat, gold = [], []
    for (a, b), s in zip(sentences, scores, strict=True):
        target = torch.zeros(b - a, b - a, dtype=torch.long)
        own = torch.from_numpy(spans[(spans[:, 0] >= a) & (spans[:, 0] < b)].astype(np.int64))
        target[own[:, 0] - a, own[:, 1] - a] = 1 + own[:, 2]
        i, j = torch.triu_indices(b - a, b - a)
        flat.append(s[i, :, j])
        gold.append(target[i, j])
    return F.cross_entropy(torch.cat(flat), torch.cat(gold), reduction="sum")


def trigger_loss(model: Tagger, states: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of what starts at each token; a trigger longer than LONGEST_TRIGGER can't be learnt."""
    target = torch.zeros(len(states), dtype=torch.long)
    spans = torch.from_numpy(batch.triggers.astype(np.int64))
    length = spans[:, 1] - spans[:, 0] + 1
    short = length <= LONGEST_TRIGGER
    target[spans[short, 0]] = length[short]
    scores = model.triggers(states, batch.first)
    return F.cross_entropy(scores[batch.annotated], target[batch.annotated], reduction="sum")


def kind_losses(model: Tagger, states: Tensor, events: Ints) -> tuple[Tensor, Tensor]:
    """Cross-entropies of type (two where two are acceptable) and realis."""
    e = torch.from_numpy(events.astype(np.int64))
    types, realis = model.kinds(states, e[:, 0], e[:, 1])
    first = F.cross_entropy(types, e[:, 2], reduction="none")
    second = F.cross_entropy(types, torch.where(e[:, 3] < 0, e[:, 2], e[:, 3]), reduction="none")
    return ((1 - SECOND) * first + SECOND * second).sum(), F.cross_entropy(realis, e[:, 4], reduction="sum")
