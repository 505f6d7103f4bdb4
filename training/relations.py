"""What joins two mentions of a sentence: `python training/relations.py CORPORA` writes models/relations.npz.

Gold: NEREL's relations, train; mentions are those that the pipeline finds (a relation whose mentions it does not find teaches
nothing). A vector for each code of a fact, their sum, one layer, a softmax over NEREL's relations and nothing. Half of the facts
are left out at random while it learns, so that no single one is trusted; codes of a single pair are left out for good. Weights are
rounded to whole numbers. Documents of NEREL's dev part fall in halves by a hash of their names: probabilities become shares
of right ones on the first; printed are F1 scores of what is no role of an event, of the pairs that are looked at, on both.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

from corpora import RELATIONS
from letopis.evaluate import gold
from letopis.evaluate.relations import ROLES, Link, read_links
from letopis.evaluate.tagged import original
from letopis.find.clauses import text_of
from letopis.find.links.columns import Longs, mention_columns, word_columns
from letopis.find.links.facts import GAPS, NONE, WAYS, facts, pairs_of
from letopis.find.links.weights import FILE, Weights, probabilities, read, scores
from letopis.layers import Analysis, Document
from letopis.pipeline import annotate
from letopis.schema.mentions import TYPES

PATH = Path(__file__).resolve().parent.parent / "models" / FILE
BATCH, OFTEN = 40, 0.02                 # documents; share of pairs that are related, below which none are looked at
WIDTH, EPOCHS, ROWS = 32, 5, 2048
RATE, LEFT_OUT, DROPPED, SEED = 0.03, 0.5, 0.3, 1
SLOPE = 0.125
POINTS = np.array([0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1])
NUMBERS = {name: number for number, name in enumerate(TYPES)}
LABELS = {name: number for number, name in enumerate(RELATIONS, start=1)}


@dataclass(frozen=True, slots=True)
class Case:
    """A document: types and places of its pairs, the codes of their facts, and what joins them, 0 for nothing."""

    name: str
    place: Longs                        # [type, type, way or far, pair]
    codes: Longs                        # [fact, pair]
    label: Longs                        # [pair]

    def some(self, told: npt.NDArray[np.bool_]) -> "Case":
        """Its pairs that are told of by their place; what joins others is lost."""
        kept = told[tuple(self.place)]
        return Case(self.name, self.place[:, kept], self.codes[:, kept], self.label[kept])


def main(corpora: Path) -> None:
    train, dev = ([*cases(corpora / "nerel" / part)] for part in ("train", "dev"))
    told = often_related(train)
    train, dev = ([c.some(told) for c in own] for own in (train, dev))
    network, first = fit(train), [c for c in dev if half(c.name) == 0]
    save(network, told, np.stack([POINTS, POINTS]))
    save(network, told, curve(read(PATH), first))
    for name, own in (("first half", first), ("second half", [c for c in dev if half(c.name)]), ("all", dev)):
        sys.stdout.write(f"{name}: {figures(read(PATH), own)}\n")


def half(document: str) -> int:
    """0 or 1, by the document's name."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 2


def often_related(train: Sequence[Case]) -> npt.NDArray[np.bool_]:
    """[type, type, way, far] where at least OFTEN of the pairs are related."""
    place, label = np.concatenate([c.place for c in train], axis=1), np.concatenate([c.label for c in train])
    pairs, related = (np.zeros((len(TYPES), len(TYPES), WAYS, len(GAPS) + 1)) for _ in range(2))
    np.add.at(pairs, tuple(place), 1)
    np.add.at(related, tuple(place[:, label > 0]), 1)
    return related >= np.maximum(OFTEN * pairs, 1)


def cases(folder: Path) -> Iterator[Case]:
    """The documents of a part of NEREL."""
    texts = gold.read_nerel(folder)
    for start in range(0, len(texts), BATCH):
        own = texts[start:start + BATCH]
        documents = tuple(Document(t.id, t.id, None, "txt", t.text, 0, "", annotated=True) for t in own)
        yield from cases_of(annotate(documents), [read_links(folder / f"{t.id}.ann") for t in own])


def cases_of(analysis: Analysis, links: Sequence[Sequence[Link]]) -> Iterator[Case]:
    """The documents of a batch."""
    a = analysis
    words = word_columns(text := text_of(a.readings, a.sentences, a.words, a.syntax))
    m = mention_columns(text, words, a.mentions, a.entities, NUMBERS)
    pairs = pairs_of(m)
    codes = facts(words, m, pairs)
    spans = [original(a.readings, x.span.reading, x.span.start, x.span.end) for x in a.mentions]
    known = [labels_of(own) for own in links]
    of = a.readings.document[a.sentences.reading[m.sentence]]
    rows = zip(pairs.one.tolist(), pairs.two.tolist(), strict=True)
    label = np.array([known[of[one]].get((spans[one], spans[two]), 0) for one, two in rows], np.int64)
    place = np.stack([m.type[pairs.one], m.type[pairs.two], pairs.way, pairs.far])
    for number, document in enumerate(a.documents):
        own = of[pairs.one] == number
        yield Case(document.key, place[:, own], codes[:, own], label[own])


