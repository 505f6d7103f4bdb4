"""The tagger: word features and, where it has them, layers of E5 over windows of pieces into a BiLSTM; heads over its states.

On any device. Weights carry the names that the run time reads (letopis.encoder.tagger.weights).
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from batch import Batch, Grid, Ints
from flat import LAYERS, LONGEST_TRIGGER, STATES, Vectors
from recurrence import Recurrence

NAVEC = 300
PLACES = 512        # of pieces in a window, as E5 came
SIZES = (250_002, 128, 1001, 4001, 4001, 12001, 5, 5, 17, 9, 16)    # letopis.encoder.tagger.features
WIDTHS = (0, 16, 12, 24, 24, 24, 4, 4, 4, 4, 6)
EVENT_SIZES = (67, 67, 5)
EVENT_WIDTHS = (16, 8, 4)
DISTANCES = 32
NEAR = 16                   # tokens between two spans that are told apart, either way
MOSTLY_NONE = 5.0           # where the bias of 'no span' starts: one span in thirty is named


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the model; without layers of E5 it is the fast one."""

    layers: int = 6
    hidden: int = 256
    span: int = 160
    pair: int = 128
    states: int = 128
    dropout: float = 0.33
    word_dropout: float = 0.05


class E5Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.attend, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, epsilon), nn.LayerNorm(width, epsilon)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """[windows, n, width] -> the same."""
        rows, n, width = x.shape
        q, k, v = self.attend(x).view(rows, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, mask).transpose(1, 2).reshape(rows, n, width)
        x = self.norm1(x + self.dropout(self.out(attended)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class E5(nn.Module):
    """The first layers of E5 over the kept pieces; `guess` learns the language of the news by filling in hidden pieces."""

    def __init__(self, pieces: int, layers: int, *, width: int = 384, heads: int = 12, inner: int = 1536) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, width)
        self.place = nn.Parameter(torch.zeros(PLACES, width))
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(E5Layer(width, heads, inner, 1e-12) for _ in range(layers))
        self.dropout = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Pieces [windows, n] -> states [windows, n, 384]."""
        return self.encode(self.word(pieces), mask)

    def encode(self, words: Tensor, mask: Tensor) -> Tensor:
        """Vectors of pieces [windows, n, 384] -> their states."""
        x = self.dropout(self.norm(words + self.place[:words.shape[1]]))
        with torch.autocast(x.device.type, torch.bfloat16):
            for layer in self.layers:
                x = layer(x, mask[:, None, None])
        return x.float()


class Guess(nn.Module):
    """Which piece stands where one is hidden."""

    def __init__(self, pieces: int, width: int = 384) -> None:
        super().__init__()
        self.hidden = nn.Parameter(torch.zeros(width))
        self.inner = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.LayerNorm(width))
        self.bias = nn.Parameter(torch.zeros(pieces))

    def forward(self, states: Tensor, word: Tensor) -> Tensor:
        """States [.., width] -> scores [.., pieces]."""
        return F.linear(self.inner(states), word, self.bias)


class Inputs(nn.Module):
    """Navec, embedded features and slovnet's states of every token, and what the event lexicon says, side by side."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embeddings = nn.ModuleList(nn.Embedding(n, w) for n, w in zip(SIZES[1:], WIDTHS[1:], strict=True))
        self.states = nn.Sequential(nn.LayerNorm(STATES), nn.Linear(STATES, shape.states))
        self.word_dropout = shape.word_dropout
        self.events = Events()
        self.width = NAVEC + sum(WIDTHS) + shape.states + Events.width

    def forward(self, batch: Batch, vectors: Vectors) -> tuple[Tensor, Tensor]:
        """[tokens, width], and [tokens, NAVEC + Events.width] what navec and the lexicon say of each, for the heads."""
        numbers = batch.features
        navec, rest = vectors.navec[numbers[:, 0]].float(), numbers[:, 1:]
        known = self.events(vectors.events[numbers[:, 0]], self.word_dropout)
        word = navec
        if self.training:
            word = navec.masked_fill(torch.rand(len(navec), 1, device=navec.device) < self.word_dropout, 0.0)
            rest = rest.masked_fill(torch.rand(rest.shape, device=navec.device) < self.word_dropout, 0)
        embedded = [e(rest[:, i]) for i, e in enumerate(self.embeddings)]
        return torch.cat([word, *embedded, self.states(batch.states.float()), known], dim=1), torch.cat([navec, known], dim=1)


class Events(nn.Module):
    """What the event lexicon says of a word form: its type, a second type, and how often it speaks of an event."""

    width = sum(EVENT_WIDTHS)

    def __init__(self) -> None:
        super().__init__()
        self.embeddings = nn.ModuleList(nn.Embedding(n, w) for n, w in zip(EVENT_SIZES, EVENT_WIDTHS, strict=True))

    def forward(self, numbers: Tensor, dropout: float) -> Tensor:
        """[tokens, 3] -> [tokens, width]; while training a part of the words is as if the lexicon had them not."""
        if self.training:
            numbers = numbers.masked_fill(torch.rand(len(numbers), 1, device=numbers.device) < dropout, 0)
        return torch.cat([e(numbers[:, i]) for i, e in enumerate(self.embeddings)], dim=1)


class Tagger(nn.Module):
    """Token states shared by all heads."""

    def __init__(self, shape: Shape, labels: dict[str, tuple[str, ...]], pieces: int) -> None:
        super().__init__()
        self.e5 = E5(pieces, shape.layers) if shape.layers else None
        self.inputs = Inputs(shape)
        self.dropout = nn.Dropout(shape.dropout)
        self.lstm = nn.LSTM(self.inputs.width + (384 if shape.layers else 0), shape.hidden, bidirectional=True, batch_first=True)
        width = 2 * shape.hidden
        self.spans = nn.ModuleDict({
            name: SpanHead(width, shape.span if name == "nerel" else shape.span // 2, 1 + len(labels[name])) for name in LAYERS
        })
        self.triggers = TriggerHead(width, shape.span)
        self.kinds = KindHead(2 * width + NAVEC + Events.width, len(labels["types"]), len(labels["realis"]))
        self.roles = PairHead(width, shape.pair, 1 + len(labels["roles"]), (0, 0))
        self.relations = PairHead(width, shape.pair, 1 + len(labels["relations"]), (len(labels["nerel"]), len(labels["nerel"])))

    def forward(self, batch: Batch, vectors: Vectors) -> Tensor:
        """[tokens, 2 * hidden + ..]: states, then the mean state of the sentence and the form's own vectors, for `kinds`."""
        x, own = self.inputs(batch, vectors)
        if self.e5 is not None:
            e5 = self.e5(batch.pieces, batch.mask)
            x = torch.cat([x, (e5[batch.window, batch.left] + e5[batch.window, batch.right]) / 2], dim=1)
        states = self.dropout(self._read(self.dropout(x), batch))
        return torch.cat([states, _means(states, batch), own], dim=1)

    def _read(self, x: Tensor, batch: Batch) -> Tensor:
        """The LSTM over every sentence."""
        if x.device.type == "cpu":
            first = batch.host.first
            return torch.cat([self._run(x, first, ""), self._run(x, first, "_reverse")], dim=1)
        packed = pack_padded_sequence(x[batch.order], torch.from_numpy(batch.host.lengths), batch_first=True)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        return states.flatten(0, 1)[batch.back]

    def _run(self, x: Tensor, first: Ints, direction: str) -> Tensor:
        """One direction, by a gradient of our own (recurrence.py)."""
        own, recurrent, bias, bias2 = (
            getattr(self.lstm, f"{name}_l0{direction}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        order, sizes = time_major(first, backwards=bool(direction))
        states: Tensor = Recurrence.apply(F.linear(x, own, bias + bias2)[order], recurrent, sizes)
        return states[torch.argsort(order)]


def time_major(first: Ints, *, backwards: bool) -> tuple[Tensor, list[int]]:
    """Order of the tokens in a packed sequence (all first tokens, longest sentence first, ...) and its batch sizes."""
    lengths = np.diff(first)
    rank = np.argsort(np.argsort(-lengths, kind="stable"))
    step = np.concatenate([np.arange(n)[::-1] if backwards else np.arange(n) for n in lengths])
    order = np.lexsort((np.repeat(rank, lengths), step))
    return torch.from_numpy(order), np.bincount(step).tolist()


def _means(states: Tensor, batch: Batch) -> Tensor:
    """The mean state of each token's sentence."""
    sums = torch.zeros(len(batch.size), states.shape[1], device=states.device).index_add_(0, batch.sentence, states)
    return (sums / batch.size[:, None])[batch.sentence]


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

    def forward(self, states: Tensor, grids: list[Grid]) -> list[Tensor]:
        """Scores [rows, n, classes, n] of every grid, by first, then by last token; those of no span mean nothing."""
        states = states[:, :self.start[0].in_features]
        start, end = self.start(states), self.end(states)
        return [self._scores(start, end, g) for g in grids]

    def _scores(self, start: Tensor, end: Tensor, grid: Grid) -> Tensor:
        rows, n = grid.at.shape
        begin = start[grid.at]
        left = (begin @ self.both).view(rows, n, self.classes, -1) + self.of_end.weight
        pairs = (left.view(rows, n * self.classes, -1) @ end[grid.at].transpose(1, 2)).view(rows, n, self.classes, n)
        column = torch.arange(n, device=start.device)
        far = self.distance((column - column[:, None]).clamp(0, DISTANCES - 1)).transpose(1, 2)
        return pairs + self.of_start(begin)[..., None] + far


def spans_of(grid: Grid) -> Tensor:
    """[rows, n, n] where a span is: in its sentence, and its last token not before its first."""
    return (grid.inside[:, :, None] & grid.inside[:, None]).triu()


class TriggerHead(nn.Module):
    """For every token: no trigger starts here (class 0), or one of 1 to LONGEST_TRIGGER tokens."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.start = nn.Sequential(nn.Linear(width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.end = nn.Sequential(nn.Linear(width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.of_start = nn.Linear(inner, 1 + LONGEST_TRIGGER)
        self.of_end = nn.Linear(inner, LONGEST_TRIGGER, bias=False)
        self.both = nn.Parameter(torch.randn(LONGEST_TRIGGER, inner) / inner)

    def forward(self, states: Tensor, left: Tensor) -> Tensor:
        """Scores [tokens, 1 + LONGEST_TRIGGER]; a trigger that would leave the sentence (`left` tokens) has -1e4."""
        states = states[:, :self.start[0].in_features]
        start, end = self.start(states), self.end(states)
        alone, ends = self.of_start(start), self.of_end(end)
        scores = [alone[:, :1]]
        for n in range(LONGEST_TRIGGER):
            pair = (start * self.both[n] * torch.roll(end, -n, 0)).sum(1) + torch.roll(ends[:, n], -n, 0)
            scores.append((alone[:, n + 1] + pair).masked_fill(left <= n, -1e4)[:, None])
        return torch.cat(scores, dim=1)


class KindHead(nn.Module):
    """Type and realis of a known event span."""

    def __init__(self, width: int, types: int, realis: int, inner: int = 256) -> None:
        super().__init__()
        self.inner = nn.Sequential(nn.Linear(2 * width, inner), nn.LeakyReLU(0.1), nn.Dropout(0.33))
        self.of_type = nn.Linear(inner, types)
        self.of_realis = nn.Linear(inner, realis)

    def forward(self, states: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        """Scores [events, types] and [events, realis] of spans [events, 2]."""
        x = self.inner(torch.cat([states[spans[:, 0]], states[spans[:, 1]]], dim=1))
        return self.of_type(x), self.of_realis(x)


class PairHead(nn.Module):
    """What joins two spans of one sentence: class 0 is 'nothing'. `kinds` are how many kinds each side has, 0 for none."""

    def __init__(self, width: int, inner: int, classes: int, kinds: tuple[int, int]) -> None:
        super().__init__()
        self.width = width
        self.one, self.two = nn.Linear(2 * width, inner), nn.Linear(2 * width, inner, bias=False)
        self.kind = nn.ModuleList(nn.Embedding(n, inner) for n in kinds if n)
        self.distance = nn.Embedding(2 * NEAR + 4, inner)
        self.out = nn.Sequential(nn.LeakyReLU(0.1), nn.Dropout(0.33), nn.Linear(inner, classes))

    def forward(self, states: Tensor, ones: Tensor, twos: Tensor, pairs: Tensor) -> Tensor:
        """Scores [pairs, classes]; `ones` and `twos` are rows (first, last, kind), `pairs` rows of numbers of both."""
        one, two = self.one(self._ends(states, ones)), self.two(self._ends(states, twos))
        for kind, (name, rows) in zip(self.kind, (("one", ones), ("two", twos)), strict=False):
            if name == "one":
                one = one + kind(rows[:, 2])
            else:
                two = two + kind(rows[:, 2])
        a, b = pairs[:, 0], pairs[:, 1]
        return self.out(one[a] + two[b] + self.distance(apart(ones[a], twos[b])))

    def _ends(self, states: Tensor, spans: Tensor) -> Tensor:
        return torch.cat([states[spans[:, 0], :self.width], states[spans[:, 1], :self.width]], dim=1)


def apart(one: Tensor, two: Tensor) -> Tensor:
    """How two spans lie: tokens between them, before or behind; within, around, or overlapping otherwise."""
    behind, ahead = two[:, 0] - one[:, 1], one[:, 0] - two[:, 1]
    far = torch.where(behind > 0, behind.clamp(max=NEAR) - 1 + NEAR, NEAR - ahead.clamp(max=NEAR))
    within = (two[:, 0] >= one[:, 0]) & (two[:, 1] <= one[:, 1])
    around = (two[:, 0] <= one[:, 0]) & (two[:, 1] >= one[:, 1])
    lies = torch.where(within, 2 * NEAR, torch.where(around, 2 * NEAR + 1, 2 * NEAR + 2))
    return torch.where((behind > 0) | (ahead > 0), far, lies)
