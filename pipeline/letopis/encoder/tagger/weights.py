"""The loader: models/tagger/<name>.npz -> matrices as the run time multiplies them.

The file holds the trained parameters under the names they have in training (training/export.py), labels of the classes, and the
calibration; this is the only door of the folder to the disk. Folded here: both biases of the LSTM into one, the gain of the layer
norm into the projection behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from letopis.encoder.graphs import Graph, Matrix, Run, split
from letopis.encoder.tagger.e5 import E5, e5_of
from letopis.encoder.tagger.features import EVENTS, NAVEC, OF_FORM, OF_PLACE, WIDTHS
from letopis.encoder.tagger.stored import restored_all
from letopis.encoder.weights import Floats
from letopis.resources import model_path

File: TypeAlias = Mapping[str, Floats]
PAIRS = ("roles", "relations")
LONGEST = 128               # tokens between the ends of a span told apart, or more than there are
MODELS = {"fast": ("fast",), "accurate": ("fast", "accurate")}
"""Files whose probabilities are averaged."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Embeddings of the feature columns, and the projection of slovnet's states."""

    form: tuple[Floats, ...]          # of the columns a piece has, less navec's
    events: tuple[Floats, ...]        # of what the event lexicon says of a form: type, second type, how often
    known: npt.NDArray[np.uint8]      # [row of navec, events] and what it says
    place: tuple[Floats, ...]         # of the columns that depend on where it stands
    states: Matrix                    # [STATES, ..] with the gain of the norm
    gain: Floats                      # [..] what a mean of 1 takes away
    shift: Floats


@dataclass(frozen=True, slots=True)
class Direction:
    """One way of the BiLSTM: gates in the order input, forget, output, cell."""

    form: Matrix                      # [of a piece, 4 * hidden]
    bias: Floats                      # [4 * hidden]
    beside: Floats                    # [hidden + states + context + places, 4 * hidden] what is added at every step
    step: Run                         # see `_step`

    @property
    def hidden(self) -> int:
        """The width of a state."""
        return len(self.bias) // 4


@dataclass(frozen=True, slots=True)
class SpanHead:
    """Biaffine scores of spans; a start carries a 1 behind it, and so does an end."""

    labels: tuple[str, ...]
    start: Matrix                     # [width + 1, inner]: the last row is the bias
    end: Matrix
    both: Matrix                      # [inner + 1, classes * (inner + 1)]
    distance: Floats                  # [classes, -LONGEST .. LONGEST]: what lies before the start counts as 0


@dataclass(frozen=True, slots=True)
class TriggerHead:
    """What starts at a token: nothing, or a trigger of 1 .. lengths tokens."""

    start: Matrix                     # [width + 1, inner]
    end: Matrix
    alone: Matrix                     # [2 * inner, 1 + 2 * lengths] 1 + lengths scores by the start, then lengths by the end
    bias: Floats                      # [1 + lengths]
    both: Floats                      # [lengths, inner]


@dataclass(frozen=True, slots=True)
class KindHead:
    """Type and realis of a known trigger."""

    types: tuple[str, ...]
    realis: tuple[str, ...]
    inner: Matrix                     # [2 * (2 * width + navec + events) + 1, inner] first and last token: state, mean state of
                                      # the sentence, the form's own vector and what the lexicon says of it
    kinds: Matrix                     # [inner + 1, types + realis]


@dataclass(frozen=True, slots=True)
class PairHead:
    """What joins two spans of a sentence: roles of an event, or relations of two names."""

    labels: tuple[str, ...]
    one: Matrix                       # [2 * width + 1, inner] first and last token of the one side
    two: Matrix                       # and of the other; its last row is zero
    kinds: tuple[Floats | None, Floats | None]      # [kind, inner] of each side, where the kind of its spans counts
    distance: Floats                  # [how they lie, inner]
    out: Matrix                       # [inner + 1, 1 + labels] nothing, then the labels


