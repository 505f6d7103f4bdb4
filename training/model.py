"""The tagger: word features and, where it has them, layers of E5 over windows of pieces into a BiLSTM; heads over its states."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from batches import Batch
from corpora import LAYER_TYPES, REALIS
from event_words import EVENT_SIZES, EVENT_WIDTHS, event_table
from features import NAVEC, SIZES, WIDTHS
from recurrence import Recurrence
from samples import event_types
from states import WIDTH as STATES
from subwords import Encoder

LONGEST_TRIGGER = 8
DISTANCES = 32
MOSTLY_NONE = 5.0  # where the bias of 'no span' starts: one span in thirty is named


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model; without layers of E5 it is the fast one."""

    layers: int = 6
    hidden: int = 256
    span: int = 160
    states: int = 128
    dropout: float = 0.33
    word_dropout: float = 0.05
    lexicon: bool = False       # whether it knows the event lexicon, and types see the words themselves and their sentence


class E5(nn.Module):
    """The first layers of E5; its embedding stays as it came, so a piece never seen in training keeps its place."""

    def __init__(self, encoder: Encoder, numbers: list[int], layers: int) -> None:
        super().__init__()
        width = encoder.hidden
        self.heads = encoder.heads
        word = encoder.matrix("emb.word", width)[numbers] + encoder.vector("emb.type")[:width]
        self.register_buffer("word", torch.from_numpy(word), persistent=False)
        self.place = nn.Parameter(torch.from_numpy(encoder.vector("emb.pos").reshape(-1, width)))
        self.norm = _norm(encoder, "emb.ln")
        self.layers = nn.ModuleList(E5Layer(encoder, f"l{i}") for i in range(layers))
        self.dropout = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Pieces [windows, n] -> states [windows, n, 384]."""
        x = self.dropout(self.norm(self.word[pieces] + self.place[:pieces.shape[1]]))
        bias = torch.zeros(mask.shape, dtype=torch.bfloat16).masked_fill(~mask, -1e4)[:, None, None]
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, bias)
        return x.float()


class E5Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, encoder: Encoder, name: str) -> None:
        super().__init__()
        width = encoder.hidden
        self.heads = encoder.heads
        self.attend = _linear(encoder, [f"{name}.{part}" for part in "qkv"], width)
        self.out = _linear(encoder, [f"{name}.ao"], width)
        self.up = _linear(encoder, [f"{name}.fi"], width)
        self.down = _linear(encoder, [f"{name}.fo"], encoder.inner)
        self.norm1 = _norm(encoder, f"{name}.aln")
        self.norm2 = _norm(encoder, f"{name}.oln")
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """[windows, n, width] -> the same."""
        rows, n, width = x.shape
        q, k, v = self.attend(x).view(rows, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(2, 3) * (width // self.heads) ** -0.5 + bias, dim=-1)
        attended = weights.to(v.dtype) @ v  # on these short windows twice as fast to train as the fused kernel
        x = self.norm1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(rows, n, width))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Inputs(nn.Module):
    """Navec, embedded features and slovnet's states of every token, side by side."""

    def __init__(self, shape: Shape, navec: Tensor) -> None:
        super().__init__()
        self.register_buffer("navec", navec, persistent=False)
        self.embeddings = nn.ModuleList(nn.Embedding(n, w) for n, w in zip(SIZES[1:], WIDTHS[1:], strict=True))
        self.states = nn.Sequential(nn.LayerNorm(STATES), nn.Linear(STATES, shape.states))
        self.word_dropout = shape.word_dropout
        self.events = Events() if shape.lexicon else None
        self.width = NAVEC + sum(WIDTHS) + shape.states + (Events.width if shape.lexicon else 0)

    def forward(self, batch: Batch) -> Tensor:
        """[tokens, width]."""
        numbers = batch.features
        word, rest = self.navec[numbers[:, 0]].float(), numbers[:, 1:]
        if self.training:
            word = word.masked_fill(torch.rand(len(word), 1) < self.word_dropout, 0.0)
            rest = rest.masked_fill(torch.rand(rest.shape) < self.word_dropout, 0)
        embedded = [e(rest[:, i]) for i, e in enumerate(self.embeddings)]
        known = [] if self.events is None else [self.events(numbers[:, 0], self.word_dropout)]
        return torch.cat([word, *embedded, self.states(batch.states), *known], dim=1)

    def own(self, batch: Batch) -> Tensor:
        """[tokens, NAVEC + Events.width] what the lexicon and navec say of every token, for the heads."""
        rows = batch.features[:, 0]
        return torch.cat([self.navec[rows].float(), self.events(rows, self.word_dropout)], dim=1)