def labels_of(links: Sequence[Link]) -> dict[tuple[tuple[int, int], tuple[int, int]], int]:
    """Both spans -> what joins them, the first name of several."""
    found: defaultdict[tuple[tuple[int, int], tuple[int, int]], list[int]] = defaultdict(list)
    for relation, one, two in links:
        found[one, two].append(LABELS[relation])
    return {key: min(labels) for key, labels in found.items()}


class Network(nn.Module):
    """Facts -> scores of labels."""

    def __init__(self) -> None:
        super().__init__()
        self.vectors = nn.EmbeddingBag(NONE + 1, WIDTH, mode="sum", padding_idx=NONE)
        nn.init.normal_(self.vectors.weight, 0, 0.05)
        self.bias = nn.Parameter(torch.zeros(WIDTH))
        self.dropped = nn.Dropout(DROPPED)
        self.out = nn.Linear(WIDTH, len(LABELS) + 1)

    def forward(self, codes: Tensor) -> Tensor:
        """[row, fact] -> [row, label]."""
        return self.out(self.dropped(nn.functional.leaky_relu(self.vectors(codes) + self.bias, SLOPE)))


def fit(train: Sequence[Case]) -> Network:
    """The network, its vectors as they are where no fact is left out; those of codes of fewer than two pairs are zero."""
    torch.manual_seed(SEED)
    codes, label = np.concatenate([c.codes for c in train], axis=1).T, np.concatenate([c.label for c in train])
    rare = np.bincount(codes.ravel(), minlength=NONE + 1) < 2
    x, y = torch.from_numpy(np.where(rare[codes], NONE, codes)), torch.from_numpy(label)
    network = Network()
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    steps = EPOCHS * -(-len(y) // ROWS)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.15)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(y)).split(ROWS):
            shown = torch.where(torch.rand(x[rows].shape) < LEFT_OUT, NONE, x[rows])
            loss = nn.functional.cross_entropy(network(shown), y[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    with torch.no_grad():
        network.vectors.weight *= 1 - LEFT_OUT
        network.vectors.weight[torch.from_numpy(rare)] = 0
    return network.eval()


def save(network: Network, told: npt.NDArray[np.bool_], right: npt.NDArray[np.float64]) -> None:
    """Weights as whole numbers: vectors of 8 bits, the last layer of 16."""
    vectors, bias = network.vectors.weight[:NONE].detach().numpy(), network.bias.detach().numpy()
    out = np.concatenate([network.out.weight.detach().numpy().T, np.zeros((1, len(LABELS) + 1), np.float32)])
    fine, coarse = 127 / np.abs(vectors).max(), 32767 / np.abs(out).max()
    whole = np.rint(out * coarse).astype(np.int64)
    scale = coarse * fine / SLOPE
    whole[-1] = np.rint(network.out.bias.detach().numpy() * scale)
    np.savez_compressed(
        PATH, types=_joined(TYPES), labels=_joined(RELATIONS), told=told,
        vectors=np.rint(vectors * fine).astype(np.int8), bias=np.rint(bias * fine).astype(np.int16), out=whole,
        scale=np.float64(scale), right=right,
    )


def _joined(names: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def curve(table: Weights, dev: Sequence[Case]) -> npt.NDArray[np.float64]:
    """[2, POINTS] probabilities and the share right at each, by a logistic curve of the likeliest relation's log odds."""
    p, label, right = _answers(table, dev)
    model = LogisticRegression(C=100).fit(_odds(p), label == right)
    return np.stack([POINTS, np.append(0, model.predict_proba(_odds(POINTS[1:]))[:, 1])])


def _answers(table: Weights, dev: Sequence[Case]) -> tuple[npt.NDArray[np.float64], Longs, Longs]:
    """[pair] the probability of the likeliest relation, which it is, and what gold says."""
    p = probabilities(scores(table, np.concatenate([c.codes for c in dev], axis=1)))[:, 1:]
    return p.max(axis=1, initial=0), p.argmax(axis=1) + 1, np.concatenate([c.label for c in dev])


def _odds(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    inside = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(inside / (1 - inside))[:, None]


def figures(table: Weights, dev: Sequence[Case]) -> str:
    """F1 by the least probability that counts."""
    own = np.array([False, *(name not in ROLES for name in RELATIONS)])
    p, label, right = _answers(table, dev)
    shares = []
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        found = (p >= least) & own[label]
        shares.append(f"{least}: {2 * (found & (label == right)).sum() / (found.sum() + own[right].sum()):.3f}")
    return ", ".join(shares)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
