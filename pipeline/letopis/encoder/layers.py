"""What slovnet's models are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from letopis.encoder.graphs import Floats, Graph, Run, split


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution over three words, ReLU, and the batch norm as `scale` and `shift`."""

    weight: Floats                    # [in, 3 * out]: what a word gives to the next one, to itself, to the one before
    bias: Floats                      # [out]
    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class Linear:
    """x @ weight + bias."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Biaffine:
    """Two projections of words (ReLU) and the kernel between them; `root` stands for the head of a root."""

    head: Linear
    tail: Linear
    root: Floats
    kernel: Floats


def convolutions(layers: Sequence[Layer]) -> Run:
    """given [3 * (distinct + 1), out], kind [row], filled [row, 1] -> the outputs of the last two layers, [row, filters].

    `given` is what each distinct word gives to the next one, to itself, to the one before, three rows a word and zeros in front;
    `kind` is the number of a row's word there, 0 for blanks, and `filled` is 1 but for blanks.
    """
    graph = Graph()
    given = graph.given("given", "f", None, len(layers[0].bias))
    kind, filled = graph.given("kind", "i", None), graph.given("filled", "f", None, 1)
    first = graph.op("Mul", kind, graph.constant(np.array(3)))
    shares = [graph.op("Gather", given, graph.op("Add", first, graph.constant(np.array(tap)))) for tap in range(3)]
    states = [_finished(graph, _joined(graph, shares, layers[0]), layers[0], filled)]
    for layer in layers[1:]:
        y = graph.op("MatMul", states[-1], graph.constant(layer.weight))
        states.append(_finished(graph, _joined(graph, split(graph, y, [len(layer.bias)] * 3), layer), layer, filled))
    return graph.run(*states[-2:])


def _joined(graph: Graph, shares: list[str], layer: Layer) -> str:
    """What a word gives itself, with what the one before and the one behind give it, and the bias."""
    before, own, behind = shares
    z = graph.op("Add", own, graph.constant(layer.bias))
    z = graph.op("Add", z, _moved(graph, before, 0, -1, (1, 0)))
    return graph.op("Add", z, _moved(graph, behind, 1, np.iinfo(np.int64).max, (0, 1)))


def _moved(graph: Graph, value: str, start: int, end: int, zeros: tuple[int, int]) -> str:
    """Rows [start, end) with so many rows of zeros before and behind."""
    kept = graph.op("Slice", value, *(graph.constant(np.array([n], np.int64)) for n in (start, end, 0)))
    return graph.op("Pad", kept, graph.constant(np.array([zeros[0], 0, zeros[1], 0], np.int64)))


def _finished(graph: Graph, z: str, layer: Layer, filled: str) -> str:
    z = graph.op("Mul", graph.op("Relu", z), graph.constant(layer.scale))
    return graph.op("Mul", graph.op("Add", z, graph.constant(layer.shift)), filled)


def best_tag(linear: Linear) -> Run:
    """x [row, in] -> [row] the number of the best score; ties go to the first."""
    graph = Graph()
    return graph.run(_best(graph, _projected(graph, graph.given("x", "f", None, len(linear.weight)), linear)))


def scored_heads(form: Biaffine) -> Run:
    """x [row, in] -> [row, inner] of dependents times the kernel, [1 + row, inner] of candidates: the root, then the rows."""
    graph = Graph()
    x = graph.given("x", "f", None, len(form.head.weight))
    dependent = graph.op("MatMul", _bent(graph, x, form.head), graph.constant(form.kernel))
    root = np.maximum(np.einsum("i,ij->j", form.root, form.tail.weight)[None] + form.tail.bias, 0)
    return graph.run(dependent, graph.op("Concat", graph.constant(root), _bent(graph, x, form.tail), axis=0))


def relation_of(form: Biaffine) -> Run:
    """x [row, in], head [row] (0 the root, else 1 + row) -> [row] the number of its relation to its head."""
    graph = Graph()
    x, head = graph.given("x", "f", None, len(form.head.weight)), graph.given("head", "i", None)
    root = np.maximum(np.einsum("i,ij->j", form.root, form.head.weight)[None] + form.head.bias, 0)
    heads = graph.op("Gather", graph.op("Concat", graph.constant(root), _bent(graph, x, form.head), axis=0), head)
    given = graph.op("MatMul", heads, graph.constant(form.kernel))
    given = graph.op("Reshape", given, graph.constant(np.array([0, -1, len(form.kernel)], np.int64)))
    tail = graph.op("Unsqueeze", _bent(graph, x, form.tail), graph.constant(np.array([2], np.int64)))
    scores = graph.op("Squeeze", graph.op("MatMul", given, tail), graph.constant(np.array([2], np.int64)))
    return graph.run(_best(graph, scores))


def _projected(graph: Graph, x: str, linear: Linear) -> str:
    return graph.op("Add", graph.op("MatMul", x, graph.constant(linear.weight)), graph.constant(linear.bias))


def _bent(graph: Graph, x: str, linear: Linear) -> str:
    return graph.op("Relu", _projected(graph, x, linear))


def _best(graph: Graph, scores: str) -> str:
    return graph.op("ArgMax", scores, axis=1, keepdims=0)