class Events(nn.Module):
    """What the event lexicon says of a word form: its type, a second type, and how often it speaks of an event."""

    width = sum(EVENT_WIDTHS)

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("table", torch.from_numpy(event_table().astype(np.int64)), persistent=False)
        self.embeddings = nn.ModuleList(nn.Embedding(n, w) for n, w in zip(EVENT_SIZES, EVENT_WIDTHS, strict=True))

    def forward(self, rows: Tensor, dropout: float) -> Tensor:
        """Navec's rows -> [tokens, width]; while training a part of the words is as if the lexicon had them not."""
        numbers = self.table[rows]
        if self.training:
            numbers = numbers.masked_fill(torch.rand(len(numbers), 1) < dropout, 0)
        return torch.cat([e(numbers[:, i]) for i, e in enumerate(self.embeddings)], dim=1)


class Tagger(nn.Module):
    """Token states shared by all heads."""

    def __init__(self, shape: Shape, encoder: Encoder, numbers: list[int], navec: np.ndarray) -> None:
        super().__init__()
        self.e5 = E5(encoder, numbers, shape.layers) if shape.layers else None
        self.inputs = Inputs(shape, torch.from_numpy(navec))
        self.dropout = nn.Dropout(shape.dropout)
        self.lstm = nn.LSTM(self.inputs.width + (encoder.hidden if shape.layers else 0), shape.hidden, bidirectional=True)
        width = 2 * shape.hidden
        self.spans = nn.ModuleDict({
            name: SpanHead(width, shape.span if name == "nerel" else shape.span // 2, 1 + len(types))
            for name, types in LAYER_TYPES.items()
        })
        self.triggers = TriggerHead(width, shape.span)
        self.side = width + NAVEC + Events.width if shape.lexicon else 0
        self.kinds = KindHead(width + self.side)

    def forward(self, batch: Batch) -> Tensor:
        """States of the batch's tokens, [tokens, 2 * hidden], with `side` more columns behind that types alone look at."""
        x = self.inputs(batch)
        if self.e5 is not None:
            e5 = self.e5(batch.pieces, batch.mask)
            x = torch.cat([x, (e5[batch.window, batch.left] + e5[batch.window, batch.right]) / 2], dim=1)
        x = self.dropout(x)
        states = self.dropout(torch.cat([self._run(x, batch.first, ""), self._run(x, batch.first, "_reverse")], dim=1))
        return torch.cat([states, _means(states, batch.first), self.inputs.own(batch)], dim=1) if self.side else states

    def _run(self, x: Tensor, first: list[int], direction: str) -> Tensor:
        """One direction of the LSTM over every sentence."""
        own, recurrent, bias, bias2 = (
            getattr(self.lstm, f"{name}_l0{direction}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        order, sizes = time_major(first, backwards=bool(direction))
        states = Recurrence.apply(F.linear(x, own, bias + bias2)[order], recurrent, sizes)
        return states[torch.argsort(order)]


def _means(states: Tensor, first: list[int]) -> Tensor:
    """The mean state of each token's sentence."""
    lengths = torch.tensor(np.diff(first))
    sentence = torch.repeat_interleave(torch.arange(len(lengths)), lengths)
    sums = torch.zeros(len(lengths), states.shape[1]).index_add_(0, sentence, states)
    return (sums / lengths[:, None].clamp(min=1))[sentence]


def time_major(first: list[int], *, backwards: bool) -> tuple[Tensor, list[int]]:
    """Order of the tokens in a packed sequence (all first tokens, longest sentence first, ...) and its batch sizes."""
    lengths = np.diff(first)
    rank = np.argsort(np.argsort(-lengths, kind="stable"))
    step = np.concatenate([np.arange(n)[::-1] if backwards else np.arange(n) for n in lengths])
    order = np.lexsort((np.repeat(rank, lengths), step))
    return torch.from_numpy(order), np.bincount(step).tolist()


class SpanHead(nn.Module):
    """Biaffine scores of every span of a sentence: class 0 is 'no span'."""

    def __init__(self, width: int, inner: int, classes: int) -> None:
        super().__init__()
        self.classes = classes
        self.start = nn.Sequential(nn.Linear(width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.end = nn.Sequential(nn.Linear(width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.both = nn.Parameter(torch.randn(inner, classes * inner) / inner)
        self.of_start = nn.Linear(inner, classes)
        self.of_start.bias.data[0] = MOSTLY_NONE
        self.of_end = nn.Linear(inner, classes, bias=False)
        self.distance = nn.Embedding(DISTANCES, classes)

    def forward(self, states: Tensor, lengths: list[int]) -> list[Tensor]:
        """States of sentences of these lengths -> scores [n, classes, n] of each; only [i, :, j >= i] has a meaning."""
        states = states[:, :self.start[0].in_features]
        start, end = self.start(states), self.end(states)
        left = (start @ self.both).view(len(states), self.classes, -1) + self.of_end.weight
        parts = zip(left.split(lengths), end.split(lengths), self.of_start(start).split(lengths), strict=True)
        return [self._sentence(*part) for part in parts]

    def _sentence(self, left: Tensor, end: Tensor, alone: Tensor) -> Tensor:
        n = len(end)
        pairs = (left.reshape(n * self.classes, -1) @ end.T).view(n, self.classes, n)
        far = (torch.arange(n)[None] - torch.arange(n)[:, None]).clamp(0, DISTANCES - 1)
        return pairs + alone[:, :, None] + self.distance.weight.T[:, far].transpose(0, 1)


class TriggerHead(nn.Module):
    """For every token: no trigger starts here (class 0), or one of 1 to LONGEST_TRIGGER tokens."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.start = nn.Sequential(nn.Linear(width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.end = nn.Sequential(nn.Linear(width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.of_start = nn.Linear(inner, 1 + LONGEST_TRIGGER)
        self.of_end = nn.Linear(inner, LONGEST_TRIGGER, bias=False)
        self.both = nn.Parameter(torch.randn(LONGEST_TRIGGER, inner) / inner)

    def forward(self, states: Tensor, first: list[int]) -> Tensor:
        """Scores [tokens, 1 + LONGEST_TRIGGER]; a trigger that would leave the sentence has -1e4."""
        states = states[:, :self.start[0].in_features]
        start, end = self.start(states), self.end(states)
        bounds = torch.tensor(first)
        left = bounds[torch.bucketize(torch.arange(len(states)), bounds, right=True)] - torch.arange(len(states))
        alone = self.of_start(start)
        ends = self.of_end(end)
        scores = [alone[:, :1]]
        for n in range(LONGEST_TRIGGER):
            pair = (start * self.both[n] * torch.roll(end, -n, 0)).sum(1) + torch.roll(ends[:, n], -n, 0)
            scores.append((alone[:, n + 1] + pair).masked_fill(left <= n, -1e4)[:, None])
        return torch.cat(scores, dim=1)


class KindHead(nn.Module):
    """Type and realis of a known event span."""

    def __init__(self, width: int, inner: int = 256) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(2 * width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.of_type = nn.Linear(inner, len(event_types()))
        self.of_realis = nn.Linear(inner, len(REALIS))

    def forward(self, states: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """Scores [events, types] and [events, realis]."""
        x = self.inner(torch.cat([states[first], states[last]], dim=1))
        return self.of_type(x), self.of_realis(x)


def _linear(encoder: Encoder, names: list[str], width: int) -> nn.Linear:
    weight = np.concatenate([encoder.matrix(f"{n}.w", width) for n in names])
    layer = nn.Linear(width, len(weight))
    layer.weight.data = torch.from_numpy(weight)
    layer.bias.data = torch.from_numpy(np.concatenate([encoder.vector(f"{n}.b") for n in names]))
    return layer


def _norm(encoder: Encoder, name: str) -> nn.LayerNorm:
    layer = nn.LayerNorm(encoder.hidden, eps=encoder.epsilon)
    layer.weight.data = torch.from_numpy(encoder.vector(f"{name}.w"))
    layer.bias.data = torch.from_numpy(encoder.vector(f"{name}.b"))
    return layer
