"""Development scores of a tagger in training, in tokens: what falls on no tokens is not counted (`letopis evaluate` counts it)."""

import numpy as np
import torch
from torch import Tensor

from batch import Batch
from decode import nested, triggers
from flat import Corpus
from letopis.evaluate.spans import ALL, exact_scores, match, overlapping_score
from network import Tagger

SIZE = 8000         # pieces of a batch
THRESHOLD = 0.5
SHOWN = ("EVENT", "PERSON", "ORGANIZATION", "PER", "ORG", "LOC")
Found = dict[str, list[tuple[int, ...]]]


@torch.no_grad()
def scores(models: list[Tagger], corpus: Corpus) -> dict[str, float]:
    """All figures; several models decide on the mean of their probabilities."""
    for m in models:
        m.eval()
    found: dict[str, float] = {}
    for layer, of in (("nerel", "nerel"), ("slavicner", "slavicner"), ("factrueval", "factrueval"), ("arguments", "events")):
        found |= _layer(models, corpus, layer, of)
    return {k: round(v, 4) for k, v in (found | _events(models, corpus) | _pairs(models, corpus)).items()}


def _batches(corpus: Corpus, name: str) -> list[Batch]:
    blocks = corpus.sets[name]
    ordered = blocks[np.argsort(corpus.block_cost[blocks], kind="stable")]
    return [corpus.batch(b, everything=True) for b in corpus.pack(ordered, SIZE)]


def _layer(models: list[Tagger], corpus: Corpus, layer: str, of: str) -> dict[str, float]:
    names = corpus.labels[layer]
    gold: Found = {}
    found: Found = {}
    for batch in _batches(corpus, of):
        for text in _texts(corpus, batch):
            gold.setdefault(text, [])
            found.setdefault(text, [])
        for a, b, kind in batch.host.rows[layer].tolist():
            gold[_text(corpus, batch, a)].append((int(batch.host.tokens[a]), int(batch.host.tokens[b]) + 1, names[kind]))
        states = [m(batch, corpus.vectors) for m in models]
        for i, j, kind in nested_spans(models, states, batch, layer):
            t = int(batch.host.tokens[i])
            found[_text(corpus, batch, i)].append((t, t + j - i + 1, names[kind]))
    table = exact_scores(list(gold.values()), [found[t] for t in gold])
    return {layer: table[ALL].f1} | {f"{layer}.{t}": table[t].f1 for t in SHOWN if t in table}


def nested_spans(models: list[Tagger], states: list[Tensor], batch: Batch, layer: str) -> list[tuple[int, int, int]]:
    """First token, last token and class of what a layer names; several models decide on the mean of their probabilities."""
    own = [m.spans[layer](s, batch.grids[layer]) for m, s in zip(models, states, strict=True)]
    found = []
    for grid, *scores in zip(batch.grids[layer], *own, strict=True):
        p = torch.stack([torch.softmax(x, dim=2) for x in scores]).mean(0).clamp(min=1e-30).log().cpu().numpy()
        first, size = grid.at[:, 0].tolist(), grid.inside.sum(1).tolist()
        found += [(a + i, a + j, kind) for row, (a, n) in enumerate(zip(first, size, strict=True))
                  for i, j, kind, _ in nested(p[row, :n, :, :n])]
    return found


def _texts(corpus: Corpus, batch: Batch) -> set[int]:
    return {_text(corpus, batch, a) for a in batch.host.first[:-1].tolist()}


def _text(corpus: Corpus, batch: Batch, token: int) -> int:
    sentence = int(np.searchsorted(corpus.first, batch.host.tokens[token], side="right")) - 1
    return int(np.searchsorted(corpus.texts, sentence, side="right")) - 1