@dataclass(frozen=True, slots=True)
class Weights:
    """All of one tagger."""

    inputs: Inputs
    forward: Direction
    backward: Direction
    spans: Mapping[str, SpanHead]
    triggers: TriggerHead
    kinds: KindHead
    pairs: Mapping[str, PairHead]       # 'roles', 'relations'
    calibration: Mapping[str, Floats]   # [2, points] probability as scored -> share that was right, by head
    e5: E5 | None                       # its layers, where the tagger reads them


@lru_cache(maxsize=2)
def load_tagger(name: str = "fast") -> Weights:
    """The tagger of this process. FileNotFoundError where models/tagger has none of that name."""
    with np.load(model_path(f"tagger/{name}.npz"), allow_pickle=False) as file:
        return weights_of({key: file[key] for key in file.files})


def load_taggers(model: str = "fast") -> tuple[Weights, ...]:
    """The taggers whose mean a model of the configuration is (MODELS). KeyError, FileNotFoundError."""
    return tuple(load_tagger(name) for name in MODELS[model])


def weights_of(file: Mapping[str, npt.NDArray[np.generic]]) -> Weights:
    """The matrices of a file's arrays."""
    file = restored_all(file)
    numbers = {k: v.astype(np.float32) for k, v in file.items() if v.dtype.kind == "f" and not k.startswith("e5.")}
    labels = {k.removeprefix("labels."): tuple(str(x) for x in v) for k, v in file.items() if k.startswith("labels.")}
    heads = sorted({k.split(".")[1] for k in numbers if k.startswith("spans.")})
    return Weights(
        _inputs(numbers, file["events"].astype(np.uint8)), _direction(numbers, ""), _direction(numbers, "_reverse"),
        {name: _span_head(numbers, f"spans.{name}", labels[name]) for name in heads},
        _trigger_head(numbers), _kind_head(numbers, labels),
        {name: _pair_head(numbers, name, labels[name]) for name in PAIRS if name in labels},
        {k.removeprefix("calibration."): v for k, v in numbers.items() if k.startswith("calibration.")}, e5_of(file),
    )


def _inputs(file: File, known: npt.NDArray[np.uint8]) -> Inputs:
    tables = [file[f"inputs.embeddings.{i}.weight"] for i in range(len(WIDTHS) - 1)]
    norm, shift = file["inputs.states.0.weight"], file["inputs.states.0.bias"]
    weight, bias = file["inputs.states.1.weight"].T, file["inputs.states.1.bias"]
    gained = norm[:, None] * weight
    return Inputs(
        tuple(tables[c - 1] for c in OF_FORM[1:]), tuple(file[f"inputs.events.embeddings.{i}.weight"] for i in range(len(EVENTS))),
        known, tuple(tables[c - 1] for c in OF_PLACE),
        Matrix(gained), gained.sum(axis=0), np.einsum("i,ij->j", shift, weight) + bias,
    )


def _direction(file: File, suffix: str) -> Direction:
    given = _gates(file[f"lstm.weight_ih_l0{suffix}"]).T
    states = len(file["inputs.states.1.bias"])
    context = len(given) - NAVEC - sum(WIDTHS) - states - sum(EVENTS)
    bounds = np.cumsum([0, NAVEC, *WIDTHS[1:], states, sum(EVENTS), context]).tolist()
    blocks = [given[a:b] for a, b in pairwise(bounds)]
    again = _gates(file[f"lstm.weight_hh_l0{suffix}"]).T
    bias = _gates(file[f"lstm.bias_ih_l0{suffix}"] + file[f"lstm.bias_hh_l0{suffix}"])
    form = _stack([*(blocks[c] for c in OF_FORM), blocks[-2]])
    beside = _stack([again, blocks[-3], blocks[-1], *(blocks[c] for c in OF_PLACE)])
    return Direction(Matrix(form), bias, beside, _step(beside))


