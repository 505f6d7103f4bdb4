"""The loss of a batch: cross-entropies of all heads, each a sum over what is annotated, divided by the batch's tokens.

Dividing by all tokens of the batch, not by those of a layer, gives every annotated token the same weight in every batch.
Targets have weights (see samples.py), so gold and what a teacher believes are learnt by one formula.
"""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from batches import Batch
from model import LONGEST_TRIGGER, Tagger
from samples import ALL, Ints

WEIGHTS = {"nerel": 1.0, "slavicner": 0.5, "factrueval": 0.5, "triggers": 1.0, "type": 1.0, "realis": 0.7}


def losses(model: Tagger, batch: Batch) -> dict[str, Tensor]:
    """Loss by head, unweighted."""
    states = model(batch)
    found = {n: span_loss(model, states, batch, n) for n in batch.layers}
    if batch.annotated.any():
        found["triggers"] = trigger_loss(model, states, batch)
    if len(batch.types):
        found["type"] = kind_loss(model.kinds(states, *_ends(batch.types))[0], batch.types)
        found["realis"] = kind_loss(model.kinds(states, *_ends(batch.realis))[1], batch.realis)
    return {name: loss / len(states) for name, loss in found.items()}


def total(found: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()


def span_loss(model: Tagger, states: Tensor, batch: Batch, name: str) -> Tensor:
    """Cross-entropy over all spans of the sentences annotated in a layer."""
    numbers, rows = batch.layers[name]
    sentences = [(batch.first[n], batch.first[n + 1]) for n in numbers]
    inside = torch.cat([torch.arange(a, b) for a, b in sentences])
    lengths = [b - a for a, b in sentences]
    flat = []
    for s in model.spans[name](states[inside], lengths):
        i, j = torch.triu_indices(len(s), len(s))
        flat.append(s[i, :, j])
    at = _triangular(rows, np.array([a for a, _ in sentences]), np.array(lengths))
    return _weighted(torch.cat(flat), at, rows[:, 2] + 1, rows[:, 3])


def _triangular(rows: Ints, start: Ints, lengths: Ints) -> Ints:
    """Place of each row's span among all spans of the sentences, in the order of triu_indices."""
    before = np.cumsum([0, *(lengths * (lengths + 1) // 2)])
    own = np.searchsorted(start, rows[:, 0], side="right") - 1
    i, n = rows[:, 0] - start[own], lengths[own]
    return before[own] + i * n - i * (i - 1) // 2 + rows[:, 1] - rows[:, 0]


def trigger_loss(model: Tagger, states: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of what starts at each token; a trigger longer than LONGEST_TRIGGER can't be learnt."""
    length = batch.triggers[:, 1] - batch.triggers[:, 0] + 1
    rows, length = batch.triggers[length <= LONGEST_TRIGGER], length[length <= LONGEST_TRIGGER]
    place = (torch.cumsum(batch.annotated, 0) - 1).numpy()
    scores = model.triggers(states, batch.first)[batch.annotated]
    return _weighted(scores, place[rows[:, 0]], length, rows[:, 2])


def kind_loss(scores: Tensor, rows: Ints) -> Tensor:
    """Cross-entropy of types or of realis."""
    weight = torch.from_numpy(rows[:, 3] / ALL).float()
    return (weight * F.cross_entropy(scores, torch.from_numpy(rows[:, 2].astype(np.int64)), reduction="none")).sum()


def _weighted(scores: Tensor, at: Ints, kind: Ints, weight: Ints) -> Tensor:
    """Cross-entropy where row at[k] is kind[k] with weight[k], and nothing (class 0) with what is left."""
    likely = F.log_softmax(scores, dim=1)
    row, column = torch.from_numpy(at.astype(np.int64)), torch.from_numpy(kind.astype(np.int64))
    moved = torch.from_numpy(weight / ALL).float() * (likely[row, 0] - likely[row, column])
    return moved.sum() - likely[:, 0].sum()


def _ends(rows: Ints) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(rows[:, 0].astype(np.int64)), torch.from_numpy(rows[:, 1].astype(np.int64))
