"""Feature numbers and slovnet's states -> the tagger's states of the tokens, by one BiLSTM.

What a piece's form gives is multiplied once for all tokens of that form; what slovnet and the place in the document give goes with
the recurrence, so that every step is one product.
"""

from dataclasses import dataclass

import numpy as np

from letopis.encoder.packing import Longs
from letopis.encoder.slovnet import Halves
from letopis.encoder.tagger.features import EVENTS, NAVEC
from letopis.encoder.tagger.lanes import Lanes, lanes
from letopis.encoder.tagger.products import rows
from letopis.encoder.tagger.weights import Direction, Inputs, Weights
from letopis.encoder.weights import Embedding, Floats
from letopis.layers import Ints

EPSILON = np.float32(1e-5)
BLOCK = 512                 # tokens whose states are projected at once: they stay near


@dataclass(frozen=True, slots=True)
class Read:
    """The tokens of a chunk as numbers."""

    first: Ints                       # [sentence + 1]
    piece: Ints                       # [token] row of `pieces`
    pieces: Ints                      # [distinct, columns of a form]
    places: Ints                      # [token, columns of a place]
    states: Halves                    # [token, STATES]
    context: Floats | None = None     # [token, width of E5] where the tagger reads it


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of a chunk as vectors."""

    states: Floats                    # [token, 2 * hidden] forward, then backward
    own: Floats                       # [distinct piece, NAVEC + EVENTS] what the form itself says


def encode(weights: Weights, embedding: Embedding, read: Read) -> Encoded:
    """States of the tokens, and their forms' own vectors."""
    forms = _forms(weights.inputs, embedding, read.pieces)
    extra = _extra(weights.inputs, read)
    way = lanes(read.first)
    piece = np.append(read.piece, len(read.pieces))         # an idle row reads a zero
    there = _run(weights.forward, forms, extra, (way, way.forward, piece))[way.forward_row]
    back = _run(weights.backward, forms, extra, (way, way.backward, piece))[way.backward_row]
    own = np.concatenate([forms[:, :NAVEC], forms[:, forms.shape[1] - sum(EVENTS):]], axis=1)
    return Encoded(np.concatenate([there, back], axis=1), own)


def _forms(inputs: Inputs, embedding: Embedding, pieces: Ints) -> Floats:
    """[rows of the pieces and one of zeros, width] navec's vector, the embedded columns of every piece, the event lexicon's."""
    count = len(pieces)
    x = np.zeros((rows(count + 1), NAVEC + sum(t.shape[1] for t in (*inputs.form, *inputs.events))), np.float32)
    x[:count, :NAVEC] = _navec(embedding, pieces[:, 0])
    at = NAVEC
    for column, table in enumerate(inputs.form, 1):
        x[:count, at:at + table.shape[1]] = table[pieces[:, column]]
        at += table.shape[1]
    for column, table in enumerate(inputs.events):
        x[:count, at:at + table.shape[1]] = table[inputs.known[pieces[:, 0], column]]
        at += table.shape[1]
    return x


def _navec(embedding: Embedding, row: Ints) -> Floats:
    """Vectors as training knows them: halves, and zeros for the rows of no word."""
    quantisers = len(embedding.centroids)
    parts = embedding.centroids[np.arange(quantisers), embedding.codes[row]].astype(np.float16)
    vectors = parts.reshape(len(row), NAVEC).astype(np.float32)
    vectors[np.isin(row, embedding.wordless)] = 0
    return vectors


def _extra(inputs: Inputs, read: Read) -> Floats:
    """[token + 1, states + context + places] what stands beside the hidden state of a step, zeros at the end."""
    count, width = len(read.piece), len(inputs.gain)
    at = width + (0 if read.context is None else read.context.shape[1])
    extra = np.zeros((count + 1, at + sum(t.shape[1] for t in inputs.place)), np.float32)
    if read.context is not None:
        extra[:count, width:at] = read.context
    for a in range(0, count, BLOCK):
        extra[a:min(a + BLOCK, count), :width] = _projected(inputs, read.states[a:a + BLOCK])
    for column, table in enumerate(inputs.place):
        extra[:count, at:at + table.shape[1]] = table[read.places[:, column]]
        at += table.shape[1]
    return extra


def _projected(inputs: Inputs, states: Halves) -> Floats:
    """A layer norm over slovnet's states and a linear layer, in one product."""
    x = np.zeros((rows(len(states)), states.shape[1]), np.float32)
    x[:len(states)] = states
    size = np.float32(x.shape[1])
    mean = np.einsum("ij->i", x)[:, None] / size
    spread = np.sqrt(np.einsum("ij,ij->i", x, x)[:, None] / size - mean * mean + EPSILON)
    y = x @ inputs.states
    y -= mean * inputs.gain
    y /= spread
    y += inputs.shift
    projected: Floats = y[:len(states)]
    return projected


def _run(direction: Direction, forms: Floats, extra: Floats, order: tuple[Lanes, Longs, Ints]) -> Floats:
    """[step * width, hidden] the hidden states of one way through the lanes."""
    way, token, piece = order
    given = forms @ direction.form
    given += direction.bias
    hidden = direction.step.shape[1] // 4
    sigmoids = 3 * hidden
    out = np.empty((way.steps, way.width, hidden), np.float32)
    x = np.zeros((way.width, len(direction.step)), np.float32)
    cell = np.zeros((way.width, hidden), np.float32)
    z, own = np.empty((way.width, 4 * hidden), np.float32), np.empty((way.width, 4 * hidden), np.float32)
    for step, read in enumerate(token):
        begins = way.begins[step]
        x[begins, :hidden] = 0
        cell[begins] = 0
        x[:, hidden:] = extra[read]
        np.matmul(x, direction.step, out=z)
        z += given.take(piece[read], axis=0, out=own, mode="clip")
        np.tanh(z, out=z)
        gates = z[:, :sigmoids]
        gates *= 0.5
        gates += 0.5
        cell *= z[:, hidden:2 * hidden]
        cell += z[:, :hidden] * z[:, sigmoids:]
        np.multiply(np.tanh(cell), z[:, 2 * hidden:sigmoids], out=out[step])
        x[:, :hidden] = out[step]
    return out.reshape(-1, hidden)