def _step(beside: Floats) -> Run:
    """state, cell [row, hidden], goes_on [row, 1] (0 where a sentence begins), extra [row, beside the state],
    given [row, 4 * hidden] -> the next state and cell."""
    graph, hidden = Graph(), beside.shape[1] // 4
    state, cell = (graph.given(name, "f", None, hidden) for name in ("state", "cell"))
    goes_on, extra = graph.given("goes_on", "f", None, 1), graph.given("extra", "f", None, len(beside) - hidden)
    before = graph.op("Concat", graph.op("Mul", state, goes_on), extra, axis=1)
    z = graph.op("Add", graph.op("MatMul", before, graph.constant(beside)), graph.given("given", "f", None, 4 * hidden))
    gates, inner = split(graph, z, [3 * hidden, hidden])
    enters, stays, leaves = split(graph, graph.op("Sigmoid", gates), [hidden] * 3)
    kept = graph.op("Mul", graph.op("Mul", cell, goes_on), stays)
    made = graph.op("Add", kept, graph.op("Mul", enters, graph.op("Tanh", inner)))
    return graph.run(graph.op("Mul", graph.op("Tanh", made), leaves), made)


def _gates(rows: Floats) -> Floats:
    """torch's order input, forget, cell, output -> input, forget, output, cell."""
    i, f, g, o = np.split(rows, 4)
    return np.concatenate([i, f, o, g])


def _span_head(file: File, name: str, labels: tuple[str, ...]) -> SpanHead:
    classes, inner = 1 + len(labels), len(file[f"{name}.start.0.bias"])
    both = np.zeros((inner + 1, classes, inner + 1), np.float32)
    both[:inner, :, :inner] = file[f"{name}.both"].reshape(inner, classes, inner)
    both[inner, :, :inner] = file[f"{name}.of_end.weight"]
    both[:inner, :, inner] = file[f"{name}.of_start.weight"].T
    both[inner, :, inner] = file[f"{name}.of_start.bias"]
    return SpanHead(
        labels, _linear(file, f"{name}.start.0"), _linear(file, f"{name}.end.0"), Matrix(both.reshape(inner + 1, -1)),
        _distances(file[f"{name}.distance.weight"]),
    )


def _distances(weight: Floats) -> Floats:
    """A row a class, from the farthest end before the start to the farthest behind it."""
    far = np.clip(np.arange(-LONGEST, LONGEST + 1), 0, len(weight) - 1)
    return np.ascontiguousarray(weight[far].T)


def _trigger_head(file: File) -> TriggerHead:
    of_start, of_end = file["triggers.of_start.weight"].T, file["triggers.of_end.weight"].T
    inner, lengths = of_end.shape
    alone = np.zeros((2 * inner, 1 + 2 * lengths), np.float32)
    alone[:inner, :1 + lengths] = of_start
    alone[inner:, 1 + lengths:1 + 2 * lengths] = of_end
    return TriggerHead(
        _linear(file, "triggers.start.0"), _linear(file, "triggers.end.0"), Matrix(alone), file["triggers.of_start.bias"],
        file["triggers.both"],
    )


def _kind_head(file: File, labels: Mapping[str, tuple[str, ...]]) -> KindHead:
    kinds = np.concatenate([_linear(file, name).values for name in ("kinds.of_type", "kinds.of_realis")], axis=1)
    return KindHead(labels["types"], labels["realis"], _linear(file, "kinds.inner.0"), Matrix(kinds))


def _pair_head(file: File, name: str, labels: tuple[str, ...]) -> PairHead:
    two = file[f"{name}.two.weight"].T
    kinds = (file.get(f"{name}.kind.0.weight"), file.get(f"{name}.kind.1.weight"))
    return PairHead(
        labels, _linear(file, f"{name}.one"), Matrix(_stack([two, np.zeros((1, two.shape[1]), np.float32)])), kinds,
        file[f"{name}.distance.weight"], _linear(file, f"{name}.out.2"),
    )


def _linear(file: File, name: str) -> Matrix:
    """Weight [in, out] with the bias as its last row."""
    return Matrix(_stack([file[f"{name}.weight"].T, file[f"{name}.bias"][None]]))


def _stack(blocks: Sequence[Floats]) -> Floats:
    return np.ascontiguousarray(np.concatenate(blocks))