def _events(models: list[Tagger], corpus: Corpus) -> dict[str, float]:
    gold: Found = {}
    found: Found = {}
    right = {"type": [0, 0], "group": [0, 0]}
    realis: list[tuple[int, int]] = []
    names = corpus.labels["types"]
    for batch in _batches(corpus, "events"):
        states = [m(batch, corpus.vectors) for m in models]
        p = torch.stack([torch.softmax(m.triggers(s, batch.ahead), dim=1) for m, s in zip(models, states, strict=True)]).mean(0)
        spans = [x for a, b in zip(batch.host.first[:-1], batch.host.first[1:], strict=True)
                 for x in _moved(triggers(p[a:b].clamp(min=1e-30).log().cpu().numpy(), THRESHOLD), int(a))]
        kinds = _kinds(models, states, spans)
        for text in _texts(corpus, batch):
            gold.setdefault(text, [])
            found.setdefault(text, [])
        own_gold = [(a, b + 1, "") for a, b in batch.host.rows["triggers"].tolist()]
        own_found = [(a, b + 1, "") for a, b in spans]
        for own, into in ((own_gold, gold), (own_found, found)):
            for a, b, _ in own:
                t = int(batch.host.tokens[a])
                into[_text(corpus, batch, a)].append((t, t + b - a, ""))
        types = {(a, b): (one, two) for a, b, one, two in batch.host.rows["types"].tolist()}
        real = {(a, b): r for a, b, r in batch.host.rows["realis"].tolist()}
        for g, f in match(own_gold, own_found):
            key = (own_gold[g][0], own_gold[g][1] - 1)
            own_type, own_realis = kinds[f]
            right["type"][0] += own_type in types[key]
            right["group"][0] += names[own_type].split(".")[0] in {names[k].split(".")[0] for k in types[key]}
            right["type"][1] += 1
            right["group"][1] += 1
            realis.append((real[key], own_realis))
    score = overlapping_score(list(gold.values()), [found[t] for t in gold])
    return {"events": score.f1, "events.P": score.precision, "events.R": score.recall,
            **{n: a / max(b, 1) for n, (a, b) in right.items()}, "realis": _macro(realis, len(corpus.labels["realis"]))}


def _moved(spans: list, start: int) -> list[tuple[int, int]]:
    return [(start + i, start + j) for i, j, _, _ in spans]


def _kinds(models: list[Tagger], states: list[Tensor], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if not spans:
        return []
    at = torch.tensor(spans, device=states[0].device)
    both = [m.kinds(s, at) for m, s in zip(models, states, strict=True)]
    types, realis = (torch.stack([torch.softmax(k[n], dim=1) for k in both]).mean(0).argmax(1).tolist() for n in (0, 1))
    return list(zip(types, realis, strict=True))


def _macro(pairs: list[tuple[int, int]], classes: int) -> float:
    f1 = []
    for c in range(classes):
        hit = sum(g == f == c for g, f in pairs)
        f1.append(2 * hit / max(sum(g == c for g, _ in pairs) + sum(f == c for _, f in pairs), 1))
    return sum(f1) / classes


def _pairs(models: list[Tagger], corpus: Corpus) -> dict[str, float]:
    """Micro-F1 of roles and relations between gold spans of one sentence."""
    found = {}
    for name, of in (("roles", "events"), ("relations", "nerel")):
        hit = given = wanted = 0
        for batch in _batches(corpus, of):
            own = batch.pairs.get(name)
            if own is None:
                continue
            on = own.ones, own.twos, own.pairs
            states = [m(batch, corpus.vectors) for m in models]
            p = torch.stack([torch.softmax(getattr(m, name)(s, *on), dim=1) for m, s in zip(models, states, strict=True)]).mean(0)
            kind = p.argmax(1).tolist()
            gold = {tuple(r) for r in batch.host.rows[name].tolist()}
            left, right = own.ones[:, :2].tolist(), own.twos[:, :2].tolist()
            said = {(*left[i], *right[j], k - 1) for (i, j), k in zip(own.pairs.tolist(), kind, strict=True) if k}
            hit, given, wanted = hit + len(gold & said), given + len(said), wanted + len(gold)
        found[name] = 2 * hit / max(given + wanted, 1)
    return found
