"""What is learnt of a batch: cross-entropies of all heads against gold, or against what teachers believe of raw news.

Every loss is a sum over what is annotated, divided by the batch's tokens, so each annotated token weighs the same in every batch.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from batch import Batch, Pairs, joinable
from flat import LAYERS, Vectors
from network import SpanHead, Tagger, spans_of

WEIGHTS = {"nerel": 1.0, "slavicner": 0.5, "factrueval": 0.5, "arguments": 0.7, "triggers": 1.0, "type": 1.5, "realis": 0.7,
           "roles": 1.0, "relations": 0.7}
SECOND = 0.3        # of a type that an annotator named as the second
DOUBTED = 0.01      # a span likelier than this to be something is learnt from a teacher; others as nothing
LIKELY = 0.3        # spans that a teacher takes for triggers, arguments or names when it says what joins them


@dataclass(frozen=True, slots=True)
class Soft:
    """What teachers believe of a batch of raw news, cut with everything; beliefs are halves."""

    spans: dict[str, list[tuple[Tensor, Tensor]]]   # by layer, for each grid: [3, spans] row, first, last, and [spans, classes]
    triggers: Tensor                # [tokens, 1 + LONGEST_TRIGGER]
    events: Tensor                  # [events, 2] first and last token
    weight: Tensor                  # [events] how likely each is a trigger
    types: Tensor                   # [events, types]
    realis: Tensor                  # [events, realis]
    pairs: dict[str, tuple[Pairs, Tensor]]          # 'roles', 'relations': the pairs and [pairs, classes]


def gold_losses(model: Tagger, batch: Batch, vectors: Vectors) -> dict[str, Tensor]:
    """Loss by head, unweighted."""
    states = model(batch, vectors)
    found = {name: _span_loss(model.spans[name], states, batch, name) for name in batch.grids}
    if batch.triggers.shape[1]:
        at, target = batch.triggers
        found["triggers"] = F.cross_entropy(model.triggers(states, batch.ahead)[at], target, reduction="sum")
    if len(batch.types):
        found |= _kind_losses(model, states, batch)
    for name, pairs in batch.pairs.items():
        if len(pairs.pairs):
            scores = getattr(model, name)(states, pairs.ones, pairs.twos, pairs.pairs)
            found[name] = F.cross_entropy(scores, pairs.target, reduction="sum")
    return {name: loss / len(states) for name, loss in found.items()}


def soft_losses(model: Tagger, batch: Batch, vectors: Vectors, soft: Soft) -> dict[str, Tensor]:
    """Loss by head, unweighted."""
    states = model(batch, vectors)
    found = {}
    for name in LAYERS:
        lost = states.new_zeros(())
        grids = batch.grids[name]
        for grid, scores, (at, q) in zip(grids, model.spans[name](states, grids), soft.spans[name], strict=True):
            row, first, last = at
            believed = (scores[row, first, :, last] * q.float()).sum(1)
            lost = lost + _as_nothing(scores, spans_of(grid)) + (scores[row, first, 0, last] - believed).sum()
        found[name] = lost
    found["triggers"] = _cross(model.triggers(states, batch.ahead), soft.triggers).sum()
    types, realis = model.kinds(states, soft.events)
    found["type"] = (soft.weight * _cross(types, soft.types)).sum()
    found["realis"] = (soft.weight * _cross(realis, soft.realis)).sum()
    for name, (pairs, q) in soft.pairs.items():
        found[name] = _cross(getattr(model, name)(states, pairs.ones, pairs.twos, pairs.pairs), q).sum()
    return {name: loss / len(states) for name, loss in found.items()}


def total(found: dict[str, Tensor]) -> Tensor:
    """The weighted sum."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()


@torch.no_grad()
def believe(models: list[Tagger], batch: Batch, vectors: Vectors) -> Soft:
    """The mean of what these models believe."""
    states = [m(batch, vectors) for m in models]
    spans, named = {}, {}
    for name in LAYERS:
        grids = batch.grids[name]
        own = [m.spans[name](s, grids) for m, s in zip(models, states, strict=True)]
        spans[name], likely = [], []
        for grid, *scores in zip(grids, *own, strict=True):
            q = _mean(scores, 2)
            at = torch.nonzero((1 - q[:, :, 0] > DOUBTED) & spans_of(grid)).T
            row, first, last = at
            mine = q[row, first, :, last]
            spans[name].append((at, mine.half()))
            sure = 1 - mine[:, 0] > LIKELY
            row, first, last = at[:, sure]
            likely.append(torch.stack([grid.at[row, first], grid.at[row, last], mine[sure, 1:].argmax(1)], dim=1))
        named[name] = torch.cat(likely)
    triggers = _mean([m.triggers(s, batch.ahead) for m, s in zip(models, states, strict=True)])
    token, length = torch.nonzero(triggers[:, 1:] > DOUBTED, as_tuple=True)
    events, weight = torch.stack([token, token + length], dim=1), triggers[token, 1 + length]
    kinds = [m.kinds(s, events) for m, s in zip(models, states, strict=True)]
    ones = F.pad(events[weight > LIKELY], (0, 1))
    pairs = {}
    for name, (one, two) in {"roles": (ones, named["arguments"]), "relations": (named["nerel"], named["nerel"])}.items():
        of = (batch.sentence[x[:, 0]].cpu().numpy() for x in (one, two))
        joined = torch.from_numpy(joinable(*of, same=name == "relations")).to(one.device)
        scores = [getattr(m, name)(s, one, two, joined) for m, s in zip(models, states, strict=True)]
        pairs[name] = Pairs(one, two, joined, joined[:, 0]), _mean(scores).half()
    types, realis = (_mean([k[n] for k in kinds]).half() for n in (0, 1))
    return Soft(spans, triggers.half(), events, weight.float(), types, realis, pairs)


def _mean(scores: list[Tensor], dim: int = 1) -> Tensor:
    return torch.stack([torch.softmax(s.float(), dim=dim) for s in scores]).mean(0)


def _cross(scores: Tensor, q: Tensor) -> Tensor:
    return -(q.float() * F.log_softmax(scores, dim=1)).sum(1)


def _as_nothing(scores: Tensor, spans: Tensor) -> Tensor:
    """What it costs to call every span nothing."""
    return ((torch.logsumexp(scores, dim=2) - scores[:, :, 0]) * spans).sum()


def _span_loss(head: SpanHead, states: Tensor, batch: Batch, name: str) -> Tensor:
    """Cross-entropy over all spans of the sentences annotated in a layer."""
    lost = states.new_zeros(())
    grids = batch.grids[name]
    for grid, scores in zip(grids, head(states, grids), strict=True):
        row, first, last, kind = grid.gold
        lost = lost + _as_nothing(scores, spans_of(grid)) + (scores[row, first, 0, last] - scores[row, first, kind, last]).sum()
    return lost


def _kind_losses(model: Tagger, states: Tensor, batch: Batch) -> dict[str, Tensor]:
    types, of_realis = model.kinds(states, batch.types[:, :2])
    one, two = (F.cross_entropy(types, batch.types[:, n], reduction="none") for n in (2, 3))
    return {
        "type": ((1 - SECOND) * one + SECOND * two).sum(), "realis": F.cross_entropy(of_realis, batch.realis, reduction="sum"),
    }
