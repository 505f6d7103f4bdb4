"""The first layers of multilingual-e5-small: windows of pieces -> what stands around every token.

Contract. A window is run alone, so a token's numbers are the same in any batch. The layers are torch's, in single precision. Folded
when loaded: the scale of attention into the queries.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from letopis.encoder.graphs import Graph, Run
from letopis.encoder.tagger.pieces import Pieced, Pieces, pieced
from letopis.encoder.tagger.tokens import Tokens
from letopis.encoder.tagger.windows import windows
from letopis.encoder.weights import Floats
from letopis.layers import Ints, Words

EPSILON = 1e-12
HEADS = 12
BEGIN, END, UNKNOWN = 0, 2, 3       # numbers of pieces: around every window, and of what is none


@dataclass(frozen=True, slots=True)
class E5:
    """All of it, and its pieces."""

    pieces: Pieces
    word: Floats                      # [piece, width]
    place: Floats                     # [place in the window, width]
    run: Run                          # see `_layers`


@dataclass(frozen=True, slots=True)
class Windowed:
    """The pieces of a batch's tokens, and the tokens [start, end) of every window."""

    own: Pieced
    windows: list[tuple[int, int]]


def windowed(e5: E5, tokens: Tokens, words: Words, document: Ints) -> Windowed:
    """The windows of a batch; `document` is each sentence's."""
    own = pieced(e5.pieces, tokens, words, document)
    return Windowed(own, windows(tokens.first, document, own.first))


def contexts(e5: E5, batch: Windowed, start: int, end: int) -> Floats:
    """[end - start, width] the mean of the states of a token's first and last piece, of tokens [start, end)."""
    found = np.empty((end - start, e5.word.shape[1]), np.float32)
    for a, b in batch.windows:
        if a < end and b > start:
            x, y = max(a, start), min(b, end)
            found[x - start:y - start] = _means(e5, batch.own, a, b)[x - a:y - a]
    return found


def _means(e5: E5, own: Pieced, start: int, end: int) -> Floats:
    first = own.first[start:end + 1] - own.first[start] + 1
    states = encode(e5, np.concatenate([[BEGIN], own.piece[own.first[start]:own.first[end]], [END]]))
    mean: Floats = (states[first[:-1]] + states[first[1:] - 1]) / np.float32(2)
    return mean


def encode(e5: E5, pieces: Ints) -> Floats:
    """[piece, width] the states of one window."""
    states: Floats = e5.run(x=e5.word[pieces] + e5.place[:len(pieces)])[0]
    return states


def _layers(file: Mapping[str, Floats], count: int, width: int) -> Run:
    """x [piece, width] of one window, words and places added up -> its states after so many post-norm transformer layers."""
    graph = Graph()
    x = _normed(graph, graph.given("x", "f", None, width), file, "e5.norm")
    for name in (f"e5.layers.{i}" for i in range(count)):
        x = _normed(graph, graph.op("Add", x, _attended(graph, x, file, name)), file, f"{name}.norm1")
        inner = graph.op("Gelu", _linear(graph, x, file, f"{name}.up"))
        x = _normed(graph, graph.op("Add", x, _linear(graph, inner, file, f"{name}.down")), file, f"{name}.norm2")
    return graph.run(x)


def _attended(graph: Graph, x: str, file: Mapping[str, Floats], name: str) -> str:
    """What each piece sees of the others."""
    width = len(file[f"{name}.out.bias"])
    scale = np.ones(3 * width, np.float32)
    scale[:width] = (width // HEADS) ** -0.5
    heads = _shaped(graph, _linear(graph, x, file, f"{name}.attend", scale), (0, 3, HEADS, -1))
    turned = graph.op("Transpose", heads, perm=[1, 2, 0, 3])
    q, k, v = (graph.op("Gather", turned, graph.constant(np.array(i, np.int64)), axis=0) for i in range(3))
    weights = graph.op("Softmax", graph.op("MatMul", q, graph.op("Transpose", k, perm=[0, 2, 1])), axis=-1)
    seen = graph.op("Transpose", graph.op("MatMul", weights, v), perm=[1, 0, 2])
    return _linear(graph, _shaped(graph, seen, (0, width)), file, f"{name}.out")


def _shaped(graph: Graph, x: str, shape: tuple[int, ...]) -> str:
    return graph.op("Reshape", x, graph.constant(np.array(shape, np.int64)))


def _linear(graph: Graph, x: str, file: Mapping[str, Floats], name: str, scale: Floats | None = None) -> str:
    """x times the weight and the bias; `scale` multiplies the outputs."""
    weight, bias = file[f"{name}.weight"].T, file[f"{name}.bias"]
    if scale is not None:
        weight, bias = weight * scale, bias * scale
    return graph.op("Add", graph.op("MatMul", x, graph.constant(weight)), graph.constant(bias))


def _normed(graph: Graph, x: str, file: Mapping[str, Floats], name: str) -> str:
    gain, shift = (graph.constant(file[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.op("LayerNormalization", x, gain, shift, axis=-1, epsilon=EPSILON)


def e5_of(file: Mapping[str, npt.NDArray[np.generic]]) -> E5 | None:
    """E5 out of a file's arrays (training/export.py); None where it has no layers of it."""
    count = len({name.split(".")[2] for name in file if name.startswith("e5.layers.")})
    if not count:
        return None
    numbers = {name: a.astype(np.float32) for name, a in file.items() if name.startswith("e5.")}
    forms, scores = file["pieces.form"].tolist(), file["pieces.score"].tolist()
    pieces = Pieces({f: i for i, f in enumerate(forms)}, dict(zip(forms, scores, strict=True)), UNKNOWN)
    return E5(pieces, numbers["e5.word.weight"], numbers["e5.place"], _layers(numbers, count, numbers["e5.place"].shape[1]))
